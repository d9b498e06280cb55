using System.Collections.Immutable;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>What an assessment comes to.</summary>
public enum Verdict
{
    /// <summary>The evidence does not carry a judgement.</summary>
    NotEnoughEvidence,

    /// <summary>A group that the knowledge base does not hold is the best explanation.</summary>
    UnknownGroup,

    /// <summary>A group and its nearest relatives can be named together, and none of them alone.</summary>
    NamedCluster,

    /// <summary>A group can be named, as strongly as the judgement says.</summary>
    NamedGroup,
}

/// <summary>Who most likely did it, on what grounds, and how sure anyone can be. Plain data; the same input gives the same assessment.</summary>
public sealed record Assessment
{
    /// <summary>SHA-256 of the facts that were weighed.</summary>
    public required string KnowledgeSha256 { get; init; }

    /// <summary>SHA-256 of the weights.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>The year for which it is made: the further from it a report was published, the less it weighs.</summary>
    public required int Year { get; init; }

    /// <summary>The share of intrusions by groups that the knowledge base does not hold, before anything is observed; 0 to 1.</summary>
    public required double UnknownBaseRate { get; init; }

    /// <summary>Base rates of groups that the user changed: factors on their odds.</summary>
    public required ImmutableSortedDictionary<string, double> GroupFactors { get; init; }

    /// <summary>What was observed, each with what it did. By line of evidence, then by weight.</summary>
    public required ImmutableArray<WeighedObservation> Observations { get; init; }

    /// <summary>Every group that could be weighed, most probable first.</summary>
    public required ImmutableArray<GroupHypothesis> Groups { get; init; }

    /// <summary>The hypothesis of a group that the knowledge base does not hold.</summary>
    public required UnknownHypothesis Unknown { get; init; }

    /// <summary>Groups of which too little is published to be weighed; they count as not known.</summary>
    public required ImmutableArray<ThinGroup> TooThin { get; init; }

    /// <summary>What it comes to.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>
    /// How sound its basis is; low for a group that is not known, since that known groups do not fit follows from what was published about them. Null where nothing
    /// is judged.
    /// </summary>
    public AnalyticConfidence? Confidence => Verdict switch
    {
        Verdict.NamedGroup => Group?.Confidence,
        Verdict.NamedCluster => Cluster?.Confidence,
        Verdict.UnknownGroup => AnalyticConfidence.Low,
        _ => null,
    };

    /// <summary>Why, as sentences.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>Whether this is the activity of the leading group or its nearest relatives; null unless <see cref="Verdict"/> names a group or a cluster.</summary>
    public required Judgement? Cluster { get; init; }

    /// <summary>Whether it is the leading group; null unless <see cref="Verdict"/> names a group.</summary>
    public required Judgement? Group { get; init; }

    /// <summary>Which state stands behind it; null where none is named, and <see cref="NoSponsor"/> says why.</summary>
    public required Judgement? Sponsor { get; init; }

    /// <summary>Why no state is named although a group or its cluster is, as a sentence; null otherwise.</summary>
    public string? NoSponsor { get; init; }

    /// <summary>Other explanations, at least two where the knowledge has as many, each with what speaks against it.</summary>
    public required ImmutableArray<Rival> Rivals { get; init; }

    /// <summary>The result when the strongest observation is dropped; null where nothing was observed.</summary>
    public required Robustness? WithoutStrongest { get; init; }

    /// <summary>The result by what records show, when all that nobody but the user says is dropped; null where he gave nothing, or everything.</summary>
    public Robustness? ByRecordsAlone { get; init; }

    /// <summary>What would change the judgement, as sentences.</summary>
    public required ImmutableArray<string> WouldChange { get; init; }

    /// <summary>The analysis of competing hypotheses.</summary>
    public required CompetingHypotheses Hypotheses { get; init; }

    /// <summary>What the assessment cannot know, as sentences.</summary>
    public required ImmutableArray<string> Limits { get; init; }
}

/// <summary>An observation and what it did to the ranking.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Line">The line of evidence that it belongs to.</param>
/// <param name="Spoofability">How easily it is left on purpose.</param>
/// <param name="KnownUsers">How many groups are known for it, or have it by lists of indicators, those of which too little is published to be weighed among them.</param>
/// <param name="Effect">The leading explanation with it and without it.</param>
/// <param name="Note">Why it weighs less than it seems to, as a sentence; empty where it does not.</param>
public sealed record WeighedObservation(
    Observation Observation, EvidenceLine Line, Spoofability Spoofability, int KnownUsers, RankingEffect Effect, string Note);

