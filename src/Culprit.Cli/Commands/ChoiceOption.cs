using System.CommandLine;

namespace Culprit.Cli.Commands;

/// <summary>Options that take one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>An option that takes one of <paramref name="choices"/> by its name.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">Its help, to which the names are added.</param>
    /// <param name="initial">What holds where it is not given.</param>
    /// <param name="choices">The names and what they mean.</param>
    public static Option<T> Create<T>(string name, string description, T initial, params (string Name, T Value)[] choices)
    {
        string unlessGiven = choices.First(c => EqualityComparer<T>.Default.Equals(c.Value, initial)).Name;

        // The parser's own word for what holds unless given is the value's name in this program, not what the user would write.
        bool isFirst = EqualityComparer<T>.Default.Equals(initial, default);
        Option<T> option = Make(name, $"{description}: {Names(choices)}{(isFirst ? $"; {unlessGiven} unless given" : "")}", choices);
        option.DefaultValueFactory = isFirst ? null : _ => initial;
        return option;
    }

    /// <summary>An option that must be given and takes one of <paramref name="choices"/> by its name.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">Its help, to which the names are added.</param>
    /// <param name="choices">The names and what they mean.</param>
    public static Option<T> Required<T>(string name, string description, params (string Name, T Value)[] choices)
    {
        Option<T> option = Make(name, $"{description}: {Names(choices)}", choices);
        option.Required = true;
        return option;
    }

    private static string Names<T>((string Name, T Value)[] choices) => string.Join(", ", choices.Select(static c => c.Name));

    private static Option<T> Make<T>(string name, string description, (string Name, T Value)[] choices)
    {
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = "FORMAT",
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
                foreach ((string known, T value) in choices)
                {
                    if (string.Equals(known, text, StringComparison.OrdinalIgnoreCase))
                    {
                        return value;
                    }
                }

                result.AddError($"'{text}' is nothing that {name} knows. It takes: {Names(choices)}.");
                return choices[0].Value;
            },
        };
        option.CompletionSources.Add(_ => choices.Select(static c => new System.CommandLine.Completions.CompletionItem(c.Name)));
        return option;
    }
}
