namespace Culprit.Evtx.BinXml;

/// <summary>
/// What a reader lends to the record at hand: all that is known of it but its bytes. The record itself is then small enough
/// to be handed on by value.
/// </summary>
internal sealed class RecordScratch
{
    /// <summary>Text of the trees.</summary>
    public EvtxTextBuffer Buffer { get; } = new();

    /// <summary>Where in an array the item asked for last stands, so that asking for one after the other is linear.</summary>
    public ArrayPlace Place;

    /// <summary>Where the values stand; more than the record has, of records before.</summary>
    public Slot[] Slots = [];

    /// <summary>How many of the slots are the record's.</summary>
    public int SlotCount;

    /// <summary>The fields.</summary>
    public EvtxLayout Layout = null!;

    /// <summary>Where the fields' values are found.</summary>
    public FieldSource[] Sources = [];

    /// <summary>Where in the chunk the record starts.</summary>
    public int Start;

    /// <summary>What the record's header says, and where it stands.</summary>
    public RecordPlace Header;
}

/// <summary>An item of the array value that starts at an offset of the chunk.</summary>
internal struct ArrayPlace
{
    public int Array;
    public int Index;
    public int Position;
}
