using Culprit.Incidents;

namespace Culprit.Attribution.Linking;

/// <summary>
/// Which events of incidents of different cases are one and the same record, by where it stands (the SHA-256 of its source and the offset)
/// or, where a log was handed over twice in different files, by its number, or by what it says where it has none. What is seen once is not shared by two.
/// </summary>
internal sealed class SameRecords
{
    private static readonly (HashSet<int> First, HashSet<int> Second) None = ([], []);

    private readonly Dictionary<(int, int), (HashSet<int> First, HashSet<int> Second)> _pairs = [];
    private readonly IReadOnlyList<LinkedIncident> _incidents;

    private SameRecords(IReadOnlyList<LinkedIncident> incidents) => _incidents = incidents;

    /// <summary>Finds them: first by place and number, which are certain, then by content what these leave.</summary>
    /// <param name="incidents">The incidents; pairs are named by their positions.</param>
    /// <param name="stop">Ends it before all are found.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static SameRecords Find(IReadOnlyList<LinkedIncident> incidents, CancellationToken stop)
    {
        var same = new SameRecords(incidents);
        same.MatchByPlace(stop);
        same.MatchByContent(stop);
        return same;
    }

    /// <summary>The numbers of the events of either incident that are records of the other too; empty for incidents of one case, which may meet in an event.</summary>
    public (IReadOnlySet<int> First, IReadOnlySet<int> Second) Of(int first, int second) => _pairs.GetValueOrDefault((first, second), None);

    private void MatchByPlace(CancellationToken stop)
    {
        var seen = new Dictionary<(string, long), List<(int Incident, int Event)>>();
        foreach ((int incident, LinkedIncident linked) in _incidents.Index())
        {
            stop.ThrowIfCancellationRequested();
            foreach (IncidentEvent one in linked.Incident.Events)
            {
                foreach ((string, long) key in Keys(one).Distinct())
                {
                    (seen.TryGetValue(key, out List<(int, int)>? known) ? known : seen[key] = []).Add((incident, one.Number));
                }
            }
        }

        foreach (List<(int Incident, int Event)> one in seen.Values.Where(static v => v.Count > 1))
        {
            stop.ThrowIfCancellationRequested();
            for (int a = 0; a < one.Count; a++)
            {
                for (int b = a + 1; b < one.Count; b++)
                {
                    if (AreOfTwoCases(one[a].Incident, one[b].Incident))
                    {
                        Add(one[a], one[b]);
                    }
                }
            }
        }
    }

    private void MatchByContent(CancellationToken stop)
    {
        var said = new Dictionary<string, SortedDictionary<int, List<int>>>(StringComparer.Ordinal);
        foreach ((int incident, LinkedIncident linked) in _incidents.Index())
        {
            stop.ThrowIfCancellationRequested();
            foreach (IncidentEvent one in linked.Incident.Events)
            {
                if (RecordContent.Of(one) is { Length: > 0 } content)
                {
                    SortedDictionary<int, List<int>> equal = said.TryGetValue(content, out SortedDictionary<int, List<int>>? others) ? others : said[content] = [];
                    (equal.TryGetValue(incident, out List<int>? own) ? own : equal[incident] = []).Add(one.Number);
                }
            }
        }

        foreach (KeyValuePair<int, List<int>>[] equal in said.Values.Where(static v => v.Count > 1).Select(static v => v.ToArray()))
        {
            for (int a = 0; a < equal.Length; a++)
            {
                for (int b = a + 1; b < equal.Length; b++)
                {
                    stop.ThrowIfCancellationRequested();
                    if (AreOfTwoCases(equal[a].Key, equal[b].Key))
                    {
                        AddEqual(equal[a], equal[b]);
                    }
                }
            }
        }
    }

    private bool AreOfTwoCases(int one, int other) => _incidents[one].Case != _incidents[other].Case;

    private void Add((int Incident, int Event) a, (int Incident, int Event) b)
    {
        if (!_pairs.TryGetValue((a.Incident, b.Incident), out (HashSet<int> First, HashSet<int> Second) pair))
        {
            _pairs.Add((a.Incident, b.Incident), pair = ([], []));
        }

        pair.First.Add(a.Event);
        pair.Second.Add(b.Event);
    }

    // A log may hold equal records, each of which is one of the other's at most; those that stand at one place are matched before.
    private void AddEqual(KeyValuePair<int, List<int>> a, KeyValuePair<int, List<int>> b)
    {
        (IReadOnlySet<int> first, IReadOnlySet<int> second) = Of(a.Key, b.Key);
        int[] ofA = [.. a.Value.Where(e => !first.Contains(e))], ofB = [.. b.Value.Where(e => !second.Contains(e))];
        foreach ((int one, int other) in ofA.Zip(ofB))
        {
            Add((a.Key, one), (b.Key, other));
        }
    }

    private static IEnumerable<(string, long)> Keys(IncidentEvent one)
    {
        foreach (CitedPlace place in one.Places)
        {
            if (place.Sha256.Length > 0)
            {
                yield return (place.Sha256, place.Offset);
            }
        }

        if (one.Identity.Length > 0)
        {
            yield return (one.Identity, -1);
        }
    }
}
