using System.Numerics;
using System.Runtime.InteropServices;
using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>
/// Cuts JSON that is not one object a line (an array, or objects printed over several lines) into units of whole
/// objects. Only braces and strings are looked at; what the objects hold is the parser's to judge.
/// </summary>
internal static class JsonObjectUnits
{
    private const int BlockSize = 1 << 20;

    /// <summary>The units of a source. An object longer than the limit, or cut off, is counted bad.</summary>
    public static IEnumerable<WorkUnit> Read(SourceStream stream, SourceState state, EvidenceRun run)
    {
        int limit = run.Options.MaxRecordBytes;
        byte[] carry = [];
        long offset = 0;
        bool resync = false;
        while (true)
        {
            WorkUnit unit = run.Units.Rent(state, UnitKind.JsonObjects, BlockSize + carry.Length);
            unit.Offset = offset;
            carry.CopyTo(unit.Buffer, 0);
            int wanted = BlockSize + carry.Length;
            unit.Length = carry.Length + stream.ReadFully(unit.Buffer.AsSpan(carry.Length, wanted - carry.Length));
            bool ended = unit.Length < wanted;
            if (resync)
            {
                int line = NextLine(unit.Bytes, state.Encoding);
                offset += line;
                carry = unit.Bytes[line..].ToArray();
                resync = line == unit.Length;
                run.Units.Return(unit);
                if (ended && carry.Length == 0)
                {
                    yield break;
                }

                continue;
            }

            int open = Scan(unit, limit);
            int used = open < 0 ? unit.Length : open;
            if (open >= 0 && (ended || unit.Length - open > limit))
            {
                state.AddBad(offset + open, ended ? "an object that is cut off" : $"an object of more than {limit} bytes");
                resync = !ended;
                used = ended ? unit.Length : Math.Min(unit.Length, open + 2);
            }

            offset += used;
            carry = unit.Bytes[used..].ToArray();
            unit.Length = used;
            if (unit.Pieces.Count > 0)
            {
                yield return unit;
            }
            else
            {
                run.Units.Return(unit);
            }

            if (ended)
            {
                yield break;
            }
        }
    }

    // Adds the whole objects as pieces; returns where an object starts that has no end, or -1.
    private static int Scan(WorkUnit unit, int limit)
    {
        switch (unit.State.Encoding)
        {
            case TextEncoding.Utf8:
                return Scan<byte>(unit.Bytes, unit, limit, 1, (byte)'{', (byte)'}', (byte)'"', (byte)'\\');
            case TextEncoding.Utf16Little:
                return Scan<ushort>(MemoryMarshal.Cast<byte, ushort>(unit.Bytes), unit, limit, 2, '{', '}', '"', '\\');
            default:
                return Scan<ushort>(
                    MemoryMarshal.Cast<byte, ushort>(unit.Bytes), unit, limit, 2, '{' << 8, '}' << 8, '"' << 8, '\\' << 8);
        }
    }

    private static int Scan<T>(ReadOnlySpan<T> text, WorkUnit unit, int limit, int size, T open, T close, T quote, T escape)
        where T : unmanaged, IEquatable<T>, IBinaryInteger<T>
    {
        int depth = 0;
        int start = -1;
        int at = 0;
        while (at < text.Length)
        {
            int step = text[at..].IndexOfAny(open, close, quote);
            if (step < 0)
            {
                break;
            }

            at += step;
            T found = text[at++];
            if (found == quote)
            {
                if (!SkipString(text, ref at, quote, escape))
                {
                    break;
                }
            }
            else if (found == open)
            {
                if (depth++ == 0)
                {
                    start = at - 1;
                }
            }
            else if (depth > 0 && --depth == 0)
            {
                if ((at - start) * size > limit)
                {
                    return start * size;
                }

                unit.Pieces.Add(new Piece(start * size, (at - start) * size, unit.Offset + (start * size)));
                start = -1;
            }
        }

        return start < 0 ? -1 : start * size;
    }

    private static bool SkipString<T>(ReadOnlySpan<T> text, ref int at, T quote, T escape)
        where T : unmanaged, IEquatable<T>
    {
        while (at < text.Length)
        {
            int step = text[at..].IndexOfAny(quote, escape);
            if (step < 0)
            {
                at = text.Length;
                return false;
            }

            at += step + 1;
            if (text[at - 1].Equals(quote))
            {
                return true;
            }

            at++;
        }

        return false;
    }

    private static int NextLine(ReadOnlySpan<byte> text, TextEncoding encoding)
    {
        int after = Text.TextUnits.AfterFirstLineEnd(text, encoding);
        return after == 0 ? text.Length : after;
    }
}
