using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Formats.WebLogs;
using Culprit.Evidence.Formats.WindowsJson;
using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Formats;

/// <summary>What a source is read as.</summary>
internal enum SourceFormat
{
    Unknown,
    Empty,
    Archive,
    Evtx,
    WindowsJsonLines,
    WindowsJsonObjects,
    W3c,
    Ncsa,
}

/// <summary>What a source was recognised as.</summary>
/// <param name="Format">How it is read.</param>
/// <param name="Name">Its name in the coverage.</param>
/// <param name="Reason">Why it is not read; empty where it is.</param>
/// <param name="Encoding">How its text is encoded.</param>
internal readonly record struct Recognition(
    SourceFormat Format, string Name, string Reason = "", TextEncoding Encoding = TextEncoding.Utf8);

/// <summary>Recognises a format by the first bytes of a source. Its name says nothing.</summary>
internal static class FormatRecognizer
{
    private const int TarMagicAt = 257;

    /// <summary>Recognises event logs and archives; everything else is unknown here.</summary>
    public static Recognition RecognizeBinary(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return new Recognition(SourceFormat.Empty, "empty");
        }

        if (IsEvtx(head))
        {
            return new Recognition(SourceFormat.Evtx, "evtx");
        }

        if (ArchiveName(head) is { Length: > 0 } archive)
        {
            return new Recognition(SourceFormat.Archive, archive);
        }

        return new Recognition(SourceFormat.Unknown, "unknown");
    }

    /// <summary>Recognises what is neither event log nor archive, and says of what is not read why.</summary>
    public static Recognition RecognizeText(ReadOnlySpan<byte> head)
    {
        TextEncoding encoding = TextUnits.EncodingOf(head, out int start);
        byte[]? recoded = encoding == TextEncoding.Utf8 ? null : TextUnits.ToUtf8(head[start..], encoding);
        ReadOnlySpan<byte> text = recoded is null ? head[start..] : recoded;
        ReadOnlySpan<byte> trimmed = text.TrimStart(" \t\r\n"u8);
        if (JsonProbe.IsJson(trimmed))
        {
            return JsonProbe.Probe(trimmed, encoding);
        }

        if (W3cTracker.Recognizes(text))
        {
            return new Recognition(SourceFormat.W3c, "iis-w3c", "", encoding);
        }

        if (NcsaParser.Recognizes(text))
        {
            return new Recognition(SourceFormat.Ncsa, "ncsa", "", encoding);
        }

        return new Recognition(SourceFormat.Unknown, "unknown", Describe(head));
    }

    // A file whose header is gone is still an event log where a chunk stands in its place.
    private static bool IsEvtx(ReadOnlySpan<byte> head) =>
        head.StartsWith("ElfFile\0"u8)
        || head.StartsWith("ElfChnk\0"u8)
        || (head.Length > 4104 && head[4096..].StartsWith("ElfChnk\0"u8));

    private static string ArchiveName(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
        {
            return "zip";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]))
        {
            return "gzip";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
        {
            return "7z";
        }

        if (head.StartsWith("Rar!\x1A\x07"u8))
        {
            return "rar";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]))
        {
            return "xz";
        }

        if (head.Length > 10 && head.StartsWith("BZh"u8) && head[3] is >= (byte)'1' and <= (byte)'9'
            && head[4..].StartsWith((ReadOnlySpan<byte>)[0x31, 0x41, 0x59, 0x26, 0x53, 0x59]))
        {
            return "bzip2";
        }

        return head.Length >= 512 && head[TarMagicAt..].StartsWith("ustar"u8) ? "tar" : "";
    }

    private static string Describe(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith("MZ"u8) => "unknown format: a Windows program",
        _ when head[1..].StartsWith("ELF"u8) && head[0] == 0x7F => "unknown format: a Unix program",
        _ when head.StartsWith("regf"u8) => "unknown format: a Windows registry hive",
        _ when head.StartsWith("%PDF"u8) => "unknown format: a PDF document",
        _ when head.StartsWith("<?xml"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)'<']) => "unknown format: XML",
        _ when head.StartsWith("LfLe"u8) || (head.Length > 8 && head[4..].StartsWith("LfLe"u8)) => "unknown format: an event log of Windows XP or 2003 (EVT)",
        _ when head.IndexOfAnyExceptInRange((byte)0, (byte)0) < 0 => "unknown format: zeros",
        _ when head[..Math.Min(head.Length, 4096)].Contains((byte)0) => "unknown format: binary",
        _ => "unknown format: text that is no log known here",
    };
}
