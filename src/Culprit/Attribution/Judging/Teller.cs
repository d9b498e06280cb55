using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>What speaks for and against explanations, and what would change the result, as sentences.</summary>
internal sealed class Teller(EvidenceScales scales, Explanations explanations, Balance balance, ImmutableArray<Observation> observed)
{
    private const int MinRivals = 2, MaxRivals = 4, MaxItems = 3, MaxNamed = 8;

    /// <summary>What speaks for an explanation, strongest first.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="leader">The one that leads: what speaks more for that one speaks for none of its rivals.</param>
    public ImmutableArray<string> For(int explanation, int leader) =>
    [
        .. Strongest(i => scales.CanSpeak(explanation, observed[i]) && !IsAgainst(explanation, leader, i) ? balance.Weights[explanation][i] : 0).Select(i =>
            $"{First(i)} speaks for it ({Odds(balance.Weights[explanation][i])} as likely as under the average explanation).")
    ];

    /// <summary>The most probable other explanations, the unknown group always among them.</summary>
    public ImmutableArray<Rival> Rivals(int leader)
    {
        int unknown = explanations.Count - 1;
        List<int> chosen =
        [
            .. Enumerable.Range(0, unknown).Where(e => e != leader)
                .OrderByDescending(e => balance.Probabilities[e]).ThenBy(explanations.Id, StringComparer.Ordinal)
                .TakeWhile((e, i) => i < MinRivals || (i < MaxRivals - 1 && balance.Probabilities[e] >= 0.05)),
        ];
        if (leader != unknown)
        {
            chosen.Add(unknown);
        }

        return
        [
            .. chosen.OrderByDescending(e => balance.Probabilities[e])
                .Select(e => new Rival(explanations.Id(e), explanations.Name(e), balance.Probabilities[e], For(e, leader), Against(e, leader))),
        ];
    }

    /// <summary>What would change the result.</summary>
    /// <param name="leader">The explanation that leads.</param>
    /// <param name="rests">What remains without each cause.</param>
    /// <param name="unknownRate">The base rate of unknown groups.</param>
    /// <param name="said">The word that is said of the leader; null where nothing is.</param>
    /// <param name="several">What remains without several causes together, where no single one changes the result; asked for only then.</param>
    public ImmutableArray<string> WouldChange(int leader, Rests rests, double unknownRate, Likelihood? said, Func<Rest?> several)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        int unknown = explanations.Count - 1;
        Rest[] decisive = [.. rests.All.Where(r => IsDecisive(r, leader, said)).OrderBy(r => r.Standing.Probabilities[leader]).Take(MaxItems)];
        foreach (Rest rest in decisive)
        {
            string item = rest.Cause.Length == 1 ? Item(rest.Cause[0]) : AssessmentSentences.Together([.. rest.Cause.Select(i => observed[i])]);
            sentences.Add($"If {item} {(rest.Cause.Length == 1 ? "was" : "were")} misread or planted: without {(rest.Cause.Length == 1 ? "it" : "them")} {Left(rest, leader)}");
        }

        if (decisive.Length == 0 && said is not null && several() is { } many)
        {
            sentences.Add($"If all of these were misread or planted: {string.Join(", ", many.Cause.Take(MaxNamed).Select(Item))}"
                + $"{(many.Cause.Length > MaxNamed ? $" and {many.Cause.Length - MaxNamed} more" : "")}: without them {Left(many, leader)}");
        }

        if (leader != unknown)
        {
            AddMissing(sentences, leader);
            double least = said is { } word ? Yardstick.Least(word) : 0;
            if (least > 0 && RateBelow(leader, least, unknownRate) is var weaker && weaker > unknownRate && weaker < 0.999
                && TurningRate.Of(weaker, unknownRate) is (double told, double present))
            {
                sentences.Add($"A base rate of unknown groups above {AssessmentSentences.Rate(told)} instead of {AssessmentSentences.Rate(present)}: "
                    + $"then \"{Yardstick.Name(said!.Value)}\" would be too much.");
            }
        }

        int rival = Enumerable.Range(0, unknown).Where(e => e != leader)
            .OrderByDescending(e => balance.Probabilities[e]).ThenBy(explanations.Id, StringComparer.Ordinal).FirstOrDefault(-1);
        if (rival >= 0)
        {
            AddMissing(sentences, rival);
        }

