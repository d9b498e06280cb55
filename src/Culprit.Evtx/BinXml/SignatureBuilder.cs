using System.Runtime.InteropServices;

namespace Culprit.Evtx.BinXml;

/// <summary>
/// Turns the tokens of a template definition, or of a fragment without templates, into a signature: the same structure with
/// names in place and without offsets, so that equal structures of any chunk give equal bytes. In a fragment the values
/// are not part of the structure: they become slots, except those that name a field.
/// </summary>
internal sealed partial class SignatureBuilder
{
    private const int MaxSignature = 1 << 20;
    private const int MaxName = 4096;

    private byte[] _signature = new byte[4096];
    private int _length;
    private bool _direct;
    private bool? _hasDependencies;
    private int _maxDepth;

    /// <summary>The slots of the fragment read last (nothing for a template).</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>The signature read last.</summary>
    public ReadOnlySpan<byte> Signature => _signature.AsSpan(0, _length);

    private static ReadOnlySpan<byte> Data => MemoryMarshal.AsBytes("Data".AsSpan());

    private static ReadOnlySpan<byte> ComplexData => MemoryMarshal.AsBytes("ComplexData".AsSpan());

    private static ReadOnlySpan<byte> Name => MemoryMarshal.AsBytes("Name".AsSpan());

    private static ReadOnlySpan<byte> Namespace => MemoryMarshal.AsBytes("xmlns".AsSpan());

    /// <summary>Reads a template definition's fragment.</summary>
    public Fault ReadTemplate(ReadOnlySpan<byte> chunk, int start, int end, int maxDepth)
    {
        var cursor = new TokenCursor(chunk, start, end);
        return Read(ref cursor, direct: false, maxDepth);
    }

    /// <summary>Reads a fragment whose elements stand in the record itself, up to its end.</summary>
    public Fault ReadFragment(ReadOnlySpan<byte> chunk, int start, int end, int maxDepth)
    {
        var cursor = new TokenCursor(chunk, start, end);
        return Read(ref cursor, direct: true, maxDepth);
    }

    private Fault Read(ref TokenCursor cursor, bool direct, int maxDepth)
    {
        _length = 0;
        _direct = direct;
        _maxDepth = maxDepth;
        _hasDependencies = direct ? null : true;
        Slots.Clear();
        int depth = 0;
        while (cursor.Position < cursor.End)
        {
            byte token = cursor.Peek;
            if (token == Token.EndOfFragment)
            {
                break;
            }

            Fault fault = ReadItem(ref cursor, token, ref depth);
            if (fault != Fault.None)
            {
                return fault;
            }

            if (_length > MaxSignature)
            {
                return Fault.TooLarge;
            }
        }

        // The last token may lack: a fragment whose elements are all closed is whole.
        return depth == 0 ? Fault.None : Fault.Truncated;
    }

    private Fault ReadItem(ref TokenCursor cursor, byte token, ref int depth)
    {
        switch (token)
        {
            case Token.FragmentHeader when cursor.Has(4):
                cursor.Position += 4;
                return Fault.None;
            case Token.FragmentHeader:
                return Fault.Truncated;
            case Token.OpenStart:
                return ++depth > _maxDepth ? Fault.TooDeep : ReadStart(ref cursor, ref depth);
            case Token.EndElement:
                cursor.Position++;
                Put(Token.EndElement);
                return --depth < 0 ? Fault.UnknownToken : Fault.None;
            case Token.Value or Token.CData or Token.CharacterReference or Token.EntityReference:
                return _direct ? ReadRun(ref cursor) : ReadConstant(ref cursor, token);
            case Token.Substitution or Token.OptionalSubstitution:
                return ReadSubstitution(ref cursor, token);
            case Token.ProcessingTarget or Token.ProcessingData:
                return ReadProcessing(ref cursor, token);
            case Token.TemplateInstance when _direct:
                return ReadInlineTemplate(ref cursor);
            default:
                return Fault.UnknownToken;
        }
    }

