using System.Text.Json;
using System.Xml.Linq;

namespace Culprit.Evtx.Tests;

/// <summary>The slow and obvious way to a record's fields: from its XML by the naming rules of <see cref="EvtxField"/>.</summary>
internal static class FieldsOf
{
    /// <summary>Names and values in document order.</summary>
    public static List<(string Name, string Value)> Xml(string xml)
    {
        var fields = new List<(string, string)>();
        XElement root = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        Add(root, depth: 0, section: "", fields);
        return fields;
    }

    /// <summary>The text as it comes back from XML: a picture in the place of a control character.</summary>
    public static string AsXmlKeepsIt(string text) =>
        string.Concat(text.Select(static c => c < ' ' && c is not ('\t' or '\n' or '\r') ? (char)('\u2400' + c) : c));

    /// <summary>All values that are not empty, except namespaces.</summary>
    public static IEnumerable<string> JsonValues(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.EnumerateObject()
                    .Where(static p => !p.Name.StartsWith("xmlns", StringComparison.Ordinal))
                    .SelectMany(static p => JsonValues(p.Value));
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany(JsonValues);
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.String:
                string text = element.GetString()!;
                return text.Length == 0 ? [] : [text];
            default:
                return [element.GetRawText()];
        }
    }

    private static void Add(XElement element, int depth, string section, List<(string, string)> fields)
    {
        string name = element.Name.LocalName;
        section = depth == 1 ? name : section;
        bool isData = string.Equals(section, "EventData", StringComparison.Ordinal) && depth > 1;
        string? givenName = null;
        bool hasAttributes = false;
        foreach (XAttribute attribute in element.Attributes().Where(static a => !a.IsNamespaceDeclaration))
        {
            string key = attribute.Name.LocalName;
            hasAttributes = true;
            if (isData && string.Equals(key, "Name", StringComparison.Ordinal))
            {
                givenName = attribute.Value;
            }
            else
            {
                bool isTime = string.Equals(section, "System", StringComparison.Ordinal) &&
                    string.Equals(name, "TimeCreated", StringComparison.Ordinal);
                fields.Add((isTime ? name : name + "_" + key, attribute.Value));
            }
        }

        if (element.HasElements)
        {
            foreach (XElement child in element.Elements())
            {
                Add(child, depth + 1, section, fields);
            }

            return;
        }

        // An empty element is a value where values stand, and nothing in System.
        bool isUserValue = string.Equals(section, "UserData", StringComparison.Ordinal) && depth > 1 && !hasAttributes;
        if (element.Value.Length > 0 || (!element.IsEmpty && depth > 1) || isData || isUserValue)
        {
            fields.Add((givenName ?? name, element.Value));
        }
    }
}
