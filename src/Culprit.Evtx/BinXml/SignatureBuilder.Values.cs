using System.Buffers.Binary;

namespace Culprit.Evtx.BinXml;

/// <content>Values, references and substitutions, and writing the signature.</content>
internal sealed partial class SignatureBuilder
{
    // In a fragment: text, references and CDATA that follow each other are one value.
    private Fault ReadRun(ref TokenCursor cursor)
    {
        int start = cursor.Position;
        int count = 0;
        Slot value = default;
        while (true)
        {
            byte token = cursor.Peek;
            Fault fault;
            switch (token)
            {
                case Token.Value:
                    cursor.Position++;
                    fault = cursor.ReadTypedValue(out value);
                    break;
                case Token.CData:
                    cursor.Position++;
                    fault = cursor.ReadCountedText(out value);
                    break;
                case Token.CharacterReference:
                    cursor.Position += 3;
                    fault = cursor.Position > cursor.End ? Fault.Truncated : Fault.None;
                    count++;
                    break;
                case Token.EntityReference:
                    cursor.Position++;
                    fault = cursor.ReadName(MaxName, out _);
                    count++;
                    break;
                default:
                    PutSlot(count switch
                    {
                        0 => new Slot(start, 0, (byte)EvtxValueType.String),
                        1 => value,
                        _ => new Slot(start, cursor.Position - start, Slot.TokenRun),
                    });
                    return Fault.None;
            }

            if (fault != Fault.None)
            {
                return fault;
            }

            count++;
        }
    }

    private Fault ReadConstant(ref TokenCursor cursor, byte token)
    {
        cursor.Position++;
        Put(token);
        Fault fault;
        Slot value;
        switch (token)
        {
            case Token.Value:
                fault = cursor.ReadTypedValue(out value);
                Put((byte)value.Type);
                break;
            case Token.CData:
                fault = cursor.ReadCountedText(out value);
                break;
            case Token.CharacterReference:
                if (!cursor.Has(2))
                {
                    return Fault.Truncated;
                }

                Put16(EvtxFormat.UInt16At(cursor.Chunk, cursor.Position));
                cursor.Position += 2;
                return Fault.None;
            default:
                return ReadAndPutName(ref cursor, out _);
        }

        PutText(cursor.Chunk.Slice(value.Offset, value.Length));
        return fault;
    }

    private Fault ReadSubstitution(ref TokenCursor cursor, byte token)
    {
        if (_direct)
        {
            return Fault.UnknownToken;
        }

        if (!cursor.Has(4))
        {
            return Fault.Truncated;
        }

        Put(token);
        Put16(EvtxFormat.UInt16At(cursor.Chunk, cursor.Position + 1));
        Put(cursor.Chunk[cursor.Position + 3]);
        cursor.Position += 4;
        return Fault.None;
    }

    private Fault ReadProcessing(ref TokenCursor cursor, byte token)
    {
        cursor.Position++;
        Put(token);
        if (token == Token.ProcessingTarget)
        {
            return ReadAndPutName(ref cursor, out _);
        }

        Fault fault = cursor.ReadCountedText(out Slot text);
        PutText(cursor.Chunk.Slice(text.Offset, text.Length));
        return fault;
    }

    private Fault ReadInlineTemplate(ref TokenCursor cursor)
    {
        int start = cursor.Position;
        Fault fault = TemplateInstance.Skip(ref cursor);
        PutSlot(new Slot(start, cursor.Position - start, Slot.InlineTemplate), Token.DirectTemplate);
        return fault;
    }

    private void PutSlot(Slot slot, byte token = Token.DirectValue)
    {
        Put(token);
        Put16(Slots.Count);
        Slots.Add(slot);
    }

    private void Put(byte b)
    {
        Reserve(1);
        _signature[_length++] = b;
    }

    private void Put16(int value)
    {
        Reserve(2);
        BinaryPrimitives.WriteUInt16LittleEndian(_signature.AsSpan(_length), (ushort)value);
        _length += 2;
    }

    // The count of bytes first: 17 bits are needed.
    private void PutText(ReadOnlySpan<byte> text)
    {
        Reserve(4 + text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_signature.AsSpan(_length), text.Length);
        text.CopyTo(_signature.AsSpan(_length + 4));
        _length += 4 + text.Length;
    }

    private void Reserve(int bytes)
    {
        if (_signature.Length - _length < bytes)
        {
            Array.Resize(ref _signature, Math.Max(_signature.Length * 2, _length + bytes));
        }
    }
}
