using System.Runtime.InteropServices;
using Culprit.Evtx.BinXml;

namespace Culprit.Evtx.Values;

/// <summary>Finds single values in an array value.</summary>
internal static class ArrayItem
{
    /// <summary>
    /// The bytes of the item, without its terminator. Strings are divided by zero characters; an array without bytes has one
    /// empty item, because the element that it stands in is there.
    /// </summary>
    /// <param name="value">The array's bytes.</param>
    /// <param name="elementType">The type of its items.</param>
    /// <param name="index">Which item.</param>
    /// <param name="place">Where the item found last in this array stands; it is set to this one's place.</param>
    /// <param name="item">The item's bytes.</param>
    public static bool TryFind(
        ReadOnlySpan<byte> value,
        byte elementType,
        int index,
        ref ArrayPlace place,
        out ReadOnlySpan<byte> item)
    {
        item = default;
        if (index < 0)
        {
            return false;
        }

        if (value.IsEmpty)
        {
            return index == 0;
        }

        int size = elementType == (byte)EvtxValueType.SizeT ? 8 : ValueSize.Of(elementType);
        bool isDivided = (EvtxValueType)elementType is EvtxValueType.String or EvtxValueType.AnsiString or EvtxValueType.Sid;
        if (!isDivided)
        {
            return FindFixed(value, size, index, out item);
        }

        if (place.Index > index)
        {
            place.Index = 0;
            place.Position = 0;
        }

        while (place.Position < value.Length)
        {
            ReadOnlySpan<byte> rest = value[place.Position..];
            (int length, int step) = Measure(rest, elementType);
            if (place.Index == index)
            {
                item = rest[..length];
                return true;
            }

            place.Index++;
            place.Position += step;
        }

        place = place with { Index = 0, Position = 0 };
        return false;
    }

    // The bytes of the first item, and those to the next.
    private static (int Length, int Step) Measure(ReadOnlySpan<byte> rest, byte elementType)
    {
        int end;
        switch ((EvtxValueType)elementType)
        {
            case EvtxValueType.Sid:
                int sid = SidText.SizeOf(rest);
                return (sid, sid);
            case EvtxValueType.AnsiString:
                end = rest.IndexOf((byte)0);
                return end < 0 ? (rest.Length, rest.Length) : (end, end + 1);
            default:
                end = MemoryMarshal.Cast<byte, char>(rest).IndexOf('\0');
                return end < 0 ? (rest.Length & ~1, rest.Length) : (end * 2, (end * 2) + 2);
        }
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
}
