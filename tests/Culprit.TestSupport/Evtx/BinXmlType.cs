namespace Culprit.TestSupport.Evtx;

/// <summary>
/// The BinXML value types (MS-EVEN6 2.2.12). Named apart from the reader's own enumeration on purpose: the writer
/// shares no code with the reader that it judges.
/// </summary>
public enum BinXmlType : byte
{
    /// <summary>No value.</summary>
    Null = 0x00,

    /// <summary>UTF-16LE text.</summary>
    String = 0x01,

    /// <summary>Text in a Windows code page.</summary>
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

    /// <summary>32 bits.</summary>
    Boolean = 0x0D,

    /// <summary>Bytes.</summary>
    Binary = 0x0E,

    /// <summary>A GUID.</summary>
    Guid = 0x0F,

    /// <summary>4 or 8 bytes.</summary>
    SizeT = 0x10,

    /// <summary>100 ns intervals since 1601.</summary>
    FileTime = 0x11,

    /// <summary>Eight 16-bit numbers.</summary>
    SystemTime = 0x12,

    /// <summary>A security identifier.</summary>
    Sid = 0x13,

    /// <summary>32 bits, shown as hexadecimal.</summary>
    HexInt32 = 0x14,

    /// <summary>64 bits, shown as hexadecimal.</summary>
    HexInt64 = 0x15,

    /// <summary>A nested fragment.</summary>
    BinXml = 0x21,

    /// <summary>Set together with an element type: an array of it.</summary>
    ArrayFlag = 0x80,
}
