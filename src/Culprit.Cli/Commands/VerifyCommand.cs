using System.CommandLine;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Indicators;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Rules;
using Culprit.Cli.Terminal;
using Culprit.Findings;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit verify</c>: says, check by check, whether a case holds up.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        var evidence = new Option<string?>("--evidence") { Description = "Look for the evidence here rather than where it was read", HelpName = "PATH" };
        var replay = new Option<bool>("--replay") { Description = "Judge all evidence again and compare what is found, byte for byte" };
        var key = new Option<string?>("--key") { Description = "The public key that must have signed the case, a PEM file, which may hold those of several people; the one in the case proves less", HelpName = "FILE" };
        Option<string?> knowledge = KnowledgeFiles.Option();
        var rules = new RuleOptions();
        var indicators = new IndicatorOptions();
        var command = new Command("verify", "Check whether a case and its evidence hold up") { folder.WithoutOptions(), evidence, replay, key, knowledge };
        rules.AddTo(command);
        indicators.AddTo(command);
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder), parsed.GetValue(evidence), parsed.GetValue(key), parsed.GetValue(replay) ? rules.Read(parsed) : null,
            indicators.Read(parsed), parsed.GetValue(knowledge), host));
        return command;
    }

    private static int Run(string folder, string? evidence, string? keyFile, RuleChoice? replay, IndicatorChoice indicators, string? knowledgeFile, CliHost host)
    {
        string? key = null;
        RuleCatalog? rules = null;
        KnowledgeBase? knowledge = null;
        try
        {
            key = keyFile is null ? null : File.ReadAllText(keyFile);
            knowledge = Knowledge(knowledgeFile, host);
            rules = replay is null ? null : RuleLoader.Load(replay, host).With(indicators.Load(host));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RuleFileException or IndicatorFileException or KnowledgeException)
        {
            host.Error.WriteLine($"culprit: {(e is RuleFileException ? "rules" : e is IndicatorFileException ? "indicators" : e is KnowledgeException ? "knowledge" : host.Safe(keyFile))}: {host.Safe(e.Message)}");
            return ExitCodes.Usage;
        }

        if (evidence is not null && !Path.Exists(evidence))
        {
            host.Error.WriteLine($"culprit: there is no file or folder {host.Safe(evidence)} to look for evidence in.");
            return ExitCodes.Usage;
        }

        var request = new VerifyRequest
        {
            Folder = folder,
            EvidenceRoot = evidence,
            PublicKey = key,
            Replay = rules,
            Knowledge = knowledge,
            Tool = ToolVersion.Text,
            CreateSpill = SpillFiles.Create,
        };
        CheckState worst = CheckState.Passed;
        try
        {
            foreach (CaseCheck check in CaseVerifier.Verify(request, host.Stop))
            {
                Show(check, host);
                worst = check.State > worst ? check.State : worst;
            }

            if (DossierCheckOfCase.Make(folder) is { } dossier)
            {
                Show(dossier, host);
                worst = dossier.State > worst ? dossier.State : worst;
            }
        }
        catch (CaseException e)
        {
            return CaseText.Complain(e, ExitCodes.Usage, folder, host);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CaseText.ComplainOfReading(e, folder, host);
        }

        host.Out.WriteLine();
        host.Out.WriteLine(worst switch
        {
            CheckState.Passed => "The case holds.",
            CheckState.NotMade => "Nothing speaks against the case, but not everything could be checked.",
            _ => "The case does not hold.",
        });
        return worst switch
        {
            CheckState.Passed => ExitCodes.Done,
            CheckState.NotMade => ExitCodes.NotRead,
            _ => ExitCodes.Failed,
        };
    }

    // Installed knowledge that is damaged keeps no check from being made but one, which then says what is missing.
    private static KnowledgeBase? Knowledge(string? named, CliHost host)
    {
        try
        {
            return KnowledgeFiles.Load(named, host).Base;
        }
        catch (KnowledgeException e) when (named is null)
        {
            host.Error.WriteLine($"culprit: knowledge: {host.Safe(e.Message)}");
            return null;
        }
    }

    private static void Show(CaseCheck check, CliHost host)
    {
        string state = check.State switch
        {
            CheckState.Passed => "ok      ",
            CheckState.NotMade => "not made",
            _ => "FAILED  ",
        };
        host.Out.WriteLine($"{state}  {check.Title} [{check.Code}]: {host.Safe(check.Detail)}");
        foreach (string problem in check.Problems)
        {
            host.Out.WriteLine($"            {host.Safe(problem)}.");
        }

        if (check.ProblemCount > check.Problems.Length)
        {
            host.Out.WriteLine($"            and {check.ProblemCount - check.Problems.Length} more.");
        }

        if (check.Advice.Length > 0)
        {
            host.Out.WriteLine($"            -> {check.Advice}");
        }
    }
}
