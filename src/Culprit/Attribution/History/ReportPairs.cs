using System.Collections.Immutable;
using Culprit.Attribution.Linking;
using Culprit.Attribution.Model;
using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.History;

/// <summary>
/// Pairs of published reports: of one group, or of two. A group with many reports has many more pairs than others, so that each
/// group's pairs together count as the root of their number. Weights are fitted in folds of groups; no pair is judged by weights
/// that saw either of its groups.
/// </summary>
internal sealed class ReportPairs
{
    internal const int Years = 2;
    private const int Folds = 10, MinTechniques = 5, Bins = 10;

    // There are fifty times as many pairs of two groups; every third of them is enough.
    internal const int OfDifferent = 3;

    private readonly Rarities _rarities;
    private readonly (string Name, Pair[] Pairs)[] _parts;

    /// <summary>Makes the pairs.</summary>
    /// <param name="rarities">The reports' features.</param>
    /// <param name="stop">Ends it before all are made.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public ReportPairs(Rarities rarities, CancellationToken stop)
    {
        _rarities = rarities;
        _parts = [("detectable", PairsOf(1, stop)), ("random half", PairsOf(0.5, stop)), ("random quarter", PairsOf(0.25, stop))];
    }

    /// <summary>Weights fitted on all pairs of all parts.</summary>
    public double[] FitAll() => Fit(_parts.SelectMany(static p => p.Pairs));

    /// <summary>Scores each part by weights that saw neither group; empty where there are too few pairs for that.</summary>
    /// <param name="stop">Ends it before all is scored.</param>
    /// <param name="notJudged">How many pairs of each part are left out, as no weights could be fitted without both of their groups.</param>
    public ImmutableArray<LinkingScore> Score(CancellationToken stop, out int notJudged)
    {
        // A pair of two groups belongs to two folds; it is judged by the weights that saw neither.
        var weights = new Dictionary<(int, int), double[]>();
        for (int a = 0; a < Folds; a++)
        {
            for (int b = a; b < Folds; b++)
            {
                stop.ThrowIfCancellationRequested();
                int first = a, second = b;
                Pair[] others = [.. _parts.SelectMany(static p => p.Pairs).Where(p => !p.Touches(first) && !p.Touches(second))];
                if (HasBoth(others))
                {
                    weights.Add((a, b), Fit(others));
                }
            }
        }

        // All parts are made of the same pairs of reports.
        (string Name, Pair[] Pairs)[] judged = [.. _parts.Select(part => (part.Name, part.Pairs.Where(p => weights.ContainsKey(p.Fold)).ToArray()))];
        notJudged = _parts[0].Pairs.Length - judged[0].Pairs.Length;
        return Array.TrueForAll(judged, static part => HasBoth(part.Pairs)) ? [.. judged.Select(part => ScoreOf(part.Name, part.Pairs, weights))] : [];
    }

    // Of one kind alone nothing can be told from the other.
    private static bool HasBoth(Pair[] pairs) => Array.Exists(pairs, static p => p.Same) && Array.Exists(pairs, static p => !p.Same);

    private static LinkingScore ScoreOf(string name, Pair[] pairs, Dictionary<(int, int), double[]> weights)
    {
        double[] importance = Importance(pairs);
        double[] judged = [.. pairs.Select(p => LogisticFit.Probability(weights[p.Fold], p.Figures))];
        double same = 0, different = 0, loss = 0;
        var inBin = new (double Weight, double Right, double Sum)[Bins];
        for (int i = 0; i < pairs.Length; i++)
        {
            double w = importance[i], p = judged[i];
            same += pairs[i].Same && p > 0.5 ? w : 0;
            different += !pairs[i].Same && p > 0.5 ? w : 0;
            loss -= w * Math.Log(Math.Max(1e-12, pairs[i].Same ? p : 1 - p));
            ref (double Weight, double Right, double Sum) bin = ref inBin[Math.Min(Bins - 1, (int)(p * Bins))];
            bin = (bin.Weight + w, bin.Right + (pairs[i].Same ? w : 0), bin.Sum + (w * p));
        }

        double total = importance.Sum();
        double error = inBin.Where(static b => b.Weight > 0).Sum(b => Math.Abs(b.Right - b.Sum)) / total;
        return new LinkingScore(
            name, pairs.Count(static p => p.Same), pairs.Count(static p => !p.Same), Area(pairs, importance, judged), same / (total / 2), different / (total / 2), error, loss / total);
    }

