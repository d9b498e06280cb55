using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Culprit.Cases.Exports;

/// <summary>Writes one JSON object a line.</summary>
internal sealed class JsonLines(Stream output) : IDisposable
{
    private const int FlushAt = 256 * 1024;

    // For programs and for grep: only what JSON and terminals need is escaped, not what HTML needs.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private Utf8JsonWriter? _json;

    /// <summary>Writes an object.</summary>
    public void Write(Action<Utf8JsonWriter> properties)
    {
        Utf8JsonWriter json = _json ??= new Utf8JsonWriter(_buffer, Options);
        json.Reset(_buffer);
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
        json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Writes a property of the object that is being written.</summary>
    public void Value(string name, object? value)
    {
        Utf8JsonWriter json = _json!;
        json.WritePropertyName(name);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case ImmutableArray<string> texts:
                json.WriteStartArray();
                foreach (string text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            case ImmutableArray<long> numbers:
                json.WriteStartArray();
                foreach (long number in numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    /// <summary>A list of texts as JSON.</summary>
    public static string Texts(ImmutableArray<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _json?.Dispose();
    }

    private void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
