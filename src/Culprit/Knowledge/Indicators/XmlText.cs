namespace Culprit.Knowledge.Indicators;

/// <summary>Tells XML, which holds no list in a form that is read, by how it begins.</summary>
internal static class XmlText
{
    private const int Start = 4096;

    private static readonly string[] Roots = ["<?xml", "<ioc ", "<ioc>", "<OpenIOC", "<stix:"];

    /// <summary>Whether a file is XML.</summary>
    public static bool IsXml(ReadOnlySpan<byte> content)
    {
        string text = Beginning(content);
        return Array.Exists(Roots, root => text.StartsWith(root, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether XML is OpenIOC, as Mandiant's tools write it.</summary>
    public static bool IsOpenIoc(ReadOnlySpan<byte> content)
    {
        string text = Beginning(content);
        return text.Contains("<ioc ", StringComparison.OrdinalIgnoreCase) || text.Contains("<ioc>", StringComparison.OrdinalIgnoreCase) || text.Contains("openioc", StringComparison.OrdinalIgnoreCase) || text.Contains("schemas.mandiant.com", StringComparison.OrdinalIgnoreCase);
    }

    private static string Beginning(ReadOnlySpan<byte> content) =>
        System.Text.Encoding.UTF8.GetString(content[..Math.Min(Start, content.Length)]).TrimStart('\ufeff', ' ', '\t', '\r', '\n');
}
