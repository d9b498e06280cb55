using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Weights of what history holds no measure for: indicators, vulnerabilities, victims, hours. They are set, not fitted, and each
/// kind is capped; docs/attribution.md gives the reasons. Natural logarithms.
/// </summary>
internal sealed class FurtherEvidence
{
    // A list that names one of a few hundred groups is right more often than not, and rarely wrong by chance: about 20 to 1.
    internal const double FileWeight = 3, DomainWeight = 3, AddressWeight = 2, PathWeight = 1;
    internal const double SharedCap = 0.4, IndicatorCap = 4.5;

    // What stands in a command line alone is taken for at most what one rule or one file name is; what anybody can send says next to nothing.
    internal static readonly double WrittenCap = Math.Log(EvidenceScales.TentativeOdds);

    // Addresses change hands within a year or two, domains when they are not renewed; files are passed on.
    internal const double AddressHalfLife = 1.5, DomainHalfLife = 4, FileHalfLife = 10;

    internal const double VulnerabilityWeight = 0.15, VulnerabilityCap = 0.3;
    internal const double VictimFor = 0.4, VictimAgainst = -0.15;
    internal const double HoursFor = 0.2, HoursAgainst = -0.1;

    private readonly ProfileSet _profiles;
    private readonly Dictionary<string, HashSet<string>> _exploiters;

    /// <summary>Prepares to weigh.</summary>
    /// <param name="knowledge">What is known.</param>
    /// <param name="profiles">The groups that are weighed.</param>
    public FurtherEvidence(KnowledgeBase knowledge, ProfileSet profiles)
    {
        _profiles = profiles;
        _exploiters = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (KnownGroup group in knowledge.Groups)
        {
            Exploits(group.Id, group.Vulnerabilities);
        }

        foreach (KnownCampaign campaign in knowledge.Campaigns)
        {
            foreach (Relation attributed in campaign.AttributedTo)
            {
                Exploits(attributed.Target, campaign.Vulnerabilities);
            }
        }
    }

    /// <summary>How many weighed groups are known to have exploited a vulnerability.</summary>
    public int Exploiters(string vulnerability) =>
        _exploiters.TryGetValue(vulnerability, out HashSet<string>? groups)
            ? _profiles.Profiles.Count(p => groups.Contains(_profiles.Index.Groups[p.Group].Id))
            : 0;

    /// <summary>How many groups are known to have exploited a vulnerability, those that cannot be weighed among them.</summary>
    public int AllExploiters(string vulnerability) => _exploiters.TryGetValue(vulnerability, out HashSet<string>? groups) ? groups.Count : 0;

    /// <summary>Whether a group is known to have exploited a vulnerability.</summary>
    public bool Exploited(string group, string vulnerability) =>
        _exploiters.TryGetValue(vulnerability, out HashSet<string>? groups) && groups.Contains(group);

    /// <summary>What each observation adds to each group (rows), and what it adds where the group is not known: nothing.</summary>
    public double[][] Weigh(IReadOnlyList<Observation> observed)
    {
        double[][] weights = new double[_profiles.Profiles.Length][];
        int[][][] clusters = IndicatorClusters.Of(observed);
        for (int g = 0; g < weights.Length; g++)
        {
            KnownGroup group = _profiles.Index.Groups[_profiles.Profiles[g].Group];
            weights[g] = new double[observed.Count];
            double[] worth = [.. observed.Select(o => o.Kind == ObservationKind.Indicator ? Indicator(o, group) : 0)];
            IndicatorClusters.Reduce(worth, clusters);
            Indicators(weights[g], worth, observed);
            Dependent(weights[g], [.. observed.Select(o => o.Kind == ObservationKind.Vulnerability ? Vulnerability(o, group) : 0)], VulnerabilityCap);
            for (int i = 0; i < observed.Count; i++)
            {
                weights[g][i] += observed[i].Kind switch
                {
                    ObservationKind.VictimSector => Victim(group.Victims?.Sectors.Select(Sectors.Of), Sectors.Of(observed[i].Value)),
                    ObservationKind.VictimCountry => Victim(group.Victims?.Countries, observed[i].Value),
                    ObservationKind.WorkingHours => Hours(group, observed[i].Value),
                    _ => 0,
                };
            }
        }

        return weights;
    }

    /// <summary>What an indicator is worth for the group for which it is worth most, alone and in <paramref name="year"/>; 0 where lists name no group, and for the victim's own.</summary>
    public static double Strength(Observation indicator, int year) => Best(indicator, indicator.Indicators.Where(static c => !c.GroupIds.IsEmpty), year);

