using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Cli.Tests.Summary;

public sealed class WordsTests
{
    private static readonly long Noon = new DateTime(2024, 3, 1, 12, 30, 15, DateTimeKind.Utc).Ticks + 1234567;

    [Fact]
    public void Times_say_how_certain_they_are()
    {
        Assert.Equal("2024-03-01 12:30:15", Words.Time(new EventTime(Noon, TimeCertainty.Exact)));
        Assert.Equal("2024-03-01 12:30:15~", Words.Time(new EventTime(Noon, TimeCertainty.ZoneAssumed)));
        Assert.Equal("unknown", Words.Time(EventTime.Unknown));
        Assert.Equal("2024-03-01T12:30:15.1234567Z", Words.Iso(new EventTime(Noon, TimeCertainty.DateAssumed)));
        Assert.Equal("", Words.Iso(EventTime.Unknown));
    }

    [Theory]
    [InlineData(1, "1 byte")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_500, "1.5 kB")]
    [InlineData(63_200_000, "63.2 MB")]
    [InlineData(1_234_000_000, "1.23 GB")]
    [InlineData(2_000_000_000_000, "2.00 TB")]
    public void Sizes_are_in_the_unit_that_fits(long bytes, string text) => Assert.Equal(text, Words.Bytes(bytes));

    [Fact]
    public void Progress_tells_share_rate_and_time_left()
    {
        var progress = new EvidenceProgress(250_000_000, 1_000_000_000, 1_234_567, 3, 12);
        Assert.Equal(
            " 25 %  250.0 MB of 1.00 GB, 1,234,567 records, file 3 of 12, 50.0 MB/s, 15.0 s left",
            ProgressLine.Describe(progress, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Progress_of_nothing_divides_by_nothing() =>
        Assert.Equal(
            "  0 %  0 bytes of 0 bytes, 0 records, file 0 of 0, 0 bytes/s",
            ProgressLine.Describe(new EvidenceProgress(0, 0, 0, 0, 0), TimeSpan.Zero));
}
