using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Attribution.Observing;

/// <summary>A rule that found something in an incident, and where.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Events">The events of the incident that it found, by number.</param>
/// <param name="Findings">Its findings, by position.</param>
internal sealed record RuleSign(RuleInfo Rule, IReadOnlyList<int> Events, IReadOnlyList<int> Findings);

/// <summary>An incident by what showed it: its rules and its events. What merely gives context shows something only by an event of the incident.</summary>
internal sealed class IncidentSigns
{
    private readonly IReadOnlyDictionary<int, Finding> _findings;
    private readonly Dictionary<int, List<int>> _eventsOf = [];

    /// <summary>Sorts an incident's findings by rule.</summary>
    public IncidentSigns(Incident incident, IReadOnlyDictionary<int, Finding> findings)
    {
        Incident = incident;
        _findings = findings;
        foreach (IncidentEvent one in incident.Events)
        {
            foreach (int finding in one.Findings)
            {
                if (!_eventsOf.TryGetValue(finding, out List<int>? events))
                {
                    _eventsOf.Add(finding, events = []);
                }

                events.Add(one.Number);
            }
        }

        Rules =
        [
            .. incident.Findings.Where(findings.ContainsKey)
                .Where(f => findings[f].Rule.Level >= FindingLevel.Medium || _eventsOf.ContainsKey(f))
                .GroupBy(f => (findings[f].Rule.Id, findings[f].Rule.Title))
                .OrderBy(static g => g.Key.Title, StringComparer.Ordinal).ThenBy(static g => g.Key.Id, StringComparer.Ordinal)
                .Select(g => new RuleSign(findings[g.First()].Rule,
                    [.. g.SelectMany(EventsOf).Distinct().Order()], [.. g.Order()])),
        ];
    }

    /// <summary>The incident.</summary>
    public Incident Incident { get; }

    /// <summary>The rules that found it, by title; indicators are among them, each as a rule.</summary>
    public IReadOnlyList<RuleSign> Rules { get; }

    /// <summary>
    /// Those of them that somebody wrote. What an indicator's finding is called holds the names of its value and of its list, which are no word on what
    /// was there: lists are called after malware and tools too.
    /// </summary>
    public IEnumerable<RuleSign> Written => Rules.Where(static sign => sign.Rule.Indicator is null);

    /// <summary>A finding of <see cref="RuleSign.Findings"/>.</summary>
    public Finding Finding(int position) => _findings[position];

    /// <summary>The events that one of the incident's findings found, by number; none where evidence was not read again.</summary>
    public IReadOnlyList<int> EventsOf(int finding) => _eventsOf.GetValueOrDefault(finding) ?? [];
}
