using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.TestSupport;

namespace Culprit.Tests.Incidents;

/// <summary>
/// Recordings of single attacks, each documented by the name of its folder or file: the public rules make one incident of
/// each, and its techniques include the documented one.
/// </summary>
public sealed partial class RecordedTechniqueTests(ITestOutputHelper output)
{
    // Techniques that ATT&CK has since given other numbers: https://attack.mitre.org/resources/updates/.
    private static readonly Dictionary<string, string> Renumbered = new(StringComparer.Ordinal)
    {
        ["T1186"] = "T1055",
        ["T1086"] = "T1059",
        ["T1050"] = "T1543",
        ["T1035"] = "T1569",
        ["T1085"] = "T1218",
        ["T1117"] = "T1218",
        ["T1170"] = "T1218",
        ["T1088"] = "T1548",
        ["T1015"] = "T1546",
        ["T1183"] = "T1546",
        ["T1060"] = "T1547",
        ["T1076"] = "T1021",
        ["T1077"] = "T1021",
        ["T1028"] = "T1021",
        ["T1038"] = "T1574",
        ["T1073"] = "T1574",
        ["T1121"] = "T1218",
        ["T1191"] = "T1218",
        ["T1084"] = "T1546",
        ["T1208"] = "T1558",
        ["T1214"] = "T1552",
        ["T1089"] = "T1562",
        ["T1097"] = "T1550",
        ["T1075"] = "T1550",
    };

    // And those that ATT&CK 19 moved to the new tactic of defense impairment: switching off defences and firewalls, clearing logs.
    private static readonly Dictionary<string, string[]> Moved = new(StringComparer.Ordinal) { ["T1562"] = ["T1685", "T1686"], ["T1070"] = ["T1685"] };

    // Of the ten others, one holds nothing but logoffs, two have ordinary findings of their own on a domain controller, and in
    // seven no rule that fits is tagged with the tactic that the folder names.
    [Fact]
    public void Recordings_as_json() =>
        Judge("windows-json", static path => new Documented(path.Split('/')[0].Replace('_', '-'), ""), right: 28, several: 2);

    // In 37 of the others no public rule finds anything; those that remain are named by rules under other tactics than the folder's.
    [Fact]
    public void Attack_samples() => Judge("evtx/evtx-attack-samples", static path =>
    {
        string[] parts = path.Split('/');
        string tactic = parts.Length > 1 ? parts[0].ToLowerInvariant().Replace(' ', '-') : "";
        return new Documented(tactic is "automatedtestingtools" or "other" ? "" : tactic, TechniqueIn(parts[^1]));
    }, right: 75, several: 0);

    // Many of these logs hold single events of administration; in 62 no public rule finds anything. Three hold events days apart.
    [Fact]
    public void Logs_by_technique() => Judge("evtx/evtx-to-mitre-attack", static path =>
    {
        string[] parts = path.Split('/');
        return new Documented(parts[0][(parts[0].IndexOf('-', StringComparison.Ordinal) + 1)..].ToLowerInvariant().Replace(' ', '-'), TechniqueIn(parts[1]));
    }, right: 62, several: 3);

    [GeneratedRegex(@"T1\d{3}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Technique();

    private static string TechniqueIn(string name) => Technique().Match(name) is { Success: true } match ? Renumbered.GetValueOrDefault(match.Value, match.Value) : "";

    private void Judge(string folder, Func<string, Documented> document, int right, int several)
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        RuleCatalog rules = IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Shared, "rules", "sigma"));
        string root = Path.Combine(RepositoryRoot.Shared, "corpus", folder);
        var verdicts = new List<(string Path, string Verdict)>();
        foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string path = Path.GetRelativePath(root, file).Replace('\\', '/');
            (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(rules, [file]);
            Documented documented = document(path);
            string verdict = Verdict(documented, findings, incidents);
            verdicts.Add((verdict == Verdicts.Right ? path : $"{path}: {Explain(file, documented, findings, incidents)}", verdict));
        }

