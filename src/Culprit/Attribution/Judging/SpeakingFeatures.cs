using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>The techniques and software that can speak for what leads, counted.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Signs">How many rules or events they are read from (<see cref="Weighing.Signs"/>); past those that are asked for nobody counts.</param>
/// <param name="Apart">How many they are where those that programs bring along together are one (<see cref="CommonCompany"/>); counted as far.</param>
/// <param name="Which">Which ones they are, behind their name, where there are others that do not count; else empty.</param>
internal sealed record SpeakingFeatures(int Count, int Signs, int Apart, string Which)
{
    /// <summary>Counts them.</summary>
    /// <param name="scales">Says what is weighed.</param>
    /// <param name="observed">All that was observed.</param>
    /// <param name="speaks">Whether an observation can speak for what leads.</param>
    /// <param name="enough">How many signs are asked for.</param>
    public static SpeakingFeatures Of(EvidenceScales scales, IReadOnlyList<Observation> observed, Func<Observation, bool> speaks, int enough)
    {
        Observation[] measured = [.. observed.Where(o => scales.Feature(o) >= 0 && !scales.IsSeldomNamedWhole(o))], features = [.. measured.Where(speaks)];

        // Malware that is new, what the knowledge base does not hold, and techniques of which reports name the parts were observed too, and tell no known group from another.
        string which = measured.Length >= enough && features.Length < measured.Length ? " that the leading group is known for"
            : observed.Any(o => o.Kind is ObservationKind.Technique or ObservationKind.Software && scales.Feature(o) < 0) ? " that the knowledge base holds"
            : observed.Any(scales.IsSeldomNamedWhole) ? " by which known groups can be told apart" : "";
        return new SpeakingFeatures(features.Length, Weighing.Signs.Of(features, enough), scales.Apart(features, enough), which);
    }
}
