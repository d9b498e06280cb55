using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>
/// From figures to what may be said. Every rule makes a claim weaker, none makes one stronger; each that applies is told.
/// </summary>
/// <param name="model">Which words history bears out.</param>
/// <param name="ceiling">How likely it is that there was an intrusion at all; null where that is not in question.</param>
internal sealed class JudgementRules(AttributionModel model, Likelihood? ceiling)
{
    /// <summary>Below this, a group is not named: it is no realistic possibility.</summary>
    public static readonly double Naming = Yardstick.Least(Likelihood.RealisticPossibility);

    /// <summary>From here on "a group that is not known" is a judgement: it is likely.</summary>
    public static readonly double Unknown = Yardstick.Least(Likelihood.Likely);

    /// <summary>Fewer techniques and pieces of software than this are less than any case of history that the weights were fitted on has.</summary>
    public const int MinFeatures = 3;

    /// <summary>After more years than this without a report a group need not exist any more, or not work as it did.</summary>
    public const int LongSilence = 10;

    private static readonly string Below = $"the leading group stays below {AssessmentSentences.Percent(Naming)}, from which on it would be a realistic possibility.";

    /// <summary>What the evidence comes to, and why.</summary>
    /// <param name="balance">Who stands where.</param>
    /// <param name="scales">What is known.</param>
    /// <param name="observed">What was observed.</param>
    /// <param name="ofLeader">What carries the leader; null where that is the unknown group.</param>
    /// <param name="material">Who stands where without the victim and the hours.</param>
    /// <param name="relatives">The leader and its nearest relatives; asked for where it cannot be named alone.</param>
    public (Verdict Verdict, ImmutableArray<string> Reasons) Decide(
        Balance balance, EvidenceScales scales, IReadOnlyList<Observation> observed, Support? ofLeader, Standing material, Func<int[]> relatives)
    {
        if (TooLittle(scales, observed, ofLeader, o => ofLeader is null || scales.CanSpeak(balance.Leader, o)) is { } little)
        {
            return (Verdict.NotEnoughEvidence, [little]);
        }

        if (ofLeader is null)
        {
            return WhyNotUnknown(balance, scales, observed) is { } known ? (Verdict.NotEnoughEvidence, [known]) : (Verdict.UnknownGroup, []);
        }

        string? why = WhyNotNamed(balance, material);
        if (ofLeader.Ascribing.IsEmpty)
        {
            return (Verdict.NotEnoughEvidence, [why ?? "Neither techniques nor software nor indicators speak for the leading group; base rates alone put it first."]);
        }

        if (why is null)
        {
            return (Verdict.NamedGroup, []);
        }

        double together = relatives().Sum(r => Math.Min(balance.Probabilities[r], material.Probabilities[r]));
        return (together >= Naming ? Verdict.NamedCluster : Verdict.NotEnoughEvidence, [why]);
    }

    // Why a group that the knowledge base does not hold is not said to have done it although it leads; null where it is said.
    private static string? WhyNotUnknown(Balance balance, EvidenceScales scales, IReadOnlyList<Observation> observed)
    {
        const string leads = "A group that the knowledge base does not hold leads, but ";
        ProfileSet profiles = scales.Profiles;
        return Support.OfOneGroup(balance, observed, scales) is { } own
                ? $"{leads}{AssessmentSentences.Name(observed[own.Observation])} is known of {new Explanations(profiles).Name(own.Group)} alone: one of the two is misleading."
            : balance.Probabilities[^1] < Unknown ? leads + "not by enough to say so."
            : profiles.Year > profiles.Index.NewestYear + 1
                ? string.Create(CultureInfo.InvariantCulture, $"{leads}what is known ends in {profiles.Index.NewestYear}, and this is weighed as of {profiles.Year}.")
            : profiles.Year < profiles.Index.OldestYear
                ? string.Create(CultureInfo.InvariantCulture, $"{leads}what is known begins in {profiles.Index.OldestYear}, and this is weighed as of {profiles.Year}.")
            : balance.Probabilities[^1] <= balance.UnknownBefore
                ? "A group that the knowledge base does not hold leads by its base rate alone: what was observed does not make it likelier."
            : null;
    }

