using System.CommandLine;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Output;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit timeline</c>: what a case says happened, in order of time.</summary>
internal static class TimelineCommand
{
    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        Option<string[]> hosts = Several<string>("--host", "Only this host, whole or as far as its first dot. May be given several times", "NAME");
        Option<string[]> accounts = Several<string>("--account", "Only this account, with or without its domain. May be given several times", "NAME");
        Option<string[]> phases = Several<string>("--phase", "Only this phase, an ATT&CK tactic such as lateral-movement. May be given several times", "TACTIC");
        phases.CompletionSources.Add(AttackReferences.TacticNames.ToArray());
        Option<int[]> incidents = Several<int>("--incident", "Only this incident. May be given several times", "N");
        Option<FindingLevel> level = RuleOptions.Level("--min-level", "Only what rules of this level and above found: informational, low, medium, high, critical");
        Option<DateTimeOffset?> since = TimeOption.Create("--since", "Nothing before this time, such as 2024-03-01 or 2024-03-01T12:30:00Z", wholeDay: false);
        Option<DateTimeOffset?> until = TimeOption.Create("--until", "Only what was before this time; a date alone includes that day", wholeDay: true);
        var all = new Option<bool>("--all") { Description = "Also findings that are in no incident" };
        Option<ResultFormat> format = ChoiceOption.Create(
            "--format", "How it is written", ResultFormat.Table,
            ("table", ResultFormat.Table), ("csv", ResultFormat.Csv), ("jsonl", ResultFormat.Jsonl), ("timesketch", ResultFormat.Timesketch));
        var output = new Option<string?>("--out") { Description = "Write it to this file rather than to standard output", HelpName = "FILE" }.OutsideCases();
        var command = new Command("timeline", "Show what a case says happened, in order of time")
        {
            folder.WithoutOptions(), hosts, accounts, phases, incidents, level, since, until, all, format, output,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder),
            new TimelineFilter
            {
                Hosts = [.. parsed.GetValue(hosts) ?? []],
                Accounts = [.. parsed.GetValue(accounts) ?? []],
                Tactics = [.. (parsed.GetValue(phases) ?? []).Select(static p => p.Trim().Replace(' ', '-').Replace('_', '-').ToLowerInvariant())],
                Incidents = [.. parsed.GetValue(incidents) ?? []],
                Level = parsed.GetResult(level) is null ? null : parsed.GetValue(level),
                Since = parsed.GetValue(since),
                Until = parsed.GetValue(until),
                All = parsed.GetValue(all),
            },
            parsed.GetValue(format),
            parsed.GetValue(output),
            host));
        return command;
    }

    private static Option<T[]> Several<T>(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static int Run(string folder, TimelineFilter filter, ResultFormat format, string? output, CliHost host)
    {
        string usage = filter.Since >= filter.Until ? "--since is not before --until, so that nothing could lie between them."
            : output is "" ? "--out names no file."
            : filter.Tactics.FirstOrDefault(static t => !AttackReferences.TacticNames.Contains(t, StringComparer.Ordinal)) is { } unknown ? $"'{unknown}' is no phase. Phases are: {string.Join(", ", AttackReferences.TacticNames)}."
            : "";
        if (usage.Length > 0)
        {
            host.Error.WriteLine("culprit: " + host.Safe(usage));
            return ExitCodes.Usage;
        }

        return CaseText.Read(folder, host, opened =>
        {
            if (filter.Incidents.FirstOrDefault(n => opened.Incidents.All(i => i.Number != n)) is var missing and not 0)
            {
                throw new CaseException(CaseFault.NoSuchThing, $"it has no incident {missing}");
            }

            IEnumerable<TimelineEntry> entries = CaseTimeline.Read(opened, filter).Select(entry =>
            {
                host.Stop.ThrowIfCancellationRequested();
                return entry;
            });
            return format == ResultFormat.Table
                ? ResultOutput.WritePage(output, host, page =>
                {
                    long count = TimelinePage.Write(page, entries);
                    page.Out.WriteLine();
                    page.Out.WriteLine($"{Words.Count(count, "event")}.{(filter.All ? "" : " --all adds findings that are in no incident.")}");
                })
                : ResultOutput.Write(output, host, stream => TimelineWriter.Write(stream, entries, FormatOf(format, output)));
        });
    }

    // Timesketch imports either; the name of the file says which is wanted.
    private static TimelineFormat FormatOf(ResultFormat format, string? output) => format switch
    {
        ResultFormat.Csv => TimelineFormat.Csv,
        ResultFormat.Jsonl => TimelineFormat.Jsonl,
        _ => output?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true ? TimelineFormat.TimesketchCsv : TimelineFormat.TimesketchJsonl,
    };
}
