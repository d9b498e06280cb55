using Culprit.Evtx.BinXml;
using Culprit.Evtx.Values;

namespace Culprit.Evtx;

/// <summary>A record as a view over its chunk's bytes; valid inside the visitor's call only.</summary>
public readonly ref partial struct EvtxRecord
{
    private readonly ReadOnlySpan<byte> _chunk;
    private readonly RecordScratch _scratch;

    internal EvtxRecord(ReadOnlySpan<byte> chunk, RecordScratch scratch)
    {
        _chunk = chunk;
        _scratch = scratch;
    }

    /// <summary>The fields that the record has, and their order.</summary>
    public EvtxLayout Layout => _scratch.Layout;

    /// <summary>The identifier in the record's header.</summary>
    public ulong RecordId => _scratch.Header.RecordId;

    /// <summary>When the record was written, in 100 ns intervals since 1601-01-01 UTC, from the record's header.</summary>
    public long WrittenFileTime => _scratch.Header.WrittenFileTime;

    /// <summary>Where the record starts in the file.</summary>
    public long Offset => _scratch.Header.Offset;

    /// <summary>How many bytes it takes, header and copy of the size included.</summary>
    public int Length => _scratch.Header.Length;

    /// <summary>
    /// The record was found by its signature where the chunk does not vouch for it: in the unused part, after a place where
    /// the chain of records is broken, or in a chunk without header. It may be stale.
    /// </summary>
    public bool IsSlack => _scratch.Header.IsSlack;

    private Slot[] Slots => _scratch.Slots;

    /// <summary>Whether the record has the field. A present field may be empty.</summary>
    public bool IsPresent(int field)
    {
        ref readonly FieldSource source = ref _scratch.Sources[field];
        return source.Gate < 0 || IsOpen(in source);
    }

    /// <summary>
    /// Whether the field's value is text in the record itself. If not, its text is computed from a number, a truth value, a
    /// time, an identifier or bytes, so it holds digits and a few letters and signs, never words.
    /// </summary>
    public bool IsText(int field)
    {
        ref readonly FieldSource source = ref _scratch.Sources[field];
        if (source.Slot < 0)
        {
            return true;
        }

        int type = Slots[source.Slot].Type;
        return type is Slot.TokenRun or Slot.InlineTemplate or (int)EvtxValueType.BinXml
            || (type & ~(int)EvtxValueType.Array) is (int)EvtxValueType.String or (int)EvtxValueType.AnsiString;
    }

    /// <summary>Whether the field's value is part of the template, the same in every record that has the layout and the field.</summary>
    public bool IsConstant(int field) => _scratch.Sources[field].Slot == FieldSource.ConstantText;

    /// <summary>
    /// The record's bytes, if every value for which <see cref="IsText"/> holds stands there in one piece as UTF-16LE, but for
    /// those for which <see cref="IsConstant"/> holds. False where text is put together from pieces or is not UTF-16.
    /// </summary>
    public bool TryGetRawText(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (Layout.HasComposites)
        {
            return false;
        }

        foreach (ref readonly Slot slot in Slots.AsSpan(0, _scratch.SlotCount))
        {
            if (slot.Type == Slot.TokenRun || (slot.Type & ~(int)EvtxValueType.Array) == (int)EvtxValueType.AnsiString)
            {
                return false;
            }
        }

        bytes = _chunk.Slice(_scratch.Start, Length);
        return true;
    }

    /// <summary>
    /// The <paramref name="index"/>-th value of the field as text; arrays have several, everything else has one. Text that
    /// stands in the chunk is given in place; everything else is rendered into <paramref name="buffer"/>.
    /// </summary>
    /// <returns>False where the record has no such field or value.</returns>
    public bool TryGetText(int field, int index, EvtxTextBuffer buffer, out ReadOnlySpan<char> text)
    {
        ref readonly FieldSource source = ref _scratch.Sources[field];
        text = default;
        if (source.Gate >= 0 && !IsOpen(in source))
        {
            return false;
        }

        if (source.Slot < 0)
        {
            if (index != 0)
            {
                return false;
            }

            text = source.Slot == FieldSource.ConstantText ? source.Constant : Compose(source.Parts!, buffer);
            return true;
        }

        Slot slot = Slots[source.Slot];
        if (slot.Type == (byte)EvtxValueType.String)
        {
            text = index == 0 ? ValueText.Characters(_chunk.Slice(slot.Offset, slot.Length)) : default;
            return index == 0;
        }

        return TryGetOther(slot, index, buffer, out text);
    }

    /// <summary>
    /// The field's value, where it is a single text that stands in the record as it is. False for everything else, also for other
    /// values for which <see cref="IsText"/> holds: <see cref="TryGetText"/> gives those.
    /// </summary>
    public bool TryGetPlainText(int field, out ReadOnlySpan<char> text)
    {
        ref readonly FieldSource source = ref _scratch.Sources[field];
        if (source.Slot >= 0 && (source.Gate < 0 || IsOpen(in source)))
        {
            ref readonly Slot slot = ref Slots[source.Slot];
            if (slot.Type == (byte)EvtxValueType.String)
            {
                text = ValueText.Characters(_chunk.Slice(slot.Offset, slot.Length));
                return true;
            }
        }

        text = default;
        return false;
    }

    private bool IsOpen(ref readonly FieldSource source)
    {
        if (Slots[source.Gate].Type == (byte)EvtxValueType.Null)
        {
            return false;
        }

        foreach (int gate in source.Gates ?? [])
        {
            if (Slots[gate].Type == (byte)EvtxValueType.Null)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryGetOther(Slot slot, int index, EvtxTextBuffer buffer, out ReadOnlySpan<char> text)
    {
        ReadOnlySpan<byte> value = _chunk.Slice(slot.Offset, slot.Length);
        byte type = (byte)(slot.Type & ~(byte)EvtxValueType.Array);
        text = default;
        if ((slot.Type & (byte)EvtxValueType.Array) != 0)
        {
            ref ArrayPlace place = ref _scratch.Place;
            if (place.Array != slot.Offset)
            {
                place = new ArrayPlace { Array = slot.Offset };
            }

            if (!ArrayItem.TryFind(value, type, index, ref place, out value))
            {
                return false;
            }

            if (type == (byte)EvtxValueType.String)
            {
                text = ValueText.Characters(value);
                return true;
            }
        }
        else if (index != 0)
        {
            return false;
        }
        else if (slot.Type == Slot.TokenRun)
        {
            Span<char> run = buffer.Take(TokenRun.MaxLength(value));
            int length = TokenRun.Write(_chunk, slot, run);
            buffer.Return(run.Length - length);
            text = run[..length];
            return true;
        }
        else if (slot.Type is (byte)EvtxValueType.BinXml or Slot.InlineTemplate)
        {
            // Its text is that of its own fields.
            return true;
        }

        Span<char> room = buffer.Take(ValueText.MaxLength(value, type));
        int written = ValueText.Write(value, type, room);
        buffer.Return(room.Length - written);
        text = room[..written];
        return true;
    }

    // A part that is an array gives its first value: no template puts text around an array.
    private ReadOnlySpan<char> Compose(FieldPart[] parts, EvtxTextBuffer buffer)
    {
        int total = 0;
        foreach (FieldPart part in parts)
        {
            total += part.Slot < 0 ? part.Text.Length : MaxTextLength(Slots[part.Slot]);
        }

        // One room for the whole is taken before the parts are rendered, because they are taken from the same buffer.
        Span<char> room = buffer.Take(total);
        int used = 0;
        foreach (FieldPart part in parts)
        {
            ReadOnlySpan<char> text = part.Text;
            if (part.Slot >= 0 && !TryGetOther(Slots[part.Slot], 0, buffer, out text))
            {
                continue;
            }

            text.CopyTo(room[used..]);
            used += text.Length;
        }

        return room[..used];
    }

    private int MaxTextLength(Slot slot)
    {
        ReadOnlySpan<byte> value = _chunk.Slice(slot.Offset, slot.Length);
        return slot.Type == Slot.TokenRun
            ? TokenRun.MaxLength(value)
            : ValueText.MaxLength(value, (byte)(slot.Type & ~(byte)EvtxValueType.Array));
    }
}

/// <summary>Receives the records of a chunk, one at a time.</summary>
public interface IEvtxVisitor
{
    /// <summary>Called for each good record, in the order of the chunk.</summary>
    void Visit(scoped in EvtxRecord record);
}
