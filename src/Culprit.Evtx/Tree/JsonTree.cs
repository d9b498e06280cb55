using System.Text;
using System.Text.Json;
using Culprit.Evtx.BinXml;

namespace Culprit.Evtx.Tree;

/// <summary>
/// Writes a record as JSON in the shape that evtx_dump made common: an element is an object; its attributes are in
/// <c>#attributes</c> and, where it has any, its text in <c>#text</c>; a named <c>Data</c> is keyed by its name.
/// </summary>
internal readonly ref struct JsonTree
{
    private static readonly JsonEncodedText Attributes = JsonEncodedText.Encode("#attributes");
    private static readonly JsonEncodedText Text = JsonEncodedText.Encode("#text");

    private readonly EvtxRecord _record;
    private readonly Utf8JsonWriter _writer;

    public JsonTree(in EvtxRecord record, Utf8JsonWriter writer)
    {
        _record = record;
        _writer = writer;
    }

    /// <summary>The text, with U+FFFD for each half of a surrogate pair that stands alone.</summary>
    public static string WithoutLoneSurrogates(string text)
    {
        if (!HasLoneSurrogate(text))
        {
            return text;
        }

        return string.Create(text.Length, text, static (room, source) => CopyWithoutLoneSurrogates(source, room));
    }

    /// <summary>Writes the whole record as one object.</summary>
    public void Write()
    {
        Shape shape = _record.Layout.Shape;
        _writer.WriteStartObject();
        WriteMembers(shape.Template.Roots, shape, start: 0, nestedKeys: null);
        _writer.WriteEndObject();
    }

    // The elements among the nodes as members of the object that is open. nestedKeys: the keys that the object has so far,
    // where that has to be known because fragments are nested in it.
    private void WriteMembers(List<Node> nodes, Shape shape, int start, HashSet<string>? nestedKeys)
    {
        bool wroteData = false;
        HashSet<string>? keys = nestedKeys;
        foreach (Node node in nodes)
        {
            switch (node)
            {
                case ElementNode { IsUnnamedData: true } when wroteData:
                    break;
                case ElementNode { IsUnnamedData: true } data:
                    wroteData = true;
                    WriteUnnamedData(nodes, data, shape, start, nestedKeys);
                    break;
                case ElementNode element when !_record.IsLeftOut(element, start):
                    WriteKey(element, nestedKeys);
                    WriteElement(element, shape, start);
                    break;
                case SlotNode slot when shape.NestedAt(slot.Slot, out int nestedStart) is { } nested:
                    if (keys is not null || !IsOnlyOne(nodes, nested, shape))
                    {
                        keys ??= KeysOf(nodes);
                    }

                    WriteMembers(nested.Template.Roots, nested, start + nestedStart, keys);
                    break;
                default:
                    break;
            }
        }
    }

    private void WriteKey(ElementNode element, HashSet<string>? keys)
    {
        if (keys is null)
        {
            _writer.WritePropertyName(element.JsonKey);
        }
        else
        {
            _writer.WritePropertyName(TreeNames.Distinct(element.JsonKey.Value, keys));
        }
    }

    // The usual case, for which no set of keys is needed: one nested fragment, one root, and nothing beside it has its name.
    private static bool IsOnlyOne(List<Node> nodes, Shape nested, Shape shape)
    {
        if (nested.Template.Roots is not [ElementNode root])
        {
            return false;
        }

        int fragments = 0;
        foreach (Node node in nodes)
        {
            if (node is ElementNode element && string.Equals(element.JsonKey.Value, root.JsonKey.Value, StringComparison.Ordinal))
            {
                return false;
            }

            fragments += node is SlotNode slot && shape.NestedAt(slot.Slot, out _) is not null ? 1 : 0;
        }

        return fragments == 1;
    }

    private static HashSet<string> KeysOf(List<Node> nodes)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (Node node in nodes)
        {
            if (node is ElementNode element)
            {
                keys.Add(element.JsonKey.Value);
            }
        }

        return keys;
    }

    // One unnamed Data with one value is that value; otherwise all values of all of them are one array.
    private void WriteUnnamedData(List<Node> nodes, ElementNode first, Shape shape, int start, HashSet<string>? keys)
    {
        int count = 0;
        bool isPlain = true;
        foreach (Node node in nodes)
        {
            if (node is ElementNode { IsUnnamedData: true } data && !_record.IsLeftOut(data, start))
            {
                count++;
                isPlain &= !TreeShape.HasElement(data.Children, shape);
                first = data;
            }
        }

        if (count == 0)
        {
            return;
        }

        WriteKey(first, keys);
        if (count == 1 && TreeShape.ArrayOf(in _record, first, shape, start) < 0)
        {
            WriteElement(first, shape, start);
            return;
        }

        _writer.WriteStartObject();
        _writer.WriteStartArray(Text);
        foreach (Node node in nodes)
        {
            if (node is ElementNode { IsUnnamedData: true } data && !_record.IsLeftOut(data, start))
            {
                WriteItems(data, shape, start, isPlain);
            }
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    private void WriteItems(ElementNode element, Shape shape, int start, bool isPlain)
    {
        int array = TreeShape.ArrayOf(in _record, element, shape, start);
        if (array < 0)
        {
            if (isPlain)
            {
                WriteText(element.Children, start);
            }
            else
            {
                WriteElement(element, shape, start);
            }

            return;
        }

        for (int i = 0; _record.TryGetSlotText(array, i, out ReadOnlySpan<char> text); i++)
        {
            WriteString(text);
        }
    }

    private void WriteElement(ElementNode element, Shape shape, int start)
    {
        bool hasElement = TreeShape.HasElement(element.Children, shape);
        bool hasAttributes = HasAttributes(element, start);
        if (!hasElement && !hasAttributes)
        {
            WriteContent(element, shape, start);
            return;
        }

        _writer.WriteStartObject();
        if (hasAttributes)
        {
            WriteAttributes(element, start);
        }

        if (hasElement)
        {
            WriteMixedText(element.Children, start);
            WriteMembers(element.Children, shape, start, nestedKeys: null);
        }
        else if (element.Children.Count > 0)
        {
            _writer.WritePropertyName(Text);
            WriteContent(element, shape, start);
        }

        _writer.WriteEndObject();
    }

    private bool HasAttributes(ElementNode element, int start)
    {
        foreach (AttributeNode attribute in element.Attributes)
        {
            if (!ReferenceEquals(attribute, element.KeyAttribute) && !_record.IsLeftOut(attribute.Parts, start))
            {
                return true;
            }
        }

        return false;
    }

    private void WriteAttributes(ElementNode element, int start)
    {
        _writer.WriteStartObject(Attributes);
        foreach (AttributeNode attribute in element.Attributes)
        {
            if (!ReferenceEquals(attribute, element.KeyAttribute) && !_record.IsLeftOut(attribute.Parts, start))
            {
                _writer.WritePropertyName(attribute.JsonKey);
                WriteText(attribute.Parts, start);
            }
        }

        _writer.WriteEndObject();
    }

    private void WriteContent(ElementNode element, Shape shape, int start)
    {
        int array = TreeShape.ArrayOf(in _record, element, shape, start);
        if (array >= 0)
        {
            _writer.WriteStartArray();
            for (int i = 0; _record.TryGetSlotText(array, i, out ReadOnlySpan<char> text); i++)
            {
                WriteString(text);
            }

            _writer.WriteEndArray();
        }
        else if (element.Children.Count == 0 && element.KeyAttribute is null && !element.IsUnnamedData)
        {
            _writer.WriteNullValue();
        }
        else
        {
            WriteText(element.Children, start);
        }
    }

    private void WriteMixedText(List<Node> nodes, int start)
    {
        string text = TextOf(nodes, start);
        if (text.Length > 0)
        {
            _writer.WritePropertyName(Text);
            WriteString(text);
        }
    }

    private string TextOf(List<Node> nodes, int start)
    {
        if (!nodes.Exists(static node => node is TextNode or SlotNode))
        {
            return "";
        }

        var all = new StringBuilder();
        foreach (Node node in nodes)
        {
            if (node is TextNode constant)
            {
                all.Append(constant.Text);
            }
            else if (node is SlotNode slot && _record.TryGetSlotText(start + slot.Slot, 0, out ReadOnlySpan<char> value))
            {
                all.Append(value);
            }
        }

        return all.ToString();
    }

    // Text without elements: one value keeps its type, several are put together.
    private void WriteText(List<Node> parts, int start)
    {
        switch (parts)
        {
            case []:
                _writer.WriteStringValue("");
                break;
            case [TextNode only]:
                WriteString(only.Text);
                break;
            case [SlotNode only]:
                WriteSlot(start + only.Slot);
                break;
            default:
                WriteString(TextOf(parts, start));
                break;
        }
    }

    private void WriteSlot(int slot)
    {
        if (!_record.TryGetSlotText(slot, 0, out ReadOnlySpan<char> text))
        {
            _writer.WriteStringValue("");
            return;
        }

        // The text of these types is JSON as it stands.
        bool isRaw = _record.TypeOf(slot) is
            (>= EvtxValueType.Int8 and <= EvtxValueType.UInt64) or EvtxValueType.Boolean;
        if (isRaw && _record.IsWhole(slot))
        {
            _writer.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            WriteString(text);
        }
    }

    private void WriteString(ReadOnlySpan<char> text)
    {
        if (!HasLoneSurrogate(text))
        {
            _writer.WriteStringValue(text);
            return;
        }

        var copy = new char[text.Length];
        CopyWithoutLoneSurrogates(text, copy);
        _writer.WriteStringValue(copy);
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        int at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return true;
            }

            text = text[(at + 2)..];
            at = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return false;
    }

    private static void CopyWithoutLoneSurrogates(ReadOnlySpan<char> text, Span<char> room)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            room[i] = !isPair && char.IsSurrogate(text[i]) ? '\uFFFD' : text[i];
            if (isPair)
            {
                room[++i] = text[i];
            }
        }
    }
}
