using System.Text;
using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Reading;
using Culprit.Primitives;

namespace Culprit.Evidence.Formats.WebLogs;

/// <summary>What the directives of a W3C extended log say at some line.</summary>
/// <param name="Fields">The columns, as <c>#Fields</c> names them; empty before the first.</param>
/// <param name="DateTicks">The date of <c>#Date</c> at midnight UTC; -1 where there is none.</param>
/// <param name="Service">Sigma's service that <c>#Software</c> tells; empty where it does not.</param>
internal sealed record W3cContext(string Fields, long DateTicks, string Service)
{
    /// <summary>Before any directive.</summary>
    public static W3cContext Start { get; } = new("", -1, "");

    /// <summary>What holds after a directive, given without its line end.</summary>
    public W3cContext After(ReadOnlySpan<char> directive)
    {
        if (TryValue(directive, "#Fields:", out ReadOnlySpan<char> fields))
        {
            return this with { Fields = fields.ToString() };
        }

        if (TryValue(directive, "#Date:", out ReadOnlySpan<char> date))
        {
            return date.Length >= 10 && TimeText.TryParseDate(date[..10], out long ticks) ? this with { DateTicks = ticks } : this;
        }

        if (TryValue(directive, "#Software:", out ReadOnlySpan<char> software))
        {
            return this with
            {
                Service = software.Contains("Internet Information Services", StringComparison.OrdinalIgnoreCase)
                    || software.StartsWith("Microsoft HTTP", StringComparison.OrdinalIgnoreCase) ? "iis" : "",
            };
        }

        return this;
    }

    private static bool TryValue(ReadOnlySpan<char> directive, string name, out ReadOnlySpan<char> value)
    {
        value = default;
        if (!directive.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        value = directive[name.Length..].Trim();
        return true;
    }
}

/// <summary>
/// Follows the directives of a W3C extended log (W3C working draft WD-logfile-960323), which may change in mid-file, so
/// that every unit knows its columns from the start.
/// </summary>
internal sealed class W3cTracker : ILineTracker
{
    private const int LongestDirective = 16 * 1024;
    private W3cContext _context = W3cContext.Start;
    private bool _isFirst = true;

    /// <inheritdoc/>
    public object? Current => _context;

    /// <summary>Whether the first lines are directives, and columns of a web server's log are among them.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != (byte)'#')
        {
            return false;
        }

        while (!text.IsEmpty && text[0] == (byte)'#')
        {
            int after = TextUnits.AfterFirstLineEnd(text, TextEncoding.Utf8);
            ReadOnlySpan<byte> line = after == 0 ? text : text[..after];
            text = after == 0 ? [] : text[after..];
            if (line.Length > LongestDirective || !line.StartsWith("#Fields:"u8))
            {
                continue;
            }

            foreach (string name in Encoding.UTF8.GetString(line).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (name is "cs-method" or "cs-uri-stem" or "cs-uri-query" or "cs-uri" or "sc-status" or "c-uri")
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Advance(ReadOnlySpan<byte> lines, TextEncoding encoding)
    {
        if (encoding != TextEncoding.Utf8)
        {
            // A log in UTF-16 is a copy made by hand and small.
            lines = TextUnits.ToUtf8(lines, encoding);
        }

        if (_isFirst)
        {
            _isFirst = false;
            lines = lines[TextUnits.MarkLength(lines, TextEncoding.Utf8)..];
        }

        if (!lines.IsEmpty && lines[0] == (byte)'#')
        {
            Take(lines);
        }

        while (true)
        {
            int next = lines.IndexOf("\n#"u8);
            if (next < 0)
            {
                return;
            }

            lines = lines[(next + 1)..];
            Take(lines);
        }
    }

    private void Take(ReadOnlySpan<byte> lines)
    {
        int end = lines.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? lines : lines[..end];
        if (line.Length <= LongestDirective)
        {
            _context = _context.After(Encoding.UTF8.GetString(line));
        }
    }
}
