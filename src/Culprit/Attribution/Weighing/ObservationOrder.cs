using System.Collections.Immutable;

namespace Culprit.Attribution.Weighing;

/// <summary>One order for observations, whatever order they came in.</summary>
internal static class ObservationOrder
{
    /// <summary>By line, kind and value; the same thing observed several times is one observation with all its evidence.</summary>
    public static ImmutableArray<Observation> Sort(IEnumerable<Observation> observations) =>
    [
        .. observations
            .GroupBy(static o => (o.Kind, o.Value))
            .OrderBy(static g => Lines.Of(g.Key.Kind)).ThenBy(static g => g.Key.Kind).ThenBy(static g => g.Key.Value, StringComparer.Ordinal)
            .Select(static g => Merge([.. g.OrderBy(static o => o.Basis, StringComparer.Ordinal).ThenBy(static o => o.Name, StringComparer.Ordinal).ThenBy(static o => o.NewMalware)])),
    ];

    private static Observation Merge(Observation[] same) => same.Length == 1 ? same[0] : same[0] with
    {
        Basis = string.Join("; ", same.Select(static o => o.Basis).Distinct(StringComparer.Ordinal)),
        Events = [.. same.SelectMany(static o => o.Events).Distinct().Order()],
        Findings = [.. same.SelectMany(static o => o.Findings).Distinct().Order()],
        Tentative = same.All(static o => o.Tentative) && same.DistinctBy(static o => o.Basis, StringComparer.Ordinal).Count() == 1,
        Together = same.Min(static o => o.Together),
        Indicators =
        [
            .. same.SelectMany(static o => o.Indicators).DistinctBy(static c => (c.List, c.Source, c.Kind))
                .OrderBy(static c => c.List, StringComparer.Ordinal).ThenBy(static c => c.Source, StringComparer.Ordinal),
        ],
    };
}

/// <summary>Which line of evidence a kind of observation belongs to.</summary>
internal static class Lines
{
    /// <summary>The line.</summary>
    public static EvidenceLine Of(ObservationKind kind) => kind switch
    {
        ObservationKind.Technique => EvidenceLine.Behaviour,
        ObservationKind.Software => EvidenceLine.Tooling,
        ObservationKind.Indicator => EvidenceLine.Infrastructure,
        ObservationKind.Vulnerability => EvidenceLine.Access,
        ObservationKind.WorkingHours => EvidenceLine.Hours,
        _ => EvidenceLine.Victims,
    };
}
