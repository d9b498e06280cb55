using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Culprit.Evtx.BinXml;

/// <summary>A compiled signature: the tree that it stands for and the number of values that it takes.</summary>
internal sealed class Template
{
    private Template(List<Node> roots, int slotCount)
    {
        Roots = roots;
        SlotCount = slotCount;
        Bounds = LayoutBounds.Of(roots);
        Shape = new Shape(this);
    }

    public List<Node> Roots { get; }

    /// <summary>One more than the largest slot in the tree.</summary>
    public int SlotCount { get; }

    /// <summary>How large the layout of its fields may get.</summary>
    public LayoutBounds Bounds { get; }

    /// <summary>The shape of a record that has this template and no nested fragment.</summary>
    public Shape Shape { get; }

    /// <summary>Compiles a signature, which is well-formed by construction.</summary>
    public static Template Compile(ReadOnlySpan<byte> signature)
    {
        var compiler = new Compiler(signature);
        compiler.Run();
        Tree.TreeNames.Assign(compiler.Roots);
        return new Template(compiler.Roots, compiler.SlotCount);
    }

    private ref struct Compiler(ReadOnlySpan<byte> signature)
    {
        private readonly Stack<ElementNode> _open = new();
        private ReadOnlySpan<byte> _rest = signature;
        private AttributeNode? _attribute;
        private string _target = "";

        public List<Node> Roots { get; } = [];

        public int SlotCount { get; private set; }

        public void Run()
        {
            while (!_rest.IsEmpty)
            {
                byte token = Take();
                switch (token)
                {
                    case Token.OpenStart:
                        Open();
                        break;
                    case Token.CloseStart:
                        _attribute = null;
                        break;
                    case Token.EndElement:
                        _open.Pop();
                        break;
                    case Token.Attribute:
                        _attribute = new AttributeNode(TakeText());
                        _open.Peek().Attributes.Add(_attribute);
                        break;
                    case Token.ProcessingTarget:
                        _target = TakeText();
                        break;
                    case Token.ProcessingData:
                        Add(new ProcessingNode(_target, TakeText()));
                        break;
                    default:
                        Add(Content(token));
                        break;
                }
            }
        }

        private void Open()
        {
            int dependency = Take16();

            // Windows lets the root depend on the value that holds the event's data; an event without data is an event.
            bool isFree = dependency == 0xFFFF || _open.Count == 0;
            var element = new ElementNode(TakeText(), isFree ? -1 : Used(dependency));
            Add(element);
            _open.Push(element);
        }

        private Node Content(byte token)
        {
            switch (token)
            {
                case Token.Value:
                    byte type = Take();
                    ReadOnlySpan<byte> bytes = TakeBytes();
                    return new TextNode(Values.ValueText.ToText(bytes, type));
                case Token.CData:
                    return new TextNode(TakeText(), isCData: true);
                case Token.CharacterReference:
                    return new TextNode(((char)Take16()).ToString(CultureInfo.InvariantCulture));
                case Token.EntityReference:
                    return new TextNode(Values.Entities.Resolve(TakeText()));
                case Token.Substitution:
                case Token.OptionalSubstitution:
                    int slot = Used(Take16());
                    return new SlotNode(slot, token == Token.OptionalSubstitution, Take());
                case Token.DirectTemplate:
                    return new SlotNode(Used(Take16()), isOptional: false, (byte)EvtxValueType.BinXml);
                default:
                    return new SlotNode(Used(Take16()), isOptional: false, (byte)EvtxValueType.String);
            }
        }

        private void Add(Node node)
        {
            List<Node> target = _attribute?.Parts ?? (_open.Count == 0 ? Roots : _open.Peek().Children);
            target.Add(node);
        }

        private int Used(int slot)
        {
            SlotCount = Math.Max(SlotCount, slot + 1);
            return slot;
        }

        private byte Take()
        {
            byte b = _rest[0];
            _rest = _rest[1..];
            return b;
        }

        private int Take16()
        {
            int value = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
            _rest = _rest[2..];
            return value;
        }

        private ReadOnlySpan<byte> TakeBytes()
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            ReadOnlySpan<byte> bytes = _rest.Slice(4, length);
            _rest = _rest[(4 + length)..];
            return bytes;
        }

        private string TakeText() => new(MemoryMarshal.Cast<byte, char>(TakeBytes()));
    }
}
