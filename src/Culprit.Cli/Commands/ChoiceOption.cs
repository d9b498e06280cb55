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
        string names = string.Join(", ", choices.Select(static c => c.Name));
        string unlessGiven = choices.First(c => EqualityComparer<T>.Default.Equals(c.Value, initial)).Name;

        // The parser's own word for what holds unless given is the value's name in this program, not what the user would write.
        bool isFirst = EqualityComparer<T>.Default.Equals(initial, default);
        var option = new Option<T>(name)
        {
            Description = $"{description}: {names}{(isFirst ? $"; {unlessGiven} unless given" : "")}",
            HelpName = "FORMAT",
            DefaultValueFactory = isFirst ? null : _ => initial,
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

                result.AddError($"'{text}' is nothing that {name} knows. It takes: {names}.");
                return initial;
            },
        };
        option.CompletionSources.Add(_ => choices.Select(static c => new System.CommandLine.Completions.CompletionItem(c.Name)));
        return option;
    }
}
