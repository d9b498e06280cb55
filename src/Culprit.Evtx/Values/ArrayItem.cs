using System.Runtime.InteropServices;

namespace Culprit.Evtx.Values;

/// <summary>Finds single values in an array value.</summary>
internal static class ArrayItem
{
    /// <summary>
    /// The bytes of the item, without its terminator. Strings are divided by zero characters; an array without bytes has one
    /// empty item, because the element that it stands in is there.
    /// </summary>
    public static bool TryFind(ReadOnlySpan<byte> value, byte elementType, int index, out ReadOnlySpan<byte> item)
    {
        item = default;
        if (value.IsEmpty)
        {
            return index == 0;
        }

        return (EvtxValueType)elementType switch
        {
            EvtxValueType.String => FindString(value, index, out item),
            EvtxValueType.AnsiString => FindAnsi(value, index, out item),
            EvtxValueType.Sid => FindSid(value, index, out item),
            EvtxValueType.SizeT => FindFixed(value, 8, index, out item),
            _ => FindFixed(value, ValueSize.Of(elementType), index, out item),
        };
    }

    private static bool FindFixed(ReadOnlySpan<byte> value, int size, int index, out ReadOnlySpan<byte> item)
    {
        item = default;
        if (size == 0)
        {
            item = value;
            return index == 0;
        }

        long start = (long)index * size;
        if (start >= value.Length)
        {
            return false;
        }

        // A cut last item is given as it is.
        item = value[(int)start..];
        item = item.Length > size ? item[..size] : item;
        return true;
    }

    private static bool FindString(ReadOnlySpan<byte> value, int index, out ReadOnlySpan<byte> item)
    {
        ReadOnlySpan<char> rest = MemoryMarshal.Cast<byte, char>(value);
        int start = 0;
        while (true)
        {
            int length = rest.IndexOf('\0');
            int next = length < 0 ? rest.Length : length + 1;
            length = length < 0 ? rest.Length : length;
            if (index == 0)
            {
                item = value.Slice(start * 2, length * 2);
                return true;
            }

            index--;
            start += next;
            rest = rest[next..];
            if (rest.IsEmpty)
            {
                item = default;
                return false;
            }
        }
    }

    private static bool FindAnsi(ReadOnlySpan<byte> value, int index, out ReadOnlySpan<byte> item)
    {
        ReadOnlySpan<byte> rest = value;
        while (!rest.IsEmpty)
        {
            int length = rest.IndexOf((byte)0);
            item = length < 0 ? rest : rest[..length];
            if (index-- == 0)
            {
                return true;
            }

            rest = length < 0 ? default : rest[(length + 1)..];
        }

        item = default;
        return false;
    }

    private static bool FindSid(ReadOnlySpan<byte> value, int index, out ReadOnlySpan<byte> item)
    {
        ReadOnlySpan<byte> rest = value;
        while (!rest.IsEmpty)
        {
            item = rest[..SidText.SizeOf(rest)];
            if (index-- == 0)
            {
                return true;
            }

            rest = rest[item.Length..];
        }

        item = default;
        return false;
    }
}
