using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Model;

namespace Culprit.Attribution.Linking;

/// <summary>From weights to what may be said of a pair. Every rule makes a claim weaker, none makes one stronger; each that applies is told.</summary>
internal sealed class LinkJudge(double prior, ImmutableArray<LinkedIncident> incidents)
{
    // A line that adds less than this is no line.
    private const double Counts = 1, Even = 0.5, Decisive = 1;

    // What many have weighs no more than this (TraceWeights): together with techniques it says no more than they do.
    private const double MostOfCommon = 0.5;
    private const int MaxSentences = 4, MaxNamed = 5;

    // Nobody can say of a base rate below this whether it is the right one.
    private const double LeastRate = 0.0005;

    /// <summary>Judges a pair.</summary>
    public IncidentLink Judge(int first, int second, PairWeights weights)
    {
        ImmutableArray<LinkItem> items = weights.Together();
        double probability = Probability(items);
        LinkItem? strongest = items.FirstOrDefault(static i => i.LogLikelihoodRatio > 0);
        Basis basis = BasisOf(items, weights);
        bool isSame = IsSame(first, second, weights);
        Rest rest = RestOf(strongest is null ? weights : weights.Without((strongest.Kind, strongest.Value)), isSame);
        (Likelihood word, ImmutableArray<string> caps) = Cap(probability, basis, isSame, rest);
        (AnalyticConfidence confidence, string why) = isSame ? (AnalyticConfidence.Low, "both rest on the same records") : Confidence(word, rest, basis, items, weights.Comparable);
        return new IncidentLink
        {
            First = first,
            Second = second,
            Items = items,
            Probability = probability,
            Likelihood = word,
            Confidence = confidence,
            LikelihoodSentence = isSame ? $"{Yardstick.Capital(Name(first))} and {Name(second)} are the same evidence looked at twice, which says nothing of a campaign."
                : $"{Yardstick.Opening(word)} {Name(first)} and {Name(second)} are one campaign.",
            ConfidenceSentence = $"Confidence in this is {AssessmentSentences.Name(confidence)}: {why}.",
            Caps = caps,
            SameVictim = weights.SameVictim,
            SameEvidence = SameEvidence(first, second, weights),
            IsSameEvidence = isSame,
            ProbabilityWithoutStrongest = rest.Probability,
            LikelihoodWithoutStrongest = rest.Word,
            WouldChange = isSame ? [] : WouldChange(items, word, basis, probability, rest, strongest, weights.CommonHosts),
        };
    }

    /// <summary>What linking cannot know.</summary>
    public static ImmutableArray<string> Limits(IReadOnlyList<IncidentProfile> compared)
    {
        var limits = ImmutableArray.CreateBuilder<string>();
        int bare = compared.Count(static i => i.Linked.Incident.Events.IsEmpty);
        if (bare > 0)
        {
            limits.Add($"{bare} of the incidents {(bare == 1 ? "has" : "have")} no events, so that of {(bare == 1 ? "it" : "them")} only techniques, software, vulnerabilities and what lists ascribe could be compared.");
        }

        IncidentProfile[] crowded = [.. compared.Where(static i => i.TracesLeftOut > 0)];
        limits.AddRange(crowded.Take(MaxNamed).Select(static i => string.Create(CultureInfo.InvariantCulture,
            $"Incident {i.Linked.Number} of {i.Linked.Case} shows more addresses, domains, files and names than are compared: {i.TracesLeftOut} {(i.TracesLeftOut == 1 ? "is" : "are")} left out, those that say least of the intruder first.")));
        if (crowded.Length > MaxNamed)
        {
            limits.Add($"So it is with {crowded.Length - MaxNamed} more of the incidents.");
        }

        if (compared.Sum(static i => i.UrlsLeftOut) is var urls and > 0)
        {
            limits.Add(string.Create(CultureInfo.InvariantCulture, $"Of scripts and command lines that hold very many URLs only the first are compared; {urls} {(urls == 1 ? "is" : "are")} not."));
        }

        int unread = compared.Count(static i => i.Linked.Incident.RecordsLeftOut > 0);
        if (unread > 0)
        {
            limits.Add($"Of {unread} of the incidents some records were not read when {(unread == 1 ? "it was" : "they were")} told, so that what these show is not compared.");
        }

        limits.Add("Only what an incident's own events show is compared: what the parents of its programs did besides, or what no rule leads to, is not.");
        limits.Add("Weights of addresses, domains, files and names are set, not fitted: nobody publishes cases with their traces and says which were one campaign. \"Almost certain\" is therefore not used.");
        limits.Add("Weights of techniques and software were fitted on published reports about groups, and a group runs several campaigns.");
        limits.Add("Two intruders may rent, buy or steal the same infrastructure and tools, and one campaign may share nothing that logs show.");
        return limits.ToImmutable();
    }

