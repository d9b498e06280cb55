using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents.Joining;
using Culprit.Incidents.Surroundings;
using Culprit.Incidents.Telling;

namespace Culprit.Incidents;

/// <summary>
/// Joins findings into incidents through what they share, and weighs each. Findings come in the order of
/// <see cref="InvestigationResult.Findings"/>; the same findings give the same incidents. Near-linear in their number.
/// </summary>
public sealed class IncidentBuilder
{
    private readonly FindingTable _table = new();
    private readonly FindingPlaces _places = new();

    /// <summary>
    /// Events of incidents that were read before: they serve where the evidence that held them is not at hand any more.
    /// </summary>
    public ImmutableArray<IncidentEvent> Known { get; init; } = [];

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        _places.Add(_table.Count, finding);
        _table.Add(finding);
    }

    /// <summary>
    /// The incidents, gravest first, from findings alone. Findings of low level are in one only where something joins them to
    /// graver ones or to those of another rule, or where none is graver; informational ones only where something joins them to others.
    /// </summary>
    public ImmutableArray<Incident> Build()
    {
        var ordinary = new Ordinary(_table);
        (Components components, List<(int Finding, string Through)> joins) = Joiner.Join(_table, ordinary);
        return [.. Describe(ordinary, components, joins, static host => host).Select(static entry => entry.Incident)];
    }

    /// <summary>
    /// The incidents, gravest first, with the events around their findings and their stories. Evidence is read once more, as
    /// far as it holds such events.
    /// </summary>
    /// <param name="index">What was remembered of all events while the evidence was read.</param>
    /// <param name="files">The evidence.</param>
    /// <param name="options">How to read it; the same as before.</param>
    /// <param name="stop">Ends reading early; events that were not read by then are missing.</param>
    public ImmutableArray<Incident> Build(EventIndex index, EvidenceFiles files, EvidenceOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        var ordinary = new Ordinary(_table);
        (Components components, List<(int Finding, string Through)> joins) = Joiner.Join(_table, ordinary);
        index.Complete();
        _places.Bind(index.Names.Sources);
        List<SurroundingEvent> around = Spread.Run(index, _table, ordinary, components, _places, joins);
        var names = new HostNames(index.Addresses, _table.Hosts.Concat(index.Names.HostsInFull));
        List<(int Root, Incident Incident)> described = Describe(ordinary, components, joins, names.Of);
        var events = new IncidentEvents(_table, _places, around, described.Select(static entry => entry.Root), components);
        events.Fetch(files, options, Known, stop);
        Incident[] complete = [.. described.Select(entry => events.Complete(entry.Root, entry.Incident, names.Of))];
        var teller = new StoryTeller(index, names);
        return [.. complete.Select(teller.Tell)];
    }

    private List<(int Root, Incident Incident)> Describe(Ordinary ordinary, Components components, List<(int Finding, string Through)> joins, Func<string, string> hostOf)
    {
        var members = new Dictionary<int, List<int>>();
        for (int finding = 0; finding < _table.Count; finding++)
        {
            int root = components.RootOf(finding);
            if (!members.TryGetValue(root, out List<int>? list))
            {
                members.Add(root, list = []);
            }

            list.Add(finding);
        }

        ILookup<int, string> joinsOf = joins.ToLookup(join => components.RootOf(join.Finding), static join => join.Through);
        FindingLevel gravest = _table.Count == 0 ? FindingLevel.Informational : Enumerable.Range(0, _table.Count).Max(finding => _table[finding].Level);
        var describer = new IncidentDescriber(_table, ordinary, hostOf);
        IEnumerable<(int Root, Incident Incident)> incidents = members
            .Where(entry => IsIncident(entry.Value, gravest))
            .Select(entry => (entry.Key, describer.Describe(entry.Value, joinsOf[entry.Key])))
            .OrderByDescending(static entry => entry.Item2.Severity)
            .ThenByDescending(static entry => entry.Item2.Score)
            .ThenBy(static entry => entry.Item2.Findings[0]);
        return [.. incidents.Select(static (entry, i) => (entry.Root, entry.Incident with { Number = i + 1 }))];
    }

    // What a single rule of low level finds is the noise of every network, unless it is all that is found; two rules that meet may be more.
    private bool IsIncident(List<int> members, FindingLevel gravest) =>
        members.Exists(finding => _table[finding].Level >= FindingLevel.Medium)
        || members.Where(finding => _table[finding].Level == FindingLevel.Low).Select(finding => _table[finding].Rule).Distinct()
            .Skip(gravest > FindingLevel.Low ? 1 : 0).Any();
}
