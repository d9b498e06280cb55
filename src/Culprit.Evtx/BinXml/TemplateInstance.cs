namespace Culprit.Evtx.BinXml;

/// <summary>The fixed part of a template instance.</summary>
/// <param name="Definition">Where in the chunk its definition stands.</param>
/// <param name="Values">Where its table of values starts.</param>
/// <param name="Count">How many values the table has.</param>
internal readonly record struct TemplateInstance(int Definition, int Values, int Count)
{
    /// <summary>Next definition's offset, GUID, size.</summary>
    public const int DefinitionHeaderSize = 24;

    private const int FixedSize = 10;

    /// <summary>Where the first value's bytes stand.</summary>
    public int Data => Values + (Count * 4);

    /// <summary>Reads the instance whose token is at the cursor, up to its table of values, which is held to fit.</summary>
    public static Fault Read(ref TokenCursor cursor, out TemplateInstance instance)
    {
        instance = default;
        if (!cursor.Has(FixedSize))
        {
            return Fault.Truncated;
        }

        uint definition = EvtxFormat.UInt32At(cursor.Chunk, cursor.Position + 6);
        cursor.Position += FixedSize;
        if (definition > (uint)(cursor.Chunk.Length - DefinitionHeaderSize))
        {
            return Fault.BadTemplate;
        }

        if (definition == (uint)cursor.Position)
        {
            uint size = EvtxFormat.UInt32At(cursor.Chunk, cursor.Position + 20);
            if (size > (uint)(cursor.End - cursor.Position))
            {
                return Fault.BadTemplate;
            }

            cursor.Position += DefinitionHeaderSize + (int)size;
        }

        if (!cursor.Has(4))
        {
            return Fault.Truncated;
        }

        uint count = EvtxFormat.UInt32At(cursor.Chunk, cursor.Position);
        cursor.Position += 4;
        if (count > (uint)(cursor.End - cursor.Position) / 4)
        {
            return Fault.Truncated;
        }

        instance = new TemplateInstance((int)definition, cursor.Position, (int)count);
        cursor.Position = instance.Data;
        return Fault.None;
    }

    /// <summary>Moves past the instance whose token is at the cursor.</summary>
    public static Fault Skip(ref TokenCursor cursor)
    {
        Fault fault = Read(ref cursor, out TemplateInstance instance);
        if (fault != Fault.None)
        {
            return fault;
        }

        for (int i = 0; i < instance.Count; i++)
        {
            int size = EvtxFormat.UInt16At(cursor.Chunk, instance.Values + (i * 4));
            if (!cursor.Has(size))
            {
                return Fault.Truncated;
            }

            cursor.Position += size;
        }

        return Fault.None;
    }
}
