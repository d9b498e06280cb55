using System.Collections.Immutable;
using Culprit.Attribution.Model;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>One part of a case, measured: the choice that the model has to make.</summary>
/// <param name="Case">The case.</param>
/// <param name="Part">The part.</param>
/// <param name="Known">Whether the group could be named: enough of it was known then.</param>
/// <param name="Groups">Positions of the groups that were weighed, in the order of the choice's rows; the last row is the unknown group.</param>
/// <param name="Choice">The terms and the truth.</param>
/// <param name="Plain">The same for the plain model.</param>
/// <param name="Observed">How many techniques and pieces of software were observed.</param>
/// <param name="Shared">How many of them the true group was known for; 0 where it was not known.</param>
internal sealed record Measured(HeldOut Case, Part Part, bool Known, int[] Groups, Choice Choice, Choice Plain, int Observed, int Shared);

/// <summary>A case as the model answered it, with weights fitted without the case's group.</summary>
/// <param name="Measured">The case.</param>
/// <param name="Probabilities">Of each explanation.</param>
internal sealed record Answer(Measured Measured, double[] Probabilities)
{
    /// <summary>The most probable group's row.</summary>
    public int Leader => Array.IndexOf(Probabilities, Probabilities.AsSpan(0, Probabilities.Length - 1).ToArray().Max());

    /// <summary>Its probability.</summary>
    public double LeaderProbability => Probabilities[Leader];

    /// <summary>Whether it is the true one.</summary>
    public bool Right => Measured.Known && Leader == Measured.Choice.True;

    /// <summary>The true group's rank among groups; of equals the worst. Meaningless where the group was not known.</summary>
    public int Rank => Probabilities.Take(Probabilities.Length - 1).Count(p => p >= Probabilities[Measured.Choice.True]);
}

/// <summary>Measures history, and fits weights without the groups that they are tried on.</summary>
internal sealed class HistoryRun
{
    internal const int Folds = 10;

    private readonly KnowledgeBase _knowledge;
    private readonly ActivityIndex _index;
    private readonly Measured[] _reports;
    private readonly Measured[] _years;
    private readonly double[][] _folds;
    private readonly double[][] _plainFolds;

    /// <summary>Measures every report and fits the weights of each fold, where there is enough to fit them on. Takes seconds.</summary>
    public HistoryRun(KnowledgeBase knowledge, CancellationToken stop)
    {
        _knowledge = knowledge;
        _index = ActivityIndex.Of(knowledge);
        _reports = MeasureAll([.. HeldOutCases.Reports(_index)], Part.All, stop);
        _years = MeasureAll([.. HeldOutCases.Years(_index)], [new Part(Variant.Full), new Part(Variant.Detectable)], stop);
        _folds = new double[Folds][];
        _plainFolds = new double[Folds][];
        IsEnough = _reports.Select(static r => Fold(r.Case.Group)).Distinct().Take(2).Count() == 2;
        if (!IsEnough)
        {
            return;
        }

        Parallel.For(0, Folds, new ParallelOptions { CancellationToken = stop }, fold =>
        {
            Measured[] others = [.. _reports.Where(r => Fold(r.Case.Group) != fold)];
            _folds[fold] = ConditionalLogit.Fit([.. others.Concat(_years.Where(r => Fold(r.Case.Group) != fold)).Select(static r => r.Choice)]);
            _plainFolds[fold] = ConditionalLogit.Fit([.. others.Select(static r => r.Plain)]);
        });
    }

    /// <summary>
    /// Whether reports lie in two folds at least, so that weights can be fitted without any of them. Nothing may be asked where they do not.
    /// </summary>
    public bool IsEnough { get; }

    /// <summary>The share of reports about groups that were not known. Where it was all or none, half a report is taken for otherwise: no base rate is 0 or 1.</summary>
    public double UnknownRate
    {
        get
        {
            Measured[] full = [.. _reports.Where(static r => r.Part.Variant == Variant.Full)];
            double unknown = Math.Clamp(full.Count(static r => !r.Known), 0.5, Math.Max(0.5, full.Length - 0.5));
            return unknown / Math.Max(1, full.Length);
        }
    }

    /// <summary>All activities.</summary>
    public ActivityIndex Index => _index;

    /// <summary>Weights fitted on all of history.</summary>
    public double[] FitAll() => ConditionalLogit.Fit([.. _reports.Concat(_years).Select(static r => r.Choice)]);

    /// <summary>The answers to one part of every report; to every draw of it.</summary>
    public Answer[] Reports(Variant variant) => [.. _reports.Where(r => r.Part.Variant == variant).Select(Ask)];

