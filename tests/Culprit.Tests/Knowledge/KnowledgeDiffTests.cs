using Culprit.Knowledge;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

public sealed class KnowledgeDiffTests
{
    [Fact]
    public void What_came_went_and_changed_is_told_fact_by_fact()
    {
        string one = Reference("One", "A. (2020). X.", "https://one.example/");
        string two = Reference("A source that sorts before", "B. (2021). X.", "https://two.example/");
        KnowledgeBase before = Build(Bundle(
            Group("G0001", "First", more: ""","aliases":["Gone"]"""), Group("G0002", "Second"), Technique("T1003", "T", "impact"),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "", one)));
        KnowledgeBase after = Build(Bundle(
            Group("G0001", "Renamed", more: ""","aliases":["Come"]"""), Technique("T1003", "T", "impact"),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "", one + "," + two)));

        Assert.Equal(
            [
                new KnowledgeChange(ChangeKind.Changed, "group", "G0001", "", "First", "Renamed"),
                new KnowledgeChange(ChangeKind.Removed, "group", "G0002", "", "Second", ""),
                new KnowledgeChange(ChangeKind.Added, "alias", "G0001", "Come", "", ""),
                new KnowledgeChange(ChangeKind.Removed, "alias", "G0001", "Gone", "", ""),
                new KnowledgeChange(ChangeKind.Changed, "uses", "G0001", "T1003", "One", "A source that sorts before; One"),
            ],
            KnowledgeDiff.Compare(before, after));
        Assert.Empty(KnowledgeDiff.Compare(after, after));
    }

    [Fact]
    public void Whether_a_country_and_a_sponsor_are_suspected_or_stated_is_told()
    {
        KnowledgeBase suspected = Build(Bundle(Group("G0001", "First", "First is a suspected Iranian group. First attacks, likely on behalf of the Islamic Revolutionary Guard Corps.")));
        KnowledgeBase stated = Build(Bundle(Group("G0001", "First", "First is an Iranian group. First attacks on behalf of the Islamic Revolutionary Guard Corps.")));

        Assert.Equal(
            [
                new KnowledgeChange(ChangeKind.Changed, "country", "G0001", "IR", "suspected; ", "stated; "),
                new KnowledgeChange(ChangeKind.Changed, "sponsor", "G0001", "Islamic Revolutionary Guard Corps (IRGC)", "suspected; ", "stated; "),
            ],
            KnowledgeDiff.Compare(suspected, stated));
    }
}
