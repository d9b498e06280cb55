using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>Malware and tools: by rules' tags and titles, by what antivirus calls what it found, and by names of files.</summary>
internal static class SoftwareObservations
{
    /// <summary>Adds them.</summary>
    public static void Add(ObservationTally tally, IncidentSigns signs, KnowledgeBase knowledge, CancellationToken stop)
    {
        // Findings repeat what satisfied them, and to find names in a long text takes time.
        var inTexts = new Dictionary<string, KnownSoftware[]>(StringComparer.Ordinal);
        foreach (RuleSign sign in signs.Written)
        {
            stop.ThrowIfCancellationRequested();
            KnownSoftware[] inTitle = InText(sign.Rule.Title, knowledge), tagged = Tagged(sign.Rule, knowledge);
            foreach (KnownSoftware software in Named(sign.Rule, tagged, inTitle))
            {
                Add(tally, software, ObservationTally.ByRule(sign.Rule.Title), sign.Events, sign.Findings);
            }

            var candidates = tagged.Concat(inTitle).Select(static s => s.Id).ToHashSet(StringComparer.Ordinal);
            foreach (int position in candidates.Count > 0 ? sign.Findings : [])
            {
                foreach (MatchedValue matched in signs.Finding(position).Matched)
                {
                    stop.ThrowIfCancellationRequested();
                    if (!inTexts.TryGetValue(matched.Value, out KnownSoftware[]? named))
                    {
                        inTexts.Add(matched.Value, named = InText(matched.Value, knowledge));
                    }

                    // A rule for several of them found the one whose name stands in what satisfied it.
                    foreach (KnownSoftware software in named.Where(s => candidates.Contains(s.Id)))
                    {
                        Add(tally, software, ObservationTally.ByRule(sign.Rule.Title), signs.EventsOf(position), [position]);
                    }
                }
            }
        }

        Threats(tally, signs.Incident, knowledge, stop);
        foreach (IncidentEvent one in signs.Incident.Events)
        {
            stop.ThrowIfCancellationRequested();
            Program(tally, one, knowledge);
        }
    }

    // Variants are names that whoever makes the files brings about: those of one family are one thing that antivirus says.
    private static void Threats(ObservationTally tally, Incident incident, KnowledgeBase knowledge, CancellationToken stop)
    {
        foreach (var family in incident.Events.Select(static e => (Event: e, Threat: ThreatNames.In(e))).Where(static t => t.Threat.Length > 0)
            .Select(t => (t.Event, t.Threat, Meaning: Meaning(t.Threat))).Where(static t => t.Meaning.Only is not null)
            .GroupBy(static t => t.Meaning.Only!.Id, StringComparer.Ordinal))
        {
            (IncidentEvent _, string threat, ThreatMeaning meaning) = family.First();
            int others = family.Select(static t => t.Threat).Distinct(StringComparer.Ordinal).Count() - 1;
            string basis = (family.All(static t => t.Meaning.IsGuess) ? ObservationBasis.OfGuess : "antivirus: ") + threat
                + (others == 0 ? "" : others == 1 ? " and one other name of it" : $" and {others} other names of it");
            Add(tally, meaning.Only!, basis, family.Select(static t => t.Event.Number), family.SelectMany(static t => t.Event.Findings));
        }

        ThreatMeaning Meaning(string threat)
        {
            stop.ThrowIfCancellationRequested();
            return ThreatNames.Meaning(threat, knowledge);
        }
    }

    // A rule whose title names one piece of software finds that one. A tag alone says which software is known to do such a thing:
    // that is enough for a tool, which the rule then watches, and not for malware ("a firewall rule added by netsh").
    private static IEnumerable<KnownSoftware> Named(RuleInfo rule, KnownSoftware[] tagged, KnownSoftware[] inTitle)
    {
        KnownSoftware[] meant = [.. tagged.Where(s => s.Kind == SoftwareKind.Tool || Array.Exists(inTitle, named => named.Id == s.Id))];

        // "ngrok, chisel or frp" found one of them and does not say which.
        if (meant.Length > 1 || inTitle.Length > 1 || rule.Title.Contains(" or ", StringComparison.OrdinalIgnoreCase))
        {
            return meant.Length == 1 && inTitle.Length == 0 ? meant : [];
        }

        return meant.Concat(inTitle).DistinctBy(static s => s.Id, StringComparer.Ordinal);
    }

    private static void Program(ObservationTally tally, IncidentEvent one, KnowledgeBase knowledge)
    {
        foreach (string path in Paths(one))
        {
            string file = path.Trim('"')[(path.Trim('"').LastIndexOfAny(['\\', '/']) + 1)..];
            if (SoftwareNames.OfFile(file, knowledge) is { } tool)
            {
                Add(tally, tool, ObservationBasis.OfFileName + file.ToLowerInvariant(), [one.Number], one.Findings);
            }
        }
    }

    // Where programs stand, by those who know which is which: others call their fields as they like.
    private static string[] Paths(IncidentEvent one) => EventWriters.Of(one) switch
    {
        EventWriter.Sysmon or EventWriter.Security or EventWriter.ProgramControl or EventWriter.Antivirus =>
            [one.Value("NewProcessName") is { Length: > 0 } audited ? audited : one.Value("Image"), one.Value("OriginalFileName")],
        EventWriter.Services when one.EventId == 7045 => [one.Value("ImagePath")],
        _ => [],
    };

    private static KnownSoftware[] Tagged(RuleInfo rule, KnowledgeBase knowledge) =>
        [.. rule.Attack.Software.Select(knowledge.SoftwareOf).OfType<KnownSoftware>().DistinctBy(static s => s.Id, StringComparer.Ordinal)];

    private static KnownSoftware[] InText(string text, KnowledgeBase knowledge) =>
        [.. SoftwareNames.InText(text, knowledge).DistinctBy(static s => s.Id, StringComparer.Ordinal)];

    private static void Add(ObservationTally tally, KnownSoftware software, string basis, IEnumerable<int> events, IEnumerable<int> findings) =>
        tally.Add(ObservationKind.Software, software.Id, software.Name, basis, events, findings);
}
