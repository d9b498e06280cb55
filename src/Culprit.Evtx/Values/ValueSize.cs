namespace Culprit.Evtx.Values;

/// <summary>How many bytes a value of a type takes.</summary>
internal static class ValueSize
{
    /// <summary>Bytes of one value of the type, or 0 where the size is not fixed.</summary>
    public static int Of(byte type) => (EvtxValueType)type switch
    {
        EvtxValueType.Int8 or EvtxValueType.UInt8 => 1,
        EvtxValueType.Int16 or EvtxValueType.UInt16 => 2,
        EvtxValueType.Int32 or EvtxValueType.UInt32 or EvtxValueType.Single or EvtxValueType.Boolean or
            EvtxValueType.HexInt32 => 4,
        EvtxValueType.Int64 or EvtxValueType.UInt64 or EvtxValueType.Double or EvtxValueType.FileTime or
            EvtxValueType.HexInt64 => 8,
        EvtxValueType.Guid or EvtxValueType.SystemTime => 16,
        _ => 0,
    };
}