    // Where the records that are the same are at least half of the events of one of the two.
    private bool IsSame(int first, int second, PairWeights weights) =>
        weights.SameFirst > 0 && (2 * weights.SameFirst >= Events(first) || 2 * weights.SameSecond >= Events(second));

    private string SameEvidence(int first, int second, PairWeights weights) =>
        weights.SameFirst == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{weights.SameFirst} of the {Events(first)} events of {Name(first)} and {weights.SameSecond} of the {Events(second)} of {Name(second)} are the same records: ")
            + (IsSame(first, second, weights) ? "it is the same evidence, not a campaign." : "what they alone show is seen once and does not count as shared.");

    private int Events(int incident) => incidents[incident].Incident.Events.Length;

    private double Probability(ImmutableArray<LinkItem> items) =>
        LogOdds.ToProbability(LogOdds.Of(prior) + items.Sum(static i => i.LogLikelihoodRatio));

    // The figure alone does not tell whether what is left holds: of one domain no more than a realistic possibility is said at any figure.
    private Rest RestOf(PairWeights left, bool isSame)
    {
        ImmutableArray<LinkItem> items = left.Together();
        Basis basis = BasisOf(items, left);
        double probability = Probability(items);
        return new Rest(probability, Cap(probability, basis, isSame, rest: null).Word, basis);
    }

    private static Basis BasisOf(ImmutableArray<LinkItem> items, PairWeights weights)
    {
        // By what each weighs alone: what anybody can have makes no line, however much of it there is.
        HashSet<(string, string)> common = [.. weights.Items.Where(static i => i.LogLikelihoodRatio <= MostOfCommon || IsHadByAnybody(i)).Select(static i => (i.Kind, i.Value))];
        LinkLine[] lines =
        [
            .. items.Where(i => !i.Dependent && !i.ByName && !i.OnlyWritten && !common.Contains((i.Kind, i.Value))).GroupBy(static i => i.Line)
                .Where(static g => g.Key < LinkLine.Ascribed && g.Sum(static i => i.LogLikelihoodRatio) >= Counts).Select(static g => g.Key).Order(),
        ];
        LinkLine[] hard =
        [
            .. items.Where(i => !i.Dependent && i.Spoofability == Spoofability.Hard && i.LogLikelihoodRatio >= Counts && lines.Contains(i.Line)).Select(static i => i.Line).Distinct(),
        ];
        return new Basis(
            lines, hard, items.Any(static i => i.LogLikelihoodRatio > MostOfCommon && !i.OnlyWritten && i.Line is < LinkLine.Ascribed and not LinkLine.Tooling),
            Array.TrueForAll(lines, static line => line == LinkLine.Infrastructure) && IsOneThing(weights));
    }

    // Tools are public, and malware of many groups is to be had; both are easy to leave, as what few have is not.
    private static bool IsHadByAnybody(LinkItem item) => item is { Line: LinkLine.Tooling, Spoofability: <= Spoofability.Easy };

