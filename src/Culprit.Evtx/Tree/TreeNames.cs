using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Evtx.BinXml;

namespace Culprit.Evtx.Tree;

/// <summary>Gives the elements and attributes of a compiled template the names that they have in XML and the keys that they have in JSON.</summary>
internal static class TreeNames
{
    /// <summary>Names all elements below a template's roots.</summary>
    public static void Assign(List<Node> roots) => Assign(roots, []);

    // prefixes: the namespace prefixes that the elements around declare.
    private static void Assign(List<Node> nodes, List<string> prefixes)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (Node node in nodes)
        {
            if (node is not ElementNode element)
            {
                continue;
            }

            int outer = prefixes.Count;
            AssignAttributes(element, prefixes);
            element.XmlName = XmlNames.Clean(element.Name, IsDeclared(element.Name, prefixes));
            element.JsonKey = Encode(
                element.IsUnnamedData ? element.Name : Distinct(element.KeyAttribute is { } key ? TextOf(key) : element.Name, keys));
            Assign(element.Children, prefixes);
            prefixes.RemoveRange(outer, prefixes.Count - outer);
        }
    }

    private static void AssignAttributes(ElementNode element, List<string> prefixes)
    {
        foreach (AttributeNode attribute in element.Attributes)
        {
            if (attribute.Name.StartsWith("xmlns:", StringComparison.Ordinal) && IsConstant(attribute))
            {
                prefixes.Add(attribute.Name["xmlns:".Length..]);
            }
            else if (element.KeyAttribute is null && IsConstant(attribute) &&
                string.Equals(attribute.Name, "Name", StringComparison.Ordinal) &&
                string.Equals(element.Name, "Data", StringComparison.Ordinal))
            {
                element.KeyAttribute = attribute;
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (AttributeNode attribute in element.Attributes)
        {
            bool declares = attribute.Name.StartsWith("xmlns:", StringComparison.Ordinal) && IsConstant(attribute);
            attribute.XmlName = Distinct(XmlNames.Clean(attribute.Name, declares || IsDeclared(attribute.Name, prefixes)), names);
            attribute.JsonKey = Encode(attribute.XmlName);
        }
    }

    private static bool IsDeclared(string name, List<string> prefixes)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (name.StartsWith("xml:", StringComparison.Ordinal) || prefixes.Contains(name[..colon]));
    }

    private static bool IsConstant(AttributeNode attribute) => attribute.Parts.TrueForAll(static part => part is TextNode);

    private static string TextOf(AttributeNode attribute) =>
        string.Concat(attribute.Parts.Select(static part => part is TextNode text ? text.Text : ""));

    /// <summary>The name, or the name with the first of _1, _2, ... that is not taken.</summary>
    public static string Distinct(string name, HashSet<string> taken)
    {
        if (taken.Add(name))
        {
            return name;
        }

        // Counting on from the number of names taken keeps this from being quadratic in a hostile template.
        int number = taken.Count < 64 ? 1 : taken.Count;
        while (true)
        {
            string candidate = name + "_" + number.ToString(CultureInfo.InvariantCulture);
            if (taken.Add(candidate))
            {
                return candidate;
            }

            number++;
        }
    }

    private static JsonEncodedText Encode(string key) =>
        JsonEncodedText.Encode(JsonTree.WithoutLoneSurrogates(key), JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
