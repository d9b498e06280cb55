using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary>The whole command line: each command is defined once, and help, completion and parsing read that definition.</summary>
internal static class CommandTree
{
    /// <summary>The program's name, as the user types it.</summary>
    public const string Program = "culprit";

    private const string VersionName = "--version";

    private const string Description =
        "Culprit reads raw logs, judges every record with Sigma rules and reports what is suspicious, with the bytes that say so.";

    private const string ExitCodeHelp = """
        Exit codes:
          0    ran to its end, whether or not anything was found
          1    the answer is no: `rules check` found errors; `rules explain` found no such rule or record;
               `knowledge show` found no such name; `indicators match` found no list; `verify` found a check
               that fails; a case is damaged
          2    wrong arguments; nothing was done
          3    some evidence could not be read; the rest was judged
          4    output or a case could not be written
          130  interrupted with Ctrl-C; what was found until then was reported
        """;

    /// <summary>Parses and runs.</summary>
    public static int Run(IReadOnlyList<string> args, CliHost host)
    {
        Command root = Create(host);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpTextAction)
        {
            foreach (string message in parsed.Errors.Select(static e => e.Message).Distinct(StringComparer.Ordinal))
            {
                host.Error.WriteLine("culprit: " + host.Safe(message));
            }

            host.Error.WriteLine($"Try 'culprit {CommandPath(parsed.CommandResult.Command)}--help'.");
            return ExitCodes.Usage;
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    /// <summary>The definitions, with <paramref name="host"/> as what the commands act upon.</summary>
    public static Command Create(CliHost host)
    {
        // Not a RootCommand, which would take its name from the file that the program happens to lie in.
        var root = new Command(Program, Description) { OwnHelp(host), new Option<bool>(VersionName) { Description = "Show the program's version", Action = new VersionAction(host) } };
        root.Add(InvestigateCommand.Create(host));
        root.Add(AttributeCommand.Create(host));
        root.Add(ReportCommand.Create(host));
        root.Add(VerifyCommand.Create(host));
        root.Add(NoteCommand.Create(host));
        root.Add(TagCommand.Create(host));
        root.Add(TimelineCommand.Create(host));
        root.Add(HuntCommand.Create(host));
        root.Add(LinkCommand.Create(host));
        root.Add(ExportCommand.Create(host));
        root.Add(DumpCommand.Create(host));
        root.Add(RulesCommand.Create(host));
        root.Add(KnowledgeCommand.Create(host));
        root.Add(EvaluateCommand.Create(host));
        root.Add(IndicatorsCommand.Create(host));
        root.Add(CompletionCommand.Create(host));
        root.SetAction(parsed =>
        {
            host.Error.WriteLine("culprit: say what to do, such as 'culprit investigate PATH'.");
            host.Error.WriteLine("Try 'culprit --help'.");
            return ExitCodes.Usage;
        });
        return root;
    }

    /// <summary>
    /// Refuses words that look like options but are none, which would otherwise be taken for paths. A path that begins
    /// with a dash is taken where it exists, and can always be written as <c>./-path</c>.
    /// </summary>
    public static Argument<T> WithoutOptions<T>(this Argument<T> argument)
    {
        argument.Validators.Add(static result =>
        {
            foreach (string word in result.Tokens.Select(static t => t.Value).Where(static w => w.Length > 1 && w[0] == '-' && !Path.Exists(w)))
            {
                result.AddError($"There is no option '{word}'.");
            }
        });
        return argument;
    }

    private static HelpOption OwnHelp(CliHost host)
    {
        var option = new HelpOption("--help", "-h", "-?") { Description = "Show this help" };
        var library = (HelpAction)option.Action!;
        library.MaxWidth = Math.Min(host.Width, 100);
        option.Action = new HelpTextAction(library);
        return option;
    }

    private static string CommandPath(Command command)
    {
        string path = "";
        for (Command? at = command; at is not null && at.Name != Program; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            path = at.Name + " " + path;
        }

        return path;
    }

    // The library's help, then examples of the command; at the root also the exit codes.
    private sealed class HelpTextAction(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.Invoke(parseResult);
            Command command = parseResult.CommandResult.Command;
            TextWriter output = parseResult.InvocationConfiguration.Output;
            if (HelpTopics.Of(command) is { Length: > 0 } more)
            {
                output.WriteLine(more);
            }

            if (command.Name == Program)
            {
                output.WriteLine(ExitCodeHelp);
            }

            return ExitCodes.Done;
        }
    }

    private sealed class VersionAction(CliHost host) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            host.Out.WriteLine(ToolVersion.Text);
            return ExitCodes.Done;
        }
    }
}
