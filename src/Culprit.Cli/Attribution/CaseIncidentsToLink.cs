using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Cli.Attribution;

/// <summary>The incidents of a case as linking takes them. What is observed is read here and nowhere else.</summary>
internal static class CaseIncidentsToLink
{
    /// <summary>The incidents of at least a severity.</summary>
    public static IEnumerable<LinkedIncident> Of(CaseReader opened, string name, IncidentSeverity least, KnowledgeBase knowledge) =>
        opened.Incidents.Where(i => i.Severity >= least).Select(i => new LinkedIncident { Case = name, Incident = i, Observations = Observe(i, knowledge) });

    // Techniques of events and of rules, and tools by their names.
    private static ImmutableArray<Observation> Observe(Incident incident, KnowledgeBase knowledge)
    {
        var events = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (string technique in incident.Phases.SelectMany(static p => p.Techniques))
        {
            events.TryAdd(technique, []);
        }

        foreach (IncidentEvent one in incident.Events)
        {
            foreach (EventTechnique technique in one.Techniques.Where(static t => t.Technique.Length > 0))
            {
                events.TryAdd(technique.Technique, []);
                events[technique.Technique].Add(one.Number);
            }
        }

        var observed = ImmutableArray.CreateBuilder<Observation>();
        foreach ((string id, SortedSet<int> numbers) in events)
        {
            if (knowledge.Technique(id) is { } technique)
            {
                observed.Add(Observed(ObservationKind.Technique, technique.Id, technique.Name, "rules and events", [.. numbers]));
            }
        }

        foreach (NamedTool tool in incident.Story?.Tools ?? [])
        {
            if (knowledge.Find(tool.Name).FirstOrDefault(static n => n.Kind == KnownKind.Software) is { } software)
            {
                observed.Add(Observed(ObservationKind.Software, software.Id, software.Name, tool.Basis.Text, tool.Basis.Events));
            }
        }

        return observed.ToImmutable();
    }

    private static Observation Observed(ObservationKind kind, string value, string name, string basis, ImmutableArray<int> events) =>
        new() { Kind = kind, Value = value, Name = name, Basis = basis, Events = events };
}
