namespace Culprit.Evtx.BinXml;

/// <summary>
/// Reads the BinXML of one record: finds the shape that it has and fills the slots with the places of its values. Nothing
/// is rendered and, once the shapes are known, nothing is allocated.
/// </summary>
internal sealed class RecordParser
{
    // The layouts of a chunk's records may together have this many fields; a real chunk needs a hundredth of it.
    private const long MaxCost = 4 << 20;

    private readonly EvtxLayoutCache _cache;
    private readonly EvtxOptions _options;
    private readonly SignatureBuilder _signatures = new();
    private readonly ChunkTemplates _templates;
    private Slot[] _slots = new Slot[256];
    private int _slotCount;
    private long _cost;

    public RecordParser(EvtxLayoutCache cache, EvtxOptions options)
    {
        _cache = cache;
        _options = options;
        _templates = new ChunkTemplates(cache, _signatures, options);
    }

    /// <summary>The slots of the record read last, <see cref="SlotCount"/> of them.</summary>
    public Slot[] Slots => _slots;

    /// <summary>How many slots the record read last has.</summary>
    public int SlotCount => _slotCount;

    /// <summary>Forgets the templates of the chunk before.</summary>
    public void StartChunk()
    {
        _templates.Clear();
        _cost = 0;
    }

    /// <summary>Reads the fragment between two offsets of the chunk.</summary>
    public Fault Read(ReadOnlySpan<byte> chunk, int start, int end, out Shape? shape)
    {
        _slotCount = 0;
        Fault fault = ReadFragment(chunk, start, end, depth: 0, out shape);
        if (fault != Fault.None)
        {
            return fault;
        }

        // What a layout costs counts for each record, built or not, so that the outcome does not depend on the cache.
        LayoutBounds bounds = shape!.Bounds;
        _cost += bounds.Cost;
        return bounds.Fits(_options) ? _cost <= MaxCost ? Fault.None : Fault.TooMuchWork : Fault.TooLarge;
    }

    private Fault ReadFragment(ReadOnlySpan<byte> chunk, int start, int end, int depth, out Shape? shape)
    {
        shape = null;
        if (depth > _options.MaxNesting)
        {
            return Fault.TooDeep;
        }

        var cursor = new TokenCursor(chunk, start, end);
        while (cursor.Has(4) && cursor.Peek == Token.FragmentHeader)
        {
            cursor.Position += 4;
        }

        if (cursor.Peek != Token.TemplateInstance)
        {
            return ReadElements(chunk, start, end, depth, out shape);
        }

        int slotsBefore = _slotCount;
        Fault fault = ReadInstance(ref cursor, depth, out shape);
        if (fault == Fault.None && cursor.Peek != Token.EndOfFragment)
        {
            // Something follows the template instance: read all of it as a sequence.
            _slotCount = slotsBefore;
            return ReadElements(chunk, start, end, depth, out shape);
        }

        return fault;
    }

    private Fault ReadInstance(ref TokenCursor cursor, int depth, out Shape? shape)
    {
        shape = null;
        Fault fault = TemplateInstance.Read(ref cursor, out TemplateInstance instance);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = _templates.Get(cursor.Chunk, instance.Definition, out Template? template);
        if (fault != Fault.None)
        {
            return fault;
        }

        fault = Reserve(template!.SlotCount, out int first);
        if (fault != Fault.None)
        {
            return fault;
        }

        Span<Slot> slots = _slots.AsSpan(first, template.SlotCount);
        ReadOnlySpan<byte> table = cursor.Chunk[instance.Values..instance.Data];
        int data = instance.Data;
        bool hasNested = false;
        int i = 0;
        for (; table.Length >= 4; i++)
        {
            uint descriptor = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(table);
            int size = (ushort)descriptor;
            byte type = (byte)(descriptor >> 16);
            if (i < slots.Length)
            {
                slots[i] = new Slot(data, size, type);
                hasNested |= type == (byte)EvtxValueType.BinXml;
            }

            data += size;
            table = table[4..];
        }

        if (data > cursor.End)
        {
            return Fault.Truncated;
        }

        if (i < slots.Length)
        {
            slots[i..].Clear();
        }

        cursor.Position = data;
        shape = template.Shape;
        return hasNested ? ReadNested(cursor.Chunk, first, template.SlotCount, depth, ref shape) : Fault.None;
    }

    private Fault ReadNested(ReadOnlySpan<byte> chunk, int first, int count, int depth, ref Shape? shape)
    {
        for (int i = 0; i < count; i++)
        {
            Slot slot = _slots[first + i];
            if (slot.Type != (byte)EvtxValueType.BinXml || slot.Length == 0)
            {
                continue;
            }

            Fault fault = ReadFragment(chunk, slot.Offset, slot.Offset + slot.Length, depth + 1, out Shape? nested);
            if (fault != Fault.None)
            {
                return fault;
            }

            shape = _cache.Combine(shape!, i, nested!);
        }

        return Fault.None;
    }

    private Fault ReadElements(ReadOnlySpan<byte> chunk, int start, int end, int depth, out Shape? shape)
    {
        shape = null;
        Fault fault = _signatures.ReadFragment(chunk, start, end, _options.MaxDepth);
        if (fault != Fault.None)
        {
            return fault;
        }

        Template template = _cache.TemplateOf(_signatures.Signature);
        fault = Reserve(template.SlotCount, out int first);
        if (fault != Fault.None)
        {
            return fault;
        }

        bool hasTemplates = false;
        for (int i = 0; i < template.SlotCount; i++)
        {
            Slot slot = _signatures.Slots[i];
            _slots[first + i] = slot;
            hasTemplates |= slot.Type == Slot.InlineTemplate;
        }

        shape = template.Shape;
        for (int i = 0; hasTemplates && i < template.SlotCount; i++)
        {
            Slot slot = _slots[first + i];
            if (slot.Type != Slot.InlineTemplate)
            {
                continue;
            }

            var cursor = new TokenCursor(chunk, slot.Offset, slot.Offset + slot.Length);
            Shape? nested = null;
            fault = depth >= _options.MaxNesting ? Fault.TooDeep : ReadInstance(ref cursor, depth + 1, out nested);
            if (fault != Fault.None)
            {
                return fault;
            }

            shape = _cache.Combine(shape, i, nested!);
        }

        return Fault.None;
    }

    private Fault Reserve(int count, out int first)
    {
        first = _slotCount;
        if (count > _options.MaxValues - _slotCount)
        {
            return Fault.TooLarge;
        }

        _slotCount += count;
        if (_slotCount > _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(_slots.Length * 2, _slotCount));
        }

        return Fault.None;
    }
}
