using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Formats.Text;

/// <summary>Encodings and line ends of text, in bytes of the source.</summary>
internal static class TextUnits
{
    /// <summary>The encoding that the first bytes speak for, and where the text starts behind a byte order mark.</summary>
    public static TextEncoding EncodingOf(ReadOnlySpan<byte> head, out int start)
    {
        start = 0;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            start = 3;
            return TextEncoding.Utf8;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            start = 2;
            return TextEncoding.Utf16Little;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            start = 2;
            return TextEncoding.Utf16Big;
        }

        // Without a mark: the first two characters of a log are ASCII.
        if (head.Length >= 4 && head[1] == 0 && head[3] == 0 && head[0] is > 0 and < 0x80 && head[2] is > 0 and < 0x80)
        {
            return TextEncoding.Utf16Little;
        }

        return head.Length >= 4 && head[0] == 0 && head[2] == 0 && head[1] is > 0 and < 0x80 && head[3] is > 0 and < 0x80
            ? TextEncoding.Utf16Big
            : TextEncoding.Utf8;
    }

    /// <summary>How many bytes of a byte order mark a stretch at the start of a source begins with.</summary>
    public static int MarkLength(ReadOnlySpan<byte> text, TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf8 => text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0,
        TextEncoding.Utf16Little => text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? 2 : 0,
        _ => text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? 2 : 0,
    };

    /// <summary>UTF-16 as UTF-8; half characters become the replacement character.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> text, TextEncoding encoding) =>
        Encoding.UTF8.GetBytes(
            (encoding == TextEncoding.Utf16Little ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(text));

    /// <summary>Where the text behind the last line end starts; 0 where there is no line end.</summary>
    public static int AfterLastLineEnd(ReadOnlySpan<byte> text, TextEncoding encoding) => encoding == TextEncoding.Utf8
        ? text.LastIndexOf((byte)'\n') + 1
        : (Units(text).LastIndexOf(LineEnd(encoding)) + 1) * 2;

    /// <summary>Where the text behind the first line end starts; 0 where there is no line end.</summary>
    public static int AfterFirstLineEnd(ReadOnlySpan<byte> text, TextEncoding encoding) => encoding == TextEncoding.Utf8
        ? text.IndexOf((byte)'\n') + 1
        : (Units(text).IndexOf(LineEnd(encoding)) + 1) * 2;

    /// <summary>How many line ends there are.</summary>
    public static int CountLineEnds(ReadOnlySpan<byte> text, TextEncoding encoding) => encoding == TextEncoding.Utf8
        ? text.Count((byte)'\n')
        : Units(text).Count(LineEnd(encoding));

    /// <summary>
    /// Decodes a line into the record's arena. UTF-8 that is not valid is taken as Latin-1, byte by byte.
    /// </summary>
    /// <returns>How many characters were kept.</returns>
    public static int Decode(ReadOnlySpan<byte> line, TextEncoding encoding, TextRecord record, out int start)
    {
        Span<char> room = record.Room(line.Length);
        int count;
        if (encoding == TextEncoding.Utf8)
        {
            if (Utf8.ToUtf16(line, room, out _, out count, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
            {
                count = Encoding.Latin1.GetChars(line, room);
            }
        }
        else
        {
            ReadOnlySpan<ushort> units = Units(line);
            count = units.Length;
            if (encoding == TextEncoding.Utf16Little)
            {
                MemoryMarshal.Cast<ushort, char>(units).CopyTo(room);
            }
            else
            {
                BinaryPrimitives.ReverseEndianness(units, MemoryMarshal.Cast<char, ushort>(room)[..count]);
            }
        }

        start = record.Keep(count);
        return count;
    }

    private static ReadOnlySpan<ushort> Units(ReadOnlySpan<byte> text) => MemoryMarshal.Cast<byte, ushort>(text);

    private static ushort LineEnd(TextEncoding encoding) => encoding == TextEncoding.Utf16Little ? (ushort)0x000A : (ushort)0x0A00;
}

/// <summary>Goes through the lines of a unit.</summary>
internal ref struct LineReader
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly TextEncoding _encoding;
    private int _next;

    public LineReader(WorkUnit unit)
    {
        _text = unit.Bytes;
        _encoding = unit.State.Encoding;
        _next = unit.Offset == 0 ? TextUnits.MarkLength(_text, _encoding) : 0;
        Number = unit.FirstLine - 1;
    }

    /// <summary>The number of the line.</summary>
    public long Number { get; private set; }

    /// <summary>Where in the unit it starts.</summary>
    public int Start { get; private set; }

    /// <summary>Its bytes without the line end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        if (_next >= _text.Length)
        {
            return false;
        }

        Start = _next;
        Number++;
        ReadOnlySpan<byte> rest = _text[_next..];
        int after = TextUnits.AfterFirstLineEnd(rest, _encoding);
        _next += after == 0 ? rest.Length : after;
        ReadOnlySpan<byte> line = after == 0 ? rest : rest[..after];
        Line = _encoding switch
        {
            TextEncoding.Utf8 => line.TrimEnd("\r\n"u8),
            TextEncoding.Utf16Little => TrimWide(line, 0),
            _ => TrimWide(line, 1),
        };
        return true;
    }

    // low: which byte of a unit holds its lower half.
    private static ReadOnlySpan<byte> TrimWide(ReadOnlySpan<byte> line, int low)
    {
        while (line.Length >= 2 && line[^(1 + low)] == 0 && line[^(2 - low)] is (byte)'\n' or (byte)'\r')
        {
            line = line[..^2];
        }

        return line;
    }
}
