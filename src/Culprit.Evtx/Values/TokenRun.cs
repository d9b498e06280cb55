using System.Runtime.InteropServices;
using Culprit.Evtx.BinXml;

namespace Culprit.Evtx.Values;

/// <summary>The text of a run of value, reference and CDATA tokens, which was found well-formed when the record was read.</summary>
internal static class TokenRun
{
    /// <summary>No text of the run is longer: an entity reference makes at most <see cref="Entities.MaxLength"/> characters of 5 bytes.</summary>
    public static int MaxLength(ReadOnlySpan<byte> run) => 64 + (run.Length * 7);

    /// <summary>Writes the text of the run; gives its length.</summary>
    public static int Write(ReadOnlySpan<byte> chunk, Slot slot, Span<char> room)
    {
        var cursor = new TokenCursor(chunk, slot.Offset, slot.Offset + slot.Length);
        int used = 0;
        while (cursor.Position < cursor.End)
        {
            byte token = cursor.Peek;
            cursor.Position++;
            switch (token)
            {
                case Token.Value when cursor.ReadTypedValue(out Slot value) == Fault.None:
                    used += ValueText.Write(chunk.Slice(value.Offset, value.Length), (byte)value.Type, room[used..]);
                    break;
                case Token.CData when cursor.ReadCountedText(out Slot text) == Fault.None:
                    used += ValueText.Write(chunk.Slice(text.Offset, text.Length), (byte)text.Type, room[used..]);
                    break;
                case Token.CharacterReference when cursor.Has(2):
                    room[used++] = (char)EvtxFormat.UInt16At(chunk, cursor.Position);
                    cursor.Position += 2;
                    break;
                case Token.EntityReference when cursor.ReadName(int.MaxValue, out ReadOnlySpan<byte> name) == Fault.None:
                    string character = Entities.Resolve(MemoryMarshal.Cast<byte, char>(name));
                    character.CopyTo(room[used..]);
                    used += character.Length;
                    break;
                default:
                    return used;
            }
        }

        return used;
    }
}
