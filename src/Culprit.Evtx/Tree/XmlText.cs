using System.Buffers;
using System.Globalization;

namespace Culprit.Evtx.Tree;

/// <summary>Writes hostile text into XML 1.0.</summary>
internal static class XmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(SpecialCharacters());

    /// <summary>
    /// Writes text, escaped. What XML 1.0 cannot hold is replaced and stays visible: control characters by their pictures
    /// (U+2400 and on), lone surrogates and non-characters by U+FFFD. DEL and the C1 controls are written as references,
    /// because terminals act on them.
    /// </summary>
    public static void Write(TextWriter writer, ReadOnlySpan<char> text, bool isAttribute)
    {
        while (true)
        {
            int at = text.IndexOfAny(Special);
            if (at < 0)
            {
                writer.Write(text);
                return;
            }

            writer.Write(text[..at]);
            char c = text[at];
            int used = 1;
            switch (c)
            {
                case '&':
                    writer.Write("&amp;");
                    break;
                case '<':
                    writer.Write("&lt;");
                    break;
                case '>':
                    writer.Write("&gt;");
                    break;
                case '"':
                    writer.Write(isAttribute ? "&quot;" : "\"");
                    break;
                case '\r':
                    writer.Write("&#xD;");
                    break;
                case '\t' or '\n' when !isAttribute:
                    writer.Write(c);
                    break;
                case '\t' or '\n' or (>= '\u007F' and <= '\u009F'):
                    writer.Write("&#x");
                    writer.Write(((int)c).ToString("X", CultureInfo.InvariantCulture));
                    writer.Write(';');
                    break;
                case < ' ':
                    writer.Write((char)('\u2400' + c));
                    break;
                case >= '\uD800' and <= '\uDBFF' when at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]):
                    writer.Write(text.Slice(at, 2));
                    used = 2;
                    break;
                default:
                    writer.Write('\uFFFD');
                    break;
            }

            text = text[(at + used)..];
        }
    }

    private static char[] SpecialCharacters()
    {
        var all = new List<char> { '&', '<', '>', '"', '\uFFFE', '\uFFFF' };
        AddRange(all, '\0', '\u001F');
        AddRange(all, '\u007F', '\u009F');
        AddRange(all, '\uD800', '\uDFFF');
        return [.. all];
    }

    private static void AddRange(List<char> all, int first, int last)
    {
        for (int c = first; c <= last; c++)
        {
            all.Add((char)c);
        }
    }
}
