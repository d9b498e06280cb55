using System.Text;

namespace Culprit.Evtx.BinXml;

/// <summary>Flattens a shape, nested fragments included, into the list of its fields in document order.</summary>
internal sealed class LayoutBuilder
{
    private readonly List<EvtxField> _fields = [];
    private readonly List<FieldSource> _sources = [];
    private readonly List<string> _path = [];
    private readonly List<int> _gates = [];

    public static EvtxLayout Build(Shape shape)
    {
        var builder = new LayoutBuilder();
        builder.AddNodes(shape.Template.Roots, shape, start: 0);
        return new EvtxLayout(shape, [.. builder._fields], [.. builder._sources]);
    }

    private EvtxFieldOrigin Origin => _path.Count < 2 ? EvtxFieldOrigin.Other : _path[1] switch
    {
        "System" => EvtxFieldOrigin.System,
        "EventData" => EvtxFieldOrigin.EventData,
        "UserData" => EvtxFieldOrigin.UserData,
        _ => EvtxFieldOrigin.Other,
    };

    // Whether the nodes hold an element, directly or at the root of a nested fragment.
    private static bool HasElement(List<Node> nodes, Shape shape)
    {
        foreach (Node node in nodes)
        {
            if (node is ElementNode || (node is SlotNode slot && IsFragment(slot, shape)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFragment(SlotNode slot, Shape shape) =>
        slot.DeclaredType == (byte)EvtxValueType.BinXml || shape.NestedAt(slot.Slot, out _) is not null;

    private void AddNodes(List<Node> nodes, Shape shape, int start)
    {
        foreach (Node node in nodes)
        {
            if (node is ElementNode element)
            {
                AddElement(element, shape, start);
            }
            else if (node is SlotNode slot && shape.NestedAt(slot.Slot, out int nestedStart) is { } nested)
            {
                AddNodes(nested.Template.Roots, nested, start + nestedStart);
            }
        }
    }

    private void AddElement(ElementNode element, Shape shape, int start)
    {
        _path.Add(element.Name);
        if (element.Dependency >= 0)
        {
            _gates.Add(start + element.Dependency);
        }

        string? givenName = null;
        EvtxFieldOrigin origin = Origin;
        foreach (AttributeNode attribute in element.Attributes)
        {
            if (attribute.Name.StartsWith("xmlns", StringComparison.Ordinal))
            {
                continue;
            }

            if (origin == EvtxFieldOrigin.EventData && _path.Count > 2 && string.Equals(attribute.Name, "Name", StringComparison.Ordinal) &&
                ConstantOf(attribute.Parts) is { } constant)
            {
                givenName = constant;
                continue;
            }

            Add(AttributeName(element.Name, attribute.Name, origin), "@" + attribute.Name, origin, attribute.Parts, start);
        }

        if (HasElement(element.Children, shape))
        {
            AddNodes(element.Children, shape, start);
        }
        else if (element.Children.Count > 0 || (givenName is not null) || IsEmptyField(element, origin))
        {
            Add(givenName ?? element.Name, "", origin, element.Children, start);
        }

        if (element.Dependency >= 0)
        {
            _gates.RemoveAt(_gates.Count - 1);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    // An empty element is an empty value where values stand; in System, and where it has attributes, it says nothing.
    private bool IsEmptyField(ElementNode element, EvtxFieldOrigin origin) =>
        _path.Count > 2 && (origin == EvtxFieldOrigin.EventData || (origin == EvtxFieldOrigin.UserData &&
        element.Attributes.TrueForAll(static a => a.Name.StartsWith("xmlns", StringComparison.Ordinal))));

    private static string AttributeName(string element, string attribute, EvtxFieldOrigin origin) =>
        origin == EvtxFieldOrigin.System && element is "TimeCreated" && attribute is "SystemTime"
            ? "TimeCreated"
            : element + "_" + attribute;

    private static string? ConstantOf(List<Node> parts)
    {
        var text = new StringBuilder();
        foreach (Node part in parts)
        {
            if (part is not TextNode node)
            {
                return null;
            }

            text.Append(node.Text);
        }

        return text.ToString();
    }

    private void Add(string name, string suffix, EvtxFieldOrigin origin, List<Node> parts, int start)
    {
        int gatesBefore = _gates.Count;
        foreach (Node part in parts)
        {
            if (part is SlotNode { IsOptional: true } optional && (_gates.Count > 16 || !_gates.Contains(start + optional.Slot)))
            {
                _gates.Add(start + optional.Slot);
            }
        }

        _fields.Add(new EvtxField(name, string.Join('/', _path) + suffix, origin));
        _sources.Add(Source(parts, start));
        _gates.RemoveRange(gatesBefore, _gates.Count - gatesBefore);
    }

    private FieldSource Source(List<Node> parts, int start)
    {
        int gate = _gates.Count == 0 ? -1 : _gates[0];
        int[]? gates = _gates.Count > 1 ? [.. _gates] : null;
        if (parts is [SlotNode only])
        {
            return new FieldSource { Slot = start + only.Slot, Gate = gate, Gates = gates };
        }

        if (ConstantOf(parts) is { } constant)
        {
            return new FieldSource { Slot = FieldSource.ConstantText, Gate = gate, Gates = gates, Constant = constant };
        }

        var pieces = new List<FieldPart>();
        foreach (Node part in parts)
        {
            switch (part)
            {
                case TextNode text:
                    pieces.Add(new FieldPart(-1, text.Text));
                    break;
                case SlotNode slot:
                    pieces.Add(new FieldPart(start + slot.Slot, ""));
                    break;
                default:
                    break;
            }
        }

        return new FieldSource { Slot = FieldSource.Composite, Gate = gate, Gates = gates, Parts = [.. pieces] };
    }
}
