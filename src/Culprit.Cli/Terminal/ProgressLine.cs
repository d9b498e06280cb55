using System.Globalization;
using Culprit.Cli.Summary;
using Culprit.Evidence;

namespace Culprit.Cli.Terminal;

/// <summary>
/// Shows how far a run has come, on standard error: one line that is rewritten on a terminal, otherwise a line every
/// ten seconds for whoever reads the log.
/// </summary>
internal sealed class ProgressLine(CliHost host) : IProgress<EvidenceProgress>, IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly long _start = host.Clock.GetTimestamp();
    private TimeSpan _shownAt = TimeSpan.Zero;
    private int _shownLength;

    /// <inheritdoc/>
    public void Report(EvidenceProgress value)
    {
        lock (_gate)
        {
            TimeSpan elapsed = host.Clock.GetElapsedTime(_start);
            if (elapsed - _shownAt < (host.ErrorIsTerminal ? OnTerminal : InLog))
            {
                return;
            }

            _shownAt = elapsed;
            string text = Describe(value, elapsed);
            if (host.ErrorIsTerminal)
            {
                text = TerminalText.Fit(text, Math.Min(host.Width, 100) - 1, unicode: false);
                host.Error.Write("\r" + text.PadRight(_shownLength));
                _shownLength = text.Length;
            }
            else
            {
                host.Error.WriteLine("culprit: " + text);
            }
        }
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_shownLength > 0)
            {
                host.Error.Write("\r" + new string(' ', _shownLength) + "\r");
                _shownLength = 0;
            }
        }
    }

    /// <summary>Share, amount, rate and time left.</summary>
    internal static string Describe(EvidenceProgress value, TimeSpan elapsed)
    {
        double share = value.BytesTotal > 0 ? Math.Clamp((double)value.BytesRead / value.BytesTotal, 0, 1) : 0;
        double rate = elapsed.TotalSeconds > 0 ? value.BytesRead / elapsed.TotalSeconds : 0;
        string left = rate > 0 && value.BytesTotal >= value.BytesRead
            ? ", " + Words.Duration(TimeSpan.FromSeconds(Math.Ceiling(Math.Min((value.BytesTotal - value.BytesRead) / rate, 8_640_000)))) + " left"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{share * 100,3:0} %  {Words.Bytes(value.BytesRead)} of {Words.Bytes(value.BytesTotal)}, {Words.Number(value.Records)} records, file {value.SourcesDone} of {value.SourcesTotal}, {Words.Bytes((long)rate)}/s{left}");
    }
}
