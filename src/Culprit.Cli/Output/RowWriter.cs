using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Primitives;

namespace Culprit.Cli.Output;

/// <summary>How a result is written.</summary>
internal enum ResultFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For spreadsheets.</summary>
    Csv,

    /// <summary>For programs.</summary>
    Jsonl,

    /// <summary>For Timesketch.</summary>
    Timesketch,
}

/// <summary>Writes rows of text under names as CSV, as JSON Lines, or for people as names and values below each other, which wraps as a table cannot.</summary>
internal sealed class RowWriter(ResultFormat format, CliHost host, Stream output)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Page _page = new(host);
    private ImmutableArray<string?> _names;

    /// <summary>How many rows were written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes a row; the first holds the names.</summary>
    public void Write(ImmutableArray<string?> row)
    {
        bool isFirst = _names.IsDefault;
        _names = isFirst ? row : _names;
        Count += isFirst ? 0 : 1;
        switch (format)
        {
            case ResultFormat.Csv:
                // A line without anything would be no row at all.
                output.Write(Encoding.UTF8.GetBytes(row is [null or ""] ? "\"\"\r\n" : CsvText.Row(row.AsSpan())));
                break;
            case ResultFormat.Jsonl when !isFirst:
                Json(row);
                break;
            case ResultFormat.Table when !isFirst:
                Block(row);
                break;
            default:
                break;
        }
    }

    private void Json(ImmutableArray<string?> row)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            for (int i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                {
                    json.WriteString(_names[i]!, value);
                }
                else
                {
                    json.WriteNull(_names[i]!);
                }
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        output.Write(buffer.WrittenSpan);
    }

    private void Block(ImmutableArray<string?> row)
    {
        int width = Math.Min(20, _names.Max(n => host.Safe(n).Length)) + 2;
        _page.Line($"{Count.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", Tone.Quiet);
        for (int i = 0; i < row.Length; i++)
        {
            string name = TerminalText.Fit(_names[i], width - 2, host.Unicode).PadRight(width);
            string value = row[i] is { } text ? host.Safe(text) : "(none)";
            foreach (string part in Parts(value, Math.Max(20, host.Width - width - 2)))
            {
                _page.Mixed(("  " + name, Tone.Quiet), (part, Tone.Plain));
                name = new string(' ', width);
            }
        }
    }

    private static IEnumerable<string> Parts(string value, int width)
    {
        int at = 0;
        do
        {
            int length = Math.Min(width, value.Length - at);
            if (at + length < value.Length)
            {
                // Between words where that is possible, never within a pair of surrogates.
                int space = value.LastIndexOf(' ', at + length, length);
                length = space > at ? space - at + 1 : char.IsHighSurrogate(value[at + length - 1]) && length > 1 ? length - 1 : length;
            }

            yield return value.Substring(at, length).TrimEnd(' ');
            at += length;
        }
        while (at < value.Length);
    }
}
