using System.CommandLine;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit knowledge build</c>: facts from files as MITRE and MISP publish them.</summary>
internal static class KnowledgeBuildCommand
{
    public static Command Create(CliHost host)
    {
        var from = new Option<string>("--from")
        {
            Description = "A file, or a folder of files: ATT&CK bundles (STIX 2.0 or 2.1), MISP's threat-actor cluster",
            HelpName = "FILE|DIR",
            Required = true,
        };
        var output = new Option<string>("--out") { Description = "The file of facts to write", HelpName = "FILE", Required = true }.OutsideCases();
        var command = new Command("build", "Make a file of facts from published files") { from, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(from), parsed.GetRequiredValue(output), host));
        return command;
    }

    private static int Run(string from, string path, CliHost host)
    {
        try
        {
            var builder = new KnowledgeBuilder();
            GatheredKnowledge gathered = KnowledgeGatherer.Read(from, builder, host);
            KnowledgeBase knowledge = KnowledgeText.BuildAndWarn(from, gathered, builder, host);
            host.Stop.ThrowIfCancellationRequested();
            int code = ResultOutput.Write(path, host, knowledge.Write);
            if (code == ExitCodes.Done)
            {
                host.Out.WriteLine($"{host.Safe(path)}: {KnowledgeText.Holds(knowledge)}.");
                foreach (KnowledgeOrigin origin in knowledge.Origins)
                {
                    host.Out.WriteLine($"  from {host.Safe(KnowledgeText.Origin(origin))}");
                }

                host.Out.WriteLine($"  SHA-256 {knowledge.Sha256}");
                foreach (string sentence in KnowledgeText.LeftOut(gathered))
                {
                    host.Out.WriteLine("  " + host.Safe(sentence));
                }
            }

            return code;
        }
        catch (KnowledgeException e)
        {
            host.Error.WriteLine("culprit: nothing was built: " + host.Safe(e.Message) + ".");
            return ExitCodes.NotRead;
        }
    }
}
