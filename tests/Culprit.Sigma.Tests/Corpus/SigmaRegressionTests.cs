using Culprit.Sigma.Tests.Matching;
using Culprit.Sigma.Tests.Reference;
using Culprit.TestSupport;
using YamlDotNet.RepresentationModel;

namespace Culprit.Sigma.Tests.Corpus;

/// <summary>
/// The public regression suite: a rule, a recording, and how many of its records must match, judged with the full rule set loaded.
/// </summary>
[Trait("needs", "corpus")]
public sealed class SigmaRegressionTests
{
    /// <summary>
    /// Cases whose recording holds more records that satisfy the rule than the suite declares, by id of the case. The suite's own runner
    /// only asks whether the rule is seen at all, so these numbers were never checked upstream. Each is counted here by hand
    /// from the output of evtxexport.
    /// </summary>
    private static readonly Dictionary<string, (int Records, string Why)> DeclaredTooLow = new(StringComparer.Ordinal)
    {
        ["0d7ff9a2-a55c-46c8-b878-4ec4ea8e91ae"] = (3, @"records 14985, 14988 and 14990 each create a file below \AppData\Roaming\AnyDesk\user.conf"),
        ["a118df85-dbf8-48d6-a3a6-f6ddebf975b6"] = (3, @"records 28344631 to 28344633 each set a value below \ZoneMap\Domains\ to 2"),
        ["c99b67cd-0a57-4023-9f88-35806d622b48"] = (2, "records 28656599 and 28656618 set AutoShareServer and AutoShareWks to 0"),
    };

    private static readonly Lazy<SigmaEngine> Engine = new(() => SigmaEngine.Compile(PublicRules.Loaded, LogSourceMap.Default));

    /// <summary>The folders of the cases, relative to the suite.</summary>
    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        if (!RepositoryRoot.HasShared)
        {
            cases.Add("");
            return cases;
        }

        foreach (string file in Directory.EnumerateFiles(Suite, "info.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cases.Add(Path.GetRelativePath(Suite, Path.GetDirectoryName(file)!).Replace('\\', '/'));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_rule_matches_the_declared_number_of_records(string folder)
    {
        PublicRules.SkipUnlessThere();
        Case declared = Case.Read(Path.Combine(Suite, folder));
        int rule = PublicRules.Loaded.Rules.Index().First(r => r.Item.Id == declared.RuleId).Index;

        SigmaSession session = Engine.Value.CreateSession();
        int matches = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Suite, folder), "*.evtx"))
        {
            foreach (ReferenceEvent e in EvtxEvents.Of(file))
            {
                matches += session.Match(e.Route, new ListEvent(e, new object())).Contains(rule) ? 1 : 0;
            }
        }

        if (DeclaredTooLow.TryGetValue(declared.Id, out (int Records, string Why) counted))
        {
            Assert.True(matches == counted.Records, $"{matches} records match, but {counted.Why}");
        }
        else if (declared.MatchCount is { } count)
        {
            Assert.Equal(count, matches);
        }
        else
        {
            Assert.True(matches >= 1, "no record matches");
        }
    }

    private static string Suite => Path.Combine(RepositoryRoot.Shared, "suites", "sigma-regression");

    private sealed record Case(string Id, string RuleId, int? MatchCount)
    {
        public static Case Read(string folder)
        {
            var yaml = new YamlStream();
            using (StreamReader reader = File.OpenText(Path.Combine(folder, "info.yml")))
            {
                yaml.Load(reader);
            }

            YamlNode root = yaml.Documents[0].RootNode;
            var test = (YamlMappingNode)root["regression_tests_info"][0];
            int? count = test.Children.TryGetValue("match_count", out YamlNode? node) ? int.Parse(((YamlScalarNode)node).Value!) : null;
            return new Case(Text(root["id"]), Text(root["rule_metadata"][0]["id"]), count);
        }

        private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
    }
}
