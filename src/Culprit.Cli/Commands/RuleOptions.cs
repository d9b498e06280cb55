using System.CommandLine;
using System.CommandLine.Parsing;
using Culprit.Findings;

namespace Culprit.Cli.Commands;

/// <summary>The options by which several commands choose rules.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string[]> _rules = new("--rules")
    {
        Description = "Use these Sigma rules too: a file, a folder of .yml files, or a zip of them. May be given several times",
        HelpName = "DIR|FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _noDefaults = new("--no-default-rules")
    {
        Description = "Use neither the rules that Culprit brings nor those installed by 'rules update'",
    };

    private readonly Option<string?> _logSources = new("--log-sources")
    {
        Description = "Extend the map from Sigma log sources to channels and fields by this YAML file",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Add(_rules);
        command.Add(_noDefaults);
        command.Add(_logSources);
    }

    /// <summary>What the user chose.</summary>
    public RuleChoice Read(ParseResult parsed) =>
        new(parsed.GetValue(_rules) ?? [], !parsed.GetValue(_noDefaults), parsed.GetValue(_logSources));

    /// <summary>An option that takes a level.</summary>
    public static Option<FindingLevel> Level(string name, string description)
    {
        var option = new Option<FindingLevel>(name)
        {
            Description = description,
            HelpName = "LEVEL",
            CustomParser = static result => ParseLevel(result),
        };
        option.CompletionSources.Add(Levels);
        return option;
    }

    /// <summary>The levels' names, in rising order.</summary>
    public static string[] Levels { get; } = ["informational", "low", "medium", "high", "critical"];

    private static FindingLevel ParseLevel(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        int level = Array.FindIndex(Levels, l => text.Length > 0 && l.StartsWith(text, StringComparison.OrdinalIgnoreCase));
        if (level >= 0)
        {
            return (FindingLevel)level;
        }

        result.AddError($"'{text}' is no level. Levels are: {string.Join(", ", Levels)}.");
        return FindingLevel.Informational;
    }
}

/// <summary>Which rules a command is to use.</summary>
/// <param name="Paths">Files and folders of the user's.</param>
/// <param name="Defaults">Whether shipped and installed rules are used.</param>
/// <param name="LogSources">A file that extends the log source map; null where none is given.</param>
internal sealed record RuleChoice(IReadOnlyList<string> Paths, bool Defaults, string? LogSources);