    /// <summary>The answers to the reports of whole years.</summary>
    public Answer[] Years(Variant variant) => [.. _years.Where(r => r.Part.Variant == variant).Select(Ask)];

    /// <summary>The plain model's answer to the case of an answer.</summary>
    public Answer Plain(Answer answer) =>
        new(answer.Measured, ConditionalLogit.Probabilities(answer.Measured.Plain.Rows, _plainFolds[Fold(answer.Measured.Case.Group)]));

    /// <summary>The answers to one part of every campaign. Of several groups that one is attributed to any is right: the one that ranks best is asked for.</summary>
    public Answer[] Campaigns(Variant variant, bool pastOnly, CancellationToken stop) =>
    [
        .. MeasureAll([.. HeldOutCases.Campaigns(_knowledge, _index, pastOnly)], [new Part(variant)], stop).Where(static m => m.Known).Select(Ask)
            .GroupBy(static a => a.Measured.Case.Name, StringComparer.Ordinal).Select(static g => g.MinBy(static a => a.Rank)!),
    ];

    /// <summary>
    /// The answers to reports from a year on, each by weights that were fitted on reports and years before its own, whatever their group: what weights of
    /// today are worth next year.
    /// </summary>
    public Answer[] ByEarlierYears(Variant variant, int from, CancellationToken stop)
    {
        Measured[][] years =
        [
            .. _reports.Where(r => r.Part.Variant == variant && r.Case.Year >= from).GroupBy(static r => r.Case.Year).OrderBy(static g => g.Key).Select(static g => g.ToArray()),
        ];
        var answers = new Answer[years.Length][];
        Parallel.For(0, years.Length, new ParallelOptions { CancellationToken = stop }, y =>
        {
            Choice[] before = [.. _reports.Concat(_years).Where(r => r.Case.Year < years[y][0].Case.Year).Select(static r => r.Choice)];
            double[] weights = before.Length == 0 ? [] : ConditionalLogit.Fit(before);
            answers[y] = before.Length == 0 ? [] : [.. years[y].Select(r => new Answer(r, ConditionalLogit.Probabilities(r.Choice.Rows, weights)))];
        });
        return [.. answers.SelectMany(static a => a)];
    }

    /// <summary>The model as it would be without the group that a case is about.</summary>
    public AttributionModel ModelFor(HeldOut held, ImmutableArray<WordReliability> words) =>
        AttributionModel.Of(_knowledge.Sha256, _folds[Fold(held.Group)], UnknownRate, words);

    /// <summary>What weighs a case by what was known without it.</summary>
    public EvidenceScales ScalesFor(HeldOut held, AttributionModel model) =>
        new(_knowledge, new ProfileSet(_index, held.Year, held.Counts), model, new AssessmentOptions());

    private static int Fold(int group) => group % Folds;

    private Answer Ask(Measured measured) =>
        new(measured, ConditionalLogit.Probabilities(measured.Choice.Rows, _folds[Fold(measured.Case.Group)]));

    private Measured[] MeasureAll(HeldOut[] cases, Part[] parts, CancellationToken stop)
    {
        var measured = new Measured?[cases.Length * parts.Length];
        Parallel.For(0, cases.Length, new ParallelOptions { CancellationToken = stop }, c =>
        {
            var profiles = new ProfileSet(_index, cases[c].Year, cases[c].Counts);
            for (int v = 0; v < parts.Length; v++)
            {
                measured[(c * parts.Length) + v] = Measure(cases[c], parts[v], profiles);
            }
        });
        return [.. measured.OfType<Measured>()];
    }

    private Measured? Measure(HeldOut held, Part part, ProfileSet profiles)
    {
        int[] observed = part.Take(held, _index, _knowledge);
        if (profiles.Profiles.Length == 0)
        {
            return null;
        }

        int groups = profiles.Profiles.Length, width = Term.Count;
        var terms = new Terms(profiles, observed);
        double[] rows = new double[(groups + 1) * width];
        GroupTerms[] measured = [.. profiles.Profiles.Select(terms.Of)];
        for (int g = 0; g < groups; g++)
        {
            measured[g].Fill(rows.AsSpan(g * width, width));
        }

        terms.OfUnknown(measured).Fill(rows.AsSpan(groups * width, width));
        int[] weighed = [.. profiles.Profiles.Select(static p => p.Group)];
        int truth = Array.IndexOf(weighed, held.Group);
        return new Measured(held, part, truth >= 0, weighed, new Choice(rows, width, truth >= 0 ? truth : groups),
            PlainModel.Choice(profiles, observed, truth >= 0 ? truth : groups), observed.Length,
            truth >= 0 ? observed.Count(profiles.Profiles[truth].Strength.ContainsKey) : 0);
    }
}
