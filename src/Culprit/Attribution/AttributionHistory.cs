using System.Collections.Immutable;
using Culprit.Attribution.History;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>What evidence that points at another group, planted in cases, does.</summary>
/// <param name="Name">What was planted.</param>
/// <param name="Cases">In how many known cases.</param>
/// <param name="TrueFirst">Share in which the true group leads the groups all the same.</param>
/// <param name="TrueFirstBefore">The same before anything was planted.</param>
/// <param name="PlantedFirst">Share in which the planted group leads.</param>
/// <param name="PlantedNamed">Share in which the planted group is named as likely or more.</param>
/// <param name="PlantedStrong">Share in which it is named more strongly than "likely".</param>
public sealed record FalseFlagScore(
    string Name, int Cases, double TrueFirst, double TrueFirstBefore, double PlantedFirst, double PlantedNamed, double PlantedStrong);

/// <summary>How often the program said something of held-out cases, with every rule applied, and how often that was right.</summary>
/// <param name="Set">The set of cases.</param>
/// <param name="Said">What it said: a verdict, or a level (<c>group</c>, <c>cluster</c>, <c>state</c>) with its word or confidence.</param>
/// <param name="Count">How often.</param>
/// <param name="Right">
/// How often it was right: of a group that it was the true one, of a cluster that the true group is in it as is known today, of a
/// state that it is the true group's, of declining that the true group could not have been named.
/// </param>
/// <param name="New">How often of a group that could not be known, as nothing was left that is known of it.</param>
/// <param name="Low">Lower end of the 90 % bootstrap interval of the share that was right; whole groups are drawn.</param>
/// <param name="High">Its upper end.</param>
public sealed record SaidScore(string Set, string Said, int Count, int Right, int New, double Low, double High);

/// <summary>One case and its answer.</summary>
/// <param name="Set">The set of cases that it belongs to.</param>
/// <param name="Case">The source or campaign.</param>
/// <param name="Year">Its year.</param>
/// <param name="Group">Identifier of the true group.</param>
/// <param name="Known">Whether it was known.</param>
/// <param name="Observed">How many techniques and pieces of software were observed.</param>
/// <param name="Shared">How many of them the true group was known for.</param>
/// <param name="Rank">The true group's rank; 0 where it was not known.</param>
/// <param name="Probability">The true group's probability, or that of the unknown group where it was not known.</param>
/// <param name="Leader">Identifier of the leading group.</param>
/// <param name="LeaderProbability">Its probability.</param>
/// <param name="UnknownProbability">The probability of the unknown group.</param>
public sealed record HistoryCase(
    string Set, string Case, int Year, string Group, bool Known, int Observed, int Shared, int Rank, double Probability,
    string Leader, double LeaderProbability, double UnknownProbability);

/// <summary>The model judged by history.</summary>
/// <param name="Model">The weights fitted on all of it, with how its words fared when they were fitted without the groups that they name.</param>
/// <param name="Scores">For each set of cases.</param>
/// <param name="PlainScores">The same for the plain model: summed rarities, profile size, number of sources.</param>
/// <param name="FalseFlags">What planted evidence does.</param>
/// <param name="Said">What the program would have said, after every rule.</param>
/// <param name="Cases">Every case.</param>
public sealed record HistoryResult(
    AttributionModel Model, ImmutableArray<HistoryScore> Scores, ImmutableArray<HistoryScore> PlainScores,
    ImmutableArray<FalseFlagScore> FalseFlags, ImmutableArray<SaidScore> Said, ImmutableArray<HistoryCase> Cases);

/// <summary>
/// Judges attribution by history: reports and campaigns whose group is known are hidden, and must be told from what was known
/// without them. Weights are fitted in ten folds of groups; no case is answered by weights that saw its group.
/// </summary>
public static class AttributionHistory
{
    /// <summary>Runs all of history. Takes a minute or two; the same knowledge gives the same result.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    /// <returns>Null where the knowledge holds too few dated reports to fit weights without those that are judged.</returns>
    public static HistoryResult? Evaluate(KnowledgeBase knowledge, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var run = new HistoryRun(knowledge, stop);
        if (!run.IsEnough)
        {
            return null;
        }

        var kinship = new Kinship(knowledge, run.Index);
        HistorySet[] judged =
        [
            .. Enum.GetValues<Variant>().Select(v => new HistorySet($"reports, {Name(v)}", v, run.Reports(v))),
            new HistorySet("years, full", Variant.Full, run.Years(Variant.Full)),
            new HistorySet("years, detectable", Variant.Detectable, run.Years(Variant.Detectable)),
        ];
        HistorySet[] sets =
        [
            .. judged,
            new HistorySet("campaigns, full", Variant.Full, run.Campaigns(Variant.Full, pastOnly: false, stop)),
            new HistorySet("campaigns, detectable", Variant.Detectable, run.Campaigns(Variant.Detectable, pastOnly: false, stop)),
            new HistorySet("campaigns, past only", Variant.Full, run.Campaigns(Variant.Full, pastOnly: true, stop)),
        ];
        var later = new HistorySet("reports, earlier weights", Variant.Detectable, run.ByEarlierYears(Variant.Detectable, ByEarlierYearsFrom, stop));
        ImmutableArray<WordReliability> words = Scores.Words([.. judged.SelectMany(static s => s.Answers)]);
        AttributionModel model = AttributionModel.Of(knowledge.Sha256, run.FitAll(), run.UnknownRate, words);
        return new HistoryResult(
            model, [.. sets.Append(later).Select(s => Scores.Of(s.Name, s.Answers, kinship))],
            [.. sets.Select(s => Scores.Of("plain " + s.Name, [.. s.Answers.Select(run.Plain)], kinship))], FalseFlags.Run(knowledge, run, words, stop),
            [
                .. judged.Where(static s => s.Variant == Variant.Detectable)
                    .SelectMany(s => WholeJudgements.Run(s.Name, s.Answers, knowledge, run, words, kinship, stop)),
            ],
            [.. sets.SelectMany(s => s.Answers.Select(a => Case(s.Name, a, run)))]);
    }

    // Before it there are too few cases to fit weights on.
    private const int ByEarlierYearsFrom = 2019;

    private static string Name(Variant variant) => variant switch
    {
        Variant.Full => "full",
        Variant.Detectable => "detectable",
        Variant.Half => "random half",
        _ => "random quarter",
    };

    private static HistoryCase Case(string set, Answer answer, HistoryRun run)
    {
        Measured measured = answer.Measured;
        return new HistoryCase(
            set, measured.Case.Name, measured.Case.Year, run.Index.Groups[measured.Case.Group].Id, measured.Known, measured.Observed, measured.Shared,
            measured.Known ? answer.Rank : 0, answer.Probabilities[measured.Choice.True],
            run.Index.Groups[measured.Groups[answer.Leader]].Id, answer.LeaderProbability, answer.Probabilities[^1]);
    }

    private sealed record HistorySet(string Name, Variant Variant, Answer[] Answers);
}
