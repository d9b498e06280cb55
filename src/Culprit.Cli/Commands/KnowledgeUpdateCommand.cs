using System.CommandLine;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit knowledge update</c>: installs newer knowledge for all later runs.</summary>
internal static class KnowledgeUpdateCommand
{
    private const string AttackFile = "a whole bundle, such as enterprise-attack.json";

    public static Command Create(CliHost host)
    {
        var from = new Option<string>("--from")
        {
            Description = "Where the knowledge is: a file, a folder, or the https address of a file (http from this machine alone)",
            HelpName = "FILE|DIR|URL",
            Required = true,
        };
        var command = new Command("update", "Install newer knowledge, whole or not at all") { from };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(from), host));
        return command;
    }

    private static int Run(string from, CliHost host)
    {
        try
        {
            KnowledgeInstallation installed = KnowledgeInstaller.Install(from, host);
            host.Out.WriteLine($"Installed {KnowledgeText.Holds(installed.Base)} as {host.Safe(installed.Path)}.");
            foreach (KnowledgeOrigin origin in installed.Base.Origins)
            {
                host.Out.WriteLine($"  from {host.Safe(KnowledgeText.Origin(origin))}");
            }

            foreach (string sentence in KnowledgeText.LeftOut(installed.Gathered))
            {
                host.Out.WriteLine("  " + host.Safe(sentence));
            }

            if (installed.Before is { } before)
            {
                int changes = KnowledgeDiff.Compare(before, installed.Base).Count;
                host.Out.WriteLine(changes == 0
                    ? "It says the same as what was in use before."
                    : $"{Words.Count(changes, "fact differs", "facts differ")} from what was in use before.");
                Fewer(before, installed.Base, host);
            }

            return ExitCodes.Done;
        }
        catch (Exception e) when (e is KnowledgeException or DownloadException)
        {
            host.Error.WriteLine("culprit: nothing was installed: " + host.Safe(e.Message.TrimEnd('.')) + ".");
            return ExitCodes.NotRead;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine("culprit: nothing was installed: " + host.Safe(e.Message));
            return ExitCodes.NotWritten;
        }
    }

    // A cut or made-up file replaces what is in use as well as a whole one does, and the number of facts that differ does not tell them apart.
    private static void Fewer(KnowledgeBase before, KnowledgeBase after, CliHost host)
    {
        (int Before, int After, string One, string Many, string Whole)[] kinds =
        [
            (before.Groups.Count, after.Groups.Count, "group", "groups", AttackFile),
            (before.Software.Count, after.Software.Count, "piece of software", "pieces of software", AttackFile),
            (before.Techniques.Count, after.Techniques.Count, "technique", "techniques", AttackFile),
            (before.Actors.Count, after.Actors.Count, "MISP actor", "MISP actors", "the cluster threat-actor.json of the MISP galaxy"),
        ];
        foreach ((int was, int now, string one, string many, string whole) in kinds.Where(static k => k.After < k.Before / 2))
        {
            host.Out.WriteLine($"{Words.Count(now, one, many)} instead of {Words.Number(was)}: what is not among them cannot be named any more. Install {whole}, if that is not meant.");
        }
    }
}
