using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Texts in which URLs write characters as <c>%XX</c>, read as they are meant. What ends a URL or a word (spaces, quotes, brackets that close, control
/// characters) stays written so, that it ends neither where it is part of one; and so does what is no UTF-8.
/// </summary>
internal static class PercentText
{
    // A URL within a URL within a URL: %252F. More are made by nobody but to be slow.
    private const int Rounds = 3;

    private const int Escape = 3;
    private const int FirstPrintable = 0xa0;

    /// <summary>Whether a text has a character that is meant otherwise than it is written.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (int at = text.IndexOf('%'); at >= 0;)
        {
            // Most signs are those of variables and of numbers of messages (%SystemRoot%, %%2313).
            int next = at + SignsAt(text[at..]);
            if (next == at + 1 && next < text.Length && text[next] >= '2' && char.IsAsciiHexDigit(text[next]) && Read(text[at..], out _) > 0)
            {
                return true;
            }

            int more = text[next..].IndexOf('%');
            at = more < 0 ? -1 : next + more;
        }

        return false;
    }

    /// <summary>Writes a text as it is meant.</summary>
    /// <param name="text">The text.</param>
    /// <param name="meant">Gets it; as long as the text.</param>
    /// <param name="origins">Gets where in the text each character, and the end, stands; one longer than the text, or empty where nobody asks.</param>
    /// <returns>How many characters it has.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> meant, Span<int> origins)
    {
        for (int i = 0; i < origins.Length; i++)
        {
            origins[i] = i;
        }

        int length = Round(text, meant, origins);
        for (int round = 1, before = text.Length; round < Rounds && length < before; round++)
        {
            before = length;
            length = Round(meant[..length], meant, origins);
        }

        return length;
    }

    /// <summary>A value in lower case as it is meant.</summary>
    /// <param name="value">The value.</param>
    /// <param name="room">Room for it; as long as the value.</param>
    public static ReadOnlySpan<char> MeantBy(ReadOnlySpan<char> value, Span<char> room)
    {
        if (!value.Contains('%'))
        {
            return value;
        }

        Span<char> meant = room[..Write(value, room, [])];
        foreach (ref char c in meant)
        {
            c = char.ToLowerInvariant(c);
        }

        return meant;
    }

    // The target may be the text itself: what is written is never ahead of what is read.
    private static int Round(ReadOnlySpan<char> text, Span<char> target, Span<int> origins)
    {
        int from = 0, to = 0;
        while (true)
        {
            int percent = text[from..].IndexOf('%');
            int signs = percent < 0 ? 0 : SignsAt(text[(from + percent)..]);
            int run = signs == 0 ? text.Length - from : signs == 1 ? percent : percent + signs;
            text.Slice(from, run).CopyTo(target[to..]);
            if (!origins.IsEmpty)
            {
                origins.Slice(from, run + 1).CopyTo(origins[to..]);
            }

            (from, to) = (from + run, to + run);
            if (signs != 1)
            {
                if (signs == 0)
                {
                    return to;
                }

                continue;
            }

            int used = Read(text[from..], out Rune rune);
            int origin = origins.IsEmpty ? 0 : origins[from];
            if (used == 0)
            {
                (rune, used) = (new Rune('%'), 1);
            }

            for (int written = rune.EncodeToUtf16(target[to..]); written > 0; written--)
            {
                if (!origins.IsEmpty)
                {
                    origins[to] = origin;
                }

                to++;
            }

            from += used;
            if (!origins.IsEmpty)
            {
                origins[to] = origins[from];
            }
        }
    }

    // How many signs stand together: two and more, as before the numbers of Windows' messages, are none of an escape.
    private static int SignsAt(ReadOnlySpan<char> text) => text.Length < 2 || text[1] != '%' ? 1 : text.IndexOfAnyExcept('%') is var end and > 0 ? end : text.Length;

    // The character that a text begins with, and how long it is written; 0 where it is to stay as it is written.
    private static int Read(ReadOnlySpan<char> text, out Rune rune)
    {
        rune = default;
        if (!TryByte(text, out byte first))
        {
            return 0;
        }

        if (first < 0x80)
        {
            rune = new Rune((char)first);
            return char.IsAsciiLetterOrDigit((char)first) || "-._~/:?#@!$&*+,;=%[(\\".Contains((char)first, StringComparison.Ordinal) ? Escape : 0;
        }

        Span<byte> bytes = stackalloc byte[4];
        bytes[0] = first;
        int count = first switch { >= 0xf0 => 4, >= 0xe0 => 3, _ => 2 };
        for (int i = 1; i < count; i++)
        {
            if (text.Length <= i * Escape || !TryByte(text[(i * Escape)..], out bytes[i]))
            {
                return 0;
            }
        }

        return Rune.DecodeFromUtf8(bytes[..count], out rune, out int read) == System.Buffers.OperationStatus.Done && read == count && rune.Value >= FirstPrintable ? count * Escape : 0;
    }

    private static bool TryByte(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text.Length < Escape || text[0] != '%' || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
        {
            return false;
        }

        value = (byte)((Digit(text[1]) << 4) | Digit(text[2]));
        return true;
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
