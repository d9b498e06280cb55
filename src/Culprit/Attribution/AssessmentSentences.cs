using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Judging;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>What an assessment comes to, as sentences for people. Likelihood and confidence stand in two of them.</summary>
public static class AssessmentSentences
{
    /// <summary>The verdict.</summary>
    public static string Verdict(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Verdict switch
        {
            Attribution.Verdict.NamedGroup => $"One group stands out: {assessment.Group!.Subject}.",
            Attribution.Verdict.NamedCluster => "No group stands out by itself, but one and its nearest relatives do together.",
            Attribution.Verdict.UnknownGroup => $"No known group: it is best explained by one {Unheld(assessment)}.",
            _ => "Not enough evidence to say who did it.",
        };
    }

    /// <summary>How likely that is; where nothing is judged, that nobody is named.</summary>
    public static string Likelihood(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Verdict switch
        {
            Attribution.Verdict.NamedGroup => assessment.Group!.LikelihoodSentence,
            Attribution.Verdict.NamedCluster => assessment.Cluster!.LikelihoodSentence,
            Attribution.Verdict.UnknownGroup =>
                $"{Yardstick.Opening(assessment.Unknown.Word)} this was the work of a group {Unheld(assessment)}.",
            _ => "No group is named, and none should be.",
        };
    }

    /// <summary>How sound the basis is.</summary>
    public static string Confidence(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Verdict switch
        {
            Attribution.Verdict.NamedGroup => assessment.Group!.ConfidenceSentence,
            Attribution.Verdict.NamedCluster => assessment.Cluster!.ConfidenceSentence,
            Attribution.Verdict.UnknownGroup => "Confidence in this is low: that known groups do not fit follows from what was published about them.",
            _ => "No confidence is stated, as nothing is judged.",
        };
    }

    /// <summary>The word of the yardstick for the verdict; null where nothing is judged.</summary>
    public static Likelihood? Word(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Verdict switch
        {
            Attribution.Verdict.NamedGroup => assessment.Group!.Likelihood,
            Attribution.Verdict.NamedCluster => assessment.Cluster!.Likelihood,
            Attribution.Verdict.UnknownGroup => assessment.Unknown.Word,
            _ => null,
        };
    }

    /// <summary>
    /// What the result would be without the observation that it leans on most, or that it leans on none; empty where nothing was observed.
    /// </summary>
    public static string WithoutStrongest(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.WithoutStrongest is not { } rest ? ""
            : StaysTooLittle(assessment) ? "Whatever single thing is left out, the evidence stays too little."
            : !LeansOnOne(assessment) ? $"Nothing single carries the result: whatever is left out, {rest.LeaderName} leads with {AtLeast(rest.Probability)}, and the verdict stays."
            : $"Without {Together([.. rest.Dropped.Select(i => assessment.Observations[i].Observation)])}, on which the result leans most, {rest.LeaderName} leads with {Percent(rest.Probability)}: {Then(assessment, rest)}";
    }

    /// <summary>What the result would be by what records show alone; null where the user gave nothing besides, or everything.</summary>
    public static string? ByRecordsAlone(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.ByRecordsAlone is { } rest ? $"By the records alone {rest.LeaderName} leads with {Percent(rest.Probability)}: {Then(assessment, rest)}" : null;
    }

    /// <summary>Whether there is an observation, or several of one cause, without which another would lead, the leader be less probable, or the verdict be another.</summary>
    public static bool LeansOnOne(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (assessment.WithoutStrongest is not { } rest || StaysTooLittle(assessment))
        {
            return false;
        }

        // Of several without which the verdict and the leader stay it is that without which the leader loses most. What no percentage shows is no loss.
        const double shown = 0.005;
        double now = Math.Max(assessment.Unknown.Probability, assessment.Groups.IsEmpty ? 0 : assessment.Groups[0].Probability);
        RankingEffect effect = assessment.Observations[rest.Dropped[0]].Effect;
        return rest.Verdict != assessment.Verdict || effect.RankWithout != 1 || effect.ProbabilityWithout < now - shown;
    }

    /// <summary>
    /// Observations of one cause in a few words: the name of the only one, "the 4 indicators of apt_x", several techniques "of the same rules and events", or
    /// malware "and the 2 indicators of apt_x that may be of it".
    /// </summary>
    internal static string Together(ImmutableArray<Observation> cause)
    {
        if (cause.Length == 1)
        {
            return Name(cause[0]);
        }

        Observation[] indicators = [.. cause.Where(static o => o.Kind == ObservationKind.Indicator)], others = [.. cause.Except(indicators)];
        string lists = string.Join(", ", indicators.SelectMany(static o => o.Indicators).Where(static c => !c.GroupIds.IsEmpty).Select(static c => c.List).Distinct(StringComparer.Ordinal).Take(3));
        string listed = indicators.Length == 1 ? $"the indicator of {lists}" : $"the {indicators.Length} indicators of {lists}";
        return others.Length == 0 ? listed
            : indicators.Length == 0 ? $"{Named(others)} of the same rules and events"
            : $"{Named(others)} and {listed} that may be of {(others.Length == 1 ? "it" : "them")}";
    }

