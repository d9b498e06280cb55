using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Formats.Text;

/// <summary>What a format has to know of the lines before a unit.</summary>
internal interface ILineTracker
{
    /// <summary>What holds at the start of the next unit. Never changed once it was handed out.</summary>
    object? Current { get; }

    /// <summary>Goes over whole lines.</summary>
    void Advance(ReadOnlySpan<byte> lines, TextEncoding encoding);
}

/// <summary>Cuts text into units of whole lines.</summary>
internal static class LineUnits
{
    private const int BlockSize = 1 << 20;

    /// <summary>The units of a source. A line longer than the limit is counted bad and left out.</summary>
    public static IEnumerable<WorkUnit> Read(
        SourceStream stream, SourceState state, EvidenceRun run, UnitKind kind, ILineTracker? tracker)
    {
        byte[] carry = [];
        long offset = 0;
        long line = 1;
        while (true)
        {
            WorkUnit unit = run.Units.Rent(state, kind, BlockSize);
            unit.Offset = offset;
            unit.FirstLine = line;
            int cut = Fill(unit, carry, stream, run.Options.MaxRecordBytes);
            if (cut < 0)
            {
                state.AddBad(offset, $"a line of more than {run.Options.MaxRecordBytes} bytes");
                offset = SkipLine(unit, stream, state.Encoding, offset, out carry);
                line++;
                run.Units.Return(unit);
                continue;
            }

            if (unit.Length == 0)
            {
                run.Units.Return(unit);
                yield break;
            }

            carry = unit.Bytes[cut..].ToArray();
            unit.Length = cut;
            unit.Context = tracker?.Current;
            tracker?.Advance(unit.Bytes, state.Encoding);

            // The unit belongs to the worker from here on.
            offset += cut;
            line += TextUnits.CountLineEnds(unit.Bytes, state.Encoding);
            yield return unit;
        }
    }

    /// <summary>Fills a unit; returns where its last whole line ends, or -1 where a line passes the limit.</summary>
    private static int Fill(WorkUnit unit, byte[] carry, SourceStream stream, int limit)
    {
        unit.Reserve(carry.Length + BlockSize);
        carry.CopyTo(unit.Buffer, 0);
        int filled = carry.Length;
        int room = Math.Max(BlockSize, carry.Length + (BlockSize / 2));
        while (true)
        {
            int read = stream.ReadFully(unit.Buffer.AsSpan(filled, room - filled));
            bool ended = read < room - filled;
            filled += read;
            unit.Length = filled;
            int cut = ended ? filled : TextUnits.AfterLastLineEnd(unit.Bytes, unit.State.Encoding);
            if (cut > 0 || ended)
            {
                return cut;
            }

            if (filled >= limit)
            {
                return -1;
            }

            room = Math.Min(room * 2, Math.Max(limit, filled + 2));
            unit.Reserve(room, filled);
        }
    }

    private static long SkipLine(WorkUnit unit, SourceStream stream, TextEncoding encoding, long offset, out byte[] carry)
    {
        offset += unit.Length;
        while (true)
        {
            unit.Length = stream.ReadFully(unit.Buffer.AsSpan(0, BlockSize));
            int after = TextUnits.AfterFirstLineEnd(unit.Bytes, encoding);
            if (after > 0 || unit.Length == 0)
            {
                carry = unit.Bytes[after..].ToArray();
                return offset + after;
            }

            offset += unit.Length;
        }
    }
}
