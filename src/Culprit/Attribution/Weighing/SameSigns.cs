using System.Collections.Immutable;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Which techniques are one thing that happened: those that the very same rules show in the very same events, or findings where there are no events. One of which
/// there is other evidence too is more than that; it sets no other free.
/// </summary>
internal static class SameSigns
{
    /// <summary>
    /// With how many techniques each shares all that shows it, itself among them; 1 for what is no technique, and for what the user gives. Evidence for another technique
    /// can only make that more.
    /// </summary>
    public static int[] Together(IReadOnlyList<Observation> observations) =>
        [.. observations.Select(one => 1 + observations.Count(other => !ReferenceEquals(one, other) && AreAmong(one, other)))];

    /// <summary>
    /// Whether two techniques are right or wrong together: all that shows the one also shows the other, by rules alone, or all that shows either shows both. Each
    /// record tells its kind for itself, so that a kind of event which is seen for the one besides is no common cause.
    /// </summary>
    public static bool HaveOneCause(Observation one, Observation other) =>
        (AreAmong(one, other) && (IsByRules(one) || AreAmong(other, one))) || (IsByRules(other) && AreAmong(other, one));

    // Whether all that shows a technique also shows another.
    private static bool AreAmong(Observation one, Observation other) =>
        IsShown(one) && other.Kind == ObservationKind.Technique && !one.Bases.IsEmpty && one.Bases.All(basis => other.Bases.Any(wider => wider.Text == basis.Text
            && Hold(wider.Events, basis.Events) && Hold(wider.Findings, basis.Findings)));

    private static bool IsByRules(Observation one) => one.Bases.All(static basis => basis.Text.StartsWith(ObservationBasis.OfRule, StringComparison.Ordinal));

    private static bool IsShown(Observation observation) => observation.Kind == ObservationKind.Technique && !Signs.IsGiven(observation);

    // Of many only the first are kept: what comes after them may well be among those that are not.
    private static bool Hold(ImmutableArray<int> wider, ImmutableArray<int> numbers) =>
        numbers.All(number => wider.Contains(number) || (wider.Length >= ObservationBasis.MaxShown && number > wider[^1]));
}
