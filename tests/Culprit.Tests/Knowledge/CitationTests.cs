using Culprit.Knowledge;
using Culprit.Knowledge.Attack;

namespace Culprit.Tests.Knowledge;

public sealed class CitationTests
{
    [Theory]
    [InlineData("Author, A. (2021, June 7). Title. Retrieved July 1, 2022.", "2021-06-07", "Author, A")]
    [InlineData("Agency (CISA). (2020, September 15). Title.", "2020-09-15", "Agency (CISA)")]
    [InlineData("ESET. (2019, October). OPERATION GHOST. Retrieved September 23, 2020.", "2019-10", "ESET")]
    [InlineData("Booz Allen Hamilton. (2016). When The Lights Went Out. Retrieved December 18, 2024.", "2016", "Booz Allen Hamilton")]
    [InlineData("A. (2020, Sept 31). There is no such day.", "2020-09", "A")]
    [InlineData("A. (2019/11/19). Digits.", "2019-11-19", "A")]
    [InlineData("SecureWorks 2019, August 27 LYCEUM Takes Center Stage Retrieved. 2019/11/19", "2019-08-27", "SecureWorks")]
    [InlineData("Secureworks. (n.d.). GOLD PRELUDE. Retrieved March 22, 2024.", null, "Secureworks")]
    [InlineData("No date at all. Retrieved March 22, 2024.", null, null)]
    [InlineData("A. (20\u0662\u0661, June 7). Digits of another script are none.", null, null)]
    [InlineData("A. (2021, June \u0667). Only the day is of another script.", "2021-06", "A")]
    public void The_parenthesis_of_a_citation_dates_it(string description, string? published, string? publisher)
    {
        KnownSource source = Citations.ToSource(new StixReference("Name", "https://example.org/report", description));

        Assert.Equal(published, source.Published?.ToString());
        Assert.Equal(publisher, source.Publisher);
    }

    [Theory]
    [InlineData("Vendor Report March 2019", "https://example.org/", "2019-03")]
    [InlineData("Vendor 2018", "https://example.org/", "2018")]
    [InlineData("Vendor CVE-2017-11882", "https://example.org/", null)]
    [InlineData("Vendor", "https://example.org/2017/05/report.html", "2017-05")]
    [InlineData("Vendor", "https://example.org/reports-2016/", "2016")]
    [InlineData("Vendor", "https://example.org/ms632574/20082004/1999123", null)]
    [InlineData("Vendor", "not an address 2015", null)]
    [InlineData("Vendor 201\u0668", "https://example.org/", null)]
    [InlineData("Vendor", "https://example.org/201\u0667/05/report.html", null)]
    public void Without_it_a_year_in_the_name_or_the_address_does(string name, string url, string? published) =>
        Assert.Equal(published, Citations.ToSource(new StixReference(name, url, "Vendor. (n.d.). Title.")).Published?.ToString());

    [Theory]
    [InlineData("Vendor Appendix", "https://example.org/uploads/2021-09/report.pdf", "July 18, 2016", null)]
    [InlineData("Vendor 2021", "https://example.org/2015/report.pdf", "July 18, 2016", "2015")]
    [InlineData("Vendor July 2016", "https://example.org/", "July 18, 2016", "2016-07")]
    [InlineData("Vendor 2016", "https://example.org/", "July 18, 2016", "2016")]
    [InlineData("Vendor 2021", "https://example.org/", "July 2016", "2021")]
    public void A_year_after_the_day_of_retrieval_is_not_that_of_publication(string name, string url, string retrieved, string? published) =>
        Assert.Equal(published, Citations.ToSource(new StixReference(name, url, $"Vendor. (n.d.). Title. Retrieved {retrieved}.")).Published?.ToString());

    [Fact]
    public void A_long_list_of_authors_is_cut_between_two_of_them()
    {
        string authors = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"Author, {(char)('A' + (i % 26))}."));

        string publisher = Citations.ToSource(new StixReference("Name", null, authors + " (2020). Title.")).Publisher!;

        Assert.True(publisher.Length <= 80, publisher);
        Assert.Matches(@"^Author, A\..*, [A-Z]\. et al\.$", publisher);
    }

    [Fact]
    public void Names_that_are_cited_may_hold_parentheses() =>
        Assert.Equal(["One", "Two (of 2)", "cut off"], Citations.Cited("(Citation: One)(Citation: Two (of 2)) text (Citation: cut off"));

    [Fact]
    public void The_citation_of_a_source_is_no_source() =>
        Assert.False(Citations.IsSource(new StixReference("Cozy Bear", null, "(Citation: Vendor Report)")));

    [Theory]
    [InlineData("2021", "2021-01-01", "2021-12-31")]
    [InlineData("2020-02", "2020-02-01", "2020-02-29")]
    [InlineData("2020-02-03", "2020-02-03", "2020-02-03")]
    public void A_date_that_is_not_exact_spans_what_it_can_mean(string text, string first, string last)
    {
        Assert.True(SourceDate.TryParse(text, out SourceDate date));
        Assert.Equal((text, first, last), (date.ToString(), date.First.ToString("yyyy-MM-dd"), date.Last.ToString("yyyy-MM-dd")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("21")]
    [InlineData("2021-13")]
    [InlineData("2021-02-29")]
    [InlineData("2021/02/01")]
    [InlineData("1800")]
    [InlineData("+202")]
    public void What_is_no_date_is_refused(string text) => Assert.False(SourceDate.TryParse(text, out _));
}
