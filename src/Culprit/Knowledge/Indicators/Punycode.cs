using System.Globalization;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>Names with other letters than ASCII's, as resolvers, certificates and logs write them: <c>xn--...</c>.</summary>
internal static class Punycode
{
    private static readonly IdnMapping Mapping = new() { UseStd3AsciiRules = false };

    /// <summary>Reads a name in lower case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="ascii">The same in ASCII; the name itself where that is what it is.</param>
    /// <returns>False where no name can be written so.</returns>
    public static bool TryRead(string name, out string ascii)
    {
        ascii = name;
        if (Ascii.IsValid(name))
        {
            return true;
        }

        try
        {
            ascii = Mapping.GetAscii(name).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A text with its names in ASCII; whatever cannot be written so stays as it is.</summary>
    public static string In(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var all = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            while (end < text.Length && IsOfName(text[end]))
            {
                end++;
            }

            all.Append(end > at && TryRead(text[at..end].ToLowerInvariant(), out string ascii) ? ascii : text[at..end]);
            if (end < text.Length)
            {
                all.Append(text[end++]);
            }

            at = end;
        }

        return all.ToString();
    }

    private static bool IsOfName(char c) => c == '.' || HostText.Label(c) != '\0';
}
