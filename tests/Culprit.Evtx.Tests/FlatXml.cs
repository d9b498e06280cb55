using System.Text;
using System.Xml;

namespace Culprit.Evtx.Tests;

/// <summary>An XML document as a list of leaves: elements without child elements, and attributes.</summary>
internal static class FlatXml
{
    /// <summary>
    /// Reads a document. Characters that XML forbids are let through, because other tools write them. Namespaces are left
    /// aside; <c>xmlns</c> attributes are no leaves.
    /// </summary>
    public static List<(string Path, string Value)> Read(string xml)
    {
        var settings = new XmlReaderSettings { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        var leaves = new List<(string, string)>();
        var open = new Stack<Element>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Open(reader, open, leaves);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    if (open.Count > 0)
                    {
                        open.Peek().Text.Append(reader.Value);
                    }

                    break;
                case XmlNodeType.EndElement:
                    Close(open, leaves);
                    break;
                default:
                    break;
            }
        }

        return leaves;
    }

    private static void Open(XmlReader reader, Stack<Element> open, List<(string, string)> leaves)
    {
        if (open.Count > 0)
        {
            open.Peek().HasChild = true;
        }

        string path = (open.Count > 0 ? open.Peek().Path + "/" : "") + reader.LocalName;
        bool isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (!reader.Name.StartsWith("xmlns", StringComparison.Ordinal))
            {
                leaves.Add((path + "@" + reader.LocalName, reader.Value));
            }
        }

        open.Push(new Element(path));
        if (isEmpty)
        {
            Close(open, leaves);
        }
    }

    private static void Close(Stack<Element> open, List<(string, string)> leaves)
    {
        Element element = open.Pop();
        if (!element.HasChild)
        {
            leaves.Add((element.Path, element.Text.ToString()));
        }
    }

    private sealed class Element(string path)
    {
        public string Path { get; } = path;

        public StringBuilder Text { get; } = new();

        public bool HasChild { get; set; }
    }
}
