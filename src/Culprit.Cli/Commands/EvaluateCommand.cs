using System.CommandLine;
using Culprit.Attribution;
using Culprit.Cli.Attribution;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit evaluate</c>: how often attribution was right in history, and how well reports can be linked.</summary>
internal static class EvaluateCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "evaluate";

    public static Command Create(CliHost host) => CommandGroup.Create(
        host, Name, "Measure how often Culprit's judgements are right", "say what to evaluate: attribution or linking.", Attribution(host), Linking(host));

    private static Command Attribution(CliHost host)
    {
        Option<string?> knowledge = KnowledgeFiles.Option();
        Option<ResultFormat> format = ChoiceOption.Create("--format", "How to write it", ResultFormat.Table, ("text", ResultFormat.Table), ("jsonl", ResultFormat.Jsonl));
        var cases = new Option<bool>("--cases") { Description = "List every case with its answer" };
        var fit = new Option<string?>("--fit") { Description = "Write the weights that were fitted to this file", HelpName = "FILE" }.OutsideCases();
        var command = new Command("attribution", "Hide published reports and campaigns, and name their groups from what was known without them")
        {
            cases, fit, format, knowledge,
        };
        command.SetAction(parsed => Load(parsed.GetValue(knowledge), host, @base =>
            AttributionHistory.Evaluate(@base, host.Stop) is { } result
                ? Show(result, parsed.GetValue(fit), parsed.GetValue(cases), parsed.GetValue(format), host)
                : TooLittle(host)));
        return command;
    }

    private static Command Linking(CliHost host)
    {
        Option<string?> knowledge = KnowledgeFiles.Option();
        var command = new Command("linking", "Tell pairs of published reports about one group from pairs about two, by techniques and software") { knowledge };
        command.SetAction(parsed => Load(parsed.GetValue(knowledge), host, @base =>
        {
            if (LinkingHistory.Evaluate(@base, host.Stop) is not { } result)
            {
                return TooLittle(host);
            }

            LinkingHistoryPage.Write(host, result);
            return ExitCodes.Done;
        }));
        return command;
    }

    private static int Load(string? named, CliHost host, Func<KnowledgeBase, int> evaluate)
    {
        try
        {
            return evaluate(KnowledgeFiles.Load(named, host).Base);
        }
        catch (KnowledgeException e)
        {
            host.Error.WriteLine("culprit: nothing was evaluated: " + host.Safe(e.Message) + ".");
            return ExitCodes.Usage;
        }
    }

    private static int TooLittle(CliHost host)
    {
        host.Error.WriteLine("culprit: nothing was evaluated: the knowledge holds too little dated history, which takes dated reports on several groups.");
        return ExitCodes.Failed;
    }

    private static int Show(HistoryResult result, string? fit, bool cases, ResultFormat format, CliHost host)
    {
        if (fit is not null && ResultOutput.Write(fit, host, result.Model.Write) is var code and not ExitCodes.Done)
        {
            return code;
        }

        if (format is ResultFormat.Jsonl)
        {
            return ResultOutput.Write(path: null, host, stream => HistoryJson.Write(stream, result, cases));
        }

        new HistoryPage(host).Write(result, cases);
        return ExitCodes.Done;
    }
}
