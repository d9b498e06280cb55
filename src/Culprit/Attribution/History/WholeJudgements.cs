using System.Collections.Immutable;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>Lets the whole program judge history, every rule applied, and holds what it says against the truth.</summary>
internal static class WholeJudgements
{
    /// <summary>What was said in the cases of some answers, and how often it was right.</summary>
    public static IEnumerable<SaidScore> Run(
        string name, Answer[] answers, KnowledgeBase knowledge, HistoryRun run, ImmutableArray<WordReliability> words, Kinship kinship, CancellationToken stop)
    {
        var said = new Assessment[answers.Length];
        Parallel.For(0, answers.Length, new ParallelOptions { CancellationToken = stop }, a => said[a] = Judge(answers[a].Measured, knowledge, run, words));
        var tally = new SortedDictionary<(int Order, string Said), (int Count, int Right)>();
        for (int a = 0; a < answers.Length; a++)
        {
            int truth = answers[a].Measured.Case.Group;
            bool known = answers[a].Measured.Known;
            if (said[a].Verdict == Verdict.NamedCluster)
            {
                Add((20 + (int)said[a].Cluster!.Likelihood, "cluster alone: " + Yardstick.Name(said[a].Cluster!.Likelihood)),
                    kinship.Related(run.Index.Group(said[a].Cluster!.GroupIds[0]), truth));
                continue;
            }

            if (said[a].Verdict != Verdict.NamedGroup)
            {
                // To decline is right where the group could not have been named.
                Add(said[a].Verdict == Verdict.NotEnoughEvidence ? (0, "not enough evidence") : (1, "a group that is not known"), !known);
                continue;
            }

            string id = run.Index.Groups[truth].Id;
            Judgement group = said[a].Group!;
            Add((10 + (int)group.Likelihood, "group: " + Yardstick.Name(group.Likelihood)), group.GroupIds[0] == id);
            Add((20 + (int)group.Confidence, $"group: {AssessmentSentences.Name(group.Confidence)} confidence"), group.GroupIds[0] == id);
            Add((30 + (int)said[a].Cluster!.Likelihood, "cluster: " + Yardstick.Name(said[a].Cluster!.Likelihood)), kinship.Related(run.Index.Group(group.GroupIds[0]), truth));
            if (said[a].Sponsor is { } sponsor && kinship.Country(truth) is { } country)
            {
                Add((40 + (int)sponsor.Likelihood, "state: " + Yardstick.Name(sponsor.Likelihood)), sponsor.Country == country);
            }
        }

        return tally.Select(t => new SaidScore(name, t.Key.Said, t.Value.Count, t.Value.Right));

        void Add((int, string) what, bool right)
        {
            (int count, int hits) = tally.GetValueOrDefault(what);
            tally[what] = (count + 1, hits + (right ? 1 : 0));
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
