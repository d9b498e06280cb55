namespace Culprit.Attribution.Judging;

/// <summary>What becomes of a judgement without the observation that it leans on most. From the weakest on.</summary>
internal enum Stability
{
    /// <summary>Another group leads with a realistic possibility or more: one observation stands against the others.</summary>
    Contradicted,

    /// <summary>It would not be named, and no other group leads with so much.</summary>
    Open,

    /// <summary>It would be named, but is likely only with it.</summary>
    Weaker,

    /// <summary>It would be named all the same, and be likely where it is now.</summary>
    Holds,
}

/// <summary>Reads it from what remains.</summary>
internal static class Stabilities
{
    private static readonly double Likely = Yardstick.Least(Likelihood.Likely);

    /// <summary>Of a judgement on a group, or on several together.</summary>
    /// <param name="rest">What remains; null where nothing was observed.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="probability">What the model gives to them now; where what is said of the rest is known, that counts and not its figure.</param>
    public static Stability Of(Rest? rest, IReadOnlyCollection<int> groups, double probability) =>
        rest is null ? Stability.Open
        : rest.Contradicts(groups) ? Stability.Contradicted
        : !groups.Contains(rest.Standing.Leader) ? Stability.Open
        : rest.Verdict != Verdict.NamedGroup && (rest.Verdict != Verdict.NamedCluster || groups.Count == 1) ? Stability.Open
        : probability >= Likely && (rest.Word ?? Yardstick.Word(rest.Probability)) < Likelihood.Likely ? Stability.Weaker
        : Stability.Holds;
}
