using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Linking;

/// <summary>Weighs what two incidents have in common and what keeps them apart.</summary>
internal sealed class PairWeigher(Rarities rarities)
{
    internal const double OtherUser = -1, LateByYear = -0.5, Latest = -2;

    // Groups that are known for malware: what one has others can hardly use, what few have circulates, and what more have is to be had by anybody.
    private const int OneUser = 1, FewUsers = 5;

    private const string NamedAlone = "On one side at least rules and names of files alone say so";

    // What an assessment of one incident allows malware that a single rule names: whoever types a command can satisfy a rule.
    internal static readonly double MostByName = Math.Log(EvidenceScales.TentativeOdds);

    // A technique may have thousands of events; these are enough to look at.
    private const int MaxEvents = 50;

    internal const int MinOrdered = 6;
    internal const double MostOfOrder = 0.6;
    private const int MaxNamed = 3;
    private const double OrderWeight = 1.2;

    /// <summary>Weighs a pair.</summary>
    /// <param name="a">One incident.</param>
    /// <param name="b">The other.</param>
    /// <param name="same">The events of either that are the same records: what they alone show is seen once, not shared.</param>
    /// <param name="stop">Ends it before all is weighed: what evidence has in common may be made to be much.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public PairWeights Weigh(IncidentProfile a, IncidentProfile b, (IReadOnlySet<int> First, IReadOnlySet<int> Second) same, CancellationToken stop)
    {
        string sameVictim = OwnNames.Same(a.Names, b.Names, a.Linked.Case == b.Linked.Case);
        var items = new List<LinkItem>();
        new SharedTraces(a, b, same, sameVictim.Length > 0).Add(items, stop);
        IncidentProfile ownA = a.Without(same.First, rarities), ownB = b.Without(same.Second, rarities);
        Behaviour ofA = ownA.Behaviour, ofB = ownB.Behaviour;
        Likeness likeness = Likeness.Of(ofA.Features, ofB.Features, rarities);
        int signs = Signs(ofA, ofB, OnlyTechniques(ofA.Features.Features), OnlyTechniques(ofB.Features.Features));
        Software(items, ofA, ofB, likeness);
        Techniques(items, ofA, ofB, likeness, signs);
        Order(items, ofA, ofB, stop);
        Circumstances.Add(items, ownA, ownB, stop);
        Apart(items, a, b);
        bool comparable = signs >= LikenessModel.MinSigns && a.Traces.ShowInfrastructure && b.Traces.ShowInfrastructure;
        return new PairWeights([.. items], sameVictim, comparable)
        {
            CommonHosts = sameVictim.Length == 0 ? OwnNames.Everywhere(a.Names, b.Names) : "",
            SameFirst = same.First.Count,
            SameSecond = same.Second.Count,
        };
    }

    private void Software(List<LinkItem> items, Behaviour a, Behaviour b, Likeness likeness)
    {
        foreach (int f in a.Features.SharedWith(b.Features).Where(f => rarities.Index.Classes[f] != FeatureClass.Technique))
        {
            items.Add(SharedSoftware(f, a, b));
        }

        int[] aloneA = Owners(a.Features.Features), aloneB = Owners(b.Features.Features);
        if (likeness.Apart > 0)
        {
            items.Add(Against(LinkLine.Tooling, "different malware", "", LikenessModel.OfApart,
                "Both show malware, and share none." + Told(a, b, OnlyMalware(a), OnlyMalware(b))));
        }

        if (aloneA.Length > 0 && aloneB.Length > 0 && !aloneA.Intersect(aloneB).Any())
        {
            items.Add(Against(LinkLine.Tooling, "malware of different groups", "", OtherUser,
                $"On one side is malware of {rarities.Index.Groups[aloneA[0]].Name} alone, on the other of {rarities.Index.Groups[aloneB[0]].Name} alone."
                    + Told(a, b, [.. Owned(a.Features.Features)], [.. Owned(b.Features.Features)])));
        }
    }

    // On both sides something must know it by the thing itself; otherwise it is two rules that say the same.
    private LinkItem SharedSoftware(int feature, Behaviour a, Behaviour b)
    {
        bool isMalware = rarities.Index.Classes[feature] == FeatureClass.Malware, isByName = !a.IsIdentified(feature) || !b.IsIdentified(feature);
        double weight = isMalware ? LikenessModel.OfMalware(rarities.Of(feature)) : LikenessModel.OfTools(rarities.Of(feature));
        int users = rarities.Users(feature);
        string kind = isMalware ? "malware" : "tool", used = string.Create(CultureInfo.InvariantCulture, $"{(users == 1 ? "One of the known groups uses" : $"{users} of the known groups use")} it.");
        Spoofability spoofability = isByName ? Spoofability.Easy
            : users <= OneUser && rarities.Index.IsOwnMalware(feature) ? Spoofability.Hard
            : isMalware && users <= FewUsers ? Spoofability.Moderate : Spoofability.Easy;
        LinkItem item = Feature(
            LinkLine.Tooling, isByName ? "rule for " + kind : kind, $"{rarities.Name(feature)} ({rarities.Index.Features[feature]})", isByName ? Math.Min(weight, MostByName) : weight, spoofability,
            isByName ? $"{used} {NamedAlone}, which whoever types a command can bring about." : used, a, b, [feature]);
        return item with { ByName = isByName };
    }

    private static string Told(Behaviour a, Behaviour b, int[] ofA, int[] ofB) =>
        Array.Exists(ofA, a.IsIdentified) && Array.Exists(ofB, b.IsIdentified) ? "" : $" {NamedAlone}.";

