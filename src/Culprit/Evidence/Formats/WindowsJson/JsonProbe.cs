using System.Text.Json;
using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>Tells whether JSON holds Windows events, and whether each stands on a line of its own.</summary>
internal static class JsonProbe
{
    private const int MaxLines = 50;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64, AllowMultipleValues = true };

    /// <summary>Whether text starts as JSON does.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(Options));
        try
        {
            return reader.Read() && reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Recognises the start of a source, as UTF-8.</summary>
    public static Recognition Probe(ReadOnlySpan<byte> text, TextEncoding encoding)
    {
        bool lines = false;
        ReadOnlySpan<byte> rest = text;
        for (int i = 0; i < MaxLines && !rest.IsEmpty; i++)
        {
            int after = TextUnits.AfterFirstLineEnd(rest, TextEncoding.Utf8);
            ReadOnlySpan<byte> line = after == 0 ? rest : rest[..after];
            rest = after == 0 ? [] : rest[after..];
            if (line[0] == (byte)'{' && IsWhole(line))
            {
                lines = true;
                if (HoldsEvent(line))
                {
                    return new Recognition(SourceFormat.WindowsJsonLines, "windows-json", "", encoding);
                }
            }
        }

        return !lines && HoldsEvent(text)
            ? new Recognition(SourceFormat.WindowsJsonObjects, "windows-json", "", encoding)
            : new Recognition(SourceFormat.Unknown, "unknown", "unknown format: JSON that does not hold Windows events");
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
                // Only whether it comes to its end counts.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The text may be cut anywhere: what stands before the cut decides.
    private static bool HoldsEvent(ReadOnlySpan<byte> text)
    {
        var paths = new JsonPaths();
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(Options));
        int top = text[0] == (byte)'[' ? 1 : 0;
        var scopes = new int[66];
        int current = JsonPaths.Root;
        bool hasId = false;
        bool hasOrigin = false;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject when reader.CurrentDepth == top:
                        current = JsonPaths.Root;
                        hasId = false;
                        hasOrigin = false;
                        scopes[reader.CurrentDepth] = current;
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        scopes[reader.CurrentDepth] = current;
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        current = scopes[reader.CurrentDepth];
                        break;
                    case JsonTokenType.PropertyName:
                        current = paths.Child(scopes[reader.CurrentDepth - 1], reader.ValueSpan);
                        if (current < 0)
                        {
                            return false;
                        }

                        JsonField field = paths.FieldOf(current);
                        hasId |= field is { Section: JsonSection.System, Name: "EventID" };
                        hasOrigin |= field is { Section: JsonSection.System, Name: "Channel" or "Provider_Name" } && paths.PathOf(current) != JsonFieldNames.AnyProvider;
                        if (hasId && hasOrigin)
                        {
                            return true;
                        }

                        break;
                    default:
                        break;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }
}
