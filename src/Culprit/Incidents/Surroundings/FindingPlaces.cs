using Culprit.Events;
using Culprit.Findings;

namespace Culprit.Incidents.Surroundings;

/// <summary>Which findings rest on the record at a place.</summary>
internal sealed class FindingPlaces
{
    private readonly List<(int Finding, string Path, long Offset)> _places = [];
    private Dictionary<(int Source, long Offset), int> _first = [];
    private int[] _next = [];
    private Dictionary<string, int> _numbers = [];

    /// <summary>Adds a finding, with each copy of each of its records.</summary>
    public void Add(int number, Finding finding)
    {
        foreach (EvidencePlace place in finding.Places)
        {
            _places.Add((number, place.Source.Path, place.Offset));
        }

        foreach (CorrelatedEvent one in finding.Events)
        {
            _places.Add((number, one.Place.Source.Path, one.Place.Offset));
        }
    }

    /// <summary>Numbers the sources as an index does.</summary>
    public void Bind(IReadOnlyList<string> sources)
    {
        _numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int source = 0; source < sources.Count; source++)
        {
            _numbers[sources[source]] = source;
        }

        _first = new Dictionary<(int Source, long Offset), int>(_places.Count);
        _next = new int[_places.Count];
        for (int place = _places.Count - 1; place >= 0; place--)
        {
            // An index has no source of which no event has anything in common with others.
            if (!_numbers.TryGetValue(_places[place].Path, out int source))
            {
                _numbers.Add(_places[place].Path, source = _numbers.Count);
            }

            (int, long) key = (source, _places[place].Offset);
            _next[place] = _first.GetValueOrDefault(key, -1);
            _first[key] = place;
        }
    }

    /// <summary>Adds the findings that rest on a record.</summary>
    /// <returns>Whether there are any.</returns>
    public bool FindingsAt(int source, long offset, List<int> findings)
    {
        if (!_first.TryGetValue((source, offset), out int place))
        {
            return false;
        }

        for (; place >= 0; place = _next[place])
        {
            findings.Add(_places[place].Finding);
        }

        return true;
    }

    /// <summary>The same, by the path of the source.</summary>
    public bool FindingsAt(string path, long offset, List<int> findings) => _numbers.TryGetValue(path, out int source) && FindingsAt(source, offset, findings);

    /// <summary>All places, in the order of findings.</summary>
    public IReadOnlyList<(int Finding, string Path, long Offset)> All => _places;
}
