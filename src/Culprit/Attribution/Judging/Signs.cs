namespace Culprit.Attribution.Judging;

/// <summary>
/// How many things that happened techniques and software are read from. A rule may tag one harmless event with a dozen techniques, which are
/// one thing that happened and not twelve.
/// </summary>
internal static class Signs
{
    /// <summary>
    /// Each observation that the user gave is one; of the others there are no more than rules (or whatever says so), and no more than
    /// events that show them (findings, where evidence was not read again).
    /// </summary>
    public static int Of(IReadOnlyList<Observation> observed)
    {
        Observation[] read = [.. observed.Where(static o => !o.Events.IsEmpty || !o.Findings.IsEmpty)];
        int bases = read.Select(static o => o.Basis).Distinct(StringComparer.Ordinal).Count();
        int events = read.SelectMany(static o => o.Events).Distinct().Count();
        int shown = events > 0 ? events : read.SelectMany(static o => o.Findings).Distinct().Count();
        return observed.Count - read.Length + Math.Min(bases, shown);
    }
}
