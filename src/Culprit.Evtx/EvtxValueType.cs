namespace Culprit.Evtx;

/// <summary>The BinXML value types (MS-EVEN6 2.2.12; libevtx, "Value types"). <see cref="Array"/> is a flag.</summary>
public enum EvtxValueType : byte
{
    /// <summary>No value. An optional substitution of this type leaves its element out.</summary>
    Null = 0x00,

    /// <summary>UTF-16LE text, without a terminator.</summary>
    String = 0x01,

    /// <summary>Text in the code page of the machine that wrote it; read as Windows-1252.</summary>
    AnsiString = 0x02,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 0x03,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 0x04,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 0x05,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 0x06,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 0x07,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 0x08,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 0x09,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 0x0A,

    /// <summary>IEEE 754, 32 bits.</summary>
    Single = 0x0B,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double = 0x0C,

    /// <summary>32 bits, of which any that is not zero is true.</summary>
    Boolean = 0x0D,

    /// <summary>Bytes, written as upper-case hexadecimal digits.</summary>
    Binary = 0x0E,

    /// <summary>A GUID, 16 bytes, little-endian.</summary>
    Guid = 0x0F,

    /// <summary>A pointer-sized number, 4 or 8 bytes, written as hexadecimal.</summary>
    SizeT = 0x10,

    /// <summary>100 ns intervals since 1601-01-01 UTC.</summary>
    FileTime = 0x11,

    /// <summary>SYSTEMTIME: eight 16-bit numbers, UTC.</summary>
    SystemTime = 0x12,

    /// <summary>A security identifier.</summary>
    Sid = 0x13,

    /// <summary>32 bits, written as 0x and hexadecimal digits.</summary>
    HexInt32 = 0x14,

    /// <summary>64 bits, written as 0x and hexadecimal digits.</summary>
    HexInt64 = 0x15,

    /// <summary>A handle of the event service; never seen in files.</summary>
    EvtHandle = 0x20,

    /// <summary>A BinXML fragment of its own.</summary>
    BinXml = 0x21,

    /// <summary>XML kept as text by the event service; never seen in files.</summary>
    EvtXml = 0x23,

    /// <summary>Set together with an element type: an array of it.</summary>
    Array = 0x80,
}