        foreach (IGrouping<string, string> group in verdicts.GroupBy(static one => one.Verdict, static one => one.Path).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{group.Count()} of {verdicts.Count}: {group.Key}");
            foreach (string path in group.Where(_ => group.Key != Verdicts.Right))
            {
                output.WriteLine("    " + path);
            }
        }

        Assert.InRange(verdicts.Count(static one => one.Verdict == Verdicts.Right), right, verdicts.Count);
        Assert.InRange(verdicts.Count(static one => one.Verdict is Verdicts.Several or Verdicts.SeveralNamed), 0, several);
    }

    // Why a recording is missed: what its log holds where no rule finds anything, and otherwise what the rules say that found something.
    private static string Explain(string file, Documented documented, Finding[] findings, ImmutableArray<Incident> incidents)
    {
        string asked = documented.Technique.Length > 0 ? documented.Technique : documented.Tactic;
        if (findings.Length == 0)
        {
            var counts = new EventCounts();
            new EvidenceReader(new EvidenceOptions { Threads = 1 }).Read([file], () => counts, progress: null, CancellationToken.None);
            return $"{asked} is documented; no public rule is satisfied by its {counts}";
        }

        IEnumerable<string> rules = (incidents.IsEmpty ? findings.Select(static finding => finding.Rule) : incidents.SelectMany(static incident => incident.Rules).Select(static rule => rule.Rule))
            .DistinctBy(static rule => rule.Title, StringComparer.Ordinal)
            .Select(static rule => $"'{rule.Title}' ({string.Join(' ', rule.Attack.Tactics.Concat(rule.Attack.Techniques))})");
        string what = incidents.Length > 1 ? $"{incidents.Length} groups that share nothing ({string.Join("; ", incidents.Select(static incident => $"{incident.Severity} on {string.Join(' ', incident.Hosts.Select(static host => host.Name))}"))})" : "found are";
        return $"{asked} is documented; {what} {string.Join(", ", rules.Take(4))}";
    }

    private sealed class EventCounts : IRecordSink
    {
        private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
        private readonly EventContext _context = new();

        public void Accept(scoped in RecordView record)
        {
            EventRoute route = new EventView(in record, _context).Route;
            string key = $"{route.Provider.Replace("Microsoft-Windows-", "", StringComparison.Ordinal)} {route.EventId}";
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
        }

        public override string ToString() => string.Join(", ", _counts.Select(static entry => $"{entry.Value} x {entry.Key}"));
    }

    private static string Verdict(Documented documented, Finding[] findings, ImmutableArray<Incident> incidents)
    {
        if (incidents.IsEmpty)
        {
            return findings.Length == 0 ? Verdicts.NoFinding : Verdicts.Informational;
        }

        // ATT&CK has since made two tactics of defense evasion, and the rules name those.
        bool Has(Incident incident) =>
            documented.Technique.Length > 0 ? incident.Phases.Any(phase => phase.Techniques.Any(one =>
                one.StartsWith(documented.Technique, StringComparison.Ordinal)
                || Array.Exists(Moved.GetValueOrDefault(documented.Technique, []), id => one.StartsWith(id, StringComparison.Ordinal))))
            : documented.Tactic.Length == 0 || incident.Phases.Any(phase => phase.Tactic == documented.Tactic
                || (documented.Tactic == "defense-evasion" && phase.Tactic is "stealth" or "defense-impairment"));
        bool isNamed = incidents.Any(Has);
        return incidents.Length > 1 ? (isNamed ? Verdicts.SeveralNamed : Verdicts.Several) : isNamed ? Verdicts.Right : Verdicts.Other;
    }

    private sealed record Documented(string Tactic, string Technique);

    private static class Verdicts
    {
        public const string Right = "one incident, and what is documented is in it";
        public const string Other = "one incident, but no rule that found something names what is documented";
        public const string SeveralNamed = "several incidents, what is documented in one";
        public const string Several = "several incidents, what is documented in none";
        public const string NoFinding = "no rule finds anything";
        public const string Informational = "rules find nothing but what happened (informational)";
    }
}
