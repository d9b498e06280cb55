using System.Collections.Immutable;
using Culprit.Attribution.Judging;

namespace Culprit.Attribution.History;

/// <summary>Answers to figures.</summary>
internal static class Scores
{
    /// <summary>From here on a group counts as named.</summary>
    public static readonly double Named = Yardstick.Least(Likelihood.Likely);

    internal const double Precision = 0.95;
    internal const int Bins = 10;

    /// <summary>The figures of one set of answers.</summary>
    public static HistoryScore Of(string name, Answer[] answers, Kinship kinship)
    {
        Answer[] known = [.. answers.Where(static a => a.Measured.Known)], fresh = [.. answers.Where(static a => !a.Measured.Known)];
        Answer[] named = [.. answers.Where(static a => a.LeaderProbability >= Named)];
        (int right, int asked) = Countries(known, kinship);
        (string? Named, string? True)[] countries =
        [
            .. named.Select(a => (kinship.Country(a.Measured.Groups[a.Leader]), kinship.Country(a.Measured.Case.Group))).Where(static c => c is { Item1: not null, Item2: not null }),
        ];
        return new HistoryScore
        {
            Name = name,
            Known = known.Length,
            New = fresh.Length,
            Top1 = Share(known, static a => a.Rank <= 1),
            Top3 = Share(known, static a => a.Rank <= 3),
            Top5 = Share(known, static a => a.Rank <= 5),
            Top10 = Share(known, static a => a.Rank <= 10),
            Coverage = Coverage(known, known.Length),
            CoverageAmongAll = Coverage(answers, known.Length),
            NewNamed = Share(fresh, static a => a.LeaderProbability >= Named),
            Named = named.Length,
            NamedRight = named.Count(static a => a.Right),
            NamedCluster = named.Count(a => kinship.Related(a.Measured.Groups[a.Leader], a.Measured.Case.Group)),
            NamedCountries = countries.Length,
            NamedCountriesRight = countries.Count(static c => c.Named == c.True),
            CalibrationError = CalibrationError(answers, static a => a.LeaderProbability, static a => a.Right),
            CalibrationErrorOfAny = CalibrationError(
                answers, static a => a.Probabilities.Max(), static a => Array.IndexOf(a.Probabilities, a.Probabilities.Max()) == a.Measured.Choice.True),
            CountryTop1 = asked == 0 ? 0 : (double)right / asked,
            CountryCases = asked,
        };
    }

    /// <summary>
    /// How judgements of each word fared, over every explanation of every answer, with a bootstrap interval.
    /// </summary>
    public static ImmutableArray<WordReliability> Words(IReadOnlyList<Answer> answers)
    {
        var byGroup = answers.GroupBy(static a => a.Measured.Case.Group).OrderBy(static g => g.Key)
            .Select(static g => Tally(g)).ToArray();
        return [.. Enum.GetValues<Likelihood>().Select(word => Reliability(word, [.. byGroup.Select(g => g[(int)word])]))];
    }

    private static double Share(Answer[] answers, Func<Answer, bool> holds) =>
        answers.Length == 0 ? 0 : (double)answers.Count(holds) / answers.Length;

    // The largest share of known cases that are named rightly when names are given, most certain first, as long as at least 95 of 100 are right.
    private static double Coverage(Answer[] answers, int known)
    {
        int right = 0, named = 0, covered = 0;
        foreach (Answer answer in answers.OrderByDescending(static a => a.LeaderProbability))
        {
            named++;
            right += answer.Right ? 1 : 0;
            if (right >= Precision * named)
            {
                covered = right;
            }
        }

        return known == 0 ? 0 : (double)covered / known;
    }

    // Expected calibration error of a probability, in ten bins of equal width.
    private static double CalibrationError(Answer[] answers, Func<Answer, double> probability, Func<Answer, bool> right) =>
        answers.Length == 0 ? 0 : answers.GroupBy(a => Math.Min(Bins - 1, (int)(probability(a) * Bins)))
            .Sum(b => Math.Abs(b.Count(right) - b.Sum(probability))) / answers.Length;

    private static (int Right, int Asked) Countries(Answer[] known, Kinship kinship)
    {
        int right = 0, asked = 0;
        foreach (Answer answer in known)
        {
            if (kinship.Country(answer.Measured.Case.Group) is not { } truth)
            {
                continue;
            }

            asked++;
            string? best = answer.Measured.Groups.Select((g, row) => (Country: kinship.Country(g), Probability: answer.Probabilities[row]))
                .Where(static c => c.Country is not null)
                .GroupBy(static c => c.Country, StringComparer.Ordinal)
                .OrderByDescending(static c => c.Sum(static x => x.Probability)).ThenBy(static c => c.Key, StringComparer.Ordinal)
                .FirstOrDefault()?.Key;
            right += best == truth ? 1 : 0;
        }

        return (right, asked);
    }

    private static Hits[] Tally(IEnumerable<Answer> answers)
    {
        var tally = new Hits[Enum.GetValues<Likelihood>().Length];
        foreach (Answer answer in answers)
        {
            for (int row = 0; row < answer.Probabilities.Length; row++)
            {
                tally[(int)Yardstick.Word(answer.Probabilities[row])] += new Hits(1, row == answer.Measured.Choice.True ? 1 : 0);
            }
        }

        return tally;
    }

    private static WordReliability Reliability(Likelihood word, Hits[] byGroup)
    {
        Hits all = byGroup.Aggregate(static (a, b) => a + b);
        if (all.Count == 0)
        {
            return new WordReliability(word, 0, 0, 0, 1, Usable: word <= Likelihood.RealisticPossibility);
        }

        (double low, double high) = Bootstrap.Interval(word.ToString(), byGroup);
        double rate = (double)all.Right / all.Count;
        (double from, double to) = Yardstick.Span(word);
        return new WordReliability(word, all.Count, all.Right, low, high, rate >= from && rate <= to);
    }
}
