namespace Culprit.Attribution.Judging;

/// <summary>What becomes of a judgement without the observation that it leans on most. From the weakest on.</summary>
internal enum Stability
{
    /// <summary>Another group leads with a realistic possibility or more: one observation stands against the others.</summary>
    Contradicted,

    /// <summary>It would not be named, and no other group leads with so much.</summary>
    Open,

    /// <summary>It would be named all the same.</summary>
    Holds,
}

/// <summary>Reads it from what remains.</summary>
internal static class Stabilities
{
    /// <summary>Of a judgement on a group, or on several together, given by their identifiers.</summary>
    public static Stability Of(Robustness? rest, IReadOnlyCollection<string> groups) =>
        rest is null ? Stability.Open
        : groups.Contains(rest.Leader, StringComparer.Ordinal)
            ? rest.Verdict == Verdict.NamedGroup || (rest.Verdict == Verdict.NamedCluster && groups.Count > 1) ? Stability.Holds : Stability.Open
        : rest.Leader != UnknownHypothesis.Id && rest.Probability >= JudgementRules.Naming ? Stability.Contradicted : Stability.Open;
}
