using System.Text;
using CsCheck;
using Culprit.Knowledge;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

public sealed class HostileTests
{
    [Fact]
    public void Cut_JSON_is_an_error_that_says_where()
    {
        string bundle = Bundle(Group("G0001", "A"), Group("G0002", "B"));

        KnowledgeException error = Assert.Throws<KnowledgeException>(() => Build(bundle[..^20]));

        Assert.StartsWith("file-0.json: damaged JSON at line ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.False(error.Message.EndsWith('.'));
    }

    [Fact]
    public void Cut_anywhere_it_is_an_error_and_never_another_exception()
    {
        byte[] bundle = Encoding.UTF8.GetBytes(Bundle(Group("G0001", "A", "A is a Chinese group.", ""","aliases":["B"]"""), Relation("uses", "intrusion-set--G0001", "x")));
        for (int length = 1; length < bundle.Length; length++)
        {
            using var stream = new MemoryStream(bundle, 0, length);
            Assert.Throws<KnowledgeException>(() => new KnowledgeBuilder().Add("cut.json", stream));
        }
    }

    [Fact]
    public void Any_byte_may_be_any_other()
    {
        byte[] bundle = Encoding.UTF8.GetBytes(Bundle(
            Group("G0001", "A", "A is a Chinese group.(Citation: One)", ""","aliases":["B"]""", "," + Reference("One", "A. (2020, June 1). X.", "https://one.example/2020/")),
            Technique("T1003", "T", "impact"), Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "CVE-2020-0688")));
        Gen.Select(Gen.Int[0, bundle.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] changed = [.. bundle];
            foreach ((int at, byte value) in changes)
            {
                changed[at] = value;
            }

            var builder = new KnowledgeBuilder();
            try
            {
                using var stream = new MemoryStream(changed);
                builder.Add("changed.json", stream);
                Read(Facts(builder.Build()));
            }
            catch (KnowledgeException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }, iter: 2000);
    }

