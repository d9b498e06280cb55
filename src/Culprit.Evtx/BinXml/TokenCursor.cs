namespace Culprit.Evtx.BinXml;

/// <summary>A place among the tokens of a fragment. Offsets are those of the chunk, because names may stand outside the fragment.</summary>
internal ref struct TokenCursor(ReadOnlySpan<byte> chunk, int position, int end)
{
    public readonly ReadOnlySpan<byte> Chunk = chunk;
    public readonly int End = end;
    public int Position = position;

    /// <summary>The token at the cursor, <see cref="Token.EndOfFragment"/> past the end.</summary>
    public readonly byte Peek => Position < End ? Token.Of(Chunk[Position]) : Token.EndOfFragment;

    public readonly bool Has(int bytes) => End - Position >= bytes;

    /// <summary>
    /// Reads a name: its offset in the chunk, and the name itself where it stands right here.
    /// </summary>
    public Fault ReadName(int maxCharacters, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Has(4))
        {
            return Fault.Truncated;
        }

        uint offset = EvtxFormat.UInt32At(Chunk, Position);
        Position += 4;
        if (offset > (uint)(Chunk.Length - 8))
        {
            return Fault.BadName;
        }

        int characters = EvtxFormat.UInt16At(Chunk, (int)offset + 6);
        int size = characters * 2;
        if (characters > maxCharacters || size > Chunk.Length - (int)offset - 8)
        {
            return Fault.BadName;
        }

        name = Chunk.Slice((int)offset + 8, size);
        if (offset == (uint)Position)
        {
            // Next name's offset, hash, count, characters, terminator.
            Position += 8 + size + 2;
        }

        return Fault.None;
    }

    /// <summary>Reads the data of a value token whose type byte is at the cursor.</summary>
    public Fault ReadTypedValue(out Slot value)
    {
        value = default;
        if (!Has(1))
        {
            return Fault.Truncated;
        }

        byte type = Chunk[Position++];
        int size;
        switch ((EvtxValueType)type)
        {
            case EvtxValueType.Null:
                size = 0;
                break;
            case EvtxValueType.String:
            case EvtxValueType.AnsiString:
            case EvtxValueType.Binary:
                if (!Has(2))
                {
                    return Fault.Truncated;
                }

                size = EvtxFormat.UInt16At(Chunk, Position);
                size = type == (byte)EvtxValueType.String ? size * 2 : size;
                Position += 2;
                break;
            case EvtxValueType.Sid:
                if (!Has(8))
                {
                    return Fault.Truncated;
                }

                size = 8 + (Chunk[Position + 1] * 4);
                break;
            default:
                size = Values.ValueSize.Of(type);
                if (size == 0)
                {
                    return Fault.UnknownValueType;
                }

                break;
        }

        if (!Has(size))
        {
            return Fault.Truncated;
        }

        value = new Slot(Position, size, type);
        Position += size;
        return Fault.None;
    }

    /// <summary>Reads the text of a CDATA or processing-data token: a count of characters, then the characters.</summary>
    public Fault ReadCountedText(out Slot value)
    {
        value = default;
        if (!Has(2))
        {
            return Fault.Truncated;
        }

        int size = EvtxFormat.UInt16At(Chunk, Position) * 2;
        Position += 2;
        if (!Has(size))
        {
            return Fault.Truncated;
        }

        value = new Slot(Position, size, (byte)EvtxValueType.String);
        Position += size;
        return Fault.None;
    }
}
