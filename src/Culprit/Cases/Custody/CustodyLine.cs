using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Culprit.Cases.Custody;

/// <summary>
/// A custody entry as a line of JSON. There is one way of writing an entry: a line that is not exactly what its entry is written
/// as has been changed.
/// </summary>
internal static class CustodyLine
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The hash that the first entry names as the one before.</summary>
    public static string Nothing { get; } = new('0', 64);

    /// <summary>The entry with its hash.</summary>
    public static CustodyEntry Sealed(CustodyEntry entry) =>
        entry with { Hash = Convert.ToHexStringLower(SHA256.HashData(Bytes(entry, withHash: false))) };

    /// <summary>The line, without its line feed.</summary>
    public static byte[] Write(CustodyEntry entry) => Bytes(entry, withHash: true);

    /// <summary>Reads a line; null where it is not an entry, written in the one way that there is.</summary>
    public static CustodyEntry? TryRead(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            CustodyEntry entry = Read(json.RootElement);
            return line.Span.SequenceEqual(Write(entry)) ? entry : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            // Not an entry: the caller says where.
            return null;
        }
    }

    private static CustodyEntry Read(JsonElement json) => new()
    {
        Sequence = json.GetProperty("sequence"u8).GetInt32(),
        Time = DateTimeOffset.ParseExact(
            json.GetProperty("time"u8).GetString()!, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Who = Text(json, "who"),
        Tool = Text(json, "tool"),
        Signer = Text(json, "signer"),
        Action = Text(json, "action"),
        Detail = Text(json, "detail"),
        Files = json.GetProperty("files"u8).EnumerateObject().ToImmutableSortedDictionary(
            static file => file.Name, static file => file.Value.GetString(), StringComparer.Ordinal),
        State = Text(json, "state"),
        Previous = Text(json, "previous"),
        Hash = Text(json, "hash"),
    };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException(name);

    private static byte[] Bytes(CustodyEntry entry, bool withHash)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence"u8, entry.Sequence);
            json.WriteString("time"u8, entry.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("who"u8, entry.Who);
            json.WriteString("tool"u8, entry.Tool);
            json.WriteString("signer"u8, entry.Signer);
            json.WriteString("action"u8, entry.Action);
            json.WriteString("detail"u8, entry.Detail);
            json.WriteStartObject("files"u8);
            foreach ((string path, string? hash) in entry.Files)
            {
                json.WriteString(path, hash);
            }

            json.WriteEndObject();
            json.WriteString("state"u8, entry.State);
            json.WriteString("previous"u8, entry.Previous);
            if (withHash)
            {
                json.WriteString("hash"u8, entry.Hash);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
