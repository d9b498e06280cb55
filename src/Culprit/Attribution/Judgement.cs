using System.Collections.Immutable;

namespace Culprit.Attribution;

/// <summary>
/// Likelihood in words: the probability yardstick of the United Kingdom's Professional Head of Intelligence Assessment (PHIA).
/// Figures between two bands take the lower word: to say less of a group is the weaker claim.
/// </summary>
public enum Likelihood
{
    /// <summary>0 to 5 %.</summary>
    RemoteChance,

    /// <summary>10 to 20 %.</summary>
    HighlyUnlikely,

    /// <summary>25 to 35 %.</summary>
    Unlikely,

    /// <summary>40 to below 50 %.</summary>
    RealisticPossibility,

    /// <summary>55 to 75 %.</summary>
    Likely,

    /// <summary>80 to 90 %.</summary>
    HighlyLikely,

    /// <summary>95 to 100 %.</summary>
    AlmostCertain,
}

/// <summary>How sound the basis of a judgement is, whatever its likelihood.</summary>
public enum AnalyticConfidence
{
    /// <summary>One line of evidence, or lines that are easily forged.</summary>
    Low,

    /// <summary>Several lines, one of which takes more than imitation; between incidents, one of which is hard to forge.</summary>
    Moderate,

    /// <summary>Behaviour, tooling and infrastructure agree, one of them is hard to forge, and nothing hangs on one observation.</summary>
    High,
}

/// <summary>At what a judgement points.</summary>
public enum JudgementLevel
{
    /// <summary>A body of activity: the group and its nearest relatives.</summary>
    Cluster,

    /// <summary>One group.</summary>
    Group,

    /// <summary>A state behind the group.</summary>
    Sponsor,
}

/// <summary>A judgement. Likelihood and confidence are two things and never share a sentence.</summary>
/// <param name="Level">At what it points.</param>
/// <param name="Subject">Whom it names, for people.</param>
/// <param name="GroupIds">The groups that it means.</param>
/// <param name="Country">Of a sponsor: ISO 3166-1 alpha-2; otherwise null.</param>
/// <param name="Probability">What the model gives, 0 to 1.</param>
/// <param name="Likelihood">The word, after every cap.</param>
/// <param name="Confidence">How sound the basis is.</param>
/// <param name="LikelihoodSentence">The judgement as a sentence.</param>
/// <param name="ConfidenceSentence">The confidence as a sentence of its own.</param>
/// <param name="Caps">Why the word is weaker than the figure, as sentences; empty where it is not.</param>
/// <param name="Grounds">Of a sponsor: who has said so publicly, as sentences; otherwise what carries it.</param>
public sealed record Judgement(
    JudgementLevel Level,
    string Subject,
    ImmutableArray<string> GroupIds,
    string? Country,
    double Probability,
    Likelihood Likelihood,
    AnalyticConfidence Confidence,
    string LikelihoodSentence,
    string ConfidenceSentence,
    ImmutableArray<string> Caps,
    ImmutableArray<string> Grounds);

/// <summary>How an observation stands to an explanation, in the marks of the analysis of competing hypotheses.</summary>
public enum Consistency
{
    /// <summary>Speaks strongly against it.</summary>
    VeryInconsistent,

    /// <summary>Speaks against it.</summary>
    Inconsistent,

    /// <summary>Says nothing either way.</summary>
    Neutral,

    /// <summary>Speaks for it.</summary>
    Consistent,

    /// <summary>Speaks strongly for it.</summary>
    VeryConsistent,
}

/// <summary>
/// Analysis of competing hypotheses (R. Heuer, Psychology of Intelligence Analysis, chapter 8): observations against explanations.
/// The explanation with the least against it stands best, not the one with the most for it.
/// </summary>
/// <param name="Columns">The explanations: the leading ones and the unknown group.</param>
/// <param name="Rows">The observations that tell explanations apart, most diagnostic first.</param>
public sealed record CompetingHypotheses(ImmutableArray<CompetingHypothesis> Columns, ImmutableArray<HypothesisRow> Rows);

/// <summary>A column of the table.</summary>
/// <param name="Id">The group's identifier, or <see cref="UnknownHypothesis.Id"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="Inconsistency">The sum of what speaks against it (natural logarithms, 0 or less).</param>
public sealed record CompetingHypothesis(string Id, string Name, double Probability, double Inconsistency);

/// <summary>A row of the table.</summary>
/// <param name="Observation">Its position in <see cref="Assessment.Observations"/>.</param>
/// <param name="Diagnosticity">How far apart it holds the explanations: the largest weight less the smallest.</param>
/// <param name="Cells">One for each column.</param>
public sealed record HypothesisRow(int Observation, double Diagnosticity, ImmutableArray<Consistency> Cells);
