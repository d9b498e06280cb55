using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Indicators;

/// <summary>Says what was read of files of indicators.</summary>
internal static class IndicatorReportText
{
    /// <summary>Writes what was refused in a file, and why.</summary>
    public static void WriteRefusals(TextWriter output, IndicatorFileReport report, CliHost host)
    {
        foreach (IndicatorRefusal refusal in report.Refusals)
        {
            string place = refusal.Line > 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{report.Name}:{refusal.Line}") : report.Name;
            output.WriteLine($"{host.Safe(place)}: '{host.Safe(refusal.Value)}' {refusal.Reason}.");
        }

        if (report.RefusedCount > report.Refusals.Length)
        {
            output.WriteLine($"{host.Safe(report.Name)}: and {Words.Number(report.RefusedCount - report.Refusals.Length)} more.");
        }

        WriteWarnings(output, report, host);
        if (report.Error.Length > 0)
        {
            output.WriteLine($"{host.Safe(report.Name)}: {host.Safe(report.Error)}.");
        }
    }

    /// <summary>Writes what of a file was taken otherwise than it may be meant.</summary>
    public static void WriteWarnings(TextWriter output, IndicatorFileReport report, CliHost host)
    {
        foreach (string warning in report.Warnings)
        {
            output.WriteLine($"{host.Safe(report.Name)}: {host.Safe(warning)}.");
        }
    }

    /// <summary>Why a list is not used, or not to its end, without a full stop; null where it is.</summary>
    public static string? Problem(IndicatorFileReport report) =>
        report.Error.Length > 0 ? report.Error + (report.ReadCount > 0 ? $" (what stands before that is used: {Words.Count(report.ReadCount, "value")})" : "")
        : report.ReadCount > 0 || report.RefusedCount == 0 ? null
        : $"{(report.RefusedCount == 1 ? "its one value was" : $"all of its {Words.Number(report.RefusedCount)} values were")} refused; 'culprit indicators check' says why";

    /// <summary>Which lists of folders cannot be used, as a sentence without a full stop; null where all can.</summary>
    public static string? NotUsed(IReadOnlyList<UnreadList> lists) => lists.Count == 0 ? null
        : $"{Words.Count(lists.Count, "list")} of your folders of indicators not used, or not to {(lists.Count == 1 ? "its" : "their")} end ('culprit indicators check' says why): {Words.Some([.. lists.Select(static l => l.Path)])}";

    /// <summary>Which files of folders were left out, as a sentence without a full stop; null where none was.</summary>
    public static string? LeftOut(IReadOnlyList<string> files) => files.Count == 0 ? null
        : $"{Words.Count(files.Count, "file")} of your folders of indicators left out, because {(files.Count == 1 ? "its name does" : "their names do")} not end as lists' do (.txt, .json, .csv, ...): {Words.Some(files)}";

    /// <summary>Which folders could not be listed, as a sentence without a full stop; null where all could.</summary>
    public static string? NotRead(IReadOnlyList<UnreadFolder> folders) => folders.Count == 0 ? null
        : $"{Words.Count(folders.Count, "folder")} of indicators left out, because {(folders.Count == 1 ? "it" : "they")} cannot be listed: {Words.Some([.. folders.Select(static f => f.Path)])}";

    /// <summary>Writes which files of folders were left out.</summary>
    public static void WriteLeftOut(TextWriter output, GatheredIndicators gathered, CliHost host)
    {
        if (LeftOut(gathered.LeftOut) is { } leftOut)
        {
            output.WriteLine(host.Safe(leftOut) + ".");
        }
    }

    /// <summary>Writes how many values were taken and refused over all files.</summary>
    public static void WriteTotals(TextWriter output, IReadOnlyCollection<IndicatorFileReport> reports, IndicatorSet set)
    {
        foreach (IGrouping<string, KeyValuePair<string, int>> reason in reports.SelectMany(static r => r.RefusedByReason)
            .GroupBy(static r => r.Key, StringComparer.Ordinal).OrderByDescending(static g => g.Sum(static r => r.Value)).ThenBy(static g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{Words.Number(reason.Sum(static r => r.Value))} refused: each {reason.Key}.");
        }

        output.WriteLine($"{Words.Count(set.Count, "indicator")} in {Words.Count(set.Lists.Length, "list")} from {Words.Count(reports.Count, "file")}: "
            + $"{Words.Count(reports.Sum(static r => (long)r.ReadCount), "value")} read, {Words.Number(reports.Sum(static r => (long)r.RefusedCount))} refused.");
        output.WriteLine("SHA-256 " + set.ContentHash);
    }
}