    // By what each weighs alone: how many others there are says nothing of what it is. What is only written bears nothing out: one script brings all
    // that it holds. An indicator of a group that is named is known for whose it is.
    private static bool IsOneThing(PairWeights weights)
    {
        LinkItem[] infrastructure = [.. weights.Items.Where(static i => i.Line == LinkLine.Infrastructure && !i.OnlyWritten && i.LogLikelihoodRatio > MostOfCommon)];
        return infrastructure.DistinctBy(static i => i.Whole, StringComparer.Ordinal).Count() == 1 && !Array.Exists(infrastructure, static i => i.OfGroup);
    }

    // Of what is left without the strongest thing it is not asked again whether it holds without its own.
    private static (Likelihood Word, ImmutableArray<string> Caps) Cap(double probability, Basis basis, bool isSame, Rest? rest)
    {
        Likelihood word = Yardstick.Word(probability);
        var caps = ImmutableArray.CreateBuilder<string>();
        if (word > Likelihood.RealisticPossibility && isSame)
        {
            word = Likelihood.RealisticPossibility;
            caps.Add("Both rest on the same records, and one record is no link between two intrusions.");
        }

        if (word > Likelihood.RealisticPossibility && !basis.Material)
        {
            word = Likelihood.RealisticPossibility;
            caps.Add("Techniques, malware and tools, hours, victims, what is only written, what many have and what others ascribe carry no more than \"a realistic possibility\": unrelated intruders share them.");
        }

        if (word > Likelihood.RealisticPossibility && basis.OneThing)
        {
            word = Likelihood.RealisticPossibility;
            caps.Add("One domain, with all names below it and the addresses that it was answered with, or one address carries no more than \"a realistic possibility\" where nothing else that both have bears it out: a public service that is not known for one looks the same.");
        }

        if (word > Likelihood.Likely && (basis.Lines.Length < 2 || basis.Hard.Length == 0))
        {
            word = Likelihood.Likely;
            caps.Add("More than \"likely\" needs two independent lines of evidence, one of them hard to forge.");
        }

        if (word > Likelihood.Likely && rest is { Holds: false })
        {
            word = Likelihood.Likely;
            caps.Add($"Without the strongest thing that they share {rest.Left}, so that no more than \"likely\" is said.");
        }

        if (word > Likelihood.HighlyLikely)
        {
            word = Likelihood.HighlyLikely;
            caps.Add("\"Almost certain\" is not used: the weights of what is shared are set, and no history of cases shows that judgements of that strength are right.");
        }

        return (word, caps.ToImmutable());
    }

    private static (AnalyticConfidence, string) Confidence(Likelihood word, Rest rest, Basis basis, ImmutableArray<LinkItem> items, bool comparable)
    {
        if (word < Likelihood.RealisticPossibility)
        {
            // Where more speaks for a link than against it, only the base rate makes the figure low: nothing shows that they are two.
            double balance = items.Sum(static i => i.LogLikelihoodRatio);
            return balance > 0 ? (AnalyticConfidence.Low, "what they share does not suffice")
                : balance < 0 && comparable ? (AnalyticConfidence.Moderate, "both show techniques and infrastructure of the intruder, and these are unlike")
                : (AnalyticConfidence.Low, "one of them at least shows too little of the intruder to be compared by");
        }

        return !basis.Material ? (AnalyticConfidence.Low, "it rests on what unrelated intruders share too")
            : basis.OneThing ? (AnalyticConfidence.Low, "it rests on one domain or address alone")
            : basis.Lines.Length < 2 ? (AnalyticConfidence.Low, "it rests on one line of evidence")
            : basis.Hard.Length == 0 ? (AnalyticConfidence.Low, "everything that they share is easily left on purpose")
            : !rest.Holds ? (AnalyticConfidence.Low, $"without the strongest thing that they share {rest.Left}")
            : basis.Hard.Length >= 2 ? (AnalyticConfidence.High, "several lines of evidence that are hard to forge agree, and none of them decides alone")
            : (AnalyticConfidence.Moderate, "independent lines of evidence agree, one of them hard to forge, and it holds without the strongest");
    }

