using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Linking;

/// <summary>The techniques and software of an incident.</summary>
internal sealed class Behaviour
{
    private readonly Dictionary<int, SortedSet<int>> _events = [];
    private readonly Dictionary<int, int> _firstEvents = [];
    private readonly HashSet<int> _identified = [];
    private readonly List<(int[] Features, Observation Observation)> _observed = [];

    /// <summary>Gathers it.</summary>
    /// <param name="observations">What was observed.</param>
    /// <param name="rarities">The features that there are.</param>
    public Behaviour(IEnumerable<Observation> observations, Rarities rarities)
    {
        var shares = new SortedDictionary<int, double>();
        foreach (Observation observation in observations.Where(static o => o.Kind is ObservationKind.Technique or ObservationKind.Software))
        {
            if (rarities.Index.Feature(observation.Value) is not (var feature and >= 0))
            {
                continue;
            }

            int[] features = rarities.Expand([feature]);
            _observed.Add((features, observation));
            if (!observation.ByName)
            {
                _identified.Add(feature);
            }

            foreach (int one in features)
            {
                (_events.TryGetValue(one, out SortedSet<int>? known) ? known : _events[one] = []).UnionWith(observation.Events);
                shares[one] = Math.Max(shares.GetValueOrDefault(one), 1 / Math.Sqrt(observation.Together));
            }

            if (rarities.Index.Classes[feature] == FeatureClass.Technique && !observation.Events.IsEmpty)
            {
                _firstEvents[feature] = Math.Min(_firstEvents.GetValueOrDefault(feature, int.MaxValue), observation.Events.Min());
            }
        }

        Features = new FeatureSet([.. shares.Keys], [.. shares.Values]);
    }

    /// <summary>The features, parents of sub-techniques among them.</summary>
    public FeatureSet Features { get; }

    /// <summary>The event that shows each technique first; techniques without an event and parents of what was seen are not among them.</summary>
    public IReadOnlyDictionary<int, int> FirstEvents => _firstEvents;

    /// <summary>
    /// Of software: whether anything (antivirus, a hash, the user) knows it by the thing itself. Otherwise rules and names of files alone say so
    /// (<see cref="Observation.ByName"/>), and whoever can type a command can satisfy a rule for it.
    /// </summary>
    public bool IsIdentified(int feature) => _identified.Contains(feature);

    /// <summary>The events that show any of some features, ascending.</summary>
    public IEnumerable<int> EventsOf(IEnumerable<int> features) => features.SelectMany(f => _events.GetValueOrDefault(f, [])).Distinct().Order();

    /// <summary>How many things that happened show any of some features (see <see cref="Signs"/>), as far as linking asks: <see cref="LikenessModel.MinSigns"/> or more are the same.</summary>
    public int SignsOf(IEnumerable<int> features)
    {
        var asked = features.ToHashSet();
        return Signs.Of([.. _observed.Where(o => asked.Overlaps(o.Features)).Select(static o => o.Observation)], LikenessModel.MinSigns);
    }
}
