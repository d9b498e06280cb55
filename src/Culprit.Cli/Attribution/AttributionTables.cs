using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Culprit.Cli.Attribution;

/// <summary>The figures of an assessment: who stands where, what each observation weighs, and the competing hypotheses.</summary>
internal sealed class AttributionTables(Page page, CliHost host, Assessment assessment)
{
    private const int NameWidth = 34, MaxRows = 24, MaxShown = 10, MaxTelling = 16, MaxClaims = 3;

    private readonly ImmutableArray<RankedExplanation> _ranked = RankedExplanation.Of(assessment);

    /// <summary>The groups that stand first, and the unknown group wherever it stands.</summary>
    public void Ranking(int top)
    {
        page.Heading("Who stands where");
        if (assessment.Verdict is Verdict.NotEnoughEvidence)
        {
            page.Line("  Figures of the model alone. Why none of them is a judgement stands above.", Tone.Quiet);
        }

        Grid table = page.Table(("", 1), ("id", 0), ("group", 0), ("probable", 1), ("base", 1), ("nearest report", 0));
        int rank = 0, groups = 0;
        foreach (RankedExplanation one in _ranked)
        {
            rank++;
            groups += one.IsUnknown ? 0 : 1;
            if (!one.IsUnknown && groups > top)
            {
                continue;
            }

            table.AddRow(
                page.Cell(rank.ToString(CultureInfo.InvariantCulture)), page.Cell(one.IsUnknown ? "" : one.Id),
                page.Cell(TerminalText.Fit(one.Name, NameWidth, host.Unicode), rank == 1 ? Tone.Strong : Tone.Plain),
                page.Cell(AssessmentSentences.Percent(one.Probability)), page.Cell(AssessmentSentences.Weight(one.BaseWeight)),
                page.Cell(one.Nearest is { } nearest ? KnowledgeText.Source(nearest) : "", Tone.Quiet));
        }

        page.Write(table);
        if (groups > top)
        {
            page.Line($"  ... and {Words.Count(groups - top, "more group")}; --top shows more.", Tone.Quiet);
        }

        page.Line("  base: before anything was observed, as a natural logarithm of odds against the average.", Tone.Quiet);
    }

    /// <summary>What each observation weighs for the first three explanations.</summary>
    public void Weights()
    {
        page.Heading("What was observed, and what it weighs");
        if (assessment.Observations.IsEmpty)
        {
            page.Line("  Nothing that could tell groups apart.");
            return;
        }

        ImmutableArray<RankedExplanation> compared = RankedExplanation.Compared(assessment);
        ImmutableArray<int> byTelling = RankedExplanation.ByTelling(assessment);
        int[] telling = [.. byTelling.Where(i => RankedExplanation.Telling(assessment, i) >= ObservationWeight.NextToNothing)];

        // Where all of it is next to nothing, it is shown all the same: that it weighs next to nothing is what there is to say.
        // What the user gave is shown whatever it weighs: he asks what became of it.
        int[] most = [.. (telling.Length > 0 ? telling : [.. byTelling]).Take(MaxRows)];
        int[] shown = [.. most, .. byTelling.Except(most).Where(i => VerdictBasis.IsGiven(assessment.Observations[i].Observation)).Take(MaxRows)];
        Grid table = page.Table(
            [("observed", 0), ("line", 0), .. compared.Select(static c => (c.IsUnknown ? "unkn." : c.Id, 1)), ("forging", 0), ("without it", 0)]);
        foreach (int i in shown)
        {
            WeighedObservation one = assessment.Observations[i];
            table.AddRow(
            [
                page.Cell(Short(one.Observation)), page.Cell(AssessmentSentences.Name(one.Line), Tone.Quiet),
                .. compared.Select(IRenderable (c) => Weight(c.Weights[i].LogLikelihoodRatio)),
                page.Cell(AssessmentSentences.Name(one.Spoofability)), page.Cell(AssessmentSentences.Without(assessment, i)),
            ]);
        }

        page.Write(table);
        int rest = assessment.Observations.Length - shown.Length;
        if (rest > 0)
        {
            page.Hanging("  ", $"... and {Words.Number(rest)} more that {(rest == 1 ? "weighs" : "weigh")} less, in --format json.", Tone.Quiet);
        }

        string names = string.Join(", ", compared.Select(static c => c.IsUnknown ? $"unkn.: {RankedExplanation.UnknownName}" : $"{c.Id}: {c.Name}"));
        page.Hanging("  ", $"{names}.", Tone.Quiet);
        page.Hanging(
            "  ",
            "A weight is the natural logarithm of how much better the group foresees it than the average one does: +0.69 is twice as likely, -0.69 half. "
            + "What is not known of a group counts against it, and the less so the less is known of it, so that it can be above the average even then. "
            + $"'forging' is how hard it is to leave it on purpose, 'without it' what remains of {_ranked[0].Name} without it and all that has the same cause (one list, the same rules and events).",
            Tone.Quiet);
        Shown([.. most.Take(MaxShown), .. shown.Except(most).Where(i => assessment.Observations[i].Note.Length > 0)]);
    }

