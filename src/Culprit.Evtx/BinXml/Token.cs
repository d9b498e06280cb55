namespace Culprit.Evtx.BinXml;

/// <summary>The tokens of BinXML (MS-EVEN6 2.2.12.3), without the flag "more follows", and our own two for direct values.</summary>
internal static class Token
{
    public const byte EndOfFragment = 0x00;
    public const byte OpenStart = 0x01;
    public const byte CloseStart = 0x02;
    public const byte CloseEmpty = 0x03;
    public const byte EndElement = 0x04;
    public const byte Value = 0x05;
    public const byte Attribute = 0x06;
    public const byte CData = 0x07;
    public const byte CharacterReference = 0x08;
    public const byte EntityReference = 0x09;
    public const byte ProcessingTarget = 0x0A;
    public const byte ProcessingData = 0x0B;
    public const byte TemplateInstance = 0x0C;
    public const byte Substitution = 0x0D;
    public const byte OptionalSubstitution = 0x0E;
    public const byte FragmentHeader = 0x0F;

    /// <summary>In a signature only: a value that stands in the fragment itself and is kept as a slot.</summary>
    public const byte DirectValue = 0x20;

    /// <summary>In a signature only: a template instance among elements, kept as a slot.</summary>
    public const byte DirectTemplate = 0x21;

    /// <summary>The flag "more follows".</summary>
    public const byte More = 0x40;

    /// <summary>The token without its flag, or 0xFF where that is no token.</summary>
    public static byte Of(byte b)
    {
        byte token = (byte)(b & ~More);
        return token <= FragmentHeader ? token : (byte)0xFF;
    }
}
