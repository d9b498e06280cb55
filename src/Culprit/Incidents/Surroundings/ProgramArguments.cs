using System.Text;

namespace Culprit.Incidents.Surroundings;

/// <summary>What a command line tells a program, its options with one sign for the several that programs take.</summary>
internal readonly struct ProgramArguments
{
    // Options of plink that take the next word.
    private static readonly string[] WithValue =
        ["-R", "-L", "-D", "-P", "-l", "-pw", "-pwfile", "-i", "-m", "-load", "-nc", "-hostkey", "-proxycmd", "-sercfg", "-cert", "-sessionlog", "-sshlog", "-sshrawlog"];

    private readonly string[] _exact;

    public ProgramArguments(string program, string commandLine)
    {
        string name = Path.GetFileNameWithoutExtension(program);
        _exact = [.. Split(commandLine.AsSpan(EndOf(name, commandLine)).TrimStart('"'))];
        Words = [.. _exact.Select(static word => word.ToLowerInvariant())];
        Text = string.Join(' ', Words);
    }

    /// <summary>The words behind the program's name, in lower case; what is quoted is one, and may be empty.</summary>
    public string[] Words { get; }

    public int Count => Words.Length;

    /// <summary>The first word; empty where there is none.</summary>
    public string Verb => Words.Length == 0 ? "" : Words[0];

    /// <summary>The first word that is no switch, for programs that take switches before what they are to do; empty where there is none.</summary>
    public string Command => Array.Find(Words, static word => word is not ['-' or '/', ..]) ?? "";

    /// <summary>
    /// Whether nothing is asked for but how the program is used. The first word asks; what stands behind a file that is run or loaded is for that file.
    /// </summary>
    public bool AsksForHelp => Words.Length is 1 or 2 && Verb is "help" or "--help" or "/?" or "-?" or "/h" or "-h" or "/help" or "-help";

    /// <summary>Whether nothing is asked for but how a command of the program is used.</summary>
    public bool AsksForHelpOfVerb => Words is [_, "/?" or "-?"];

    /// <summary>
    /// Whether plink passes ports on: options that mean something else in the other case. It reads them on both sides of the host, up to the second
    /// plain word, where the command for the other machine begins; a saved session takes the place of the host.
    /// </summary>
    public bool Forwards
    {
        get
        {
            bool hasHost = false;
            for (int at = 0; at < _exact.Length; at++)
            {
                string word = _exact[at];
                if (word is ['-', 'R' or 'L' or 'D', ..])
                {
                    return true;
                }

                if (word is not ['-', ..])
                {
                    if (hasHost)
                    {
                        return false;
                    }

                    hasHost = true;
                }

                hasHost |= word == "-load";
                at += WithValue.Contains(word, StringComparer.Ordinal) ? 1 : 0;
            }

            return false;
        }
    }

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

    /// <summary>Whether an option is given with its value directly behind it.</summary>
    public bool HasGlued(string option) => Array.Exists(Words, word => word is ['-' or '/', ..] && word.Length > option.Length + 1 && word.AsSpan(1).StartsWith(option, StringComparison.Ordinal));

    /// <summary>Whether the arguments hold a text.</summary>
    public bool Contains(string text) => Text.Contains(text, StringComparison.Ordinal);

    // Where the program's own name ends, which may stand below folders with spaces in their names and without its ending.
    private static int EndOf(string name, string commandLine)
    {
        if (commandLine.StartsWith('"') && commandLine.IndexOf('"', 1) is var close and > 0
            && Path.GetFileNameWithoutExtension(EventFacts.FileName(commandLine[1..close])).Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return close;
        }

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

    // As Windows makes words: quotes hold together what has spaces, also within a word, and one behind a backslash is a character.
    private static List<string> Split(ReadOnlySpan<char> line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, begun = false;
        int backslashes = 0;
        foreach (char one in line)
        {
            if (one == '"' && backslashes % 2 == 0)
            {
                quoted = !quoted;
                begun = true;
            }
            else if (one is ' ' or '\t' && !quoted)
            {
                Add();
            }
            else
            {
                word.Append(one);
                begun = true;
            }

            backslashes = one == '\\' ? backslashes + 1 : 0;
        }

        Add();
        return words;

        void Add()
        {
            if (begun)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            begun = false;
        }
    }

    private bool IsOption(string option) => Array.Exists(Words, word =>
        word.Length > option.Length && word[0] is '/' or '-' && word.AsSpan(1).StartsWith(option, StringComparison.Ordinal)
        && (word.Length == option.Length + 1 || word[option.Length + 1] is ':' or '='));
}
