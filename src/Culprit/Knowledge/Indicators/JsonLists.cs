using System.Text.Json;
using Culprit.Knowledge.Indicators.Stix;

namespace Culprit.Knowledge.Indicators;

/// <summary>Reads lists that are JSON: bundles of STIX, and what MISP writes.</summary>
internal static class JsonLists
{
    private const int MaxDepth = 64;

    /// <summary>Whether a file is JSON rather than a list with one value a line.</summary>
    public static bool IsJson(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> text = content.StartsWith("\ufeff"u8) ? content[3..] : content;
        int at = text.IndexOfAnyExcept(" \t\r\n"u8);
        return at >= 0 && (text[at] == (byte)'{' || (text[at] == (byte)'[' && text[(at + 1)..].TrimStart(" \t\r\n"u8).StartsWith("{"u8)));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes, UTF-8.</param>
    /// <param name="fileName">What the list is called where the content does not name a group.</param>
    /// <param name="reading">Accounts for each value.</param>
    /// <param name="collector">Takes names of groups.</param>
    /// <param name="format">What it is, in words; known also where it cannot be read.</param>
    /// <exception cref="InvalidDataException">It is no JSON, or holds no indicator.</exception>
    public static void Read(ReadOnlyMemory<byte> content, string fileName, IndicatorReading reading, IndicatorCollector collector, out string format)
    {
        format = "JSON";
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (StixIndicatorReader.IsBundle(document.RootElement))
            {
                format = "STIX";
                StixIndicatorReader.Read(document.RootElement, fileName, reading, collector);
            }
            else
            {
                format = "MISP JSON";
                MispReader.Read(document.RootElement, fileName, reading, collector);
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(IsOneALine(content) ? "it is one JSON text a line (JSON Lines), which is not read: put them into one array, such as with 'jq -s .'" : Json.Where(e), e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(Json.HalfOfAPair, e);
        }
    }

    // The first line is whole, and another text follows it.
    private static bool IsOneALine(ReadOnlyMemory<byte> content)
    {
        ReadOnlyMemory<byte> text = content.Span.StartsWith("\ufeff"u8) ? content[3..] : content;
        text = text[(text.Length - text.Span.TrimStart(" \t\r\n"u8).Length)..];
        int end = text.Span.IndexOf((byte)'\n');
        if (end < 0 || text.Span[(end + 1)..].TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return false;
        }

        try
        {
            using JsonDocument first = JsonDocument.Parse(text[..end], new JsonDocumentOptions { MaxDepth = MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
