namespace Culprit.Attribution.Judging;

/// <summary>What becomes of a judgement without the observation that it leans on most. From the weakest on.</summary>
internal enum Stability
{
    /// <summary>Another group would be named: one observation stands against the others.</summary>
    Contradicted,

    /// <summary>Another explanation leads, but no group would be named.</summary>
    Open,

    /// <summary>It leads all the same.</summary>
    Holds,
}

/// <summary>Reads it from what remains.</summary>
internal static class Stabilities
{
    /// <summary>Of a judgement on any of <paramref name="groups"/>, given by their identifiers.</summary>
    public static Stability Of(Robustness? rest, IReadOnlyCollection<string> groups) =>
        rest is null || groups.Contains(rest.Leader, StringComparer.Ordinal) ? Stability.Holds
        : rest.Verdict == Verdict.NamedGroup ? Stability.Contradicted : Stability.Open;
}
