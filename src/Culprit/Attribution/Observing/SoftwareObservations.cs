using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>Malware and tools: by rules' tags and titles, by what antivirus calls what it found, and by names of files.</summary>
internal static class SoftwareObservations
{
    /// <summary>Adds them.</summary>
    public static void Add(ObservationTally tally, IncidentSigns signs, KnowledgeBase knowledge)
    {
        foreach (RuleSign sign in signs.Rules)
        {
            foreach (KnownSoftware software in Named(sign.Rule, knowledge))
            {
                Add(tally, software, ObservationTally.ByRule(sign.Rule.Title), sign.Events, sign.Findings, identified: false);
            }

            OneOfSeveral(tally, signs, sign, knowledge);
        }

        foreach (IncidentEvent one in signs.Incident.Events)
        {
            string threat = ThreatNames.In(one);
            if (threat.Length > 0 && ThreatNames.Software(threat, knowledge) is { } found)
            {
                Add(tally, found, $"antivirus: {threat}", [one.Number], one.Findings, identified: true);
            }

            Program(tally, one, knowledge);
        }
    }

    // A rule whose title names one piece of software finds that one. A tag alone says which software is known to do such a thing:
    // that is enough for a tool, which the rule then watches, and not for malware ("a firewall rule added by netsh").
    private static IEnumerable<KnownSoftware> Named(RuleInfo rule, KnowledgeBase knowledge)
    {
        IEnumerable<KnownSoftware> inTitle = SoftwareNames.InText(rule.Title, knowledge);
        KnownSoftware[] tagged = [.. Tagged(rule, knowledge).Where(s => s.Kind == SoftwareKind.Tool || inTitle.Any(named => named.Id == s.Id))];

        // "ngrok, chisel or frp" found one of them and does not say which.
        if (tagged.Length > 1 || inTitle.Skip(1).Any() || rule.Title.Contains(" or ", StringComparison.OrdinalIgnoreCase))
        {
            return tagged.Length == 1 && !inTitle.Any() ? tagged : [];
        }

        return tagged.Concat(inTitle).DistinctBy(static s => s.Id, StringComparer.Ordinal);
    }

    // A rule for several of them found the one whose name stands in what satisfied it.
    private static void OneOfSeveral(ObservationTally tally, IncidentSigns signs, RuleSign sign, KnowledgeBase knowledge)
    {
        KnownSoftware[] candidates = [.. Tagged(sign.Rule, knowledge).Concat(SoftwareNames.InText(sign.Rule.Title, knowledge)).DistinctBy(static s => s.Id, StringComparer.Ordinal)];
        if (candidates.Length == 0)
        {
            return;
        }

        foreach (int position in sign.Findings)
        {
            Finding finding = signs.Finding(position);
            foreach (MatchedValue matched in finding.Matched)
            {
                foreach (KnownSoftware software in SoftwareNames.InText(matched.Value, knowledge).Where(found => Array.Exists(candidates, c => c.Id == found.Id)))
                {
                    ImmutableArray<int> events = [.. sign.Events.Where(e => signs.Incident.Events[e].Findings.Contains(position))];
                    Add(tally, software, ObservationTally.ByRule(sign.Rule.Title), events, [position], identified: false);
                }
            }
        }
    }

    private static void Program(ObservationTally tally, IncidentEvent one, KnowledgeBase knowledge)
    {
        string image = one.Value("NewProcessName") is { Length: > 0 } audited ? audited : one.Value("Image");
        string service = one.EventId == 7045 ? one.Value("ImagePath") : "";
        foreach (string path in (ReadOnlySpan<string>)[image, one.Value("OriginalFileName"), service])
        {
            string file = path.Trim('"')[(path.Trim('"').LastIndexOfAny(['\\', '/']) + 1)..];
            if (SoftwareNames.OfFile(file, knowledge) is { } tool)
            {
                Add(tally, tool, $"a program called {file.ToLowerInvariant()}", [one.Number], one.Findings, identified: false);
            }
        }
    }

    private static KnownSoftware[] Tagged(RuleInfo rule, KnowledgeBase knowledge) =>
        [.. rule.Attack.Software.Select(knowledge.SoftwareOf).OfType<KnownSoftware>().DistinctBy(static s => s.Id, StringComparer.Ordinal)];

    private static void Add(ObservationTally tally, KnownSoftware software, string basis, IEnumerable<int> events, IEnumerable<int> findings, bool identified) =>
        tally.Add(ObservationKind.Software, software.Id, software.Name, basis, events, findings, identified);
}
