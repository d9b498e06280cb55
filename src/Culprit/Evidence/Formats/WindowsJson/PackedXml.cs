using System.Text;
using System.Xml;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>
/// The data of an event as some exports pack it into one text: the element <c>EventData</c> or <c>UserData</c>, or what stands in it, as XML. Names are
/// those of the data; a text without one is called <c>Data</c>.
/// </summary>
internal static class PackedXml
{
    private const int MaxDepth = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    /// <summary>Reads names and texts, in order; false where it is no such XML.</summary>
    public static bool TryRead(string text, List<(string Name, string Text)> values)
    {
        values.Clear();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return Read(reader, values);
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool Read(XmlReader reader, List<(string Name, string Text)> values)
    {
        // The element that is open, with what it is called; only what holds no element of its own has a text.
        string name = "";
        var own = new StringBuilder();
        bool isLeaf = false;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth > MaxDepth)
                    {
                        return false;
                    }

                    name = reader.GetAttribute("Name") is { Length: > 0 } given ? given : reader.LocalName;
                    isLeaf = true;
                    own.Clear();
                    if (reader.IsEmptyElement)
                    {
                        if (reader.LocalName is not ("EventData" or "UserData"))
                        {
                            values.Add((name, ""));
                        }

                        isLeaf = false;
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    own.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    if (isLeaf && reader.LocalName is not ("EventData" or "UserData"))
                    {
                        values.Add((name, own.ToString()));
                    }

                    isLeaf = false;
                    break;
                default:
                    break;
            }
        }

        return values.Count > 0;
    }
}
