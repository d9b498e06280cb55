using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents.Joining;

namespace Culprit.Incidents;

/// <summary>
/// Joins findings into incidents through what they share, and weighs each. Findings come in the order of
/// <see cref="InvestigationResult.Findings"/>; the same findings give the same incidents. Near-linear in their number.
/// </summary>
public sealed class IncidentBuilder
{
    private readonly FindingTable _table = new();

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        _table.Add(finding);
    }

    /// <summary>The incidents, gravest first. Findings that say nothing but what happened are in none, unless they join others.</summary>
    public ImmutableArray<Incident> Build()
    {
        var ordinary = new Ordinary(_table);
        (int[] rootOf, List<(int Finding, string Through)> joins) = Joiner.Join(_table, ordinary);
        var members = new Dictionary<int, List<int>>();
        for (int finding = 0; finding < rootOf.Length; finding++)
        {
            if (!members.TryGetValue(rootOf[finding], out List<int>? list))
            {
                members.Add(rootOf[finding], list = []);
            }

            list.Add(finding);
        }

        ILookup<int, string> joinsOf = joins.ToLookup(join => rootOf[join.Finding], static join => join.Through);
        var describer = new IncidentDescriber(_table, ordinary);
        IEnumerable<Incident> incidents = members
            .Where(entry => entry.Value.Exists(finding => _table[finding].Level > FindingLevel.Informational))
            .Select(entry => describer.Describe(entry.Value, joinsOf[entry.Key]))
            .OrderByDescending(static incident => incident.Severity)
            .ThenByDescending(static incident => incident.Score)
            .ThenBy(static incident => incident.Findings[0]);
        return [.. incidents.Select(static (incident, i) => incident with { Number = i + 1 })];
    }
}
