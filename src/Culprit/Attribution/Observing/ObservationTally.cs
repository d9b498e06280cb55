using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Observing;

/// <summary>Collects observations: what is seen several times is one observation with all that shows it.</summary>
/// <param name="acts">Which events tell of one act.</param>
internal sealed class ObservationTally(EventActs acts)
{
    private readonly SortedDictionary<(ObservationKind Kind, string Value), Entry> _entries =
        new(Comparer<(ObservationKind Kind, string Value)>.Create(static (a, b) =>
            a.Kind.CompareTo(b.Kind) is var kind and not 0 ? kind : string.CompareOrdinal(a.Value, b.Value)));

    /// <summary>What says that something was observed: a rule, by its title.</summary>
    public static string ByRule(string title) => ObservationBasis.OfRule + title;

    /// <summary>Notes that something was observed.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="value">Its identifier.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="basis">What says that it was observed.</param>
    /// <param name="events">The events that show it.</param>
    /// <param name="findings">The findings that show it.</param>
    public void Add(ObservationKind kind, string value, string name, string basis, IEnumerable<int> events, IEnumerable<int> findings)
    {
        if (!_entries.TryGetValue((kind, value), out Entry? entry))
        {
            _entries.Add((kind, value), entry = new Entry(name));
        }

        entry.Show(basis, events, findings);
        entry.Events.UnionWith(events);
        entry.Findings.UnionWith(findings);
    }

    /// <summary>Notes what a list claims of an indicator that was observed, and how it was met.</summary>
    public void Claim(string value, IndicatorClaim claim, IndicatorContact contact)
    {
        Entry entry = _entries[(ObservationKind.Indicator, value)];
        entry.Contact = entry.Contact < contact ? entry.Contact : contact;
        entry.Claims.Add(claim);
    }

    /// <summary>The events that show something; null where it was not observed.</summary>
    public IReadOnlySet<int>? EventsOf(ObservationKind kind, string value) => _entries.GetValueOrDefault((kind, value))?.Events;

    /// <summary>The findings that show something; null where it was not observed.</summary>
    public IReadOnlySet<int>? FindingsOf(ObservationKind kind, string value) => _entries.GetValueOrDefault((kind, value))?.Findings;

    /// <summary>Takes an observation back.</summary>
    public void Remove(ObservationKind kind, string value) => _entries.Remove((kind, value));

    /// <summary>The observations, by kind and value.</summary>
    public IEnumerable<Observation> All()
    {
        Observation[] all = [.. _entries.Select(pair => Made(pair.Key.Kind, pair.Key.Value, pair.Value))];
        return all.Zip(SameSigns.Together(all), static (one, together) => one with { Together = together });
    }

    private Observation Made(ObservationKind kind, string value, Entry entry) => new()
    {
        Kind = kind,
        Value = value,
        Name = entry.Name,
        Bases = [.. entry.Bases.Select(basis => basis with { Acts = acts })],
        Events = [.. entry.Events.Take(IncidentObservations.MaxSigns)],
        Findings = [.. entry.Findings.Take(IncidentObservations.MaxSigns)],
        ByName = kind == ObservationKind.Software && entry.Bases.All(static b => b.IsByName),
        Contact = kind == ObservationKind.Indicator ? entry.Contact : IndicatorContact.Met,
        Indicators = IndicatorClaims.Merged(entry.Claims),
    };

    private sealed class Entry(string name)
    {
        private readonly OrderedDictionary<string, (SortedSet<int> Events, SortedSet<int> Findings)> _shown = new(StringComparer.Ordinal);

        public string Name { get; } = name;

        public IEnumerable<ObservationBasis> Bases => _shown.Select(static b => new ObservationBasis(b.Key, [.. b.Value.Events], [.. b.Value.Findings]));

        public IndicatorContact Contact { get; set; } = IndicatorContact.Sent;

        public List<IndicatorClaim> Claims { get; } = [];

        public SortedSet<int> Events { get; } = [];

        public SortedSet<int> Findings { get; } = [];

        public void Show(string basis, IEnumerable<int> events, IEnumerable<int> findings)
        {
            if (!_shown.TryGetValue(basis, out (SortedSet<int> Events, SortedSet<int> Findings) shown))
            {
                _shown.Add(basis, shown = ([], []));
            }

            AddFirst(shown.Events, events);
            AddFirst(shown.Findings, findings);
        }

        private static void AddFirst(SortedSet<int> first, IEnumerable<int> numbers)
        {
            foreach (int number in numbers)
            {
                if (first.Add(number) && first.Count > ObservationBasis.MaxShown)
                {
                    first.Remove(first.Max);
                }
            }
        }
    }
}
