using System.Collections.Immutable;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>Lets the whole program judge history, every rule applied, and holds what it says against the truth.</summary>
internal static class WholeJudgements
{
    // What is told of a case, in the order in which it is told.
    private enum Told
    {
        NotEnough,
        Unknown,
        Group,
        Confidence,
        ClusterAlone,
        Cluster,
        State,
    }

    /// <summary>What was said in the cases of some answers, and how often it was right.</summary>
    public static IEnumerable<SaidScore> Run(
        string name, Answer[] answers, KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words, Kinship kinship, CancellationToken stop)
    {
        var said = new Assessment[answers.Length];
        Parallel.For(0, answers.Length, new ParallelOptions { CancellationToken = stop }, a => said[a] = Judge(answers[a].Measured, knowledge, run, words));
        int[] groups = [.. answers.Select(static a => a.Measured.Case.Group).Distinct().Order()];
        var tally = new SortedDictionary<(Told What, int Strength, string Said), (Hits[] ByGroup, int New)>();
        for (int a = 0; a < answers.Length; a++)
        {
            Measured measured = answers[a].Measured;
            foreach ((Told what, int strength, string text, bool right) in Claims(said[a], measured, run, kinship))
            {
                (Hits[] byGroup, int ofNew) = tally.TryGetValue((what, strength, text), out var counted) ? counted : (new Hits[groups.Length], 0);
                byGroup[Array.BinarySearch(groups, measured.Case.Group)] += new Hits(1, right ? 1 : 0);
                tally[(what, strength, text)] = (byGroup, ofNew + (measured.Known ? 0 : 1));
            }
        }

        foreach (((_, _, string text), (Hits[] byGroup, int ofNew)) in tally)
        {
            Hits all = byGroup.Aggregate(static (a, b) => a + b);
            (double low, double high) = Bootstrap.Interval(text, byGroup);
            yield return new SaidScore(name, text, all.Count, all.Right, ofNew, low, high);
        }
    }

    // Each thing that an assessment says, and whether it was right.
    private static IEnumerable<(Told What, int Strength, string Text, bool Right)> Claims(Assessment said, Measured measured, HistoryRun run, Kinship kinship)
    {
        int truth = measured.Case.Group;
        switch (said.Verdict)
        {
            // To decline is right where the group could not have been named.
            case Verdict.NotEnoughEvidence:
                yield return (Told.NotEnough, 0, "not enough evidence", !measured.Known);
                yield break;
            case Verdict.UnknownGroup:
                yield return (Told.Unknown, 0, RankedExplanation.UnknownName, !measured.Known);
                yield break;
        }

        bool isFamily = kinship.Related(run.Index.Group(said.Cluster!.GroupIds[0]), truth);
        if (said.Group is not { } group)
        {
            yield return (Told.ClusterAlone, (int)said.Cluster.Likelihood, "cluster alone: " + Yardstick.Name(said.Cluster.Likelihood), isFamily);
            yield break;
        }

        bool isGroup = group.GroupIds[0] == run.Index.Groups[truth].Id;
        yield return (Told.Group, (int)group.Likelihood, "group: " + Yardstick.Name(group.Likelihood), isGroup);
        yield return (Told.Confidence, (int)group.Confidence, $"group: {AssessmentSentences.Name(group.Confidence)} confidence", isGroup);
        yield return (Told.Cluster, (int)said.Cluster.Likelihood, "cluster: " + Yardstick.Name(said.Cluster.Likelihood), isFamily);
        if (said.Sponsor is { } sponsor && kinship.Country(truth) is { } country)
        {
            yield return (Told.State, (int)sponsor.Likelihood, "state: " + Yardstick.Name(sponsor.Likelihood), sponsor.Country == country);
        }
    }

    private static Assessment Judge(Measured measured, KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words)
    {
        HeldOut held = measured.Case;
        AttributionModel model = run.ModelFor(held, words);
        return new AssessmentBuilder(knowledge, run.ScalesFor(held, model), model)
            .Build(ObservationOrder.Sort(measured.Part.Take(held, run.Index, knowledge).Select(f => HeldOutCases.Observe(f, run.Index))), [], held.Year);
    }
}
