using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>
/// From pairs to campaigns. A chain of links makes none: two groups of incidents become one only where each member is then likely linked
/// to more than half of the others. Pairs of the strongest word are joined first, of one word the most probable, so that the order of incidents does not matter.
/// </summary>
internal static class Campaigns
{
    private const int MaxShared = 20;

    /// <summary>The campaigns.</summary>
    /// <param name="pairs">Every pair.</param>
    /// <param name="itemsOf">All that a pair has in common, what is not kept of it too.</param>
    /// <param name="without">The word for a pair when something is left out, and why it is weaker than the figure.</param>
    /// <param name="stop">Ends it before all are found.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static ImmutableArray<CampaignCluster> Find(
        ImmutableArray<IncidentLink> pairs, Func<IncidentLink, IEnumerable<LinkItem>> itemsOf,
        Func<IncidentLink, (string Kind, string Value), (Likelihood Word, ImmutableArray<string> Caps)> without, CancellationToken stop)
    {
        ImmutableArray<ImmutableArray<int>> found = Join(pairs, static p => p.Likelihood, stop);
        Dictionary<int, int> campaignOf = found.SelectMany(static (members, number) => members.Select(m => (m, number))).ToDictionary();
        ILookup<int, IncidentLink> pairsOf = pairs.ToLookup(p =>
            campaignOf.TryGetValue(p.First, out int first) && campaignOf.TryGetValue(p.Second, out int second) && first == second ? first : -1);
        var campaigns = new List<CampaignCluster>();
        foreach ((int number, ImmutableArray<int> members) in found.Index())
        {
            IncidentLink[] within = [.. pairsOf[number]];
            var items = new CampaignItems(members[^1] + 1);
            foreach (IncidentLink pair in within)
            {
                stop.ThrowIfCancellationRequested();
                items.Add(pair, itemsOf(pair));
            }

            (string Kind, string Value)? strongest = items.Strongest;
            var caps = new SortedSet<string>(StringComparer.Ordinal);
            campaigns.Add(new CampaignCluster(
                members, within.Count(IsLink), items.Most(MaxShared), strongest is { } s ? s.Value.Length > 0 ? $"{s.Kind} {s.Value}" : s.Kind : "",
                strongest is { } left ? Join(within, p => WordWithout(p, left, caps), stop) : [members], [.. caps]));
        }

        return [.. campaigns.OrderByDescending(static c => c.Members.Length).ThenBy(static c => c.Members[0])];

        // Of links that are lost it is kept which caps take them, as the figures of such may be high.
        Likelihood WordWithout(IncidentLink pair, (string Kind, string Value) left, SortedSet<string> caps)
        {
            (Likelihood word, ImmutableArray<string> why) = without(pair, left);
            if (IsLink(pair) && word < Likelihood.Likely)
            {
                caps.UnionWith(why);
            }

            return word;
        }
    }

    private static bool IsLink(IncidentLink pair) => pair.Likelihood >= Likelihood.Likely;

    private static ImmutableArray<ImmutableArray<int>> Join(IReadOnlyList<IncidentLink> pairs, Func<IncidentLink, Likelihood> word, CancellationToken stop)
    {
        var linked = new List<IncidentLink>();
        foreach (IncidentLink pair in pairs)
        {
            stop.ThrowIfCancellationRequested();
            if (word(pair) >= Likelihood.Likely)
            {
                linked.Add(pair);
            }
        }

        IncidentLink[] ordered = [.. PairOrder.Sort(linked)];
        var groups = new LinkedGroups(ordered);

        // A pair that could not be joined may be once others were, so that it is tried again until nothing changes.
        for (bool changed = true; changed;)
        {
            stop.ThrowIfCancellationRequested();
            changed = false;
            foreach (IncidentLink link in ordered)
            {
                changed |= groups.TryJoin(link.First, link.Second);
            }
        }

        return [.. groups.Joined.Select(static g => g.ToImmutableArray()).OrderByDescending(static g => g.Length).ThenBy(static g => g[0])];
    }
}