        return sentences.ToImmutable();
    }

    /// <summary>Whether the result is another, or the word weaker, than what is said.</summary>
    public static bool IsDecisive(Rest rest, int leader, Likelihood? said) =>
        rest.Standing.Leader != leader || Yardstick.Word(rest.Standing.Probabilities[leader]) < said;

    private string Left(Rest rest, int leader) => rest.Standing.Leader != leader ? $"{explanations.Name(rest.Standing.Leader)} leads."
        : $"{explanations.Name(leader)} has {AssessmentSentences.Percent(rest.Standing.Probabilities[leader])}, which is no more than "
            + $"\"{Yardstick.Name(Yardstick.Word(rest.Standing.Probabilities[leader]))}\".";

    // The base rate of unknown groups at which a group has no more than a probability; what is known of it against the other groups stays as it is.
    private double RateBelow(int leader, double least, double unknownRate)
    {
        double unknown = balance.Probabilities[^1], others = 1 - unknown - balance.Probabilities[leader];

        // Odds of the unknown group's base rate multiply its probability: p / (1 - u + k u) = least.
        double factor = ((balance.Probabilities[leader] / least) - balance.Probabilities[leader] - others) / Math.Max(unknown, 1e-12);
        double odds = factor * unknownRate / (1 - unknownRate);
        return odds / (1 + odds);
    }

    private void AddMissing(ImmutableArray<string>.Builder sentences, int explanation)
    {
        GroupProfile profile = scales.Profiles.Profiles[explanation];
        var seen = observed.Select(scales.Feature).ToHashSet();
        string[] missing =
        [
            .. profile.Strength.Where(s => scales.Profiles.IsOfOneGroup(s.Key) && !seen.Contains(s.Key))
                .OrderByDescending(static s => s.Value).ThenBy(static s => s.Key).Take(MaxItems)
                .Select(s => scales.SoftwareName(s.Key)),
        ];
        if (missing.Length > 0)
        {
            sentences.Add($"Finding {string.Join(" or ", missing)}, which only {explanations.Name(explanation)} is known for: it would speak for that group.");
        }
    }

    private double Gap(int explanation, int leader, int observation) => balance.Weights[leader][observation] - balance.Weights[explanation][observation];

    private bool IsAgainst(int explanation, int leader, int observation) => Gap(explanation, leader, observation) > ObservationWeight.NextToNothing;

    private ImmutableArray<string> Against(int explanation, int leader)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        foreach (int i in Strongest(i => Gap(explanation, leader, i)))
        {
            double gap = Gap(explanation, leader, i);
            string less = $"({Odds(gap)} less likely than under {explanations.Name(leader)})";
            sentences.Add(explanations.IsUnknown(explanation)
                ? Knows(leader, i) ? $"{First(i)} is known of {explanations.Name(leader)} and would be a coincidence otherwise ({Odds(gap)} less likely)." : $"{First(i)} speaks less for it {less}."
                : $"{First(i)} {(!IsOfKnowledge(i) ? "speaks less for it" : Knows(explanation, i) ? "is less typical of it" : scales.KnowsPartOf(explanation, observed[i]) ? "is known of it by its parts alone" : "is not known of it")} {less}.");
        }

        double bases = balance.Bases[leader] - balance.Bases[explanation];
        if (bases > ObservationWeight.NextToNothing)
        {
            sentences.Add($"Before anything was observed it was {Odds(bases)} less likely than {explanations.Name(leader)}: it has the lower base rate{(IsSet(explanation, leader) ? ", as base rates were set" : "")}.");
        }

        if (sentences.Count == 0)
        {
            sentences.Add(string.Create(CultureInfo.InvariantCulture,
                $"Nothing single; all observations together leave it {Odds(Math.Log(balance.Probabilities[leader] / Math.Max(balance.Probabilities[explanation], 1e-9)))} less likely."));
        }

        return sentences.ToImmutable();
    }

    // Whether base rates that somebody set hold two explanations apart, or together, more than the usual ones do.
    private bool IsSet(int explanation, int leader) => scales.ByUsualRates is not null
        && Math.Abs(balance.Bases[leader] - balance.Bases[explanation] - Math.Log(balance.Usual[leader] / balance.Usual[explanation])) > 1e-6;

    // What is published of groups, other than who their victims are and when they work.
    private bool IsOfKnowledge(int observation) =>
        observed[observation] is { NewMalware: false, Kind: ObservationKind.Technique or ObservationKind.Software or ObservationKind.Indicator or ObservationKind.Vulnerability };

    private bool Knows(int explanation, int observation) => !explanations.IsUnknown(explanation) && observed[observation].Kind switch
    {
        ObservationKind.Indicator => observed[observation].Indicators.Any(c => c.GroupIds.Contains(explanations.Id(explanation), StringComparer.Ordinal)),
        ObservationKind.Vulnerability => scales.Further.Exploited(explanations.Id(explanation), observed[observation].Value),
        _ => scales.Feature(observed[observation]) is var f and >= 0 && scales.Profiles.Profiles[explanation].Strength.ContainsKey(f),
    };

    private IEnumerable<int> Strongest(Func<int, double> weight) =>
        Enumerable.Range(0, observed.Length).Where(i => weight(i) > ObservationWeight.NextToNothing).OrderByDescending(weight).ThenBy(static i => i).Take(MaxItems);

    private string Item(int observation) => observed[observation].Kind is ObservationKind.VictimCountry or ObservationKind.VictimSector
        ? $"the victim ({observed[observation].Name})"
        : AssessmentSentences.Name(observed[observation]);

    // At the start of a sentence. What evidence names stays as evidence writes it.
    private string First(int observation) => observed[observation].Kind is ObservationKind.VictimCountry or ObservationKind.VictimSector or ObservationKind.WorkingHours
        ? char.ToUpperInvariant(Item(observation)[0]) + Item(observation)[1..] : Item(observation);

    // Two digits say all that a weight can; beyond a thousand it is only a way of saying that nothing else explains it.
    private static string Odds(double logarithm)
    {
        double odds = Math.Exp(Math.Min(logarithm, 20));
        return odds >= 1_000 ? "more than 1,000 times"
            : odds >= 99.5 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(odds / 10) * 10:N0} times")
            : odds >= 9.95 ? string.Create(CultureInfo.InvariantCulture, $"{odds:F0} times")
            : string.Create(CultureInfo.InvariantCulture, $"{odds:F1} times");
    }
}
