using System.Collections;
using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>What the incidents of one campaign share, gathered pair by pair: what pairs have takes room once for each thing, not for each pair.</summary>
/// <param name="incidents">How many incidents there are in all.</param>
internal sealed class CampaignItems(int incidents)
{
    private readonly Dictionary<(string Kind, string Value), Gathered> _found = [];

    /// <summary>What carries most weight in all pairs together; null where nothing is shared.</summary>
    public (string Kind, string Value)? Strongest =>
        _found.OrderByDescending(static f => f.Value.Sum).ThenBy(static f => f.Key.Kind, StringComparer.Ordinal).ThenBy(static f => f.Key.Value, StringComparer.Ordinal)
            .Select(static f => ((string, string)?)f.Key).FirstOrDefault();

    /// <summary>Adds what speaks for a pair.</summary>
    public void Add(IncidentLink pair, IEnumerable<LinkItem> items)
    {
        foreach (LinkItem item in items.Where(static i => i.LogLikelihoodRatio > 0))
        {
            if (!_found.TryGetValue((item.Kind, item.Value), out Gathered? known))
            {
                _found.Add((item.Kind, item.Value), known = new Gathered(item.Line, incidents));
            }

            known.Add(pair, item.LogLikelihoodRatio);
        }
    }

    /// <summary>What has a value of its own, that which weighs most in most incidents first.</summary>
    public ImmutableArray<ClusterItem> Most(int count) =>
    [
        .. _found.Where(static f => f.Key.Value.Length > 0).Select(static f => (f.Key, Found: f.Value, Has: f.Value.Count))
            .OrderByDescending(static f => f.Found.Most * f.Has).ThenBy(static f => f.Found.Line).ThenBy(static f => f.Key.Kind, StringComparer.Ordinal).ThenBy(static f => f.Key.Value, StringComparer.Ordinal)
            .Take(count).Select(static f => new ClusterItem(f.Found.Line, f.Key.Kind, f.Key.Value, f.Found.Members, f.Found.Most)),
    ];

    private sealed class Gathered(LinkLine line, int incidents)
    {
        private readonly BitArray _members = new(incidents);

        public LinkLine Line { get; } = line;

        public double Sum { get; private set; }

        public double Most { get; private set; }

        public int Count { get; private set; }

        public ImmutableArray<int> Members => [.. Enumerable.Range(0, _members.Length).Where(i => _members[i])];

        public void Add(IncidentLink pair, double weight)
        {
            Include(pair.First);
            Include(pair.Second);
            Sum += weight;
            Most = Math.Max(Most, weight);
        }

        private void Include(int member)
        {
            Count += _members[member] ? 0 : 1;
            _members[member] = true;
        }
    }
}
