using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>Techniques: those that rules name, and those that events show by what they are.</summary>
internal static class TechniqueObservations
{
    private const string ByKind = "the kind of event";

    /// <summary>
    /// Adds them. Where a technique and a part of it come from the same signs, the part stands for both, so that a rule which names both shows one
    /// thing and not two that count in part. A technique with signs of its own stays: an assessment leaves it out beside its part
    /// (<see cref="Weighing.TechniqueParts"/>), and linking counts its signs.
    /// </summary>
    public static void Add(ObservationTally tally, IncidentSigns signs, KnowledgeBase knowledge, CancellationToken stop)
    {
        var seen = new SortedDictionary<string, KnownTechnique?>(StringComparer.Ordinal);
        foreach (RuleSign sign in signs.Written)
        {
            stop.ThrowIfCancellationRequested();
            foreach (string id in sign.Rule.Attack.Techniques)
            {
                Add(tally, seen, knowledge, id, ObservationTally.ByRule(sign.Rule.Title), sign.Events, sign.Findings);
            }
        }

        foreach (IncidentEvent one in signs.Incident.Events)
        {
            foreach (EventTechnique shown in one.Techniques)
            {
                if (shown.Technique.Length > 0)
                {
                    Add(tally, seen, knowledge, shown.Technique, shown.Basis.Length > 0 ? ObservationTally.ByRule(shown.Basis) : ByKind, [one.Number], []);
                }
            }
        }

        foreach (string parent in seen.Values.Where(static t => t?.Parent is not null).Select(static t => t!.Parent!).Distinct(StringComparer.Ordinal).Where(seen.ContainsKey))
        {
            string[] parts = [.. seen.Where(t => t.Value?.Parent == parent).Select(static t => t.Key)];
            bool same = tally.EventsOf(ObservationKind.Technique, parent)!.All(e => parts.Any(p => tally.EventsOf(ObservationKind.Technique, p)!.Contains(e)))
                && tally.FindingsOf(ObservationKind.Technique, parent)!.All(f => parts.Any(p => tally.FindingsOf(ObservationKind.Technique, p)!.Contains(f)));
            if (same)
            {
                tally.Remove(ObservationKind.Technique, parent);
            }
        }
    }

    private static void Add(
        ObservationTally tally, SortedDictionary<string, KnownTechnique?> seen, KnowledgeBase knowledge, string id, string basis,
        IEnumerable<int> events, IEnumerable<int> findings)
    {
        KnownTechnique? known = knowledge.Technique(id);
        string current = known?.Id ?? id;
        seen[current] = known;
        tally.Add(ObservationKind.Technique, current, NameOf(known, knowledge) ?? knowledge.Retired.GetValueOrDefault(current) ?? current, basis, events, findings);
    }

    /// <summary>A technique's name, that of its parent before it; null where there is no technique.</summary>
    public static string? NameOf(KnownTechnique? technique, KnowledgeBase knowledge) =>
        technique?.Parent is { } parent && knowledge.Technique(parent) is { } above ? $"{above.Name}: {technique.Name}" : technique?.Name;
}
