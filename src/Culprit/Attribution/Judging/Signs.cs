namespace Culprit.Attribution.Judging;

/// <summary>
/// How many things that happened techniques and software are read from. A rule may tag one harmless event with a dozen techniques, which are
/// one thing that happened and not twelve, and so are three rules for one event, or one rule that finds the same again and again.
/// </summary>
internal static class Signs
{
    /// <summary>
    /// Each observation that the user gave is one, whatever shows it besides. Of the others there are as many as rules (or whatever says so) that
    /// can each be given an event of its own (a finding, where evidence was not read again): a largest matching of the two.
    /// </summary>
    public static int Of(IReadOnlyList<Observation> observed)
    {
        Observation[] read = [.. observed.Where(static o => (!o.Events.IsEmpty || !o.Findings.IsEmpty) && !o.Bases.Contains(GivenObservations.Basis, StringComparer.Ordinal))];
        bool byEvent = read.Any(static o => !o.Events.IsEmpty);
        var shows = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        foreach (Observation observation in read)
        {
            foreach (string basis in observation.Bases)
            {
                (shows.TryGetValue(basis, out SortedSet<int>? known) ? known : shows[basis] = []).UnionWith(byEvent ? observation.Events : observation.Findings);
            }
        }

        return observed.Count - read.Length + LargestMatching([.. shows.Values.Select(static e => e.ToArray())]);
    }

    // By augmenting paths (Kuhn 1955): each rule takes a free event, or one whose rule can take another.
    private static int LargestMatching(int[][] eventsOf)
    {
        var ruleOf = new Dictionary<int, int>();
        return Enumerable.Range(0, eventsOf.Length).Count(rule => Place(rule, []));

        bool Place(int rule, HashSet<int> tried)
        {
            foreach (int one in eventsOf[rule])
            {
                if (tried.Add(one) && (!ruleOf.TryGetValue(one, out int holder) || Place(holder, tried)))
                {
                    ruleOf[one] = rule;
                    return true;
                }
            }

            return false;
        }
    }
}
