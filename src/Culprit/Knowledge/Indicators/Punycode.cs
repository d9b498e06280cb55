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

    /// <summary>A text with its names in ASCII; whatever cannot be written so stays as it is, and so does the path behind a name.</summary>
    public static string In(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var all = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int start = at, end = at;
            while (end < text.Length && IsOfName(text[end]))
            {
                end++;
            }

            all.Append(end > start && TryRead(text[start..end].ToLowerInvariant(), out string ascii) ? ascii : text[start..end]);

            // The path behind it, or what ended it.
            at = text.AsSpan(start, end - start).Contains('.') ? BehindPath(text, end) : end;
            at = Math.Min(text.Length, Math.Max(at, end + 1));
            all.Append(text, end, at - end);
        }

        return all.ToString();
    }

    // Where a port and a path behind a name end; where the name ends if it has no path.
    private static int BehindPath(string text, int end)
    {
        int port = end < text.Length && text[end] == ':' ? text.AsSpan(end + 1).IndexOfAnyExceptInRange('0', '9') : -1;
        int path = port < 0 ? end : end + 1 + port;
        if (path >= text.Length || text[path] is not ('/' or '?'))
        {
            return end;
        }

        int length = text.AsSpan(path).IndexOfAnyInRange('\0', ' ');
        return length < 0 ? text.Length : path + length;
    }

    private static bool IsOfName(char c) => c == '.' || HostText.Label(c) != '\0';
}