    // Why the leading group is not named by its figures; null where it is.
    private static string? WhyNotNamed(Balance balance, Standing material) =>
        balance.Probabilities[balance.Leader] < Naming ? Yardstick.Capital(Below)
        : material.Probabilities[balance.Leader] < Naming ? "Without the victim and the hours, which many groups have in common, " + Below
        : null;

    // Why nothing is to be judged, whatever the figures say; null where there is enough to look at them. What the leader is not known for names it no more
    // easily: otherwise one planted piece of malware would be enough beside whatever else was observed.
    private string? TooLittle(EvidenceScales scales, IReadOnlyList<Observation> observed, Support? ofLeader, Func<Observation, bool> speaks) =>
        observed.Count == 0 ? "Nothing was observed that could tell groups apart."
        : ceiling < Likelihood.RealisticPossibility ? $"That this was an intrusion at all is {Yardstick.Name(ceiling.Value)}."
        : scales.Profiles.Profiles.Length == 0 ? "The knowledge base holds no group of which enough is published to weigh it."
        : ofLeader is { Listed: true } ? null
        : TooFew(SpeakingFeatures.Of(scales, observed, speaks, MinFeatures), onlyVulnerabilities: observed.All(static o => o.Kind == ObservationKind.Vulnerability), ofLeader);

    private static string? TooFew(SpeakingFeatures of, bool onlyVulnerabilities, Support? ofLeader) =>
        of.Count == 0 && onlyVulnerabilities ? "Only vulnerabilities were observed. What is published is exploited by many groups, so they do not decide between any."
        : of.Count == 0 ? $"No technique or software{of.Which} was observed, and no indicator that puts one group first. What remains does not decide between groups."
        : of.Count < MinFeatures
            ? $"Only {Count(of.Count, "technique or piece of software", "techniques or pieces of software")}{of.Which} {(of.Count == 1 ? "was" : "were")} observed. "
                + $"However much {(of.Count == 1 ? "it fits" : "they fit")} one group, fewer than {MinFeatures} are too little to name any: a name, a rule or a planted file may mislead."
        : of.Signs < MinFeatures
            ? $"All {of.Count} techniques and pieces of software{of.Which} come from {Count(of.Signs, "rule or event", "rules or events")}, which is too little to tell groups apart: "
                + "a rule may be tagged with more than an event shows."
        : of.Apart < MinFeatures
            ? $"The {of.Count} techniques and pieces of software{of.Which} are together {Count(of.Apart, "sign", "signs")}, which is too little to tell groups apart: many programs bring such techniques along together."
        : ofLeader is { Several: false }
            ? $"Of the {of.Count} techniques and pieces of software{of.Which} all but two say next to nothing: what two observations say is too little to name anybody, unless both take more than imitation."
        : null;

