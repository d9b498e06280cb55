using System.Text;

namespace Culprit.Cli.Terminal;

/// <summary>
/// Everything that a command needs of the machine: its three streams and what they are connected to, the environment,
/// the clock and the wish to stop. Tests give their own, so that the whole program runs in-process.
/// </summary>
internal sealed class CliHost : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private bool _outputGone;

    /// <summary>Standard output as bytes; <see cref="Out"/> writes to the same.</summary>
    public required Stream OutStream { get; init; }

    /// <summary>Standard output as text.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error as text.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether what reads the output understands UTF-8.</summary>
    public bool Unicode { get; init; }

    /// <summary>Whether colours are wanted: a terminal, and neither <c>NO_COLOR</c> nor <c>TERM=dumb</c>.</summary>
    public bool Colour { get; init; }

    /// <summary>Columns of the terminal, or of the page where there is none.</summary>
    public int Width { get; init; } = 100;

    /// <summary>An environment variable; null where it is not set or empty.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Set when the user asks to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Text that is not ours, made safe for this host's output.</summary>
    public string Safe(string? text) => TerminalText.Safe(text, Unicode);

    /// <summary>Asks the running command to stop and report what it has.</summary>
    public void RequestStop() => _stop.Cancel();

    /// <summary>The machine's own console.</summary>
    public static CliHost ForConsole()
    {
        bool outTerminal = !Console.IsOutputRedirected;
        bool errorTerminal = !Console.IsErrorRedirected;
        bool unicode = IsUnicode(outTerminal || errorTerminal);
        Stream output = Console.OpenStandardOutput();
        Encoding encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new CliHost
        {
            OutStream = output,
            Out = new StreamWriter(output, encoding, bufferSize: 16 * 1024) { AutoFlush = outTerminal, NewLine = "\n" },
            Error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true, NewLine = "\n" },
            OutIsTerminal = outTerminal,
            ErrorIsTerminal = errorTerminal,
            Unicode = unicode,
            Colour = outTerminal && Variable("NO_COLOR") is null
                && !string.Equals(Variable("TERM"), "dumb", StringComparison.Ordinal),
            Width = outTerminal ? TerminalWidth() : 100,
            Environment = Variable,
        };
    }

    /// <summary>Says that standard output takes nothing more, so that nothing more is tried.</summary>
    public void GiveUpOutput() => _outputGone = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_outputGone)
        {
            Out.Flush();
        }

        Error.Flush();
        _stop.Dispose();
    }

    private static string? Variable(string name) =>
        System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool IsUnicode(bool terminal)
    {
        if (OperatingSystem.IsWindows())
        {
            if (terminal && Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
            {
                return TryUseUtf8();
            }

            return true;
        }

        // POSIX: the first of these that is set decides (XBD 8.2).
        string locale = Variable("LC_ALL") ?? Variable("LC_CTYPE") ?? Variable("LANG") ?? "";
        return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
            || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase)
            || OperatingSystem.IsMacOS();
    }

    private static bool TryUseUtf8()
    {
        try
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            return true;
        }
        catch (IOException)
        {
            // A console host that cannot change its code page is served in ASCII.
            return false;
        }
    }

    private static int TerminalWidth()
    {
        try
        {
            int width = Console.WindowWidth;
            return width > 0 ? Math.Clamp(width, 60, 200) : 100;
        }
        catch (IOException)
        {
            // No window to measure, such as under some terminal multiplexers and CI systems.
            return 100;
        }
    }
}