    private static string Named(Observation[] observations) =>
        observations.Length == 1 ? Name(observations[0]) : $"{Name(observations[0])} and {(observations.Length == 2 ? Name(observations[1]) : $"{observations.Length - 1} more")}";

    /// <summary>What the ranking is without one observation and those that have the same cause.</summary>
    public static string Without(Assessment assessment, int observation)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        RankingEffect effect = assessment.Observations[observation].Effect;
        return effect.RankWithout == 1 ? Percent(effect.ProbabilityWithout)
            : $"{Percent(effect.ProbabilityWithout)}; {RankedExplanation.NameOf(assessment, effect.LeaderWithout)} leads";
    }

    /// <summary>An observation's name with its identifier.</summary>
    public static string Name(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return observation.Kind switch
        {
            _ when observation.NewMalware => $"{observation.Name} (new malware)",
            ObservationKind.Technique or ObservationKind.Software => $"{observation.Name} ({observation.Value})",
            ObservationKind.VictimSector => $"victim's sector: {observation.Name}",
            ObservationKind.VictimCountry => $"victim's country: {observation.Name}",
            ObservationKind.WorkingHours => observation.Name,
            _ => observation.Value,
        };
    }

    /// <summary>How the table of competing hypotheses is read, and where it and the ranking differ.</summary>
    public static string Hypotheses(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        const string how = "Each mark holds a column against the others: what fits all of them speaks for none, and what fits one less than the others speaks against it. "
            + "By R. Heuer (Psychology of Intelligence Analysis) the explanation with the least against it stands best";
        CompetingHypothesis? first = assessment.Hypotheses.Columns.MaxBy(static c => c.Probability);

        // An assessment that was kept has its digits and says the same.
        static double Inconsistency(CompetingHypothesis column) => Math.Round(column.Inconsistency, RankedExplanation.KeptDigits);
        double least = assessment.Hypotheses.Columns.Select(Inconsistency).DefaultIfEmpty(0).Max();
        string[] best = [.. assessment.Hypotheses.Columns.Where(c => Inconsistency(c) == least).Select(static c => c.Name)];
        return first is null || (best.Length == 1 && best[0] == first.Name) ? how + ", and so it does in the ranking."
            : $"{how}: here {string.Join(" and ", best)}. The ranking, which also counts what speaks for each and base rates, has {first.Name} first"
                + (Inconsistency(first) == least ? "." : "; that the two differ is a reason for doubt.");
    }

    /// <summary>Who lists an indicator for whom, a sentence's part for each list and report, such as "apt_x for APT28 (G0007), 2020, https://...".</summary>
    public static ImmutableArray<string> Listed(Observation observation, Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(observation);
        return
        [
            .. observation.Indicators.Select(claim => $"{claim.List} for "
                + (claim.GroupIds.IsEmpty ? "no group of the knowledge base" : string.Join(", ", claim.GroupIds.Select(id => RankedExplanation.NameOf(assessment, id))))
                + (claim.Year is { } year ? string.Create(CultureInfo.InvariantCulture, $", {year}") : ", undated")
                + (claim.Source is { } source ? $", {source}" : "")),
        ];
    }

    /// <summary>A line of evidence in a word.</summary>
    public static string Name(EvidenceLine line) => line switch
    {
        EvidenceLine.Behaviour => "behaviour",
        EvidenceLine.Tooling => "tooling",
        EvidenceLine.Infrastructure => "infrastructure",
        EvidenceLine.Access => "access",
        EvidenceLine.Victims => "victims",
        _ => "hours",
    };

    /// <summary>How hard something is to forge, in a word.</summary>
    public static string Name(Spoofability forging) => forging switch
    {
        Spoofability.Trivial => "trivial",
        Spoofability.Easy => "easy",
        Spoofability.Moderate => "moderate",
        _ => "hard",
    };

    /// <summary>How sound a basis is, in a word.</summary>
    public static string Name(AnalyticConfidence confidence) => confidence switch
    {
        AnalyticConfidence.High => "high",
        AnalyticConfidence.Moderate => "moderate",
        _ => "low",
    };

    /// <summary>A word of the yardstick.</summary>
    public static string Name(Likelihood word) => Yardstick.Name(word);

    /// <summary>A word's band as the yardstick has it, such as "55-75%".</summary>
    public static string Band(Likelihood word) => Yardstick.Band(word);

    /// <summary>How a sentence of that likelihood begins, such as "There is a remote chance that".</summary>
    public static string Opening(Likelihood word) => Yardstick.Opening(word);

    /// <summary>A mark of the table of competing hypotheses: <c>++</c>, <c>+</c>, <c>o</c>, <c>-</c>, <c>--</c>.</summary>
    public static string Mark(Consistency consistency) => consistency switch
    {
        Consistency.VeryConsistent => "++",
        Consistency.Consistent => "+",
        Consistency.Inconsistent => "-",
        Consistency.VeryInconsistent => "--",
        _ => "o",
    };

    /// <summary>
    /// A probability as people read it; what rounds to 0 or 100 and is neither says so, and nothing is rounded up to where a stronger word of the yardstick begins.
    /// </summary>
    public static string Percent(double probability) =>
        probability is > 0 and < 0.005 ? "<1%"
        : probability is >= 0.995 and < 1 ? ">99%"
        : Math.Round(probability * 100, MidpointRounding.AwayFromZero) is var rounded && Yardstick.Word(rounded / 100) > Yardstick.Word(probability) ? Whole(rounded - 1)
        : Whole(rounded);

    /// <summary>A base rate (0 to 1) as people read it, in percent. It may be small and mean something, so that it keeps three places.</summary>
    public static string Rate(double rate) =>
        rate is > 0 and < 0.000005 ? "<0.001%" : rate is > 0.999995 and < 1 ? ">99.999%" : string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0.###}%");

    /// <summary>The share of intrusions by groups that are not known, before anything is observed, as people read it, in percent.</summary>
    public static string UnknownRate(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);

        // The rate of history has more digits than it can mean: three are told, of it or of what is left of 100 %, whichever is smaller.
        double rate = assessment.UnknownBaseRate, least = Math.Min(rate, 1 - rate);
        return Rate(least >= 0.1 ? Math.Round(rate, 3) : least >= 0.01 ? Math.Round(rate, 4) : rate);
    }

    /// <summary>A weight (natural logarithm) with its sign and two digits.</summary>
    public static string Weight(double weight) =>
        Math.Abs(weight) < 0.005 ? "0" : weight.ToString("+0.00;-0.00", CultureInfo.InvariantCulture);

    // What a rest would come to, as the end of a sentence.
    private static string Then(Assessment assessment, Robustness rest)
    {
        string still = assessment.Verdict is Attribution.Verdict.NamedGroup or Attribution.Verdict.NamedCluster ? "still " : "";
        return rest.Verdict switch
        {
            Attribution.Verdict.NamedGroup => $"a group could {still}be named{As(rest)}.",
            Attribution.Verdict.NamedCluster => $"it and its nearest relatives could {still}be named together{As(rest)}.",
            Attribution.Verdict.UnknownGroup => "it would be a group that is not known.",
            _ when IsShareEnough(assessment, rest) => "by itself that would be enough, but too little is left to rest on.",
            _ => "that would not be enough evidence.",
        };
    }

    private static string As(Robustness rest) => rest.Word is { } word ? $", as \"{Name(word)}\"" : "";

    // Nothing is judged, whatever is left out: then the result leans on nothing.
    private static bool StaysTooLittle(Assessment assessment) =>
        assessment is { Verdict: Attribution.Verdict.NotEnoughEvidence, WithoutStrongest.Verdict: Attribution.Verdict.NotEnoughEvidence };

    // A share of which more is no other figure says so by itself.
    private static string AtLeast(double probability) => Percent(probability) is var percent && probability >= 0.995 ? percent : percent + " or more";

    private static string Whole(double percent) => percent.ToString("0", CultureInfo.InvariantCulture) + "%";

    // Whether the figure alone would let the leader be said, so that it is what it rests on that does not suffice. Of a group that is not known, only
    // where fewer techniques and pieces of software are left than any judgement needs: there are other reasons not to say it.
    private static bool IsShareEnough(Assessment assessment, Robustness rest) => rest.Leader != UnknownHypothesis.Id
        ? rest.Probability >= JudgementRules.Naming
        : rest.Probability >= JudgementRules.Unknown
            && assessment.Observations.Where((o, i) => o.Observation is { NewMalware: false, Kind: ObservationKind.Technique or ObservationKind.Software } && !rest.Dropped.Contains(i)).Count() < JudgementRules.MinFeatures;

    private static string Unheld(Assessment assessment) => assessment.TooThin.Any(static g => g.Telling)
        ? "of which nothing is published, or too little to weigh it" : "that the knowledge base does not hold";
}
