namespace Culprit.Evtx.BinXml;

/// <summary>Where a value of the record stands in the chunk.</summary>
internal struct Slot
{
    /// <summary>A run of value, reference and CDATA tokens; its text is their concatenation.</summary>
    public const byte TokenRun = 0x7F;

    /// <summary>A template instance that stands among elements.</summary>
    public const byte InlineTemplate = 0x7E;

    public int Offset;
    public int Length;
    public byte Type;

    public Slot(int offset, int length, byte type)
    {
        Offset = offset;
        Length = length;
        Type = type;
    }
}
