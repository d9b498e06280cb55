using System.CommandLine;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit knowledge update</c>: installs newer knowledge for all later runs.</summary>
internal static class KnowledgeUpdateCommand
{
    public static Command Create(CliHost host)
    {
        var from = new Option<string>("--from")
        {
            Description = "Where the knowledge is: a file, a folder, or the https address of a file",
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
                if (installed.Base.Groups.Count < before.Groups.Count / 2)
                {
                    host.Out.WriteLine($"{Words.Count(installed.Base.Groups.Count, "group")} instead of {before.Groups.Count}: whoever is not among them cannot be named any more. "
                        + "Install a whole bundle, such as enterprise-attack.json, if that is not meant.");
                }
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
}