    /// <summary>The word for a group, after every cap.</summary>
    /// <param name="figures">What the model gives.</param>
    /// <param name="support">What carries it.</param>
    /// <param name="stability">What becomes of it without the observation that it leans on most.</param>
    /// <param name="silence">How many years lie between what is judged and what was last or next reported of it, whichever is nearer.</param>
    public (Likelihood Word, ImmutableArray<string> Caps) Word(Figures figures, Support support, Stability stability, int silence)
    {
        Likelihood word = Yardstick.Word(figures.All);
        var caps = ImmutableArray.CreateBuilder<string>();
        bool techniquesAlone = support.Ascribing.All(static l => l == EvidenceLine.Behaviour);

        Cap((Likelihood)Math.Max((int)Yardstick.Word(figures.Material), (int)Likelihood.RealisticPossibility), when: true,
            "The victim and the hours, which many groups have in common, make no word stronger.");
        Cap(Likelihood.RealisticPossibility, figures.Unoffered < Naming,
            "It rests on tools that anybody can have, or on malware that is sold, rented, given away or used by many: others have them too.");
        Cap(Likelihood.RealisticPossibility, figures.Unbrought < Naming,
            "It rests on techniques that software brought along which it is not known for: they say what that software does, and not whose it is.");
        Cap(Likelihood.RealisticPossibility, stability == Stability.Open && support.SolidLines.IsEmpty,
            "All that carries it is easily imitated, and without its strongest observation it would not be named.");
        Cap(Likelihood.Likely, silence > LongSilence, Silent(silence));
        Cap(Likelihood.Likely, techniquesAlone, "Techniques alone carry no more than \"likely\": anybody can read of them and use them.");
        Cap(Likelihood.Likely, support.Independent.Length < 2 || support.HardLines.IsEmpty, "More than \"likely\" needs two independent lines of evidence, one of them hard to forge.");
        Cap(Likelihood.Likely, support.Contested, "Something that is hard to forge points at another group: one of the two may have been planted.");
        Cap(Likelihood.Likely, stability is Stability.Open or Stability.Weaker,
            $"Without its strongest observation it would {(stability == Stability.Open ? "not be named" : "be no more than a realistic possibility")}, so that no more than \"likely\" is said.");
        Cap(Likelihood.RealisticPossibility, stability == Stability.Contradicted,
            "Without its strongest observation another group leads with a realistic possibility or more: one observation stands against the others, and may have been planted.");

        while (word > Likelihood.RealisticPossibility && !model.MayUse(word))
        {
            caps.Add($"\"{Yardstick.Capital(Yardstick.Name(word))}\" is not used: in history, judgements of that strength were right more or less often than the word says, or there were none.");
            word--;
        }

        Cap(ceiling ?? word, when: true, "That somebody did this is no likelier than that it was an intrusion at all.");
        return (word, caps.ToImmutable());

        void Cap(Likelihood most, bool when, string why)
        {
            if (when && word > most)
            {
                word = most;
                caps.Add(why);
            }
        }
    }

    /// <summary>
    /// The word for a group that the knowledge base does not hold: that none of the others fits follows from what was published, which
    /// carries no more than "likely".
    /// </summary>
    public Likelihood UnknownWord(double probability)
    {
        Likelihood word = (Likelihood)Math.Min((int)Yardstick.Word(probability), (int)Likelihood.Likely);
        while (word > Likelihood.RealisticPossibility && !model.MayUse(word))
        {
            word--;
        }

        return word > ceiling ? ceiling.Value : word;
    }

    /// <summary>How sound the basis of a named group is, and why.</summary>
    public static (AnalyticConfidence Confidence, string Why) Confidence(Support support, Stability stability, int silence)
    {
        if (support.Contested)
        {
            return (AnalyticConfidence.Low, "something that is hard to forge points at another group");
        }

        if (support.Ascribing.All(static l => l == EvidenceLine.Behaviour))
        {
            return (AnalyticConfidence.Low, "it rests on techniques alone, which anybody can imitate");
        }

        if (support.Independent.Length < 2)
        {
            return (AnalyticConfidence.Low, support.Ascribing.Length < 2 ? "it rests on one line of evidence"
                : support.Brought ? "it rests on software and on techniques that this software brings along, which is one line of evidence"
                : support.OfSameLists ? "it rests on files and on infrastructure that the same lists hold, which is one line of evidence"
                : "it rests on one line of evidence, what else there is being too little to be one by itself");
        }

        if (stability < Stability.Weaker)
        {
            return (AnalyticConfidence.Low, "without its strongest observation it would not be named");
        }

        if (silence > LongSilence)
        {
            return (AnalyticConfidence.Low, "what is published of it is of another time");
        }

        if (support.SolidLines.IsEmpty)
        {
            return (AnalyticConfidence.Low, "every line of evidence is easily forged");
        }

        return !support.HardLines.IsEmpty && support.SolidLines.Length >= 2 && support.Independent.Length >= 3
            ? (AnalyticConfidence.High, "behaviour, tooling and infrastructure agree, one of them is hard to forge, and no observation decides alone")
            : (AnalyticConfidence.Moderate, "more than one line of evidence agrees, and without its strongest observation it would be named too");
    }

    private static string Silent(int years) =>
        string.Create(CultureInfo.InvariantCulture, $"Between what is published of it and this lie {years} years: it need not exist any more, and others may have its malware.");

    private static string Count(int count, string one, string many) =>
        count == 1 ? $"one {one}" : $"{count} {many}";
}
