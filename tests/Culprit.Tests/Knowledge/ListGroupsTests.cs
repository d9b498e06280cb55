using System.Collections.Immutable;
using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

public sealed class ListGroupsTests
{
    // What public lists are called and give, and whom their publishers mean.
    [Theory]
    [InlineData("apt_33", "G0064")]
    [InlineData("apt_hafnium", "G0125")]
    [InlineData("apt_commentcrew", "G0006")]
    [InlineData("apt_lazarus", "G0032")]
    [InlineData("apt_gamaredon-1", "G0047")]
    [InlineData("apt_sofacy", "G0007")]
    [InlineData("apt_sauron", "G0041")]
    public void A_list_that_ships_means_the_group_that_it_is_called_after(string list, string group) => Assert.Equal([group], Of(BuiltIn(list)));

    // APT-C-23 is Arid Viper; that the MISP galaxy calls Tropic Trooper APT23 does not count against what ATT&CK calls it.
    [Fact]
    public void What_attack_calls_a_group_counts_before_what_the_galaxy_does() => Assert.Equal(["G1028"], Of(BuiltIn("apt_23")));

    [Theory]
    [InlineData("ours", "", "")]
    [InlineData("APT29", "", "G0016")]
    [InlineData("cozy-bear", "", "G0016")]
    [InlineData("ours", "Fancy Bear;Sofacy", "G0007")]
    [InlineData("ours", "APT28;APT29", "")]
    [InlineData("apt_28", "APT28;APT29", "G0007")]
    [InlineData("apt_1", "APT28;APT29", "")]
    [InlineData("ours", "GREF", "G0004")]
    public void Names_that_mean_several_groups_mean_none_unless_the_list_is_called_after_one(string list, string aliases, string expected) =>
        Assert.Equal(
            expected.Length == 0 ? [] : [expected],
            Of(new IndicatorList(list, [.. aliases.Split(';', StringSplitOptions.RemoveEmptyEntries)], [])));

    [Fact]
    public void What_a_list_gives_itself_counts_before_all_names() =>
        Assert.Equal(["G0007", "G0016"], Of(new IndicatorList("apt_33", ["Sandworm"], ["G0016", "G0007", "G9999"])));

    // Nine tenths of the lists' values are of groups that ATT&CK holds: where lists lose their group, this is the first to know.
    [Fact]
    public void Most_values_of_the_lists_that_ship_speak_for_a_group()
    {
        IndicatorSet set = IndicatorSet.BuiltIn;
        var means = set.Lists.ToDictionary(static l => l.Name, static l => !Of(l).IsEmpty, StringComparer.Ordinal);

        int speaking = Enumerable.Range(0, set.Count).Count(i => means[set[i].List.Name]);

        Assert.InRange((double)speaking / set.Count, 0.85, 1);
    }

    private static IndicatorList BuiltIn(string name) => IndicatorSet.BuiltIn.Lists.Single(l => l.Name == name);

    private static ImmutableArray<string> Of(IndicatorList list) => KnowledgeBase.Embedded.GroupsOf(list);
}
