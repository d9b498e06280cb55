using Culprit.Knowledge.Attack;

namespace Culprit.Tests.Knowledge;

/// <summary>Sentences shaped as ATT&amp;CK's are, about a group of our own.</summary>
public sealed class GroupDescriptionTests
{
    [Theory]
    [InlineData("Quiet Owl is a suspected Chinese cyber espionage group that has targeted Japanese companies.", "CN?")]
    [InlineData("Quiet Owl is an Iranian threat group.", "IR")]
    [InlineData("Quiet Owl is a North Korean state-sponsored threat group that has targeted South Korea.", "KP")]
    [InlineData("Quiet Owl is a China-based threat group.", "CN")]
    [InlineData("Quiet Owl is a likely Vietnam-based group.", "VN?")]
    [InlineData("Quiet Owl is a People's Republic of China (PRC) state-sponsored actor.", "CN")]
    [InlineData("Quiet Owl is a North Korea–aligned threat group.", "KP")]
    [InlineData("Quiet Owl is a threat group that has been attributed to Russia's Federal Security Service (FSB).", "RU")]
    [InlineData("Quiet Owl is a threat group attributed to actors operating out of China.", "CN")]
    [InlineData("Quiet Owl is a group believed to operate out of China.", "CN?")]
    [InlineData("Quiet Owl is a group with a suspected Iranian nexus.", "IR?")]
    [InlineData("Quiet Owl is a group linked to Russian and Belorussian interests.", "BY?,RU?")]
    [InlineData("Quiet Owl is active. The group works on behalf of the Iranian government.", "IR")]
    [InlineData("[Quiet Owl](https://attack.mitre.org/groups/G9999) is a [Nigerian](https://example.org) threat group.", "NG")]
    [InlineData("Owlet is a Pakistani threat group.", "PK")]
    public void A_nationality_that_is_the_groups_own_counts(string description, string expected) =>
        Assert.Equal(expected, Countries(description));

    [Theory]
    [InlineData("Quiet Owl is a threat group that has targeted Chinese dissidents and Japanese companies.")]
    [InlineData("Quiet Owl is a Chinese-speaking threat group.")]
    [InlineData("Quiet Owl is a native Russian-speaking group.")]
    [InlineData("Quiet Owl is a threat group targeting the Russian government.")]
    [InlineData("Quiet Owl is active. Its name mimics that of Loud Owl, a suspected Indian threat group.")]
    [InlineData("The intrusion into the American company has been attributed to Quiet Owl.")]
    [InlineData("Loud Owl is a Chinese threat group.")]
    [InlineData("Quiet Owl is an unattributed threat group.")]
    [InlineData("")]
    public void Any_other_nationality_does_not(string description) => Assert.Equal("", Countries(description));

    [Theory]
    [InlineData("Quiet Owl has been attributed to Russia's Foreign Intelligence Service (SVR).", "Foreign Intelligence Service (SVR) RU")]
    [InlineData("Quiet Owl has been attributed to the General Staff Main Intelligence Directorate (GRU) 99th Centre (XYZ) military unit 12345.", "Main Intelligence Directorate (GRU), Unit 12345 RU")]
    [InlineData("Quiet Owl has been attributed to Russia's Federal Security Service (FSB) Center 16.", "Federal Security Service (FSB), Center 16 RU")]
    [InlineData("Quiet Owl has been attributed to Russia's Federal Security Service (FSB) Center \u0661\u0666.", "Federal Security Service (FSB) RU")]
    [InlineData("Quiet Owl attacks, likely on behalf of the Islamic Revolutionary Guard Corps.", "Islamic Revolutionary Guard Corps (IRGC) IR?")]
    [InlineData("Public reporting has linked Quiet Owl to Iran's Ministry of Intelligence and Security (MOIS).", "Ministry of Intelligence and Security (MOIS) IR?")]
    [InlineData("Quiet Owl has been attributed to the Ministry of State Security's (MSS) Hainan State Security Department.", "Ministry of State Security (MSS), Hainan State Security Department CN")]
    [InlineData("Researchers say that Quiet Owl worked with actors affiliated with Iran's Ministry of Intelligence and Security.", "")]
    [InlineData("Quiet Owl is linked to a theft from companies that work against the FSB.", "")]
    public void A_state_body_behind_attributed_to_counts(string description, string expected) =>
        Assert.Equal(expected, string.Join(',', GroupDescription.Read(description, ["Quiet Owl"]).Sponsors.Select(s => $"{s.Body} {s.Country}{(s.Suspected ? "?" : "")}")));

    [Fact]
    public void Citations_of_the_sentence_are_kept_and_no_others()
    {
        GroupDescription read = GroupDescription.Read(
            "Quiet Owl is an Iranian group.(Citation: One)(Citation: Two (2)) It has attacked banks.(Citation: Three)", ["Quiet Owl"]);

        Assert.Equal(["One", "Two (2)"], Assert.Single(read.Countries).Cited);
    }

    [Fact]
    public void A_hostile_description_is_read_in_bounded_time()
    {
        string description = "Quiet Owl is a " + string.Concat(Enumerable.Repeat("very, ", 100_000)) + new string('(', 50_000) + new string('[', 50_000);

        Assert.Empty(GroupDescription.Read(description, ["Quiet Owl"]).Countries);
    }

    private static string Countries(string description) => string.Join(',', GroupDescription.Read(description, ["Quiet Owl", "Owlet"]).Countries
        .Select(c => c.Code + (c.Suspected ? "?" : "")).Order(StringComparer.Ordinal));
}
