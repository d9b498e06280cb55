using System.Collections.Immutable;
using Culprit.Attribution.Linking;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>
/// Says which incidents are likely one campaign. In: incidents of one or several cases with what was observed in them. Out:
/// <see cref="CampaignLinks"/>. Traces of an incident become its profile; profiles are weighed in pairs; pairs are judged; campaigns
/// are what remains when each member must be linked to most of the others.
/// </summary>
public sealed class CampaignLinker
{
    /// <summary>How many incidents can be compared at once: every pair is.</summary>
    public const int MaxIncidents = 500;

    /// <summary>The base rate where the user gives none: one incident in ten has a companion among those compared. Set, not fitted.</summary>
    public const double DefaultBaseRate = 0.10;

    // Items that are kept of all pairs together, and of one pair at least: some hundred megabytes, however many pairs share however much.
    internal const int MaxItems = 1_000_000, LeastItems = 20;

    private readonly KnowledgeBase _knowledge;
    private readonly Rarities _rarities;

    /// <summary>Prepares to compare by what <paramref name="knowledge"/> holds.</summary>
    public CampaignLinker(KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        _knowledge = knowledge;
        _rarities = new Rarities(knowledge);
    }

    /// <summary>How many items of a pair are kept; null where it follows from how many incidents there are (<see cref="ItemsFor"/>).</summary>
    internal int? ItemsOfPair { get; init; }

    /// <summary>Compares every pair of incidents.</summary>
    /// <param name="incidents">The incidents, in any order.</param>
    /// <param name="baseRate">How likely an incident has a companion among the others, before anything is compared; more than 0 and less than 1.</param>
    /// <param name="stop">Ends it before all pairs are compared.</param>
    /// <exception cref="ArgumentOutOfRangeException">The base rate is none.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxIncidents"/>, or two have the same case and number.</exception>
    public CampaignLinks Link(IEnumerable<LinkedIncident> incidents, double baseRate = DefaultBaseRate, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        if (baseRate is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(baseRate), baseRate, "A base rate is more than 0 and less than 1.");
        }

        ImmutableArray<LinkedIncident> sorted = [.. incidents.OrderBy(static i => i.Case, StringComparer.Ordinal).ThenBy(static i => i.Number)];
        if (sorted.Length > MaxIncidents)
        {
            throw new ArgumentException($"There are {sorted.Length} incidents; at most {MaxIncidents} can be compared at once.", nameof(incidents));
        }

        if (sorted.DistinctBy(static i => (i.Case, i.Number)).Count() < sorted.Length)
        {
            throw new ArgumentException("Two incidents have the same case and number.", nameof(incidents));
        }

        double prior = baseRate / Math.Max(1, sorted.Length - 1);
        IncidentProfile[] profiles = IncidentProfile.AllOf(sorted, _rarities, stop);
        var weigher = new PairWeigher(_rarities);
        var judge = new LinkJudge(prior, sorted);
        var same = SameRecords.Find(sorted, stop);
        int kept = ItemsOfPair ?? ItemsFor(profiles.Length);
        var pairs = new List<IncidentLink>();
        for (int first = 0; first < profiles.Length; first++)
        {
            for (int second = first + 1; second < profiles.Length; second++)
            {
                stop.ThrowIfCancellationRequested();
                IncidentLink link = judge.Judge(first, second, Weigh(first, second));
                pairs.Add(link.Items.Length > kept ? link with { Items = [.. link.Items.Take(kept)], ItemsLeftOut = link.Items.Length - kept } : link);
            }
        }

        ImmutableArray<IncidentLink> ordered = [.. PairOrder.Sort(pairs)];
        return new CampaignLinks
        {
            KnowledgeSha256 = _knowledge.Sha256,
            BaseRate = baseRate,
            PairPrior = prior,
            Incidents = sorted,
            Pairs = ordered,
            Campaigns = Linking.Campaigns.Find(ordered, ItemsOf, Without, stop),
            Limits = LinkJudge.Limits(profiles),
        };

        PairWeights Weigh(int first, int second) => weigher.Weigh(profiles[first], profiles[second], same.Of(first, second), stop);

        // What is not kept is weighed again: it takes as long as before, and no room.
        IEnumerable<LinkItem> ItemsOf(IncidentLink link) => link.ItemsLeftOut == 0 ? link.Items : Weigh(link.First, link.Second).Together();

        (Likelihood Word, ImmutableArray<string> Caps) Without(IncidentLink link, (string Kind, string Value) left)
        {
            if (link.ItemsLeftOut == 0 && !link.Items.Any(i => (i.Kind, i.Value) == left))
            {
                return (link.Likelihood, link.Caps);
            }

            PairWeights weights = Weigh(link.First, link.Second);
            IncidentLink judged = weights.Items.Any(i => (i.Kind, i.Value) == left) ? judge.Judge(link.First, link.Second, weights.Without(left)) : link;
            return (judged.Likelihood, judged.Caps);
        }
    }

    /// <summary>How many items of each pair are kept where so many incidents are compared.</summary>
    internal static int ItemsFor(int incidents) => Math.Max(LeastItems, MaxItems / Math.Max(1, incidents * (incidents - 1) / 2));
}
