using System.Buffers.Binary;
using System.Globalization;
using Culprit.Evtx.BinXml;
using Culprit.Evtx.Values;

namespace Culprit.Evtx;

/// <content>Values as numbers and times.</content>
public readonly ref partial struct EvtxRecord
{
    /// <summary>The field's only value as a number that is not negative: of an integer type, or text that is decimal or <c>0x</c> and hexadecimal.</summary>
    public bool TryGetUInt64(int field, out ulong value)
    {
        value = 0;
        ref readonly FieldSource source = ref _scratch.Sources[field];
        if (!IsPresent(field) || source.Slot == FieldSource.Composite)
        {
            return false;
        }

        if (source.Slot == FieldSource.ConstantText)
        {
            return TryParse(source.Constant, out value);
        }

        Slot slot = Slots[source.Slot];
        ReadOnlySpan<byte> bytes = _chunk.Slice(slot.Offset, slot.Length);
        if (slot.Type == (byte)EvtxValueType.String)
        {
            return TryParse(ValueText.Characters(bytes), out value);
        }

        long signed;
        switch ((EvtxValueType)slot.Type, bytes.Length)
        {
            case (EvtxValueType.UInt8, 1):
                value = bytes[0];
                return true;
            case (EvtxValueType.UInt16, 2):
                value = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
                return true;
            case (EvtxValueType.UInt32 or EvtxValueType.HexInt32 or EvtxValueType.SizeT, 4):
                value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                return true;
            case (EvtxValueType.UInt64 or EvtxValueType.HexInt64 or EvtxValueType.SizeT, 8):
                value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                return true;
            case (EvtxValueType.Int8, 1):
                signed = (sbyte)bytes[0];
                break;
            case (EvtxValueType.Int16, 2):
                signed = BinaryPrimitives.ReadInt16LittleEndian(bytes);
                break;
            case (EvtxValueType.Int32, 4):
                signed = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                break;
            case (EvtxValueType.Int64, 8):
                signed = BinaryPrimitives.ReadInt64LittleEndian(bytes);
                break;
            default:
                return false;
        }

        value = (ulong)signed;
        return signed >= 0;
    }

    /// <summary>
    /// The field's only value as 100 ns intervals since 1601-01-01 UTC: of a time type, or text in ISO 8601 (UTC where it
    /// names no zone).
    /// </summary>
    public bool TryGetFileTime(int field, out long fileTime)
    {
        fileTime = 0;
        ref readonly FieldSource source = ref _scratch.Sources[field];
        if (!IsPresent(field) || source.Slot == FieldSource.Composite)
        {
            return false;
        }

        if (source.Slot == FieldSource.ConstantText)
        {
            return TryParseTime(source.Constant, out fileTime);
        }

        Slot slot = Slots[source.Slot];
        ReadOnlySpan<byte> bytes = _chunk.Slice(slot.Offset, slot.Length);
        switch ((EvtxValueType)slot.Type)
        {
            case EvtxValueType.FileTime when bytes.Length == 8:
                fileTime = BinaryPrimitives.ReadInt64LittleEndian(bytes);
                return fileTime >= 0;
            case EvtxValueType.SystemTime when ValueText.TryReadSystemTime(bytes, out DateTime time):
                fileTime = ValueText.ToFileTime(time);
                return true;
            case EvtxValueType.String:
                return TryParseTime(ValueText.Characters(bytes), out fileTime);
            default:
                return false;
        }
    }

    private static bool TryParse(ReadOnlySpan<char> text, out ulong value) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryParseTime(scoped ReadOnlySpan<char> text, out long fileTime)
    {
        fileTime = 0;

        // Windows writes nine fractional digits, .NET reads seven; the last two are always zero.
        Span<char> cut = stackalloc char[40];
        int dot = text.IndexOf('.');
        if (dot >= 0 && text.Length <= cut.Length)
        {
            int digits = text[(dot + 1)..].IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - dot - 1 : digits;
            if (digits > 7)
            {
                text[..(dot + 8)].CopyTo(cut);
                ReadOnlySpan<char> zone = text[(dot + 1 + digits)..];
                zone.CopyTo(cut[(dot + 8)..]);
                text = cut[..(dot + 8 + zone.Length)];
            }
        }

        if (!DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTimeOffset time))
        {
            return false;
        }

        fileTime = ValueText.ToFileTime(time.UtcDateTime);
        return fileTime >= 0;
    }
}
