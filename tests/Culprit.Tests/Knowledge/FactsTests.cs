using CsCheck;
using Culprit.Knowledge;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

public sealed class FactsTests
{
    private const string Start = "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\n";

    [Fact]
    public void Every_kind_of_fact_is_read_and_written_as_it_was()
    {
        const string facts = Start
            + "origin\tmisp-galaxy\tMISP\t7\t\tCC0-1.0\t\n"
            + "source\t1\tOne\tVendor\t2021-06\thttps://example.org/\n"
            + "source\t2\tTwo\t\t\t\n"
            + "technique\tT1003\tDumping\t\tcredential-access\tLinux|Windows\n"
            + "technique\tT1003.001\tMemory\tT1003\tcredential-access\tWindows\n"
            + "software\tS0001\tWorm\tmalware\t\n"
            + "software\tS0002\tNet\ttool\tWindows\n"
            + "group\tG0001\tFirst\t2017-05-31\n"
            + "campaign\tC0001\tRaid\t2019-08-01\t\n"
            + "actor\t00000000-0000-4000-8000-000000000001\tFirst\tRU\t50\tRussian Federation\n"
            + "actor\t00000000-0000-4000-8000-000000000002\tSecond\t\t\t\n"
            + "successor\tT1086\tT1003.001\n"
            + "retired\tT1043\tCommonly Used Port\n"
            + "alias\tG0001\tPremier\t1,2\n"
            + "country\tG0001\tRU\tsuspected\t2\n"
            + "sponsor\tG0001\tSVR\tRU\tstated\t\n"
            + "attributed\tC0001\tG0001\t1\n"
            + "uses\tG0001\tS0001\t\n"
            + "uses\tG0001\tT1003\t1,2\n"
            + "uses\tS0001\tT1003\t2\n"
            + "exploits\tG0001\tCVE-2020-0688\t1\n"
            + "synonym\t00000000-0000-4000-8000-000000000001\tPremier\n"
            + "victim\t00000000-0000-4000-8000-000000000001\tcountry\tNO\n"
            + "victim\t00000000-0000-4000-8000-000000000001\tother\tNATO\n"
            + "victim\t00000000-0000-4000-8000-000000000001\tsector\tHealth\n"
            + "reference\t00000000-0000-4000-8000-000000000001\thttps://example.org/\n"
            + "same\tG0001\t00000000-0000-4000-8000-000000000001\tFirst|Premier\n";

        KnowledgeBase read = Read(facts);

        Assert.Equal(facts, Facts(KnowledgeBase.Of(read.ToDraft())));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(facts))), read.Sha256);
        Assert.Equal(["Premier"], read.Groups[0].Aliases.Select(a => a.Name));
        Assert.Same(read.Sources[1], read.Groups[0].Techniques[0].Sources[1]);
    }

    [Theory]
    [InlineData("", "line 1: there is nothing")]
    [InlineData("{\"type\":\"bundle\"}\n", "line 1: these are no facts")]
    [InlineData("culprit-facts\t2\n", "line 1: the facts are of format '2'")]
    [InlineData("culprit-facts\t1\n", "line 1: no line says what the facts were built from")]
    [InlineData(Start + "group\tG0001\tName", "line 3: the facts end within a line")]
    [InlineData(Start + "grupo\tG0001\n", "line 3: there is no kind of fact 'grupo'")]
    [InlineData(Start + "group\tG0001\tName\n", "line 3: 'group' has 3 fields, and here are 2")]
    [InlineData(Start + "group\tG0001\tName\t2020-01-01\tx\n", "line 3: 'group' has 3 fields, and here are 4")]
    [InlineData(Start + "group\tG0001\t\t2020-01-01\n", "line 3: field 2 is empty")]
    [InlineData(Start + "group\tG0001\tName\tyesterday\n", "line 3: 'yesterday' is no day")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\ngroup\tG0001\tB\t2020-01-01\n", "line 4: G0001 is there twice")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\ngroup\tg0001\tB\t2020-01-01\n", "line 4: g0001 is there twice, in letters of another case")]
    [InlineData(Start + "technique\tT1003\tA\t\t\t\ntechnique\tt1003\tB\t\t\t\n", "line 4: t1003 is there twice")]
    [InlineData(Start + "software\tS0001\tA\ttool\t\nsoftware\ts0001\tB\ttool\t\n", "line 4: s0001 is there twice")]
    [InlineData(Start + "actor\tu\tA\t\t\t\nactor\tU\tB\t\t\t\n", "line 4: U is there twice")]
    [InlineData(Start + "group\tunknown\tA\t2020-01-01\n", "line 3: 'unknown' is no identifier")]
    [InlineData(Start + "campaign\tUnknown\tA\t\t\n", "line 3: 'Unknown' is no identifier")]
    [InlineData(Start + "uses\tG0001\tT1003\t\n", "line 3: no line above defines G0001")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\nuses\tG0001\tT1003\t\n", "line 4: no line above defines the technique or software T1003")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\nalias\tG0001\tB\t1\n", "line 4: there is no source 1")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\nalias\tG0001\tB\tx\n", "line 4: 'x' is no number")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\nattributed\tG0001\tG0001\t\n", "line 4: G0001 is no campaign")]
    [InlineData(Start + "source\t2\tA\t\t\t\n", "line 3: source 2 is not the next")]
    [InlineData(Start + "source\t1\tA\t\t20201\t\n", "line 3: '20201' is no date")]
    [InlineData(Start + "technique\tT1003.001\tA\tT1003\t\t\n", "line 3: no line above defines T1003, the parent")]
    [InlineData(Start + "successor\tT1\tT2\n", "line 3: no line above defines T2")]
    [InlineData(Start + "group\tG0001\tA\t2020-01-01\nactor\tu\tA\t\t\t\nactor\tv\tB\t\t\t\nsame\tG0001\tu\tA\ncandidate\tG0001\tv\tA\n", "line 7: G0001 is the same as one actor or may be several")]
    [InlineData(Start + "actor\tu\tA\t\t101\t\n", "line 3: a confidence is 0 to 100")]
    public void What_is_wrong_is_said_with_its_line(string facts, string message) =>
        Assert.StartsWith(message, Assert.Throws<KnowledgeException>(() => Read(facts)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_said_with_their_line()
    {
        using var stream = new MemoryStream([.. System.Text.Encoding.UTF8.GetBytes(Start), (byte)'g', 0xFF, (byte)'\n']);

        Assert.StartsWith("line 3: not UTF-8", Assert.Throws<KnowledgeException>(() => KnowledgeBase.Read(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_names_hold_facts_survive_being_written_and_read()
    {
        Gen<string> text = Gen.OneOf(
            Gen.String[0, 20],
            Gen.Const("tab\tline\nfeed\r\0\u001b[31m\u2028|,\ud800"),
            Gen.Int[0, 5].Select(i => new[] { "APT29", "Cozy Bear", "-", "|", "𝄞", "Ünïcode" }[i]));
        Gen.Select(text.Array[1, 6], text.Array[0, 4], text).Sample((names, aliases, reference) =>
        {
            string[] groups = [.. names.Select((name, i) => Group($"G{i:D4}", "n" + name, "x", $$""","aliases":[{{string.Join(',', aliases.Select(Text))}}]""", "," + Reference("s" + reference, reference, reference)))];
            string[] relations = [.. names.Select((name, i) => Relation("uses", $"intrusion-set--G{i:D4}", "attack-pattern--T1003", "CVE-2020-0688", Reference("r" + name, "A. (2020). " + name, "https://example.org/" + i)))];
            KnowledgeBase built = Build(
                Bundle([.. groups, .. relations, Technique("T1003", "t" + reference, "impact")]),
                Cluster([.. names.Select((name, i) => Actor(i, "n" + name, $$""" "synonyms":[{{string.Join(',', aliases.Select(Text))}}] """))]));

            string facts = Facts(built);
            KnowledgeBase read = Read(facts);

            Assert.Equal(facts, Facts(KnowledgeBase.Of(read.ToDraft())));
            Assert.Equal(built.Groups.Select(g => g.Name), read.Groups.Select(g => g.Name));
            Assert.Equal(built.Groups.SelectMany(g => g.Aliases).Select(a => a.Name), read.Groups.SelectMany(g => g.Aliases).Select(a => a.Name));
            Assert.Equal(built.Sources.Select(s => (s.Name, s.Publisher, s.Published, s.Url)), read.Sources.Select(s => (s.Name, s.Publisher, s.Published, s.Url)));
            Assert.Equal(built.Questions.Count, read.Questions.Count);
            Assert.DoesNotContain(facts, c => char.IsControl(c) && c is not ('\t' or '\n'));
        }, iter: 300);
    }

    [Fact]
    public void Order_of_objects_changes_nothing()
    {
        string[] objects =
        [
            Group("G0001", "A", "A is a Chinese group.(Citation: One)", ""","aliases":["Z","Y"]"""), Group("G0002", "B"), Technique("T1003", "T", "impact", "execution"), Entity("tool", "S0001", "Net"),
            Relation("uses", "intrusion-set--G0002", "attack-pattern--T1003", "", Reference("One", "A. (2020). X.", "https://one.example/")),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "", Reference("One", "Undated.", "https://other.example/")),
            Relation("uses", "intrusion-set--G0001", "tool--S0001", "CVE-2020-0688", Reference("Two", "B. (2021). X.", "https://two.example/")),
        ];
        string expected = Facts(Build(Bundle(objects)));

        Gen.Shuffle(objects).Sample(shuffled => Assert.Equal(expected, Facts(Build(Bundle(shuffled)))), iter: 100);
    }

    [Theory]
    [InlineData("2025-01-22T21:54:11.727Z")]
    [InlineData("")]
    public void Order_of_versions_that_nothing_dates_changes_nothing(string modified)
    {
        string Version(string type, string id, string name, string more = "") => Entity(type, id, name, more).Replace("2025-01-22T21:54:11.727Z", modified, StringComparison.Ordinal);
        string[] objects =
        [
            Version("intrusion-set", "G0001", "One"), Version("intrusion-set", "G0001", "Another", ""","aliases":["Alias"]"""), Version("intrusion-set", "G0001", "One", ""","revoked":true"""),
            Version("tool", "S0001", "Net", ""","x_mitre_platforms":["Windows"]"""), Version("tool", "S0001", "Net", ""","x_mitre_platforms":["Linux"]"""),
            Version("intrusion-set", "G0002", "Same").Replace("intrusion-set--G0002", "intrusion-set--other", StringComparison.Ordinal), Version("intrusion-set", "G0002", "Other"),
        ];
        KnowledgeBase built = Build(Bundle(objects));
        string expected = Facts(built);

        Assert.Equal(["One", "Other"], built.Groups.Select(static g => g.Name));
        Gen.Shuffle(objects).Sample(
            shuffled =>
            {
                Assert.Equal(expected, Facts(Build(Bundle(shuffled))));
                Assert.Equal(expected, Facts(Build(Bundle(shuffled[..3]), Bundle(shuffled[3..]))));
            },
            iter: 100);
    }

    [Fact]
    public void A_name_with_what_divides_names_stays_one()
    {
        KnowledgeBase built = Build(Bundle(Group("G0001", "Alpha|Pipe")), Cluster(Actor(1, "Alpha|Pipe"), Actor(2, "alpha | pipe")));

        Assert.Equal(["Alpha/Pipe"], built.Questions[0].Candidates[0].SharedNames);
        Assert.Equal(["Alpha/Pipe"], Read(Facts(built)).Questions[0].Candidates[0].SharedNames);
    }
}