    // How often a pair of one group is above one of two groups; equals count half.
    private static double Area(Pair[] pairs, double[] importance, double[] judged)
    {
        double below = 0, area = 0;
        foreach (IGrouping<double, int> equal in Enumerable.Range(0, pairs.Length).GroupBy(i => judged[i]).OrderBy(static g => g.Key))
        {
            double different = equal.Where(i => !pairs[i].Same).Sum(i => importance[i]);
            area += equal.Where(i => pairs[i].Same).Sum(i => importance[i]) * (below + (different / 2));
            below += different;
        }

        double half = importance.Sum() / 2;
        return area / (half * half);
    }

    private static double[] Fit(IEnumerable<Pair> pairs)
    {
        Pair[] all = [.. pairs];
        return LogisticFit.Fit([.. all.Select(static p => p.Figures)], [.. all.Select(static p => p.Same)], Importance(all));
    }

    // Both kinds together count the same. Within those of one group, a group counts as the root of its pairs.
    private static double[] Importance(Pair[] pairs)
    {
        Dictionary<(bool Same, int Group), int> counts = pairs.CountBy(static p => (p.Same, p.Same ? p.Group : -1)).ToDictionary(static c => c.Key, static c => c.Value);
        double[] raw = [.. pairs.Select(p => p.Same ? 1 / Math.Sqrt(counts[(true, p.Group)]) : 1)];
        double same = 0, different = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            same += pairs[i].Same ? raw[i] : 0;
            different += pairs[i].Same ? 0 : raw[i];
        }

        int examples = Math.Max(1, counts.Count);
        return [.. pairs.Select((p, i) => raw[i] / (p.Same ? same : different) * examples)];
    }

    // Every report with a share of its features, drawn by report and feature, held against the others.
    private Pair[] PairsOf(double share, CancellationToken stop)
    {
        (int Group, int Source, int Year, int[] Features)[] reports =
        [
            .. from activity in _rarities.Index.Activities
               where activity.Year is not null
               let seen = activity.Features.Where(_rarities.IsDetectable).ToArray()
               where seen.Count(f => _rarities.Index.Classes[f] == FeatureClass.Technique) >= MinTechniques
               select (activity.Group, activity.Source.Number, activity.Year!.Value,
                   _rarities.Expand(seen.Where(f => share >= 1 || Draw(activity.Source.Name, f) < share))),
        ];
        var pairs = new List<Pair>();
        for (int a = 0; a < reports.Length; a++)
        {
            stop.ThrowIfCancellationRequested();
            for (int b = a + 1; b < reports.Length; b++)
            {
                bool same = reports[a].Group == reports[b].Group;
                if (reports[a].Source != reports[b].Source && Math.Abs(reports[a].Year - reports[b].Year) <= Years && (same || (a + b) % OfDifferent == 0))
                {
                    int foldA = reports[a].Group % Folds, foldB = reports[b].Group % Folds;
                    pairs.Add(new Pair(
                        same, reports[a].Group, (Math.Min(foldA, foldB), Math.Max(foldA, foldB)),
                        Likeness.Of(FeatureSet.Whole(reports[a].Features), FeatureSet.Whole(reports[b].Features), _rarities).Figures));
                }
            }
        }

        return [.. pairs];
    }

    private double Draw(string source, int feature) => Draws.Finish(Draws.Seed($"{source}\t{_rarities.Index.Features[feature]}"));

    private sealed record Pair(bool Same, int Group, (int Low, int High) Fold, double[] Figures)
    {
        public bool Touches(int fold) => Fold.Low == fold || Fold.High == fold;
    }
}