    private void Techniques(List<LinkItem> items, Behaviour a, Behaviour b, Likeness likeness, int signs)
    {
        int[] shared = OnlyTechniques(a.Features.SharedWith(b.Features));
        double weight = LikenessModel.OfTechniques(likeness, Signs(a, b, shared, shared), signs);
        if (weight == 0)
        {
            return;
        }

        int[] told = WithoutWholes(shared);
        string rarest = string.Join(", ", told.OrderByDescending(rarities.Of).ThenBy(static f => f).Take(MaxNamed).Select(f => $"{rarities.Name(f)} ({rarities.Index.Features[f]})"));
        string note = told.Length switch
        {
            0 => "No technique is shared.",
            1 => $"One technique is shared: {rarest}.",
            _ => $"{told.Length} techniques are shared, the rarest being {rarest}.",
        };
        items.Add(Feature(LinkLine.Behaviour, weight > 0 ? "alike techniques" : "unlike techniques", "", weight, Spoofability.Easy, note, a, b, shared));
    }

    // Phases follow one another in every intrusion, so that order says little; only what chance does not bring counts.
    private void Order(List<LinkItem> items, Behaviour a, Behaviour b, CancellationToken stop)
    {
        // What one event shows on either side has no order there; what it shows on both is one step, as rare as the rarest of it.
        int[] shared = [.. a.FirstEvents.Keys.Where(b.FirstEvents.ContainsKey).Order()];
        (int First, int Second, double Rarity)[] steps =
        [
            .. shared.GroupBy(f => (First: a.FirstEvents[f], Second: b.FirstEvents[f]), static (at, features) => (at, Features: features.ToArray()))
                .Select(s => (s.at.First, s.at.Second, s.Features.Max(rarities.Of))).OrderBy(static s => s.First).ThenBy(static s => s.Second),
        ];
        if (steps.Length < MinOrdered)
        {
            return;
        }

        double[] upTo = new double[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            double before = 0;
            for (int j = 0; j < i; j++)
            {
                before = steps[j].First < steps[i].First && steps[j].Second < steps[i].Second ? Math.Max(before, upTo[j]) : before;
            }

            upTo[i] = before + steps[i].Rarity;
        }

        // The longest common subsequence of two random orders of n things has about 2 * root(n) of them (Vershik and Kerov 1977).
        double share = upTo.Max() / steps.Sum(static s => s.Rarity), byChance = Math.Min(1, 2 / Math.Sqrt(steps.Length));
        if (share > byChance)
        {
            items.Add(Feature(LinkLine.Behaviour, "order of techniques", "", Math.Min(MostOfOrder, OrderWeight * (share - byChance)), Spoofability.Easy,
                string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0}% of the {steps.Length} steps that show shared techniques, by rarity, came in the same order."), a, b, shared));
        }
    }

    private static void Apart(List<LinkItem> items, IncidentProfile a, IncidentProfile b)
    {
        // By what is shared where events show any, so that more evidence of other times does not bring two incidents nearer.
        double[] gaps = [.. items.Where(static i => i.LogLikelihoodRatio > 0 && !i.FirstEvents.IsEmpty).Select(i => Gap.Years(a.When(i.FirstEvents), b.When(i.SecondEvents)))];
        double years = gaps.Length > 0 ? gaps.Min() : Gap.Years(a.When([]), b.When([]));
        if (years > 1)
        {
            string what = gaps.Length > 0 ? "What they share was seen" : "No event shows anything that they share, and they lie";
            items.Add(Against(LinkLine.Time, "far apart in time", "", Math.Max(Latest, LateByYear * (years - 1)),
                string.Create(CultureInfo.InvariantCulture, $"{what} {years:F1} years apart; campaigns seldom last that long.")));
        }
    }

    // Whoever shares a part shares the whole, which is no technique more.
    private int[] WithoutWholes(int[] techniques)
    {
        var wholes = techniques.Select(f => rarities.Index.Features[f]).Where(static id => id.Contains('.', StringComparison.Ordinal))
            .Select(TechniqueParts.WholeOf).ToHashSet(StringComparer.Ordinal);
        return [.. techniques.Where(f => !wholes.Contains(rarities.Index.Features[f]))];
    }

    private int[] Owners(int[] features) =>
        [.. Owned(features).Select(rarities.OnlyUser).Distinct().Order()];

    // Malware that one group alone has.
    private IEnumerable<int> Owned(int[] features) => features.Where(f => rarities.Index.IsOwnMalware(f) && rarities.OnlyUser(f) >= 0);

    private int[] OnlyMalware(Behaviour of) => [.. of.Features.Features.Where(f => rarities.Index.Classes[f] == FeatureClass.Malware)];

    private int[] OnlyTechniques(IEnumerable<int> features) => [.. features.Where(f => rarities.Index.Classes[f] == FeatureClass.Technique)];

    // On the side with fewer.
    private static int Signs(Behaviour a, Behaviour b, int[] ofA, int[] ofB) => Math.Min(a.SignsOf(ofA), b.SignsOf(ofB));

    private static LinkItem Feature(
        LinkLine line, string kind, string value, double weight, Spoofability spoofability, string note, Behaviour a, Behaviour b, int[] features) => new()
        {
            Line = line,
            Kind = kind,
            Value = value,
            LogLikelihoodRatio = weight,
            Spoofability = spoofability,
            Note = note,
            FirstEvents = [.. a.EventsOf(features).Take(MaxEvents)],
            SecondEvents = [.. b.EventsOf(features).Take(MaxEvents)],
        };

    private static LinkItem Against(LinkLine line, string kind, string value, double weight, string note) =>
        new() { Line = line, Kind = kind, Value = value, LogLikelihoodRatio = weight, Spoofability = Spoofability.Easy, Note = note };
}
