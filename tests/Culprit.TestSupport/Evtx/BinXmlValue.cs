using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Culprit.TestSupport.Evtx;

/// <summary>
/// A typed value as a substitution array holds it. Numbers, GUIDs and times are kept in the struct itself, so that
/// writing a gigabyte of records costs no boxing. <see cref="Raw"/> makes values that Windows never writes.
/// </summary>
public readonly struct BinXmlValue : IEquatable<BinXmlValue>
{
    private readonly UInt128 _bits;
    private readonly object? _payload;
    private readonly int _size;

    private BinXmlValue(BinXmlType type, BinXmlType declared, UInt128 bits, int size, object? payload)
    {
        Type = type;
        DeclaredType = declared;
        _bits = bits;
        _size = size;
        _payload = payload;
    }

    /// <summary>The type in the substitution array.</summary>
    public BinXmlType Type { get; }

    /// <summary>The type that a template made for this value declares; differs from <see cref="Type"/> for nulls.</summary>
    public BinXmlType DeclaredType { get; }

    /// <summary>The nested fragment of a <see cref="BinXmlType.BinXml"/> value; null otherwise.</summary>
    internal IReadOnlyList<BinXmlNode>? Fragment => _payload as IReadOnlyList<BinXmlNode>;

    /// <summary>The size of the value in bytes. Zero for a nested fragment, whose size depends on the chunk.</summary>
    public int Size => _size;

    /// <summary>No value: the type is null and the size 0; a template declares <paramref name="declared"/>.</summary>
    public static BinXmlValue Null(BinXmlType declared = BinXmlType.String) => new(BinXmlType.Null, declared, 0, 0, null);

    /// <summary>UTF-16 text.</summary>
    public static BinXmlValue Text(string value) => new(BinXmlType.String, BinXmlType.String, 0, value.Length * 2, value);

    /// <summary>Text in one byte a character (Latin-1 here).</summary>
    public static BinXmlValue Ansi(string value) => Raw(BinXmlType.AnsiString, Encoding.Latin1.GetBytes(value));

    /// <summary>A number written in <paramref name="size"/> bytes.</summary>
    public static BinXmlValue Number(BinXmlType type, ulong value, int size) => new(type, type, value, size, null);

    /// <summary>32 bits shown as hexadecimal.</summary>
    public static BinXmlValue Hex32(uint value) => Number(BinXmlType.HexInt32, value, 4);

    /// <summary>64 bits shown as hexadecimal.</summary>
    public static BinXmlValue Hex64(ulong value) => Number(BinXmlType.HexInt64, value, 8);

    /// <summary>A pointer-sized number: 4 bytes or 8.</summary>
    public static BinXmlValue SizeT(ulong value, int size = 8) => Number(BinXmlType.SizeT, value, size);

    /// <summary>A Boolean whose 32 bits are given, so that a test can write one that is neither 0 nor 1.</summary>
    public static BinXmlValue Boolean(uint bits) => Number(BinXmlType.Boolean, bits, 4);

    /// <summary>Bytes.</summary>
    public static BinXmlValue Binary(byte[] value) => Raw(BinXmlType.Binary, value);

    /// <summary>A GUID.</summary>
    public static BinXmlValue Guid(Guid value) =>
        new(BinXmlType.Guid, BinXmlType.Guid, MemoryMarshal.Read<UInt128>(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in value))), 16, null);

    /// <summary>A FILETIME.</summary>
    public static BinXmlValue FileTime(DateTime value) => Number(BinXmlType.FileTime, (ulong)value.ToFileTimeUtc(), 8);

    /// <summary>A SYSTEMTIME; precise to the millisecond.</summary>
    public static BinXmlValue SystemTime(DateTime value) => Raw(BinXmlType.SystemTime, SystemTimeBytes(value));

    /// <summary>A security identifier in its text form, <c>S-1-5-18</c>.</summary>
    public static BinXmlValue Sid(string value) => Raw(BinXmlType.Sid, SecurityIdentifier.Parse(value));

    /// <summary>A nested fragment (its header and end are added).</summary>
    public static BinXmlValue Nested(params BinXmlNode[] nodes) => new(BinXmlType.BinXml, BinXmlType.BinXml, 0, 0, nodes);

    /// <summary>Any type with any bytes, whether they fit together or not.</summary>
    public static BinXmlValue Raw(BinXmlType type, byte[] bytes) => new(type, type, 0, bytes.Length, bytes);

    /// <summary>An array of strings.</summary>
    public static BinXmlValue Array(params ReadOnlySpan<string> values)
    {
        var bytes = new List<byte>();
        foreach (string value in values)
        {
            bytes.AddRange(Encoding.Unicode.GetBytes(value));
            bytes.Add(0);
            bytes.Add(0);
        }

        return Raw(BinXmlType.String | BinXmlType.ArrayFlag, [.. bytes]);
    }

    /// <summary>An array of values of one type (not strings).</summary>
    /// <exception cref="ArgumentException">The values differ in type, or are strings.</exception>
    public static BinXmlValue Array(params ReadOnlySpan<BinXmlValue> values)
    {
        BinXmlType type = values.Length == 0 ? BinXmlType.UInt32 : values[0].Type;
        var bytes = new List<byte>();
        foreach (BinXmlValue value in values)
        {
            if (value.Type != type || type is BinXmlType.String or BinXmlType.BinXml)
            {
                throw new ArgumentException("An array holds values of one type, none of them text.", nameof(values));
            }

            byte[] one = new byte[value.Size];
            value.CopyTo(one);
            bytes.AddRange(one);
        }

        return Raw(type | BinXmlType.ArrayFlag, [.. bytes]);
    }

    /// <summary>The same value, for a template that declares another type than the value has.</summary>
    public BinXmlValue DeclaredAs(BinXmlType declared) => new(Type, declared, _bits, _size, _payload);

    /// <summary>Writes the value's bytes.</summary>
    public void CopyTo(Span<byte> target)
    {
        switch (_payload)
        {
            case string text:
                MemoryMarshal.AsBytes(text.AsSpan()).CopyTo(target);
                break;
            case byte[] bytes:
                bytes.CopyTo(target);
                break;
            default:
                Span<byte> whole = stackalloc byte[16];
                BinaryPrimitives.WriteUInt128LittleEndian(whole, _bits);
                whole[..Math.Min(_size, 16)].CopyTo(target);
                break;
        }
    }

    private static byte[] SystemTimeBytes(DateTime value)
    {
        byte[] bytes = new byte[16];
        ReadOnlySpan<int> parts =
            [value.Year, value.Month, (int)value.DayOfWeek, value.Day, value.Hour, value.Minute, value.Second, value.Millisecond];
        for (int i = 0; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)parts[i]);
        }

        return bytes;
    }

    public static implicit operator BinXmlValue(string value) => Text(value);

    public static implicit operator BinXmlValue(sbyte value) => Number(BinXmlType.Int8, (byte)value, 1);

    public static implicit operator BinXmlValue(byte value) => Number(BinXmlType.UInt8, value, 1);

    public static implicit operator BinXmlValue(short value) => Number(BinXmlType.Int16, (ushort)value, 2);

    public static implicit operator BinXmlValue(ushort value) => Number(BinXmlType.UInt16, value, 2);

    public static implicit operator BinXmlValue(int value) => Number(BinXmlType.Int32, (uint)value, 4);

    public static implicit operator BinXmlValue(uint value) => Number(BinXmlType.UInt32, value, 4);

    public static implicit operator BinXmlValue(long value) => Number(BinXmlType.Int64, (ulong)value, 8);

    public static implicit operator BinXmlValue(ulong value) => Number(BinXmlType.UInt64, value, 8);

    public static implicit operator BinXmlValue(float value) => Number(BinXmlType.Single, BitConverter.SingleToUInt32Bits(value), 4);

    public static implicit operator BinXmlValue(double value) => Number(BinXmlType.Double, BitConverter.DoubleToUInt64Bits(value), 8);

    public static implicit operator BinXmlValue(bool value) => Boolean(value ? 1u : 0u);

    public static implicit operator BinXmlValue(Guid value) => Guid(value);

    public static implicit operator BinXmlValue(DateTime value) => FileTime(value);

    public bool Equals(BinXmlValue other)
    {
        if (Type != other.Type || DeclaredType != other.DeclaredType || _size != other._size || _bits != other._bits)
        {
            return false;
        }

        return (_payload, other._payload) switch
        {
            (byte[] mine, byte[] theirs) => mine.AsSpan().SequenceEqual(theirs),
            _ => Equals(_payload, other._payload),
        };
    }

    public override bool Equals(object? obj) => obj is BinXmlValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, _size, _bits);

    public static bool operator ==(BinXmlValue left, BinXmlValue right) => left.Equals(right);

    public static bool operator !=(BinXmlValue left, BinXmlValue right) => !left.Equals(right);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type}[{_size}]");
}
