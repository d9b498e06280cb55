using System.Collections.Immutable;
using Culprit.Attribution.History;
using Culprit.Attribution.Linking;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>How pairs of published reports were told apart by techniques and software.</summary>
/// <param name="Name">How much of each report is taken for observed.</param>
/// <param name="Same">Pairs about one group within two years.</param>
/// <param name="Different">Pairs about two groups within two years; every third of them is taken.</param>
/// <param name="Area">Area under the receiver operating characteristic: how often a pair of one group looks more alike than one of two groups.</param>
/// <param name="SameFound">Share of pairs of one group that get more than even odds when both kinds are equally many.</param>
/// <param name="DifferentFound">Share of pairs of two groups that do.</param>
/// <param name="CalibrationError">Expected calibration error of the probabilities, both kinds being equally many.</param>
/// <param name="LogLoss">Mean negative logarithm of the probability of the truth, both kinds being equally many; knowing nothing gives 0.693.</param>
public sealed record LinkingScore(
    string Name, int Same, int Different, double Area, double SameFound, double DifferentFound, double CalibrationError, double LogLoss);

/// <summary>Linking judged by history.</summary>
/// <param name="Weights">The weights fitted on all pairs: <c>intercept</c>, <c>techniques</c>, <c>malware</c>, <c>tools</c>, <c>apart</c>.</param>
/// <param name="InUse">The weights that the program uses.</param>
/// <param name="Scores">For each part of reports, with weights fitted without both groups of the pair.</param>
/// <param name="NotJudged">Pairs of each part that are in no score: without both of their groups too little is left to fit weights on.</param>
public sealed record LinkingHistoryResult(
    ImmutableArray<KeyValuePair<string, double>> Weights, ImmutableArray<KeyValuePair<string, double>> InUse, ImmutableArray<LinkingScore> Scores, int NotJudged);

/// <summary>
/// Judges by history what likeness of techniques and software says: two reports about one group within two years against two
/// about different groups. Groups stand for campaigns here, because nobody publishes which intrusions were one campaign.
/// </summary>
public static class LinkingHistory
{
    /// <summary>Runs all of history. The same knowledge gives the same result.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    /// <returns>Null where the knowledge holds too few pairs of dated reports to fit weights without those that are judged.</returns>
    public static LinkingHistoryResult? Evaluate(KnowledgeBase knowledge, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var run = new ReportPairs(new Rarities(knowledge), stop);
        ImmutableArray<LinkingScore> scores = run.Score(stop, out int notJudged);
        return scores.IsEmpty ? null : new LinkingHistoryResult(Named(run.FitAll()), Named([.. LikenessModel.Weights]), scores, notJudged);
    }

    private static ImmutableArray<KeyValuePair<string, double>> Named(double[] weights) =>
        [.. LikenessModel.Names.Zip(weights, static (name, weight) => KeyValuePair.Create(name, Math.Round(weight, 4)))];
}
