using System.CommandLine;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Output;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit knowledge show</c>: everything known of a name, with who said it and when.</summary>
internal static class KnowledgeShowCommand
{
    public static Command Create(CliHost host)
    {
        var name = new Argument<string>("NAME") { Description = "A group, software, technique, campaign, actor or CVE: its identifier, its name or one of its aliases" }.WithoutOptions();
        Option<string?> knowledge = KnowledgeFiles.Option();
        Option<ResultFormat> format = ChoiceOption.Create("--format", "How to write it", ResultFormat.Table, ("text", ResultFormat.Table), ("json", ResultFormat.Jsonl));
        var command = new Command("show", "Show what is known of a name, and who said so") { name, knowledge, format };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(name), parsed.GetValue(knowledge), parsed.GetValue(format), host));
        return command;
    }

    private static int Run(string wanted, string? named, ResultFormat format, CliHost host)
    {
        KnowledgeInUse use;
        try
        {
            use = KnowledgeFiles.Load(named, host);
        }
        catch (KnowledgeException e)
        {
            host.Error.WriteLine("culprit: knowledge: " + host.Safe(e.Message) + ".");
            return ExitCodes.Usage;
        }

        IReadOnlyList<KnownName> found = use.Base.FindShort(wanted);
        if (found.Count == 0)
        {
            if (KnowledgeText.UnknownIdentifier(wanted, use.Base) is { } unknown)
            {
                host.Error.WriteLine($"culprit: {host.Safe(unknown)}.");
                return ExitCodes.Failed;
            }

            host.Error.WriteLine($"culprit: nothing is known under the name '{host.Safe(wanted)}'.");
            foreach (KnownName near in use.Base.Nearest(wanted))
            {
                host.Error.WriteLine($"  Did you mean {host.Safe(near.Matched)}? ({KnowledgeText.Kind(near.Kind)} {host.Safe(near.Id)} {host.Safe(near.Name)})");
            }

            return ExitCodes.Failed;
        }

        if (format is ResultFormat.Jsonl)
        {
            return ResultOutput.Write(path: null, host, stream => KnowledgeJson.Write(stream, use, wanted, found));
        }

        new KnowledgePage(use.Base, host).Write(found, wanted);
        host.Out.WriteLine();
        host.Out.WriteLine($"Knowledge: {string.Join(", ", use.Base.Origins.Select(o => host.Safe(KnowledgeText.Origin(o))))}; {host.Safe(use.From)}.");
        return ExitCodes.Done;
    }
}