    private Fault ReadStart(ref TokenCursor cursor, ref int depth)
    {
        bool hasAttributes = (cursor.Chunk[cursor.Position] & Token.More) != 0;
        _hasDependencies ??= HasDependencies(cursor);
        cursor.Position++;
        int dependency = 0xFFFF;
        if (_hasDependencies.Value)
        {
            if (!cursor.Has(2))
            {
                return Fault.Truncated;
            }

            dependency = EvtxFormat.UInt16At(cursor.Chunk, cursor.Position);
            cursor.Position += 2;
        }

        // The element's size is not needed: its end is marked by a token.
        cursor.Position += 4;
        Put(Token.OpenStart);
        Put16(dependency);
        Fault fault = ReadAndPutName(ref cursor, out ReadOnlySpan<byte> element);
        if (fault != Fault.None)
        {
            return fault;
        }

        bool isData = element.SequenceEqual(Data) || element.SequenceEqual(ComplexData);
        cursor.Position += hasAttributes ? 4 : 0;
        while (cursor.Peek == Token.Attribute)
        {
            fault = ReadAttribute(ref cursor, isData);
            if (fault != Fault.None)
            {
                return fault;
            }
        }

        return ReadClose(ref cursor, isData, ref depth);
    }

    private Fault ReadClose(ref TokenCursor cursor, bool isData, ref int depth)
    {
        if (!cursor.Has(1))
        {
            return Fault.Truncated;
        }

        byte close = cursor.Peek;
        cursor.Position++;
        Put(Token.CloseStart);
        switch (close)
        {
            case Token.CloseStart:
                // A leaf without text has the structure of one with text, or each empty value would make another layout.
                if (_direct && cursor.Peek == Token.EndElement)
                {
                    PutSlot(new Slot(cursor.Position, 0, (byte)EvtxValueType.String));
                }

                return Fault.None;
            case Token.CloseEmpty:
                if (_direct && isData)
                {
                    PutSlot(new Slot(cursor.Position, 0, (byte)EvtxValueType.String));
                }

                depth--;
                Put(Token.EndElement);
                return Fault.None;
            default:
                return Fault.UnknownToken;
        }
    }

    private Fault ReadAttribute(ref TokenCursor cursor, bool isData)
    {
        cursor.Position++;
        Put(Token.Attribute);
        Fault fault = ReadAndPutName(ref cursor, out ReadOnlySpan<byte> name);
        if (fault != Fault.None)
        {
            return fault;
        }

        bool isStructure = (isData && name.SequenceEqual(Name)) || name.StartsWith(Namespace);
        if (_direct && !isStructure)
        {
            return ReadRun(ref cursor);
        }

        while (fault == Fault.None)
        {
            byte token = cursor.Peek;
            switch (token)
            {
                case Token.Value or Token.CData or Token.CharacterReference or Token.EntityReference:
                    fault = ReadConstant(ref cursor, token);
                    break;
                case Token.Substitution or Token.OptionalSubstitution:
                    fault = ReadSubstitution(ref cursor, token);
                    break;
                default:
                    return Fault.None;
            }
        }

        return fault;
    }

    private Fault ReadAndPutName(ref TokenCursor cursor, out ReadOnlySpan<byte> name)
    {
        Fault fault = cursor.ReadName(MaxName, out name);
        PutText(name);
        return fault;
    }

    /// <summary>
    /// Whether elements outside templates carry a dependency identifier. Writers differ; the name that each reading
    /// of the first element points at tells, because a name ends in a zero and knows its own hash.
    /// </summary>
    private static bool HasDependencies(TokenCursor cursor)
    {
        return !NameFits(cursor.Chunk, cursor.Position + 5) && NameFits(cursor.Chunk, cursor.Position + 7);

        static bool NameFits(ReadOnlySpan<byte> chunk, int at)
        {
            if (chunk.Length - at < 4)
            {
                return false;
            }

            uint offset = EvtxFormat.UInt32At(chunk, at);
            if (offset > (uint)(chunk.Length - 10))
            {
                return false;
            }

            int count = EvtxFormat.UInt16At(chunk, (int)offset + 6);
            if (count == 0 || count > MaxName || (count * 2) + 10 > chunk.Length - (int)offset)
            {
                return false;
            }

            uint hash = 0;
            foreach (char c in MemoryMarshal.Cast<byte, char>(chunk.Slice((int)offset + 8, count * 2)))
            {
                hash = (hash * 65599) + c;
            }

            return (ushort)hash == EvtxFormat.UInt16At(chunk, (int)offset + 4) &&
                EvtxFormat.UInt16At(chunk, (int)offset + 8 + (count * 2)) == 0;
        }
    }
}
