using Culprit.Attribution;
using Culprit.Knowledge;
using Culprit.Tests.Knowledge;

namespace Culprit.Tests.Attribution;

public sealed class GivenObservationsTests
{
    [Theory]
    [InlineData("+08:00", "+08:00")]
    [InlineData("8", "+08:00")]
    [InlineData("-3", "-03:00")]
    [InlineData("UTC+5:30", "+05:30")]
    [InlineData("+15", null)]
    [InlineData("-0", "+00:00")]
    [InlineData("-00:30", "-00:30")]
    [InlineData("noon", null)]
    [InlineData("+08:10", null)]
    [InlineData("\u0663", null)]
    [InlineData("+0\u0668:00", null)]
    public void Hours_are_read(string text, string? value) => Assert.Equal(value, GivenObservations.Hours(text)?.Value);

    [Theory]
    [InlineData("gb", "GB")]
    [InlineData("United Kingdom", "GB")]
    [InlineData("ZZ", null)]
    public void Countries_are_read(string text, string? value) => Assert.Equal(value, GivenObservations.VictimCountry(text)?.Value);

    [Theory]
    [InlineData("cve-2021-44228", "CVE-2021-44228")]
    [InlineData("2021-44228", null)]
    [InlineData("CVE-20\u0662\u0661-44228", null)]
    [InlineData("CVE-2021-\uff14\uff14\uff12\uff12\uff18", null)]
    public void Vulnerabilities_are_read(string text, string? value) => Assert.Equal(value, GivenObservations.Vulnerability(text)?.Value);

    // As records of antivirus do.
    [Theory]
    [InlineData(" Win32/Diskcoder.C ", "NotPetya")]
    [InlineData("Trojan:Win32/Emotet!rfn", "Emotet")]
    [InlineData("Ransom:Win32/Lockbit.STA", null)]
    [InlineData("some Emotet", null)]
    [InlineData("Emotet", null)]
    public void Names_of_antivirus_are_read(string threat, string? software) => Assert.Equal(software, GivenObservations.SoftwareOfThreat(threat, KnowledgeBase.Embedded)?.Name);

    [Fact]
    public void Each_listed_value_that_one_text_holds_is_observed_by_itself()
    {
        IndicatorSet lists = Lists.Of(("APT28.txt", "alpha-evil.com"), ("APT29.txt", "beta-evil.net\nalpha-evil.com"));

        Observation[] observed = [.. GivenObservations.Indicators("https://alpha-evil.com/go?to=beta-evil.net", lists, KnowledgeBase.Embedded)];

        Assert.Equal(["alpha-evil.com", "beta-evil.net"], observed.Select(static o => o.Value));
        Assert.Equal(["APT28", "APT29"], observed[0].Indicators.Select(static c => c.List));
        Assert.Equal(["APT29"], observed[1].Indicators.Select(static c => c.List));
        Assert.Empty(GivenObservations.Indicators("unheard-of.example", lists, KnowledgeBase.Embedded));
    }

    [Fact]
    public void Of_a_value_that_very_many_lists_hold_a_few_claims_are_kept_and_say_how_many_hold_it()
    {
        IndicatorSet lists = Lists.Of(("many.csv", "value,actor\n" + string.Concat(Enumerable.Range(0, 1000).Select(static i => $"many-evil.com,actor {i:0000}\n")) + "many-evil.com,zz APT29\nmany-evil.com,APT29\n"));

        Observation one = Assert.Single(GivenObservations.Indicators("many-evil.com", lists, KnowledgeBase.Embedded));

        Assert.Equal(200, one.Indicators.Length);
        Assert.All(one.Indicators, static c => Assert.Equal(1002, c.ListCount));
        Assert.Contains(one.Indicators, static c => c.List == "APT29" && c.GroupIds is ["G0016"]);
    }

    [Theory]
    [InlineData(" WINELOADER ", "WINELOADER")]
    [InlineData(" ", null)]
    [InlineData("+++", null)]
    [InlineData("two\nlines", null)]
    public void Names_of_new_malware_fit_on_a_line(string text, string? value) => Assert.Equal(value, GivenObservations.NewMalware(text)?.Value);

    [Theory]
    [InlineData("Hospital", "health")]
    [InlineData("universities", "education")]
    [InlineData("Hospitality", "hospitality")]
    [InlineData("Non-Governmental Organisations", "civil society")]
    [InlineData("Governmental", "government")]
    [InlineData("Beekeeping", "beekeeping")]
    [InlineData("Mongolian government", "government")]
    [InlineData("Congo", "congo")]
    [InlineData("gastroenterology clinic", "health")]
    [InlineData("trailers", "trailers")]
    [InlineData("Mediation", "mediation")]
    [InlineData("NGOs", "civil society")]
    [InlineData("think-tanks", "research")]
    [InlineData("Utilities", "energy")]
    [InlineData("High tech", "technology")]
    [InlineData("IT services", "technology")]
    [InlineData("Government, Administration", "government")]
    public void Sectors_have_one_name_each(string text, string value) => Assert.Equal(value, GivenObservations.VictimSector(text).Value);

    [Fact]
    public void The_name_of_a_sector_is_taken_as_itself() => Assert.All(GivenObservations.Sectors, static name => Assert.Equal([name], GivenObservations.SectorsIn(name)));

    // What the knowledge base says of victims and is of no sector that is told apart. A form of a word that the table lacks would stand here.
    [Fact]
    public void The_sectors_of_known_groups_are_understood_as_far_as_they_are_sectors()
    {
        string[] others =
        [
            .. KnowledgeBase.Embedded.Groups.SelectMany(static g => g.Victims?.Sectors ?? []).Where(static s => !GivenObservations.SectorsIn(s).Any())
                .Select(static s => s.ToLowerInvariant()).Distinct(StringComparer.Ordinal),
        ];

        Assert.Empty(others.Except(
        [
            "business", "country", "electronic", "entertainment", "food and agriculture", "gambling companies", "gambling websites", "individuals", "infrastructure", "intelligence",
            "investment", "justice", "legal", "mining", "non-profit organisation", "opposition", "other", "political party", "private sector", "religious organization", "religious organizations",
            "security service", "separatists", "services", "trade",
        ]));
    }
}
