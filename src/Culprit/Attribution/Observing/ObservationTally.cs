namespace Culprit.Attribution.Observing;

/// <summary>Collects observations: what is seen several times is one observation with all that shows it.</summary>
internal sealed class ObservationTally
{
    private readonly SortedDictionary<(ObservationKind Kind, string Value), Entry> _entries =
        new(Comparer<(ObservationKind Kind, string Value)>.Create(static (a, b) =>
            a.Kind.CompareTo(b.Kind) is var kind and not 0 ? kind : string.CompareOrdinal(a.Value, b.Value)));

    /// <summary>What says that something was observed: a rule, by its title.</summary>
    public static string ByRule(string title) => $"rule: {title}";

    /// <summary>Notes that something was observed.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="value">Its identifier.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="basis">What says that it was observed.</param>
    /// <param name="events">The events that show it.</param>
    /// <param name="findings">The findings that show it.</param>
    /// <param name="identified">Whether what says so has looked at the thing itself, as antivirus does, and not at what it did or is called.</param>
    public void Add(ObservationKind kind, string value, string name, string basis, IEnumerable<int> events, IEnumerable<int> findings, bool identified = true)
    {
        if (!_entries.TryGetValue((kind, value), out Entry? entry))
        {
            _entries.Add((kind, value), entry = new Entry(name));
        }

        if (!entry.Bases.Contains(basis))
        {
            entry.Bases.Add(basis);
        }

        entry.Identified |= identified;
        entry.Events.UnionWith(events);
        entry.Findings.UnionWith(findings);
    }

    /// <summary>Notes what a list claims of an indicator that was observed, and how it was met.</summary>
    public void Claim(string value, IndicatorClaim claim, IndicatorContact contact)
    {
        Entry entry = _entries[(ObservationKind.Indicator, value)];
        entry.Contact = entry.Contact < contact ? entry.Contact : contact;
        List<IndicatorClaim> claims = entry.Claims;
        if (!claims.Any(c => c.List == claim.List && c.Source == claim.Source && c.Kind == claim.Kind))
        {
            claims.Add(claim);
        }
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
        Dictionary<string, int> together = _entries.Where(static e => e.Key.Kind == ObservationKind.Technique)
            .CountBy(static e => e.Value.Signs, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return _entries.Select(pair => Made(pair.Key.Kind, pair.Key.Value, pair.Value, pair.Key.Kind == ObservationKind.Technique ? together[pair.Value.Signs] : 1));
    }

    private static Observation Made(ObservationKind kind, string value, Entry entry, int together) => new()
    {
        Kind = kind,
        Value = value,
        Name = entry.Name,
        Bases = [.. entry.Bases],
        Events = [.. entry.Events.Take(IncidentObservations.MaxSigns)],
        Findings = [.. entry.Findings.Take(IncidentObservations.MaxSigns)],
        ByName = !entry.Identified,
        Tentative = !entry.Identified && Math.Min(entry.Bases.Count, entry.Events.Count > 0 ? entry.Events.Count : entry.Findings.Count) <= 1,
        Contact = kind == ObservationKind.Indicator ? entry.Contact : IndicatorContact.Met,
        Together = together,
        Indicators = [.. entry.Claims.OrderBy(static c => c.List, StringComparer.Ordinal).ThenBy(static c => c.Source, StringComparer.Ordinal)],
    };

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public List<string> Bases { get; } = [];

        public bool Identified { get; set; }

        public IndicatorContact Contact { get; set; } = IndicatorContact.Sent;

        public List<IndicatorClaim> Claims { get; } = [];

        public SortedSet<int> Events { get; } = [];

        public SortedSet<int> Findings { get; } = [];

        /// <summary>What shows it, as one text: alike where the very same rules show it in the very same events.</summary>
        public string Signs => string.Join('\n', Bases.Order(StringComparer.Ordinal)) + '\n' + string.Join(',', Events) + '\n' + string.Join(',', Findings);
    }
}
