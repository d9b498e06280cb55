using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Culprit.Sigma.Semantics.Cache;

/// <summary>A cache does not hold what it should. Never leaves <see cref="CacheReader"/>.</summary>
internal sealed class CacheException(string message) : Exception(message);

/// <summary>Reads numbers, strings and lists of a cache's payload, and checks each.</summary>
internal sealed class CacheCursor
{
    private readonly byte[] _bytes;
    private readonly string[] _strings;
    private int _next;

    public CacheCursor(byte[] bytes)
    {
        _bytes = bytes;
        _strings = new string[Count(1)];
        for (int i = 0; i < _strings.Length; i++)
        {
            ulong head = Number();
            ReadOnlySpan<byte> text = Bytes((int)Math.Min(int.MaxValue, head >> 1));
            _strings[i] = (head & 1) == 0 ? Encoding.UTF8.GetString(text) : new string(MemoryMarshal.Cast<byte, char>(text));
        }
    }

    public bool AtEnd => _next == _bytes.Length;

    public ulong Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new CacheException("a number is too long");
    }

    public int Integer() => Number() is var value and <= int.MaxValue ? (int)value : throw new CacheException("a number is too large");

    /// <summary>A count of items that take at least <paramref name="size"/> bytes each: no more than the rest can hold.</summary>
    public int Count(int size) =>
        Integer() is var count && (long)count * size <= _bytes.Length - _next ? count : throw new CacheException("a list is longer than the file");

    /// <summary>A number that is one of an enumeration's <paramref name="members"/> first values.</summary>
    public int Choice(int members) => Integer() is var value && value < members ? value : throw new CacheException("a choice is unknown");

    public byte Byte() => _next < _bytes.Length ? _bytes[_next++] : throw new CacheException("the file ends too soon");

    public CacheTag Tag() => (CacheTag)Byte();

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        _ => throw new CacheException("a flag is neither 0 nor 1"),
    };

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _bytes.Length - _next)
        {
            throw new CacheException("the file ends too soon");
        }

        ReadOnlySpan<byte> bytes = _bytes.AsSpan(_next, count);
        _next += count;
        return bytes;
    }

    public string Text() => Integer() is var index && index < _strings.Length ? _strings[index] : throw new CacheException("a string is not in the table");

    public ImmutableArray<string> Texts() => List(this, static c => c.Text());

    public ImmutableArray<TItem> List<TItem, TState>(TState state, Func<TState, TItem> read)
    {
        int count = Count(1);
        if (count == 0)
        {
            return [];
        }

        var items = ImmutableArray.CreateBuilder<TItem>(count);
        for (int i = 0; i < count; i++)
        {
            items.Add(read(state));
        }

        return items.MoveToImmutable();
    }

    public decimal Decimal()
    {
        Span<int> bits = stackalloc int[4];
        foreach (ref int part in bits)
        {
            part = Number() is var value and <= uint.MaxValue ? (int)(uint)value : throw new CacheException("a number is too large");
        }

        // The last part holds sign and scale, 0 to 28.
        bool valid = (bits[3] & ~unchecked((int)0x80FF0000)) == 0 && ((bits[3] >> 16) & 0xFF) <= 28;
        return valid ? new decimal(bits) : throw new CacheException("a decimal is not valid");
    }
}