    // What one claim of a list is worth for the groups that it means, the same value being claimed for so many.
    private static double Worth(IndicatorClaim claim, IndicatorContact contact, int year, int groups)
    {
        (double weight, double halfLife) = claim.Kind switch
        {
            IndicatorKind.Hash => (FileWeight, FileHalfLife),
            IndicatorKind.Address => (AddressWeight, AddressHalfLife),
            IndicatorKind.Path => (PathWeight, FileHalfLife),
            _ => (DomainWeight, DomainHalfLife),
        };
        int age = claim.Year is { } known ? Math.Abs(year - known) : ProfileSet.UndatedAge;
        double worth = (weight * Math.Pow(0.5, age / halfLife)) - Math.Log(groups);
        return Math.Clamp(worth, 0, claim.Shared || contact == IndicatorContact.Sent ? SharedCap : weight);
    }

    // Observations of one kind come together (one report lists a hundred domains), so n of them count as the root of n, and unequal ones as
    // the root of the sum of their squares: a weak one beside a strong one adds little and takes nothing.
    private static void Dependent(double[] weights, double[] worth, double cap)
    {
        double squares = worth.Sum(static w => w * w);
        double together = Math.Min(cap, Math.Sqrt(squares));
        for (int i = 0; i < worth.Length; i++)
        {
            weights[i] += worth[i] > 0 ? worth[i] * worth[i] / squares * together : 0;
        }
    }

    // All indicators together count as the root of the sum of their squares, those that were met first: others add to them what they would add, each kind
    // within its cap, and take nothing from them.
    private static void Indicators(double[] weights, double[] worth, IReadOnlyList<Observation> observed)
    {
        double before = 0;
        foreach ((IndicatorContact contact, double cap) in ((IndicatorContact, double)[])[(IndicatorContact.Met, IndicatorCap), (IndicatorContact.Written, WrittenCap), (IndicatorContact.Sent, SharedCap)])
        {
            double[] own = [.. worth.Select((w, i) => observed[i].Contact == contact ? w : 0)];
            double kind = Math.Min(cap, Math.Sqrt(own.Sum(static w => w * w)));
            double together = Math.Min(IndicatorCap, Math.Sqrt((before * before) + (kind * kind)));
            Dependent(weights, own, together - before);
            before = together;
        }
    }

    private static double Victim(IEnumerable<string>? known, string victim)
    {
        string[] all = known is null ? [] : [.. known];
        return all.Length == 0 ? 0 : all.Contains(victim, StringComparer.OrdinalIgnoreCase) ? VictimFor : VictimAgainst;
    }

    private static double Hours(KnownGroup group, string offset)
    {
        double[] own = [.. group.Countries.Select(static c => c.Country).Distinct(StringComparer.Ordinal).SelectMany(WorkingZones.Of)];
        return own.Length == 0 || !WorkingZones.TryParse(offset, out double hours) ? 0
            : own.Any(zone => Math.Abs(zone - hours) <= 1) ? HoursFor : HoursAgainst;
    }

    private double Indicator(Observation observation, KnownGroup group) =>
        Best(observation, observation.Indicators.Where(c => c.GroupIds.Contains(group.Id, StringComparer.Ordinal)), _profiles.Year);

    private static double Best(Observation observation, IEnumerable<IndicatorClaim> claims, int year)
    {
        int? repeated = null;
        return observation.OfVictim ? 0
            : claims.Select(c => Worth(c, observation.Contact, year, Math.Max(1, c.ListCount - (repeated ??= Repeated(observation))))).DefaultIfEmpty(0).Max();
    }

    // How many of the lists that hold it only say again what another list says: that it is the same group's.
    private static int Repeated(Observation observation)
    {
        IEnumerable<IndicatorClaim> lists = observation.Indicators.DistinctBy(static c => c.List, StringComparer.Ordinal);
        return lists.Count() - lists.Select(static c => c.GroupIds is [var only] ? only : c.List).Distinct(StringComparer.Ordinal).Count();
    }

    private double Vulnerability(Observation observation, KnownGroup group)
    {
        int users = Exploiters(observation.Value);
        return users > 0 && Exploited(group.Id, observation.Value)
            ? VulnerabilityWeight * Rarity.Of(_profiles.Profiles.Length, users) / users
            : 0;
    }

    private void Exploits(string group, IEnumerable<Relation> vulnerabilities)
    {
        foreach (Relation vulnerability in vulnerabilities)
        {
            if (!_exploiters.TryGetValue(vulnerability.Target, out HashSet<string>? groups))
            {
                _exploiters.Add(vulnerability.Target, groups = new HashSet<string>(StringComparer.Ordinal));
            }

            groups.Add(group);
        }
    }
}
