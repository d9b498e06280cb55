using System.Collections.Immutable;

namespace Culprit.Attribution.Weighing;

/// <summary>One order for observations, whatever order they came in.</summary>
internal static class ObservationOrder
{
    /// <summary>
    /// By line, kind and value; the same thing observed several times is one observation with all its evidence. New malware is the same whose names
    /// differ in case and signs alone.
    /// </summary>
    public static ImmutableArray<Observation> Sort(IEnumerable<Observation> observations) =>
    [
        .. observations
            .GroupBy(static o => (o.Kind, o.NewMalware ? string.Concat(o.Value.Where(char.IsLetterOrDigit)).ToUpperInvariant() : o.Value, o.NewMalware))
            .Select(static g => Merge([.. g.OrderBy(static o => o.Basis, StringComparer.Ordinal).ThenBy(static o => o.Name, StringComparer.Ordinal)]))
            .OrderBy(EvidenceLines.Of).ThenBy(static o => o.Kind).ThenBy(static o => o.Value, StringComparer.Ordinal),
    ];

    private static Observation Merge(Observation[] same) => same.Length == 1 ? same[0] : same[0] with
    {
        Bases = [.. same.SelectMany(static o => o.Bases).GroupBy(static b => b.Text, StringComparer.Ordinal).Select(static g => Together([.. g]))],
        Events = [.. same.SelectMany(static o => o.Events).Distinct().Order()],
        Findings = [.. same.SelectMany(static o => o.Findings).Distinct().Order()],
        ByName = same.All(static o => o.ByName),
        Contact = same.Min(static o => o.Contact),
        OfVictim = same.Any(static o => o.OfVictim),
        Together = same.Min(static o => o.Together),
        Indicators = IndicatorClaims.Merged(same.SelectMany(static o => o.Indicators)),
    };

    private static ObservationBasis Together(ObservationBasis[] same) => new(same[0].Text, First(same, static b => b.Events), First(same, static b => b.Findings))
    {
        Acts = same.Select(static b => b.Acts).FirstOrDefault(static acts => acts is not null),
    };

    private static ImmutableArray<int> First(IEnumerable<ObservationBasis> bases, Func<ObservationBasis, ImmutableArray<int>> shown) =>
        [.. bases.SelectMany(b => shown(b)).Distinct().Order().Take(ObservationBasis.MaxShown)];
}