    /// <summary>Competing hypotheses against what tells them apart.</summary>
    public void Hypotheses()
    {
        CompetingHypotheses table = assessment.Hypotheses;
        if (table.Rows.IsEmpty)
        {
            return;
        }

        page.Heading("Competing hypotheses");
        Grid grid = page.Table([("observed, most telling first", 0), .. table.Columns.Select(static c => (c.Id == UnknownHypothesis.Id ? "unkn." : c.Id, 1)), ("", 0)]);
        foreach (HypothesisRow row in table.Rows.Take(MaxTelling))
        {
            grid.AddRow(
            [
                page.Cell(Short(assessment.Observations[row.Observation].Observation)),
                .. row.Cells.Select(IRenderable (c) => page.Cell(AssessmentSentences.Mark(c), c <= Consistency.Inconsistent ? Tone.High : Tone.Plain)), page.Cell(""),
            ]);
        }

        grid.AddRow([page.Cell("all that speaks against it", Tone.Quiet), .. table.Columns.Select(IRenderable (c) => page.Cell(AssessmentSentences.Weight(c.Inconsistency), Tone.Quiet)), page.Cell("")]);
        page.Write(grid);
        page.Hanging(
            "  ",
            "++ speaks strongly for it, + for it, o neither way, - against it, -- strongly against it. " + AssessmentSentences.Hypotheses(assessment),
            Tone.Quiet);
    }

    // Where it was seen, and who reports that the first group is known for it.
    private void Shown(int[] observations)
    {
        RankedExplanation? leader = _ranked.FirstOrDefault(static e => !e.IsUnknown);
        page.Heading("What shows it, and who reports it");
        foreach (int i in observations)
        {
            WeighedObservation one = assessment.Observations[i];
            page.Line($"  {AssessmentSentences.Name(one.Observation)}", Tone.Strong);
            string count = one.Observation.Events.IsEmpty ? one.Observation.Findings.IsEmpty ? "" : $" ({Words.Count(one.Observation.Findings.Length, "finding")})"
                : $" ({Words.Count(one.Observation.Events.Length, "event")})";
            page.Hanging("    shown by  ", one.Observation.Basis + count);
            ImmutableArray<KnownSource> sources = leader is null ? [] : leader.Weights[i].Sources;
            if (one.Observation.Kind == ObservationKind.Indicator)
            {
                Listed(one.Observation);
            }
            else if (one.Line is EvidenceLine.Behaviour or EvidenceLine.Tooling or EvidenceLine.Access)
            {
                page.Hanging("    known of  ", (one.KnownUsers == 0 ? "no group" : Words.Count(one.KnownUsers, "group"))
                    + (sources.IsEmpty ? leader is null || one.KnownUsers == 0 ? "" : $", not of {leader.Name}" : $", of {leader!.Name} by {KnowledgeText.Sources(sources, 2)}"));
            }

            if (one.Note.Length > 0)
            {
                page.Hanging("    note      ", one.Note);
            }
        }
    }

    private void Listed(Observation observation)
    {
        foreach (string claim in AssessmentSentences.Listed(observation, assessment).Take(MaxClaims))
        {
            page.Hanging("    listed    ", claim);
        }

        if (observation.Indicators.Length > MaxClaims)
        {
            page.Hanging("    listed    ", $"and {Words.Count(observation.Indicators.Length - MaxClaims, "more listing")}, in --format json");
        }
    }

    // The identifier leads: names of parts of a technique begin alike.
    private string Short(Observation observation) => TerminalText.Fit(
        observation.Kind is ObservationKind.Technique
            ? $"{observation.Value} {observation.Name[(observation.Name.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..]}"
            : AssessmentSentences.Name(observation),
        NameWidth, host.Unicode);

    private Text Weight(double weight) =>
        page.Cell(AssessmentSentences.Weight(weight), weight <= -0.005 ? Tone.High : weight >= 0.005 ? Tone.Plain : Tone.Quiet);
}
