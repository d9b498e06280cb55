using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Culprit.Evtx.Values;

/// <summary>Renders single values as text, as the Windows event viewer does unless a remark says otherwise.</summary>
internal static class ValueText
{
    private const long TicksAt1601 = 504_911_232_000_000_000;
    private const int MaxFixed = 40;

    // Windows-1252 from 0x80 to 0x9F; the five that it leaves free are kept as they are.
    private const string Ansi80 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F" +
        "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The characters of a string value, without the terminators that some writers count in.</summary>
    public static ReadOnlySpan<char> Characters(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<char> characters = MemoryMarshal.Cast<byte, char>(value);
        return characters.Length > 0 && characters[^1] == 0 ? characters.TrimEnd('\0') : characters;
    }

    /// <summary>No text of the value is longer.</summary>
    public static int MaxLength(ReadOnlySpan<byte> value, byte type) => (EvtxValueType)type switch
    {
        EvtxValueType.Sid => 24 + (value.Length * 3),
        EvtxValueType.String => value.Length / 2,
        EvtxValueType.AnsiString => value.Length,
        _ => Math.Max(MaxFixed, value.Length * 2),
    };

    /// <summary>The text of a value of any type as a string of its own.</summary>
    public static string ToText(ReadOnlySpan<byte> value, byte type)
    {
        var room = new char[MaxLength(value, type)];
        return new string(room, 0, Write(value, type, room));
    }

    /// <summary>Writes the text of a value into a room of at least <see cref="MaxLength"/>; gives its length.</summary>
    public static int Write(ReadOnlySpan<byte> value, byte type, Span<char> room)
    {
        int size = ValueSize.Of(type);
        if (value.Length < size)
        {
            return Hex(value, room);
        }

        return (EvtxValueType)type switch
        {
            EvtxValueType.Null => 0,
            EvtxValueType.String => Copy(Characters(value), room),
            EvtxValueType.AnsiString => Ansi(value, room),
            EvtxValueType.Int8 => Decimal((sbyte)value[0], room),
            EvtxValueType.UInt8 => Decimal(value[0], room),
            EvtxValueType.Int16 => Decimal(BinaryPrimitives.ReadInt16LittleEndian(value), room),
            EvtxValueType.UInt16 => Decimal(BinaryPrimitives.ReadUInt16LittleEndian(value), room),
            EvtxValueType.Int32 => Decimal(BinaryPrimitives.ReadInt32LittleEndian(value), room),
            EvtxValueType.UInt32 => Decimal(BinaryPrimitives.ReadUInt32LittleEndian(value), room),
            EvtxValueType.Int64 => Decimal(BinaryPrimitives.ReadInt64LittleEndian(value), room),
            EvtxValueType.UInt64 => Unsigned(BinaryPrimitives.ReadUInt64LittleEndian(value), room),
            EvtxValueType.Single => Real(BinaryPrimitives.ReadSingleLittleEndian(value), room),
            EvtxValueType.Double => Real(BinaryPrimitives.ReadDoubleLittleEndian(value), room),
            EvtxValueType.Boolean => Copy(value[..4].IndexOfAnyExcept((byte)0) < 0 ? "false" : "true", room),
            EvtxValueType.Guid => Guid(value, room),
            EvtxValueType.FileTime => FileTime(BinaryPrimitives.ReadInt64LittleEndian(value), room),
            EvtxValueType.SystemTime => SystemTime(value, room),
            EvtxValueType.Sid => SidText.Write(value, room),
            EvtxValueType.HexInt32 => HexNumber(BinaryPrimitives.ReadUInt32LittleEndian(value), room),
            EvtxValueType.HexInt64 => HexNumber(BinaryPrimitives.ReadUInt64LittleEndian(value), room),
            EvtxValueType.SizeT when value.Length == 4 => HexNumber(BinaryPrimitives.ReadUInt32LittleEndian(value), room),
            EvtxValueType.SizeT when value.Length == 8 => HexNumber(BinaryPrimitives.ReadUInt64LittleEndian(value), room),
            _ => Hex(value, room),
        };
    }

    /// <summary>The time of a SYSTEMTIME value; false where it is none.</summary>
    public static bool TryReadSystemTime(ReadOnlySpan<byte> value, out DateTime time)
    {
        time = default;
        if (value.Length < 16)
        {
            return false;
        }

        int year = EvtxFormat.UInt16At(value, 0);
        int month = EvtxFormat.UInt16At(value, 2);
        int day = EvtxFormat.UInt16At(value, 6);
        int hour = EvtxFormat.UInt16At(value, 8);
        int minute = EvtxFormat.UInt16At(value, 10);
        int second = EvtxFormat.UInt16At(value, 12);
        int millisecond = EvtxFormat.UInt16At(value, 14);
        if (year is < 1601 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) ||
            hour > 23 || minute > 59 || second > 59 || millisecond > 999)
        {
            return false;
        }

        time = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        return true;
    }

    /// <summary>The instant of a FILETIME; false where it is past the year 9999.</summary>
    public static bool TryReadFileTime(long fileTime, out DateTime time)
    {
        bool fits = fileTime >= 0 && fileTime <= DateTime.MaxValue.Ticks - TicksAt1601;
        time = fits ? new DateTime(fileTime + TicksAt1601, DateTimeKind.Utc) : default;
        return fits;
    }

    /// <summary>A UTC time as FILETIME.</summary>
    public static long ToFileTime(DateTime utc) => utc.Ticks - TicksAt1601;

    private static int Copy(ReadOnlySpan<char> text, Span<char> room)
    {
        text.CopyTo(room);
        return text.Length;
    }

    private static int Ansi(ReadOnlySpan<byte> value, Span<char> room)
    {
        value = value.TrimEnd((byte)0);
        for (int i = 0; i < value.Length; i++)
        {
            byte b = value[i];
            room[i] = b is >= 0x80 and <= 0x9F ? Ansi80[b - 0x80] : (char)b;
        }

        return value.Length;
    }

    private static int Decimal(long value, Span<char> room)
    {
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int Unsigned(ulong value, Span<char> room)
    {
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int Real(double value, Span<char> room)
    {
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int Real(float value, Span<char> room)
    {
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int HexNumber(ulong value, Span<char> room)
    {
        room[0] = '0';
        room[1] = 'x';
        value.TryFormat(room[2..], out int written, "x", CultureInfo.InvariantCulture);
        return written + 2;
    }

    private static int Hex(ReadOnlySpan<byte> value, Span<char> room)
    {
        Convert.TryToHexString(value, room, out int written);
        return written;
    }

    private static int Guid(ReadOnlySpan<byte> value, Span<char> room)
    {
        new Guid(value[..16]).TryFormat(room, out int written, "B");
        for (int i = 0; i < written; i++)
        {
            room[i] = char.ToUpperInvariant(room[i]);
        }

        return written;
    }

    private static int FileTime(long value, Span<char> room)
    {
        if (!TryReadFileTime(value, out DateTime time))
        {
            return Unsigned((ulong)value, room);
        }

        time.TryFormat(room, out int written, "O", CultureInfo.InvariantCulture);
        return written;
    }

    private static int SystemTime(ReadOnlySpan<byte> value, Span<char> room)
    {
        if (!TryReadSystemTime(value, out DateTime time))
        {
            return Hex(value, room);
        }

        time.TryFormat(room, out int written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return written;
    }
}
