using Culprit.Knowledge;
using Culprit.Knowledge.Facts;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

public sealed class KnowledgeDiffTests
{
    private const string First = "00000000-0000-4000-8000-000000000001", Second = "00000000-0000-4000-8000-000000000002", Third = "00000000-0000-4000-8000-000000000003";

    private const string AllKinds = "culprit-facts\t1\n"
        + "origin\tattack\tATT&CK\t1\t2020-01-01\tterms\tnotice\n"
        + "origin\tmisp-galaxy\tMISP\t7\t\tCC0-1.0\t\n"
        + "source\t1\tOne\tVendor\t2021-06\thttps://example.org/\n"
        + "source\t2\tTwo\t\t\t\n"
        + "technique\tT1003\tDumping\t\tcredential-access\tLinux|Windows\n"
        + "technique\tT1003.001\tMemory\tT1003\tcredential-access\tWindows\n"
        + "technique\tT1005\tData\t\tcollection\t\n"
        + "software\tS0001\tWorm\tmalware\t\n"
        + "software\tS0002\tNet\ttool\tLinux|Windows\n"
        + "group\tG0001\tFirst\t2017-05-31\n"
        + "group\tG0002\tOther\t2018-05-31\n"
        + "group\tG0003\tLast\t2019-05-31\n"
        + "campaign\tC0001\tRaid\t2019-08-01\t\n"
        + "campaign\tC0002\tRaids\t\t2019-08-02\n"
        + "actor\t" + First + "\tFirst\tRU\t50\tRussian Federation\n"
        + "actor\t" + Second + "\tSecond\t\t\t\n"
        + "actor\t" + Third + "\tThird\t\t\t\n"
        + "successor\tT1086\tT1003.001\n"
        + "retired\tT1043\tPort\n"
        + "alias\tC0001\tForay\t\n"
        + "alias\tG0001\tPremier\t1,2\n"
        + "alias\tS0001\tCrawler\t1\n"
        + "country\tG0001\tRU\tsuspected\t2\n"
        + "sponsor\tG0001\tSVR\tRU\tstated\t\n"
        + "attributed\tC0001\tG0001\t1\n"
        + "uses\tC0001\tT1003\t1\n"
        + "uses\tG0001\tS0001\t\n"
        + "uses\tG0001\tT1003\t1,2\n"
        + "uses\tS0001\tT1003\t2\n"
        + "exploits\tC0001\tCVE-2020-0688\t1\n"
        + "exploits\tG0001\tCVE-2020-0688\t1\n"
        + "synonym\t" + First + "\tPremier\n"
        + "victim\t" + First + "\tcountry\tNO\n"
        + "victim\t" + First + "\tother\tNATO\n"
        + "victim\t" + First + "\tsector\tHealth\n"
        + "victim\t" + Second + "\tother\tHealth\n"
        + "victim\t" + Second + "\tsector\tHealth\n"
        + "reference\t" + First + "\thttps://example.org/\n"
        + "same\tG0001\t" + First + "\tFirst|Premier\n"
        + "candidate\tG0002\t" + Second + "\tOther\n";

    // What a field may say instead, fit for one or another; some look as what divides fields or says that there is none.
    private static readonly string[] Others =
    [
        "", "X", "x, y", "x; y", "x|y", "x/y", "no country", "1", "2", "1,2", "99", "DE", "NO", "2001-02-03", "2021-07", "T1003", "T1003.001", "T1005", "S0001", "S0002", "G0001", "G0002", "G0003", "C0001", "C0002",
        First, Second, Third, "attack", "misp-galaxy", "malware", "commodity", "tool", "stated", "suspected", "country", "sector", "other", "CVE-2021-44228", "https://example.org/x", "Linux/Windows",
    ];

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
                new KnowledgeChange(ChangeKind.Changed, "group", "G0001", "", "First, listed 2019-01-29", "Renamed, listed 2019-01-29"),
                new KnowledgeChange(ChangeKind.Removed, "group", "G0002", "", "Second, listed 2019-01-29", ""),
                new KnowledgeChange(ChangeKind.Added, "source", "A source that sorts before", "", "", "publisher B, date 2021, address https://two.example/"),
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
                new KnowledgeChange(ChangeKind.Changed, "sponsor", "G0001", "Islamic Revolutionary Guard Corps (IRGC)", "country IR, suspected; ", "country IR, stated; "),
            ],
            KnowledgeDiff.Compare(suspected, stated));
    }

    [Fact]
    public void Whatever_a_fact_says_makes_a_difference()
    {
        string[] lines = AllKinds.TrimEnd('\n').Split('\n');
        KnowledgeBase before = Read(AllKinds);
        HashSet<string> fieldsOfKinds = new(StringComparer.Ordinal), compared = new(StringComparer.Ordinal);
        for (int line = 1; line < lines.Length; line++)
        {
            string[] fields = lines[line].Split('\t');
            for (int field = 1; field < fields.Length; field++)
            {
                string place = $"{fields[0]} {field}";
                fieldsOfKinds.Add(place);
                foreach (string other in Others.Where(o => o != fields[field]))
                {
                    string[] changed = [.. lines];
                    changed[line] = string.Join('\t', [.. fields[..field], other, .. fields[(field + 1)..]]);
                    if (TryRead(string.Join('\n', changed) + "\n") is { } after)
                    {
                        compared.Add(place);
                        Assert.True(KnowledgeDiff.Compare(before, after).Count > 0, $"'{lines[line]}' and '{changed[line]}'");
                        Assert.True(KnowledgeDiff.Compare(after, before).Count > 0, $"'{changed[line]}' and '{lines[line]}'");
                    }
                }
            }
        }

        // A source's number is its place among them.
        Assert.Equal(["source 1"], fieldsOfKinds.Except(compared, StringComparer.Ordinal));
        Assert.Empty(KnowledgeDiff.Compare(before, Read(AllKinds)));
    }

    [Fact]
    public void Every_kind_of_fact_has_its_place()
    {
        string[] order =
        [
            "origin", "group", "campaign", "software", "technique", "actor", "successor", "retired", "source",
            "alias", "country", "sponsor", "attributed", "exploits", "uses", "same", "candidate", "synonym", "victim", "reference",
        ];
        IEnumerable<string> kinds = typeof(FactKinds).GetFields().Select(static field => (string)field.GetRawConstantValue()!).Where(IsKind).Distinct(StringComparer.Ordinal);

        Assert.Equal(kinds.Order(StringComparer.Ordinal), order.Order(StringComparer.Ordinal));
        Assert.Equal(order, KnowledgeDiff.Compare(Read("culprit-facts\t1\norigin\tattack\tOther\t1\t\tterms\t\n"), Read(AllKinds)).Select(static change => change.Fact).Distinct(StringComparer.Ordinal));

        static bool IsKind(string word) =>
            !Assert.Throws<KnowledgeException>(() => Read($"culprit-facts\t1\n{word}\n")).Message.Contains("there is no kind of fact", StringComparison.Ordinal);
    }

    private static KnowledgeBase? TryRead(string facts)
    {
        try
        {
            return Read(facts);
        }
        catch (KnowledgeException)
        {
            return null;
        }
    }
}
