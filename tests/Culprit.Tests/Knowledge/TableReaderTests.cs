using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

/// <summary>Tables of indicators, headed as their publishers head them.</summary>
public sealed class TableReaderTests
{
    private const string Md5 = "79054025255fb1a26e4bc422aef54eb4";

    [Fact]
    public void Attributes_as_misp_exports_them()
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.csv", """
            uuid,event_id,category,type,value,comment,to_ids,date,object_relation
            a-1,12,"Network activity",domain,evil-csv.org,"a, b",1,20200102,
            a-2,12,"Network activity",ip-dst|port,45.66.230.9|8443,"two
            lines",1,20210102,
            a-3,12,"Payload delivery",filename|md5,evil-a.exe|79054025255fb1a26e4bc422aef54eb4,,1,20210102,
            a-4,12,"Network activity",domain,evil-context.org,,0,20210102,
            """));

        Assert.Equal(("CSV", 4, 1, ""), (reports[0].Format, reports[0].ReadCount, reports[0].RefusedCount, reports[0].Error));
        Assert.Equal((6, "evil-context.org"), (reports[0].Refusals[0].Line, reports[0].Refusals[0].Value));
        Assert.Equal(["45.66.230.9:8443", Md5, "evil-a.exe", "evil-csv.org"], set.All().Select(static i => i.Value).Order(StringComparer.Ordinal));
        Assert.Equal(2020, set.All().Single(static i => i.Value == "evil-csv.org").Year);
    }

    [Fact]
    public void A_heading_may_be_the_last_of_the_comments()
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.csv", """
            # Exported indicators
            #
            # "first_seen_utc","ioc_id","ioc_value","ioc_type","last_seen_utc","reference"
            "2023-05-01 10:00:00", "123", "45.66.230.12:4443", "ip:port", "2024-01-01 10:00:00", "https://report.test/a"
            # Number of entries: 1
            """));

        Assert.Equal(("CSV", 1, 0), (reports[0].Format, reports[0].ReadCount, reports[0].RefusedCount));
        Assert.Equal(("45.66.230.12:4443", 2024, "https://report.test/a"), set.All().Select(static i => (i.Value, i.Year, i.Source)).Single());
    }

    [Theory]
    [InlineData("Indicator type,Indicator,Description\nIPv4,45.66.230.11,x\n", "45.66.230.11@feed")]
    [InlineData("Indicator type;Indicator\r\nIPv4;45.66.230.11\r\n", "45.66.230.11@feed")]
    [InlineData("type\tvalue\nIPv4\t45.66.230.11", "45.66.230.11@feed")]
    [InlineData("\ufeff\"value\",\"threat_actor\"\n\"45.66.230.11\",\"APT29\"\n", "45.66.230.11@APT29")]
    public void Dividers_quotes_and_the_actor_are_read(string content, string found) => Assert.Equal([found], Lists.Of(("feed.csv", content)).Found("45.66.230.11"));

    [Theory]
    [InlineData("evil-plain.org\nvalue,type\n45.66.230.11\n")]
    [InlineData("# of each value, the indicator\n45.66.230.11\nevil-plain.org")]
    [InlineData("45.66.230.11,\nevil-plain.org,")]
    public void A_list_without_a_heading_is_a_list(string content)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.csv", content));

        Assert.Equal("list", reports[0].Format);
        Assert.Equal(["45.66.230.11", "evil-plain.org"], set.All().Select(static i => i.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_damaged_row_is_told_and_what_stands_before_it_kept()
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.csv", "type,value\nx,evil-csv.org\nx,\"" + new string('a', 3_000_000)));

        Assert.StartsWith("line 3 cannot be read as a row", reports[0].Error, StringComparison.Ordinal);
        Assert.Equal(["evil-csv.org"], set.All().Select(static i => i.Value));
    }
}
