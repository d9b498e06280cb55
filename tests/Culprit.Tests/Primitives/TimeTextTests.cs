using CsCheck;
using Culprit.Primitives;

namespace Culprit.Tests.Primitives;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2020-10-22T01:54:20.493Z", "2020-10-22T01:54:20.4930000", TimeCertainty.Exact)]
    [InlineData("2020-10-22 01:54:20.493217 UTC", "2020-10-22T01:54:20.4932170", TimeCertainty.Exact)]
    [InlineData("2020-10-22T01:54:20.123456789+02:00", "2020-10-21T23:54:20.1234567", TimeCertainty.Exact)]
    [InlineData("2020-10-22T01:54:20-0330", "2020-10-22T05:24:20.0000000", TimeCertainty.Exact)]
    [InlineData("2020-10-22 01:54:20", "2020-10-22T01:54:20.0000000", TimeCertainty.ZoneAssumed)]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.0000000", TimeCertainty.Exact)]
    [InlineData("/Date(1603331660493)/", "2020-10-22T01:54:20.4930000", TimeCertainty.Exact)]
    [InlineData("1603331660", "2020-10-22T01:54:20.0000000", TimeCertainty.Exact)]
    [InlineData("1603331660.5", "2020-10-22T01:54:20.5000000", TimeCertainty.Exact)]
    [InlineData("1603331660493217", "2020-10-22T01:54:20.4932170", TimeCertainty.Exact)]
    [InlineData("1603331660493217800", "2020-10-22T01:54:20.4932178", TimeCertainty.Exact)]
    public void Times_are_read_as_logs_write_them(string text, string expected, TimeCertainty certainty)
    {
        Assert.True(TimeText.TryParse(text, utcByDefinition: false, out EventTime time));
        Assert.Equal((expected, certainty), (time.Utc.ToString("yyyy-MM-ddTHH:mm:ss.fffffff"), time.Certainty));
    }

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("2020-13-22T01:54:20Z")]
    [InlineData("2020-02-30T01:54:20Z")]
    [InlineData("2020-10-22T24:54:20Z")]
    [InlineData("2020-10-22T01:54:20.Z")]
    [InlineData("2020-10-22T01:54:20+99:00")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("1603331660.x")]
    public void What_is_no_time_is_refused(string text)
    {
        Assert.False(TimeText.TryParse(text, utcByDefinition: true, out EventTime time));
        Assert.Equal(EventTime.Unknown, time);
    }

    [Fact]
    public void Any_time_is_read_back() =>
        Gen.DateTime.Sample(static time =>
            TimeText.TryParse(time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff"), utcByDefinition: true, out EventTime read)
            && read == new EventTime(time.Ticks, TimeCertainty.Exact));

    [Fact]
    public void Any_text_is_survived() =>
        Gen.String[Gen.Char["0123456789-:T .Z+/Date()\u00e9"], 0, 40].Sample(static text =>
        {
            bool read = TimeText.TryParse(text, utcByDefinition: false, out EventTime time);
            bool ncsa = TimeText.TryParseNcsa(text, out EventTime _);
            return read == (time.Certainty != TimeCertainty.Unknown) && !ncsa;
        });
}
