namespace Culprit.Incidents.Surroundings;

/// <summary>What a command line tells a program, its options with one sign for the several that programs take.</summary>
internal readonly struct ProgramArguments
{
    private static readonly string[] Help = ["?", "h", "help", "-help"];

    private readonly string[] _exact;

    public ProgramArguments(string program, string commandLine)
    {
        string name = Path.GetFileNameWithoutExtension(program);
        _exact = [.. commandLine[EndOf(name, commandLine)..].TrimStart('"').Split([' ', '\t', '"'], StringSplitOptions.RemoveEmptyEntries)];
        Words = [.. _exact.Select(static word => word.ToLowerInvariant())];
        Text = string.Join(' ', Words);
    }

    /// <summary>The words behind the program's name, in lower case.</summary>
    public string[] Words { get; }

    public int Count => Words.Length;

    /// <summary>The first word; empty where there is none.</summary>
    public string Verb => Words.Length == 0 ? "" : Words[0];

    /// <summary>Whether nothing is asked for but how the program is used.</summary>
    public bool AsksForHelp => Words.Length > 0 && Words.Length <= 2 && (Verb == "help" || Help.Any(IsOption));

    /// <summary>Whether ports are passed on: options that mean something else in the other case.</summary>
    public bool Forwards => _exact.Any(static word => word is ['-', 'R' or 'L' or 'D', ..]);

    private string Text { get; }

    /// <summary>Whether one of these options is given, by itself or with a value behind a colon, an equals sign or the next word.</summary>
    public bool Has(params ReadOnlySpan<string> options)
    {
        foreach (string option in options)
        {
            if (IsOption(option))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the arguments hold a text.</summary>
    public bool Contains(string text) => Text.Contains(text, StringComparison.Ordinal);

    // Where the program's own name ends, which may stand below folders with spaces in their names and without its ending.
    private static int EndOf(string name, string commandLine)
    {
        for (int at = 0; name.Length > 0 && (at = commandLine.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + name.Length;
            ReadOnlySpan<char> rest = commandLine.AsSpan(end);
            end += rest.StartsWith(".exe", StringComparison.OrdinalIgnoreCase) || rest.StartsWith(".com", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
            if ((at == 0 || commandLine[at - 1] is '\\' or '/' or '"' or ' ') && (end == commandLine.Length || commandLine[end] is ' ' or '\t' or '"'))
            {
                return end;
            }
        }

        return commandLine.AsSpan().IndexOfAny(' ', '\t') is var first and >= 0 ? first : commandLine.Length;
    }

    private bool IsOption(string option) => Array.Exists(Words, word =>
        word.Length > option.Length && word[0] is '/' or '-' && word.AsSpan(1).StartsWith(option, StringComparison.Ordinal)
        && (word.Length == option.Length + 1 || word[option.Length + 1] is ':' or '='));
}
