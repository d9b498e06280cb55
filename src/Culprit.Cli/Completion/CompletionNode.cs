using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;

namespace Culprit.Cli.Completion;

/// <summary>A command as completion scripts need it, read from the definitions that also parse and document it.</summary>
/// <param name="Path">The words that lead to it, without the program's name; empty for the program.</param>
/// <param name="Description">Its help.</param>
/// <param name="Options">Its options.</param>
/// <param name="Commands">The commands below it.</param>
/// <param name="Values">The words that its argument may be; empty where it takes files or nothing.</param>
/// <param name="TakesFiles">Whether its arguments are files.</param>
internal sealed record CompletionNode(
    ImmutableArray<string> Path, string Description, ImmutableArray<CompletionOption> Options, ImmutableArray<CompletionNode> Commands,
    ImmutableArray<string> Values, bool TakesFiles)
{
    /// <summary>The last word.</summary>
    public string Name => Path.IsEmpty ? "culprit" : Path[^1];

    /// <summary>This command and all below it.</summary>
    public IEnumerable<CompletionNode> All() => Commands.SelectMany(static c => c.All()).Prepend(this);

    /// <summary>Reads the definitions.</summary>
    public static CompletionNode Of(Command root) => Of(root, []);

    private static CompletionNode Of(Command command, ImmutableArray<string> path)
    {
        ImmutableArray<string> values =
        [
            .. command.Arguments.SelectMany(static a => a.GetCompletions(CompletionContext.Empty)).Select(static c => c.Label).Distinct(StringComparer.Ordinal),
        ];
        return new CompletionNode(
            path,
            command.Description ?? "",
            [.. Inherited(command).Where(static o => !o.Hidden).Select(CompletionOption.Of).DistinctBy(static o => o.Name, StringComparer.Ordinal).OrderBy(static o => o.Name, StringComparer.Ordinal)],
            [.. command.Subcommands.Where(static c => !c.Hidden).Select(c => Of(c, path.Add(c.Name)))],
            values,
            command.Arguments.Count > 0 && values.IsEmpty);
    }

    private static IEnumerable<Option> Inherited(Command command)
    {
        IEnumerable<Option> own = command.Options;
        return command.Parents.OfType<Command>().Aggregate(own, static (all, parent) => all.Concat(Inherited(parent).Where(static o => o.Recursive)));
    }
}

/// <summary>An option as completion scripts need it.</summary>
/// <param name="Name">Such as <c>--rules</c>.</param>
/// <param name="Description">Its help.</param>
/// <param name="TakesValue">Whether a value follows it.</param>
/// <param name="Values">The words that its value may be; empty where it is free.</param>
/// <param name="TakesFile">Whether its value is a file or folder.</param>
internal sealed record CompletionOption(string Name, string Description, bool TakesValue, ImmutableArray<string> Values, bool TakesFile)
{
    public static CompletionOption Of(Option option)
    {
        bool takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool) && option.ValueType != typeof(void);
        ImmutableArray<string> values = takesValue
            ? [.. option.GetCompletions(CompletionContext.Empty).Select(static c => c.Label).Distinct(StringComparer.Ordinal)]
            : [];
        bool file = takesValue && (option.HelpName ?? "").Split('|').Any(static n => n is "FILE" or "DIR" or "ZIP");
        return new CompletionOption(option.Name, option.Description ?? "", takesValue, values, file);
    }
}
