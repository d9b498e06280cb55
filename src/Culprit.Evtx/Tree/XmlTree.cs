using Culprit.Evtx.BinXml;

namespace Culprit.Evtx.Tree;

/// <summary>Writes a record as XML.</summary>
internal readonly ref struct XmlTree
{
    private readonly EvtxRecord _record;
    private readonly TextWriter _writer;

    public XmlTree(in EvtxRecord record, TextWriter writer)
    {
        _record = record;
        _writer = writer;
    }

    /// <summary>Writes the whole record as one element, without a line end.</summary>
    public void Write()
    {
        Shape shape = _record.Layout.Shape;

        // A document has one root; a record of several fragments, of none, or of one that is left out gets one around it.
        bool isDocument = TreeShape.RootCount(shape) == 1 && !IsLeftOut(shape.Template.Roots, start: 0);
        if (!isDocument)
        {
            _writer.Write("<Fragments>");
        }

        WriteNodes(shape.Template.Roots, shape, start: 0);
        if (!isDocument)
        {
            _writer.Write("</Fragments>");
        }
    }

    private bool IsLeftOut(List<Node> roots, int start)
    {
        foreach (Node root in roots)
        {
            if (root is ElementNode element && _record.IsLeftOut(element, start))
            {
                return true;
            }
        }

        // The root may stand in a fragment nested at the top, of which no file makes use: an envelope is right there too.
        return !roots.Exists(static root => root is ElementNode);
    }

    private void WriteNodes(List<Node> nodes, Shape shape, int start)
    {
        foreach (Node node in nodes)
        {
            switch (node)
            {
                case ElementNode element:
                    WriteElement(element, shape, start);
                    break;
                case TextNode text:
                    XmlText.Write(_writer, text.Text, isAttribute: false);
                    break;
                case SlotNode slot when shape.NestedAt(slot.Slot, out int nestedStart) is { } nested:
                    WriteNodes(nested.Template.Roots, nested, start + nestedStart);
                    break;
                case SlotNode slot:
                    WriteValue(start + slot.Slot, isAttribute: false);
                    break;
                case ProcessingNode processing:
                    WriteProcessing(processing);
                    break;
                default:
                    break;
            }
        }
    }

    private void WriteElement(ElementNode element, Shape shape, int start)
    {
        if (_record.IsLeftOut(element, start))
        {
            return;
        }

        int array = TreeShape.ArrayOf(in _record, element, shape, start);
        if (array < 0)
        {
            WriteOpen(element, start);
            if (element.Children.Count == 0)
            {
                _writer.Write("/>");
                return;
            }

            _writer.Write('>');
            WriteNodes(element.Children, shape, start);
            WriteEnd(element);
            return;
        }

        // An array repeats its element.
        for (int i = 0; _record.TryGetSlotText(array, i, out ReadOnlySpan<char> text); i++)
        {
            WriteOpen(element, start);
            _writer.Write('>');
            XmlText.Write(_writer, text, isAttribute: false);
            WriteEnd(element);
        }
    }

    private void WriteOpen(ElementNode element, int start)
    {
        _writer.Write('<');
        _writer.Write(element.XmlName);
        foreach (AttributeNode attribute in element.Attributes)
        {
            if (_record.IsLeftOut(attribute.Parts, start))
            {
                continue;
            }

            _writer.Write(' ');
            _writer.Write(attribute.XmlName);
            _writer.Write("=\"");
            foreach (Node part in attribute.Parts)
            {
                if (part is TextNode text)
                {
                    XmlText.Write(_writer, text.Text, isAttribute: true);
                }
                else if (part is SlotNode slot)
                {
                    WriteValue(start + slot.Slot, isAttribute: true);
                }
            }

            _writer.Write('"');
        }
    }

    private void WriteEnd(ElementNode element)
    {
        _writer.Write("</");
        _writer.Write(element.XmlName);
        _writer.Write('>');
    }

    // Among other text an array's items are divided by commas.
    private void WriteValue(int slot, bool isAttribute)
    {
        for (int i = 0; _record.TryGetSlotText(slot, i, out ReadOnlySpan<char> text); i++)
        {
            if (i > 0)
            {
                _writer.Write(',');
            }

            XmlText.Write(_writer, text, isAttribute);
        }
    }

    private void WriteProcessing(ProcessingNode processing)
    {
        string target = XmlNames.Clean(processing.Target, mayHavePrefix: false);
        _writer.Write("<?");
        _writer.Write(target.Equals("xml", StringComparison.OrdinalIgnoreCase) ? "_xml" : target);
        _writer.Write(' ');

        // References mean nothing in an instruction: only what ends it, and what XML cannot hold, is changed.
        foreach (char c in processing.Data.Replace("?>", "? >", StringComparison.Ordinal))
        {
            bool fits = c is '\t' or '\n' or (>= ' ' and < '\u007F') or (> '\u009F' and < '\uD800') or (> '\uDFFF' and < '\uFFFE');
            _writer.Write(fits ? c : '\uFFFD');
        }

        _writer.Write("?>");
    }
}
