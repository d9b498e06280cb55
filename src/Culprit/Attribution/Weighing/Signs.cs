namespace Culprit.Attribution.Weighing;

/// <summary>
/// How many things that happened techniques and software are read from. A rule may tag one harmless event with a dozen techniques, which are
/// one thing that happened and not twelve, and so are three rules for one event, three records of one act (<see cref="Observing.EventActs"/>), or one rule that
/// finds the same again and again.
/// </summary>
internal static class Signs
{
    /// <summary>
    /// Each observation that the user gave is one, whatever shows it besides. Of the others there are as many as rules (or whatever says so) that
    /// can each be given an act of its own, among those in which it says so (a finding, where its evidence was not read again): a largest matching
    /// of the two. Nobody asks whether there are more than <paramref name="enough"/>, so that counting stops there: what evidence is made to show
    /// may be much.
    /// </summary>
    public static int Of(IReadOnlyList<Observation> observed, int enough)
    {
        int given = Math.Min(enough, observed.Count(IsGiven));
        var shows = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (ObservationBasis basis in observed.Where(static o => !IsGiven(o)).SelectMany(static o => o.Bases))
        {
            if (!shows.TryGetValue(basis.Text, out HashSet<int>? known))
            {
                shows.Add(basis.Text, known = []);
            }

            // One that has as many as are asked for finds one that is free.
            if (known.Count < enough)
            {
                known.UnionWith(basis.Shown);
            }
        }

        return given + Matched(shows.Values, enough - given);
    }

    /// <summary>Whether the user alone says it, or says it too.</summary>
    public static bool IsGiven(Observation observation) =>
        VerdictBasis.IsGiven(observation) || observation.Bases.Any(static b => b.Text == GivenObservations.Basis);

    // By augmenting paths (Kuhn 1955): each rule takes a free event, or one whose rule can take another.
    private static int Matched(IEnumerable<HashSet<int>> eventsOfRules, int enough)
    {
        var holders = new Dictionary<int, HashSet<int>>();
        return eventsOfRules.Where(events => Place(events, [])).Take(enough).Count();

        bool Place(HashSet<int> events, HashSet<int> tried)
        {
            foreach (int one in events)
            {
                if (tried.Add(one) && (!holders.TryGetValue(one, out HashSet<int>? holder) || Place(holder, tried)))
                {
                    holders[one] = events;
                    return true;
                }
            }

            return false;
        }
    }
}
