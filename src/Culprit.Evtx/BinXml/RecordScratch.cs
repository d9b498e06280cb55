namespace Culprit.Evtx.BinXml;

/// <summary>What a reader lends to the record at hand.</summary>
internal sealed class RecordScratch
{
    /// <summary>Text of the trees.</summary>
    public EvtxTextBuffer Buffer { get; } = new();

    /// <summary>Where in an array the item asked for last stands, so that asking for one after the other is linear.</summary>
    public ArrayPlace Place;
}

/// <summary>An item of the array value that starts at an offset of the chunk.</summary>
internal struct ArrayPlace
{
    public int Array;
    public int Index;
    public int Position;
}