    private ImmutableArray<string> WouldChange(
        ImmutableArray<LinkItem> items, Likelihood word, Basis basis, double probability, Rest rest, LinkItem? strongest, string commonHosts)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        double likely = Yardstick.Least(Likelihood.Likely);

        // Another base rate changes the figure alone: where the rules do not let "likely" be said of such a basis, it is said at no rate.
        bool sayable = Cap(Math.Max(probability, likely), basis, isSame: false, rest: null).Word >= Likelihood.Likely;
        if (probability >= likely && strongest is not null && (rest.Probability < likely || (word >= Likelihood.Likely && !rest.Holds)))
        {
            sentences.Add($"If {Text(strongest)} was misread, planted or is shared by others: without it "
                + (rest.Probability < likely ? $"the probability is {AssessmentSentences.Percent(rest.Probability)}."
                    : $"no more than a realistic possibility would be said, whatever the figure, as {(rest.Basis.OneThing ? "one domain or address would be all that both have" : "they would share only what unrelated intruders share too")}."));
        }

        int others = Math.Max(1, incidents.Length - 1);
        double turning = LogOdds.ToProbability(LogOdds.Of(likely) - items.Sum(static i => i.LogLikelihoodRatio)) * others;
        if (sayable && turning > LeastRate && TurningRate.Of(turning, prior * others) is (double told, _))
        {
            sentences.Add(probability >= likely
                ? $"A base rate below {AssessmentSentences.Rate(told)}: then it would be less than likely."
                : $"A base rate above {AssessmentSentences.Rate(told)}: then it would be likely.");
        }

        if (word < Likelihood.Likely)
        {
            sentences.Add(basis.OneThing
                ? "Something else of the intruder found in both that bears it out: another address or domain, a file, malware, or an account that it made."
                : "An address, domain or file of the intruder found in both.");
        }
        else if (items.FirstOrDefault(static i => i.Line is LinkLine.Infrastructure && i.LogLikelihoodRatio >= Decisive) is { } infrastructure)
        {
            sentences.Add($"Learning that {Text(infrastructure)} serves many people.");
        }

        // Names that every network has show no one victim; where they are one machine's all the same, what is shared says less.
        if (commonHosts.Length > 0 && items.Any(static i => i.LogLikelihoodRatio >= Decisive && i.Line < LinkLine.Ascribed))
        {
            sentences.Add($"Learning that both are one institution: each {commonHosts}, so that this was not taken for one victim. What is shared would then say less.");
        }

        return [.. sentences.Take(MaxSentences)];
    }

    private string Name(int incident) => $"incident {incidents[incident].Number} of {incidents[incident].Case}";

    private static string Text(LinkItem item) => item.Value.Length > 0 ? $"the {item.Kind} {item.Value}" : $"the {item.Kind}";

    /// <summary>What a judgement rests on.</summary>
    /// <param name="Lines">The independent lines that count; software that rules and names alone claim, and what is only written, makes none.</param>
    /// <param name="Hard">Those with something that is hard to forge.</param>
    /// <param name="Material">Whether anything but soft lines, malware, tools and what is only written says something: unrelated intruders have the same software.</param>
    /// <param name="OneThing">Whether one domain or address is all that says something, of infrastructure and of other lines that count.</param>
    private sealed record Basis(LinkLine[] Lines, LinkLine[] Hard, bool Material, bool OneThing);

    /// <summary>What is left without the strongest thing shared.</summary>
    /// <param name="Probability">The figure.</param>
    /// <param name="Word">The word, after the caps.</param>
    /// <param name="Basis">What it rests on.</param>
    private sealed record Rest(double Probability, Likelihood Word, Basis Basis)
    {
        /// <summary>Whether they would still be linked.</summary>
        public bool Holds => Word >= Likelihood.Likely;

        /// <summary>What would be said where they would not, as part of a sentence.</summary>
        public string Left => Probability < Even ? "it would be less than even" : "no more than a realistic possibility would be said";
    }
}
