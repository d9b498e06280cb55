using System.Runtime.InteropServices;

namespace Culprit.TestSupport.Evtx;

/// <summary>
/// Writes BinXML tokens (MS-EVEN6 2.2.12) into a chunk. Inside a template definition each element carries its
/// dependency identifier; elsewhere it does not, which is what distinguishes forwarded records.
/// </summary>
internal readonly struct BinXmlEmitter(EvtxChunkBuilder chunk)
{
    private const byte EndOfStream = 0x00;
    private const byte OpenElement = 0x01;
    private const byte CloseStart = 0x02;
    private const byte CloseEmpty = 0x03;
    private const byte EndElement = 0x04;
    private const byte Value = 0x05;
    private const byte Attribute = 0x06;
    private const byte CData = 0x07;
    private const byte CharReference = 0x08;
    private const byte EntityReference = 0x09;
    private const byte InstructionTarget = 0x0A;
    private const byte InstructionData = 0x0B;
    private const byte TemplateInstance = 0x0C;
    private const byte NormalSubstitution = 0x0D;
    private const byte OptionalSubstitution = 0x0E;
    private const byte FragmentHeader = 0x0F;

    // Set on a token that is followed by more of the same list (attributes) or content.
    private const byte MoreFollows = 0x40;

    public void WriteFragment(IReadOnlyList<BinXmlNode> nodes, bool inDefinition = false)
    {
        chunk.WriteBytes([FragmentHeader, 1, 1, 0]);
        WriteContent(nodes, inDefinition);
        chunk.WriteByte(EndOfStream);
    }

    private void WriteContent(IReadOnlyList<BinXmlNode> nodes, bool inDefinition)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            byte more = i + 1 < nodes.Count ? MoreFollows : (byte)0;
            WriteNode(nodes[i], more, inDefinition);
        }
    }

    private void WriteNode(BinXmlNode node, byte more, bool inDefinition)
    {
        switch (node)
        {
            case BinXmlElement element:
                WriteElement(element, inDefinition);
                break;
            case BinXmlText text:
                chunk.WriteBytes([(byte)(Value | more), (byte)BinXmlType.String]);
                WriteCounted(text.Value);
                break;
            case BinXmlCData data:
                chunk.WriteByte((byte)(CData | more));
                WriteCounted(data.Value);
                break;
            case BinXmlCharReference reference:
                chunk.WriteByte((byte)(CharReference | more));
                chunk.WriteUInt16(reference.Value);
                break;
            case BinXmlEntityReference reference:
                chunk.WriteByte((byte)(EntityReference | more));
                chunk.WriteName(reference.Name);
                break;
            case BinXmlInstruction instruction:
                chunk.WriteByte(InstructionTarget);
                chunk.WriteName(instruction.Target);
                if (instruction.Data is not null)
                {
                    chunk.WriteByte(InstructionData);
                    WriteCounted(instruction.Data);
                }

                break;
            case BinXmlSubstitution substitution:
                chunk.WriteByte(substitution.Optional ? OptionalSubstitution : NormalSubstitution);
                chunk.WriteUInt16((ushort)substitution.Index);
                chunk.WriteByte((byte)substitution.Type);
                break;
            case BinXmlTemplateInstance instance:
                WriteInstance(instance.Template, instance.Values);
                break;
            case BinXmlBytes raw:
                chunk.WriteBytes(raw.Bytes);
                break;
            default:
                throw new ArgumentException("unknown node " + node.GetType().Name, nameof(node));
        }
    }

    private void WriteElement(BinXmlElement element, bool inDefinition)
    {
        bool attributes = element.Attributes.Count > 0;
        chunk.WriteByte((byte)(OpenElement | (attributes ? MoreFollows : 0)));
        if (inDefinition)
        {
            chunk.WriteUInt16(element.Dependency < 0 ? ushort.MaxValue : (ushort)element.Dependency);
        }

        int size = chunk.Position;
        chunk.WriteUInt32(0);
        chunk.WriteName(element.Name);
        if (attributes)
        {
            int listSize = chunk.Position;
            chunk.WriteUInt32(0);
            for (int i = 0; i < element.Attributes.Count; i++)
            {
                chunk.WriteByte((byte)(Attribute | (i + 1 < element.Attributes.Count ? MoreFollows : 0)));
                chunk.WriteName(element.Attributes[i].Name);
                WriteContent(element.Attributes[i].Content, inDefinition);
            }

            chunk.PatchUInt32(listSize, (uint)(chunk.Position - listSize - 4));
        }

        if (element.Children.Count == 0)
        {
            chunk.WriteByte(CloseEmpty);
        }
        else
        {
            chunk.WriteByte(CloseStart);
            WriteContent(element.Children, inDefinition);
            chunk.WriteByte(EndElement);
        }

        chunk.PatchUInt32(size, (uint)(chunk.Position - size - 4));
    }

    private void WriteInstance(BinXmlTemplate template, IReadOnlyList<BinXmlValue> values)
    {
        Guid id = template.Id;
        ReadOnlySpan<byte> idBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id));
        uint shortId = MemoryMarshal.Read<uint>(idBytes);
        chunk.WriteBytes([TemplateInstance, 1]);
        chunk.WriteUInt32(shortId);
        if (chunk.TryFind(template, out int known))
        {
            chunk.WriteUInt32((uint)known);
        }
        else
        {
            int offset = chunk.Position + 4;
            chunk.WriteUInt32((uint)offset);
            chunk.WriteUInt32(chunk.Enter(template, shortId, offset));
            chunk.WriteBytes(idBytes);
            int size = chunk.Position;
            chunk.WriteUInt32(0);
            WriteFragment(template.Nodes, inDefinition: true);
            chunk.PatchUInt32(size, (uint)(chunk.Position - size - 4));
        }

        WriteValues(values);
    }

    private void WriteValues(IReadOnlyList<BinXmlValue> values)
    {
        chunk.WriteUInt32((uint)values.Count);
        int descriptors = chunk.Position;
        chunk.Take(values.Count * 4).Clear();
        for (int i = 0; i < values.Count; i++)
        {
            BinXmlValue value = values[i];
            int start = chunk.Position;
            if (value.Fragment is { } fragment)
            {
                WriteFragment(fragment);
            }
            else
            {
                value.CopyTo(chunk.Take(value.Size));
            }

            chunk.PatchUInt16(descriptors + (i * 4), (ushort)(chunk.Position - start));
            chunk.PatchByte(descriptors + (i * 4) + 2, (byte)value.Type);
        }
    }

    private void WriteCounted(string text)
    {
        chunk.WriteUInt16((ushort)text.Length);
        chunk.WriteText(text);
    }
}