/// <summary>What a ranking is without one observation.</summary>
/// <param name="LeaderWithout">Identifier of the explanation that leads without it; <see cref="UnknownHypothesis.Id"/> for the unknown group.</param>
/// <param name="ProbabilityWithout">Probability, without it, of the explanation that leads with it.</param>
/// <param name="RankWithout">Rank, without it, of the explanation that leads with it, 1 for the first.</param>
public sealed record RankingEffect(string LeaderWithout, double ProbabilityWithout, int RankWithout);

/// <summary>A group as explanation.</summary>
/// <param name="Group">The group.</param>
/// <param name="Probability">After all observations, 0 to 1; all groups and the unknown one sum to 1.</param>
/// <param name="BaseWeight">Log-odds against the average explanation before anything is observed (natural logarithm).</param>
/// <param name="Weights">For each of <see cref="Assessment.Observations"/>, in that order.</param>
/// <param name="Nearest">The report about the group that is most like what was observed; null where none shares anything.</param>
public sealed record GroupHypothesis(
    KnownGroup Group, double Probability, double BaseWeight, ImmutableArray<ObservationWeight> Weights, KnownSource? Nearest);

/// <summary>How an observation speaks for or against an explanation.</summary>
/// <param name="LogLikelihoodRatio">Natural logarithm of how much better this explanation foresees it than the average one does; 0 says nothing.</param>
/// <param name="Sources">Who reports that the group is known for it; empty where nobody does.</param>
public sealed record ObservationWeight(double LogLikelihoodRatio, ImmutableArray<KnownSource> Sources)
{
    /// <summary>A weight of less than this is next to nothing: odds of 1.1 to 1.</summary>
    public const double NextToNothing = 0.1;
}

/// <summary>The explanation that the knowledge base does not hold the group.</summary>
/// <param name="Probability">After all observations, 0 to 1.</param>
/// <param name="Word">How likely that is in words, after every cap.</param>
/// <param name="BaseWeight">As for a group.</param>
/// <param name="Weights">For each of <see cref="Assessment.Observations"/>, in that order.</param>
public sealed record UnknownHypothesis(double Probability, Likelihood Word, double BaseWeight, ImmutableArray<ObservationWeight> Weights)
{
    /// <summary>Stands for it where an identifier is given.</summary>
    public const string Id = "unknown";
}

/// <summary>A group of which too little is published to be weighed.</summary>
/// <param name="Group">The group.</param>
/// <param name="Known">What of the observations it is known for all the same.</param>
/// <param name="Telling">
/// Whether that is more than chance: malware of its own, what only lists about such groups hold, or at least five techniques and pieces of software (all that is
/// published, where that is less, but three at least) which are half of those observed.
/// </param>
public sealed record ThinGroup(KnownGroup Group, ImmutableArray<KnownTrace> Known, bool Telling);

/// <summary>That a group is known for something that was observed.</summary>
/// <param name="Observation">The position in <see cref="Assessment.Observations"/>.</param>
/// <param name="Sources">Who reports it; empty where it is a list of indicators that says so.</param>
public sealed record KnownTrace(int Observation, ImmutableArray<KnownSource> Sources);

/// <summary>Another explanation and what speaks against it.</summary>
/// <param name="Id">The group's identifier, or <see cref="UnknownHypothesis.Id"/>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="For">What speaks for it, as sentences.</param>
/// <param name="Against">What speaks against it, as sentences; at least one.</param>
public sealed record Rival(string Id, string Name, double Probability, ImmutableArray<string> For, ImmutableArray<string> Against);

/// <summary>What remains when some observations are dropped.</summary>
/// <param name="Dropped">Their positions in <see cref="Assessment.Observations"/>.</param>
/// <param name="Leader">Identifier of the explanation that leads then.</param>
/// <param name="LeaderName">Its name.</param>
/// <param name="Probability">Its probability then.</param>
/// <param name="Verdict">What the assessment comes to then.</param>
/// <param name="Word">What is said then of whom the verdict names, or of the group that is not known, every rule applied; null where nothing is judged.</param>
public sealed record Robustness(ImmutableArray<int> Dropped, string Leader, string LeaderName, double Probability, Verdict Verdict, Likelihood? Word);
