using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>
/// From pairs to campaigns. A chain of links makes none: two groups of incidents become one only where each member is then likely linked
/// to more than half of the others. The most probable pairs are joined first, so that the order of incidents does not matter.
/// </summary>
internal static class Campaigns
{
    private const int MaxShared = 20;

    /// <summary>The campaigns.</summary>
    /// <param name="pairs">Every pair.</param>
    /// <param name="wordWithout">The word for a pair when something is left out.</param>
    /// <param name="stop">Ends it before all are found.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static ImmutableArray<CampaignCluster> Find(
        ImmutableArray<IncidentLink> pairs, Func<IncidentLink, (string Kind, string Value), Likelihood> wordWithout, CancellationToken stop)
    {
        ImmutableArray<ImmutableArray<int>> found = Join(pairs, static p => p.Likelihood, stop);
        Dictionary<int, int> campaignOf = found.SelectMany(static (members, number) => members.Select(m => (m, number))).ToDictionary();
        ILookup<int, IncidentLink> pairsOf = pairs.ToLookup(p =>
            campaignOf.TryGetValue(p.First, out int first) && campaignOf.TryGetValue(p.Second, out int second) && first == second ? first : -1);
        var campaigns = new List<CampaignCluster>();
        foreach ((int number, ImmutableArray<int> members) in found.Index())
        {
            stop.ThrowIfCancellationRequested();
            IncidentLink[] within = [.. pairsOf[number]];
            ImmutableArray<ClusterItem> shared = Shared(within);
            (string Kind, string Value)? strongest = within.SelectMany(static p => p.Items).Where(static i => i.LogLikelihoodRatio > 0)
                .GroupBy(static i => (i.Kind, i.Value)).OrderByDescending(static g => g.Sum(static i => i.LogLikelihoodRatio)).ThenBy(static g => g.Key.Kind, StringComparer.Ordinal).ThenBy(static g => g.Key.Value, StringComparer.Ordinal)
                .Select(static g => ((string, string)?)g.Key).FirstOrDefault();
            campaigns.Add(new CampaignCluster(
                members, within.Count(IsLink), shared, strongest is { } s ? s.Value.Length > 0 ? $"{s.Kind} {s.Value}" : s.Kind : "",
                strongest is { } left ? Join(within, p => wordWithout(p, left), stop) : [members]));
        }

        return [.. campaigns.OrderByDescending(static c => c.Members.Length).ThenBy(static c => c.Members[0])];
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

        IncidentLink[] ordered =
            [.. linked.OrderByDescending(static l => l.Likelihood).ThenByDescending(static l => l.Probability).ThenBy(static l => l.First).ThenBy(static l => l.Second)];
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

    private static ImmutableArray<ClusterItem> Shared(IncidentLink[] within) =>
    [
        .. within.SelectMany(static p => p.Items.Where(static i => i.LogLikelihoodRatio > 0 && i.Value.Length > 0).Select(i => (Pair: p, Item: i)))
            .GroupBy(static s => (s.Item.Line, s.Item.Kind, s.Item.Value))
            .Select(static g => new ClusterItem(
                g.Key.Line, g.Key.Kind, g.Key.Value, [.. g.SelectMany(static s => new[] { s.Pair.First, s.Pair.Second }).Distinct().Order()], g.Max(static s => s.Item.LogLikelihoodRatio)))
            .OrderByDescending(static c => c.Weight * c.Members.Length).ThenBy(static c => c.Line).ThenBy(static c => c.Kind, StringComparer.Ordinal).ThenBy(static c => c.Value, StringComparer.Ordinal)
            .Take(MaxShared),
    ];
}