    [Theory]
    [InlineData("""{"type":"intrusion-set","id":7,"name":"A","external_references":[{"source_name":"mitre-attack","external_id":"G0009"}]}""", "'id' and 'name'")]
    [InlineData("""{"type":"intrusion-set","id":"i--1","name":["A"],"external_references":[{"source_name":"mitre-attack","external_id":"G0009"}]}""", "'id' and 'name'")]
    [InlineData("""{"type":"intrusion-set","id":"i--1","name":"A","external_references":[{"source_name":"mitre-attack","external_id":"T1003"}]}""", "no identifier that ATT&CK gives")]
    [InlineData("""{"type":"intrusion-set","id":"i--1","name":"A","external_references":[{"source_name":"mitre-attack","external_id":"G0009\tx"}]}""", "no identifier that ATT&CK gives")]
    [InlineData("""{"type":"intrusion-set","id":"i--1","name":"A","external_references":[{"source_name":"mitre-attack","external_id":"G000\u0669"}]}""", "no identifier that ATT&CK gives")]
    [InlineData("""{"type":"intrusion-set","id":"i--1","name":"A","external_references":[{"source_name":"mitre-attack","external_id":9}]}""", "its reference to mitre-attack needs the text 'external_id'")]
    [InlineData("""{"type":"relationship","id":"r--1","relationship_type":"uses","source_ref":5}""", "a relationship needs")]
    [InlineData("""{"type":"relationship","id":"r--1","relationship_type":"uses","source_ref":"intrusion-set--G0001","target_ref":"attack-pattern--nowhere"}""", "which is in no file")]
    [InlineData("""{"type":"relationship","id":"r--1","relationship_type":"attributed-to","source_ref":"intrusion-set--G0001","target_ref":"intrusion-set--G0001"}""", "no relation that is known")]
    [InlineData("7", "not an object")]
    [InlineData("""{"type":"intrusion-set","id":"i--1","name":"\ud800","external_references":[{"source_name":"mitre-attack","external_id":"G0009"}]}""", "'id' and 'name'")]
    public void A_wrong_object_is_told_and_loses_nothing_else(string wrong, string warning)
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle(wrong, Group("G0001", "A")));

        Assert.Equal("G0001", Assert.Single(knowledge.Groups).Id);
        Assert.Contains(warning, Assert.Single(warnings).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_objects_with_one_identifier_one_is_kept()
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle(
            Group("G0001", "Older").Replace("intrusion-set--G0001", "intrusion-set--other", StringComparison.Ordinal).Replace("2025-01-22", "2024-01-01", StringComparison.Ordinal),
            Group("G0001", "Newer")));

        Assert.Equal("Newer", Assert.Single(knowledge.Groups).Name);
        Assert.Contains("given to two objects", Assert.Single(warnings).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_made_fit_for_one_line_and_cut()
    {
        KnowledgeBase knowledge = Build(Bundle(Group("G0001", " a\tb\nc\u001b[31m" + new string('x', 100_000))));

        string name = Assert.Single(knowledge.Groups).Name;
        Assert.StartsWith("a b c [31mxxx", name, StringComparison.Ordinal);
        Assert.Equal(256, name.Length);
    }

    [Theory]
    [InlineData(4000, "4000 more warnings are not shown")]
    [InlineData(1, "1 more warning is not shown")]
    public void So_many_warnings_are_kept_and_no_more(int more, string told)
    {
        Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle([Group("G0001", "A"), .. Enumerable.Repeat("7", KnowledgeBuilder.MaxWarnings + more)]));

        Assert.Equal(KnowledgeBuilder.MaxWarnings + 1, warnings.Count);
        Assert.Equal(told, warnings[^1].What);
    }

    [Fact]
    public void A_name_that_everything_has_is_refused()
    {
        string[] groups = [.. Enumerable.Range(0, 400).Select(i => Group($"G{i:D4}", "Everybody"))];
        string[] actors = [.. Enumerable.Range(0, 400).Select(i => Actor(i, "Everybody"))];

        Assert.Contains("these are no names", Assert.Throws<KnowledgeException>(() => Build(Bundle(groups), Cluster(actors))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_looked_for_far_behind_in_a_description()
    {
        string far = new string('x', 100_000) + "(2021, June 7)", open = string.Concat(Enumerable.Repeat("(Citation:(2020  ", 300_000));

        KnowledgeBase knowledge = Build(Bundle(
            Group("G0001", "A", open, ""","aliases":["B"]""", "," + Reference("One", far, "https://one.example/") + $$""",{"source_name":"B","description":{{Text(open)}}}"""),
            Technique("T1003", "T", "impact"),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", far + " CVE-2020-0688", Reference("One", far, "https://one.example/"))));

        KnownGroup group = Assert.Single(knowledge.Groups);
        Assert.Empty(group.Vulnerabilities);
        Assert.Null(Assert.Single(group.Techniques[0].Sources).Published);
    }

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Throws<KnowledgeException>(() => Build("""{"type":"bundle","objects":""" + new string('[', 100_000)));

    [Theory]
    [InlineData("just text")]
    [InlineData("{}")]
    [InlineData("""{"type":"bundle"}""")]
    [InlineData("""{"type":"bundle","objects":7}""")]
    [InlineData("""{"type":"bundle","objects":[{"type":"indicator"}]}""")]
    [InlineData("""{"type":"bundle","objects":[{"type":"relationship","id":"r--1","relationship_type":"uses","source_ref":"a","target_ref":"b"}]}""")]
    [InlineData("""{"type":"tool","values":[]}""")]
    [InlineData("[1,2]")]
    public void What_holds_no_knowledge_is_none(string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var builder = new KnowledgeBuilder();

        Assert.Equal(KnowledgeFormat.None, builder.Add("x", stream));
        Assert.Contains("there is no knowledge", Assert.Throws<KnowledgeException>(builder.Build).Message, StringComparison.Ordinal);
    }
}
