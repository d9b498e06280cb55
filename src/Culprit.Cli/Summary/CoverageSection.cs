using Culprit.Cli.Indicators;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Knowledge;

namespace Culprit.Cli.Summary;

/// <summary>The last part of the summary: what was read, what was not and why, which rules judged, how long it took.</summary>
internal sealed class CoverageSection(Page page)
{
    private const int MaxNotRead = 15;
    private const int MaxDamaged = 10;
    private const int MaxNameless = 10;

    public void Write(SummaryModel model)
    {
        page.Heading("What was read");
        Read(model);
        NotRead(model.Coverage);
        Damaged(model.Coverage);
        Nameless(model.Coverage);
        Assumptions(model.Coverage);
        Rules(model.Rules);
        IndicatorsNotUsed notUsed = model.IndicatorsNotUsed;
        if (model.Indicators > 0 || notUsed.Refused > 0)
        {
            page.Line($"  {Words.Count(model.Indicators, "indicator")} of named groups"
                + (notUsed.Refused > 0 ? $"; {Words.Count(notUsed.Refused, "value")} of your lists refused ('culprit indicators check' says why)" : ""));
        }

        if (IndicatorReportText.LeftOut(notUsed.Files) is { } leftOut)
        {
            page.Line("  " + leftOut, Tone.Medium);
        }

        if (IndicatorReportText.NotUsed(notUsed.Lists) is { } lists)
        {
            page.Line("  " + lists, Tone.Medium);
        }

        if (IndicatorReportText.NotRead(notUsed.Folders) is { } notRead)
        {
            page.Line("  " + notRead, Tone.Medium);
        }

        if (model.NotJudged.TestsGivenUp > 0)
        {
            page.Line($"  {Words.Count(model.NotJudged.TestsGivenUp, "test")} by regular expression took too long and counted as not met", Tone.Medium);
        }

        if (model.NotJudged.RecordsWithMoreIndicators > 0)
        {
            page.Line($"  {Words.Count(model.NotJudged.RecordsWithMoreIndicators, "record")} with more than {IndicatorScanner.MaxHits} indicators, of which those found first are told", Tone.Medium);
        }

        Duration(model);
        if (model.OutputFolder is not null)
        {
            page.Line("  All findings: " + model.OutputFolder);
        }
    }

    private void Read(SummaryModel model)
    {
        Coverage coverage = model.Coverage;
        int read = coverage.Sources.Count(static s => s.NotReadReason.Length == 0);
        int hosts = SummaryWriter.KnownHosts(coverage);
        page.Line($"  {Words.Number(read)} of {Words.Count(coverage.Sources.Length, "file")}, {Words.Bytes(coverage.BytesRead)} of {Words.Bytes(coverage.BytesGiven)}; "
            + $"{Words.Count(coverage.RecordsGood, "record")}"
            + (coverage.RecordsBad > 0 ? $" and {Words.Count(coverage.RecordsBad, "damaged one")}" : "")
            + (hosts > 0 ? $"; {Words.Count(hosts, "host")}" : ""));
        SourceCoverage[] timed = [.. coverage.Sources.Where(static s => s.First.UtcTicks > 0)];
        if (timed.Length > 0)
        {
            page.Line($"  Records from {Words.Time(timed.MinBy(static s => s.First.UtcTicks)!.First)} to {Words.Time(timed.MaxBy(static s => s.Last.UtcTicks)!.Last)} UTC");
        }

        if (model.NotJudged.OutsideTimeRange > 0)
        {
            page.Line($"  {Words.Count(model.NotJudged.OutsideTimeRange, "record")} not judged because of --since or --until");
        }
    }

    private void NotRead(Coverage coverage)
    {
        SourceCoverage[] notRead = [.. coverage.Sources.Where(static s => s.NotReadReason.Length > 0)];
        if (notRead.Length == 0)
        {
            return;
        }

        page.Line($"  Not read, or not to the end: {Words.Count(notRead.Length, "file")}", Tone.Medium);
        foreach (SourceCoverage source in notRead.Take(MaxNotRead))
        {
            page.Whole("-", $"{source.Source.Path}: {source.NotReadReason}");
        }

        More(notRead.Length, MaxNotRead, "file");
    }

    private void Damaged(Coverage coverage)
    {
        SourceCoverage[] damaged = [.. coverage.Sources.Where(static s => s.RecordsBad > 0)];
        if (damaged.Length == 0)
        {
            return;
        }

        page.Line($"  Damaged in places: {Words.Count(damaged.Length, "file")}", Tone.Medium);
        foreach (SourceCoverage source in damaged.Take(MaxDamaged))
        {
            // What the file's header says stands at its start, and is the least of it.
            CoverageProblem? first = source.Problems.FirstOrDefault(static p => p.Offset > 0) ?? source.Problems.FirstOrDefault();
            string problem = first is null ? "" : first.Message + (first.Offset >= 0 ? $" at byte {first.Offset}" : "");
            long more = Math.Max(0, source.Problems.Length - 1) + source.MoreProblems;
            page.Whole("-", $"{source.Source.Path}: {Words.Count(source.RecordsBad, "damaged record")}"
                + (problem.Length > 0 ? "; " + problem : "") + (more > 0 ? $"; {Words.Number(more)} more" : ""));
        }

        More(damaged.Length, MaxDamaged, "file");
    }

    private void Nameless(Coverage coverage)
    {
        SourceCoverage[] nameless = [.. coverage.Sources.Where(static s => s.RecordsNameless > 0)];
        if (nameless.Length == 0)
        {
            return;
        }

        page.Line($"  Exported without the names of the events' data: {Words.Count(nameless.Length, "file")}", Tone.Medium);
        foreach (SourceCoverage source in nameless.Take(MaxNameless))
        {
            page.Whole("-", $"{source.Source.Path}: {Words.Number(source.RecordsNameless)} of {Words.Count(source.RecordsGood, "event")} without named data; rules that ask for a field could not judge them");
        }

        More(nameless.Length, MaxNameless, "file");
    }

    private void Assumptions(Coverage coverage)
    {
        foreach (IGrouping<string, SourceCoverage> assumed in coverage.Sources
            .Where(static s => s.TimeAssumption.Length > 0)
            .GroupBy(static s => s.TimeAssumption, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            page.Line($"  Times marked ~ ({Words.Count(assumed.Count(), "file")}): {assumed.Key}");
        }
    }

    private void Rules(RuleCounts rules)
    {
        page.Line($"  {Words.Count(rules.Loaded, "rule")}"
            + (rules.Correlations > 0 ? $" and {Words.Count(rules.Correlations, "correlation")}" : "")
            + (rules.Filters > 0 ? $", narrowed by {Words.Count(rules.Filters, "filter")}" : "")
            + (rules.Minimum > FindingLevel.Informational ? $", of which those at level {Words.Level(rules.Minimum)} or above judged" : "")
            + (rules.Refused > 0 ? $"; {Words.Count(rules.Refused, "rule")} refused ('culprit rules check' says why)" : ""));
    }

    private void Duration(SummaryModel model)
    {
        double seconds = model.Duration.TotalSeconds;
        string rate = seconds >= 1
            ? $": {Words.Bytes((long)(model.Coverage.BytesRead / seconds))}/s, {Words.Number((long)(model.Coverage.RecordsGood / seconds))} records/s"
            : "";
        page.Line("  Took " + Words.Duration(model.Duration) + rate);
    }

    private void More(int count, int shown, string what)
    {
        if (count > shown)
        {
            page.Line($"    ... and {Words.Count(count - shown, "more " + what)}; --out DIR writes them all to coverage.json", Tone.Quiet);
        }
    }
}
