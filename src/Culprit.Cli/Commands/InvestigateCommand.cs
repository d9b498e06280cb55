using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Indicators;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit investigate</c>: the main job.</summary>
internal static class InvestigateCommand
{
    private const int MaxThreads = 256;

    public static Command Create(CliHost host)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files and folders of evidence: event logs, web server logs, archives of them",
            Arity = ArgumentArity.OneOrMore,
        };
        var rules = new RuleOptions();
        var indicators = new IndicatorOptions();
        Option<FindingLevel> level = RuleOptions.Level("--min-level", "Report findings of this level and above: informational, low, medium, high, critical");
        Option<DateTimeOffset?> since = TimeOption.Create("--since", "Judge records from this time on, such as 2024-03-01 or 2024-03-01T12:30:00Z", wholeDay: false);
        Option<DateTimeOffset?> until = TimeOption.Create("--until", "Judge records before this time; a date alone includes that day", wholeDay: true);
        var threads = new Option<int>("--threads")
        {
            Description = "How many threads read and judge; as many as there are processors unless given",
            HelpName = "N",
            CustomParser = static result => ParseThreads(result),
        };
        var output = new Option<string?>("--out") { Description = "Write findings.jsonl, findings.csv, incidents.json and coverage.json to this folder", HelpName = "DIR" }.OutsideCases();
        var cases = new CaseOptions();
        var slack = new Option<bool>("--slack") { Description = "Also recover deleted records from the unused space of event logs" };
        var quiet = new Option<bool>("--quiet") { Description = "Show no progress" };

        var command = new Command("investigate", "Judge logs with rules and report what is suspicious") { paths.WithoutOptions() };
        rules.AddTo(command);
        indicators.AddTo(command);
        command.Add(level);
        command.Add(since);
        command.Add(until);
        command.Add(threads);
        command.Add(output);
        cases.AddTo(command);
        command.Add(slack);
        command.Add(quiet);
        command.SetAction(parsed => Run(
            new Settings
            {
                Paths = parsed.GetRequiredValue(paths),
                Rules = rules.Read(parsed),
                Indicators = indicators.Read(parsed),
                Minimum = parsed.GetValue(level),
                Since = parsed.GetValue(since),
                Until = parsed.GetValue(until),
                Threads = parsed.GetValue(threads),
                Output = parsed.GetValue(output),
                Case = cases.Read(parsed, out string caseProblem),
                CaseProblem = caseProblem,
                Slack = parsed.GetValue(slack),
                Quiet = parsed.GetValue(quiet),
            },
            host));
        return command;
    }

    private static int ParseThreads(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= MaxThreads)
        {
            return threads;
        }

        result.AddError($"'{text}' is no number of threads. Give one from 1 to {MaxThreads}.");
        return 1;
    }

    private static int Run(Settings settings, CliHost host)
    {
        long start = host.Clock.GetTimestamp();
        if (ProblemOf(settings) is { } problem)
        {
            return Usage(host, problem);
        }

        var options = new EvidenceOptions
        {
            Threads = settings.Threads > 0 ? settings.Threads : Environment.ProcessorCount,
            IncludeSlack = settings.Slack,
            LeftOut = [.. new[] { settings.Output, settings.Case?.Folder }.OfType<string>()],
        };

        // The evidence is looked for, and the indicators are read, while the rules are loaded: each may take its time.
        Task<EvidenceFiles> files = Task.Run(() => EvidenceFiles.Find(settings.Paths, options, host.Stop));
        Task<LoadedIndicators> loading = Task.Run(() => settings.Indicators.LoadAndCount());
        RuleCatalog rules;
        try
        {
            rules = RuleLoader.Load(settings.Rules, host).AtLeast(settings.Minimum);
            LoadedIndicators indicators = loading.GetAwaiter().GetResult();
            indicators.Tell(host);
            rules = rules.With(indicators.Set);
            settings = settings with { IndicatorsNotUsed = indicators.NotUsed };
        }
        catch (RuleFileException e)
        {
            return Usage(host, "rules: " + e.Message);
        }
        catch (IndicatorFileException e)
        {
            return Usage(host, "indicators: " + e.Message);
        }

        if (ProblemOf(rules) is { } nothing)
        {
            return Usage(host, nothing);
        }

        // What is written tells the events around findings too, for which the evidence is remembered while it is read.
        using EventIndex? index = settings.Output is null || settings.Case is not null ? null : new EventIndex(SpillFiles.Create) { Since = settings.Since, Until = settings.Until };
        var request = new InvestigationRequest
        {
            Files = files.GetAwaiter().GetResult(),
            Rules = rules,
            Evidence = options,
            Since = settings.Since,
            Until = settings.Until,
            CreateSpill = SpillFiles.Create,
            CreateSinkBeside = index is null ? null : index.CreateSink,
        };
        using var progress = new ProgressLine(host);
        if (settings.Case is null)
        {
            using InvestigationResult result = Investigation.Run(request, settings.Quiet ? null : progress, host.Stop);
            return Finish(
                result, joiner => index is null ? joiner.Build() : joiner.Build(index, request.Files, options, host.Stop), settings, progress, start, host);
        }

        return Keep(settings.Case, request, settings, progress, start, host);
    }

    private static string? ProblemOf(Settings settings) =>
        settings.Since >= settings.Until ? "--since is not before --until, so that no record could lie between them."
        : settings.Output is "" ? "--out names no folder."
        : settings.CaseProblem.Length > 0 ? settings.CaseProblem
        : settings.Output is not null && settings.Paths.Any(p => IsSamePlace(p, settings.Output)) ? "--out names the evidence itself; give the report a folder of its own."
        : settings.Case is not null && settings.Paths.Append(settings.Output ?? "").Any(p => IsSamePlace(p, settings.Case.Folder))
            ? "--case names the evidence or the report; give the case a folder of its own."
        : settings is { Case.Folder.Length: > 0, Output: not null } && CasePlace.IsWithin(settings.Output, settings.Case.Folder)
            ? $"--out: '{settings.Output}' lies within the case '{settings.Case.Folder}', which is to be made; give the report a folder of its own."
        : null;

    // Indicators alone are a search for what is known; rules that were all refused are a mistake.
    private static string? ProblemOf(RuleCatalog rules) =>
        !rules.Rules.IsEmpty || (rules.RefusedCount == 0 && rules.IndicatorCount > 0) ? null
        : rules.RefusedCount > 0 ? "every rule was refused; 'culprit rules check' says why."
        : "there are neither rules nor indicators to judge with; give some with --rules or --indicators.";

    private static int Keep(CaseChoice choice, InvestigationRequest request, Settings settings, ProgressLine progress, long start, CliHost host)
    {
        CaseActor actor = CaseActors.Current(host);
        try
        {
            var keep = new CaseRequest
            {
                Folder = choice.Folder,
                Name = choice.Name,
                Investigation = request,
                Actor = actor,
                Rejudge = choice.Rejudge,
                KeepEvents = choice.KeepEvents,
                CommitEvery = choice.CommitEvery,
            };
            CaseResult? kept = null;
            try
            {
                kept = CaseInvestigation.Run(keep, settings.Quiet ? null : progress, host.Stop);
            }
            catch (Exception e) when (CaseText.CodeOf(e) is { } fault)
            {
                progress.Dispose();
                return CaseText.Complain(e, fault, choice.Folder, host);
            }

            int code;
            using (kept)
            {
                code = Finish(kept.Result, _ => kept.Incidents, settings, progress, start, host);
                host.Out.WriteLine(CaseText.Kept(kept, choice.Folder, host));
            }

            if (choice.Timestamp is { } authority && code != ExitCodes.Interrupted)
            {
                TimestampClient.Stamp(choice.Folder, authority, actor, host);
            }

            return code;
        }
        finally
        {
            actor.Signer?.Dispose();
        }
    }

    private static int Finish(
        InvestigationResult result, Func<IncidentBuilder, ImmutableArray<Incident>> build, Settings settings, ProgressLine progress, long start, CliHost host)
    {
        (FindingsSummary summary, ImmutableArray<Incident> joined, bool written) = Report(result, build, settings, host);
        progress.Dispose();
        new SummaryWriter(host).Write(new SummaryModel
        {
            Findings = summary,
            Incidents = joined,
            Coverage = result.Coverage,
            Rules = RuleCounts.Of(result.Rules),
            Indicators = result.Rules.IndicatorCount,
            IndicatorsNotUsed = settings.IndicatorsNotUsed,
            Duration = host.Clock.GetElapsedTime(start),
            NotJudged = result.NotJudged,
            OutputFolder = written ? settings.Output : null,
            IsTelling = GroupsMalware(host),
        });
        return settings.Output is not null && !written ? ExitCodes.NotWritten
            : result.Coverage.Stopped ? ExitCodes.Interrupted
            : Readability.AnythingUnreadable(result.Coverage, settings.Paths, host) ? ExitCodes.NotRead
            : ExitCodes.Done;
    }

    // Knowledge is read where antivirus named something and not before. Where it cannot be read the page has another order and says all the same.
    private static Func<string, bool> GroupsMalware(CliHost host)
    {
        var knowledge = new Lazy<KnowledgeBase?>(() =>
        {
            try
            {
                return KnowledgeFiles.Load(named: null, host).Base;
            }
            catch (KnowledgeException)
            {
                return null;
            }
        });
        return threat => knowledge.Value is { } known && GroupMalware.Is(threat, known);
    }

    private static bool IsSamePlace(string a, string b) => a.Length > 0 && string.Equals(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(a)), Path.TrimEndingDirectorySeparator(Path.GetFullPath(b)), StringComparison.Ordinal);

    // One pass over the findings adds them up, joins them and writes them. What cannot be written is said, and the rest goes on.
    private static (FindingsSummary Summary, ImmutableArray<Incident> Incidents, bool Written) Report(
        InvestigationResult result, Func<IncidentBuilder, ImmutableArray<Incident>> build, Settings settings, CliHost host)
    {
        string? folder = settings.Output;
        var summary = new FindingsSummaryBuilder();
        var joiner = new IncidentBuilder();
        ImmutableArray<Incident> incidents;
        OutputFolder? output = null;
        string? failure = null;
        try
        {
            output = folder is null ? null : Attempt(() => OutputFolder.Open(folder, result.Rules.ContentHash), out failure);
            foreach (Finding finding in result.Findings())
            {
                summary.Add(finding);
                joiner.Add(finding);
                if (output is not null && failure is null)
                {
                    Attempt(() => output.Add(finding), out failure);
                }
            }

            incidents = build(joiner);
            if (output is not null && failure is null)
            {
                Attempt(() => output.Commit(incidents, result.Coverage, result.Rules, settings.IndicatorsNotUsed, result.NotJudged), out failure);
            }
        }
        finally
        {
            output?.Dispose();
        }

        if (failure is not null)
        {
            host.Error.WriteLine($"culprit: the findings were not written to {host.Safe(folder)}: {host.Safe(failure)}");
        }

        return (summary.ToSummary(), incidents, output is not null && failure is null);
    }

    private static void Attempt(Action action, out string? failure) => Attempt(() => { action(); return true; }, out failure);

    private static T? Attempt<T>(Func<T> action, out string? failure)
    {
        try
        {
            failure = null;
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            failure = e.Message;
            return default;
        }
    }

    private static int Usage(CliHost host, string message)
    {
        host.Error.WriteLine("culprit: " + host.Safe(message));
        return ExitCodes.Usage;
    }

    private sealed record Settings
    {
        public required string[] Paths { get; init; }

        public required RuleChoice Rules { get; init; }

        public required IndicatorChoice Indicators { get; init; }

        /// <summary>What of the user's lists is not used; known once they are read.</summary>
        public IndicatorsNotUsed IndicatorsNotUsed { get; init; } = IndicatorsNotUsed.None;

        public required FindingLevel Minimum { get; init; }

        public required DateTimeOffset? Since { get; init; }

        public required DateTimeOffset? Until { get; init; }

        public required int Threads { get; init; }

        public required string? Output { get; init; }

        public required CaseChoice? Case { get; init; }

        public required string CaseProblem { get; init; }

        public required bool Slack { get; init; }

        public required bool Quiet { get; init; }
    }
}
