using Culprit.Cli.Terminal;
using Culprit.Findings;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Culprit.Cli.Summary;

/// <summary>What a piece of text means; colours follow from it, where there are any.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Quiet,
    Critical,
    High,
    Medium,
    Low,
}

/// <summary>
/// Writes lines and tables to standard output. All text passes <see cref="TerminalText"/>; Spectre's markup is never
/// used, so that no text can be taken for it.
/// </summary>
internal sealed class Page
{
    private const int DetailIndent = 11;

    private readonly CliHost _host;
    private readonly IAnsiConsole _console;

    public Page(CliHost host)
    {
        _host = host;
        _console = Console(host.Out, host);
    }

    private static IAnsiConsole Console(TextWriter output, CliHost host)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new FixedOutput(output, host.Width),
            Ansi = host.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = host.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = host.Unicode;
        console.Profile.Capabilities.Links = false;
        return console;
    }

    public static Tone ToneOf(FindingLevel level) => level switch
    {
        FindingLevel.Critical => Tone.Critical,
        FindingLevel.High => Tone.High,
        FindingLevel.Medium => Tone.Medium,
        FindingLevel.Low => Tone.Low,
        _ => Tone.Quiet,
    };

    public void Heading(string text)
    {
        _console.WriteLine();
        Line(text.ToUpperInvariant(), Tone.Strong);
    }

    public void Line(string text, Tone tone = Tone.Plain)
    {
        _console.Write(Cell(text, tone));
        _console.WriteLine();
    }

    /// <summary>Several tones on one line, cut at the page's edge.</summary>
    public void Mixed(params ReadOnlySpan<(string Text, Tone Tone)> parts)
    {
        int left = _host.Width;
        foreach ((string text, Tone tone) in parts)
        {
            string fitted = TerminalText.Fit(text, left, _host.Unicode);
            left -= fitted.Length;
            _console.Write(new Text(fitted, StyleOf(tone)));
        }

        _console.WriteLine();
    }

    /// <summary>One line below an item: what it is, and its value cut in the middle where it is too long.</summary>
    public void Detail(string name, string value) =>
        Mixed((("    " + name).PadRight(DetailIndent), Tone.Quiet), (TerminalText.Fit(value, _host.Width - DetailIndent, _host.Unicode), Tone.Plain));

    /// <summary>As <see cref="Detail"/>, on up to two lines.</summary>
    public void TwoLines(string name, string value)
    {
        int width = _host.Width - DetailIndent;
        string fitted = TerminalText.Fit(value, 2 * width, _host.Unicode);
        int first = fitted.Length > width && char.IsLowSurrogate(fitted[width]) ? width - 1 : Math.Min(width, fitted.Length);
        Detail(name, fitted[..first]);
        if (first < fitted.Length)
        {
            Detail("", fitted[first..]);
        }
    }

    /// <summary>As <see cref="Detail"/>, on as many lines as it takes, broken between words.</summary>
    public void Wrapped(string name, string value)
    {
        int width = Math.Max(20, _host.Width - DetailIndent);
        var line = new System.Text.StringBuilder();
        foreach (string word in _host.Safe(value).Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                Detail(name, line.ToString());
                line.Clear();
                name = "";
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        Detail(name, line.ToString());
    }

    /// <summary>A sentence on as many lines as it takes, the first behind <paramref name="mark"/>, which is ours, and the others as far in.</summary>
    public void Hanging(string mark, string sentence, Tone tone = Tone.Plain)
    {
        const int readable = 100;
        int width = Math.Max(20, Math.Min(_host.Width, readable) - mark.Length);
        var line = new System.Text.StringBuilder();
        foreach (string word in _host.Safe(sentence).Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                Broken(mark + line, tone);
                line.Clear();
                mark = new string(' ', mark.Length);
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        Broken(mark + line, tone);
    }

    // Already broken, so that a word longer than the line stays whole where there is no colour to set.
    private void Broken(string line, Tone tone)
    {
        if (tone == Tone.Plain || !_host.Colour)
        {
            _host.Out.WriteLine(line);
            return;
        }

        Line(line, tone);
    }

    /// <summary>As <see cref="Detail"/>, but never cut: a place is there to be copied.</summary>
    public void Whole(string name, string value)
    {
        _console.Write(new Text(("    " + name).PadRight(DetailIndent), StyleOf(Tone.Quiet)));
        _host.Out.WriteLine(_host.Safe(value));
    }

    /// <summary>A table without lines; a column is a heading and whether it stands to the right (1).</summary>
    public Grid Table(params ReadOnlySpan<(string Name, int Right)> columns)
    {
        var table = new Grid();
        var headings = new IRenderable[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            (string name, int right) = columns[i];
            table.AddColumn(new GridColumn
            {
                // Only the last column may take several lines.
                NoWrap = i < columns.Length - 1,
                Padding = new Padding(2, 0, 0, 0),
                Alignment = right == 1 ? Justify.Right : Justify.Left,
            });
            headings[i] = new Text(name, StyleOf(Tone.Quiet));
        }

        table.AddRow(headings);
        return table;
    }

    public Text Cell(string text, Tone tone = Tone.Plain) => new(_host.Safe(text), StyleOf(tone));

    /// <summary>Writes a table, without the spaces that would fill its lines to the page's edge.</summary>
    public void Write(Grid table)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Console(text, _host).Write(table);
        foreach (string line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            _host.Out.WriteLine(line.TrimEnd(' '));
        }
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Quiet => new Style(Color.Grey),
        Tone.Critical => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.High => new Style(Color.Red),
        Tone.Medium => new Style(Color.Yellow),
        Tone.Low => new Style(Color.Blue),
        _ => Style.Plain,
    };

    private sealed class FixedOutput(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 50;

        public void SetEncoding(System.Text.Encoding encoding)
        {
            // The host chose the encoding for every writer of the program.
        }
    }
}
