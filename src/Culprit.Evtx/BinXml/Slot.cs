namespace Culprit.Evtx.BinXml;

/// <summary>Where a value of the record stands in the chunk.</summary>
internal struct Slot
{
    /// <summary>A run of value, reference and CDATA tokens; its text is their concatenation.</summary>
    public const ushort TokenRun = 0x17F;

    /// <summary>A template instance that stands among elements.</summary>
    public const ushort InlineTemplate = 0x17E;

    public int Offset;
    public int Length;

    /// <summary>An <see cref="EvtxValueType"/> as the file gives it, or one of the two above, which no file can give.</summary>
    public ushort Type;

    public Slot(int offset, int length, ushort type)
    {
        Offset = offset;
        Length = length;
        Type = type;
    }
}
