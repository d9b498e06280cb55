using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>Hosts as URLs write them, and the characters that names consist of.</summary>
internal static class HostText
{
    /// <summary>The longest name of a host, in characters.</summary>
    public const int MaxName = 253;

    /// <summary>What a label of a name consists of, in lower case.</summary>
    public static readonly SearchValues<char> LabelChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    // For each ASCII character its lower case where it can stand in a label, and 0 otherwise. Data of the program, so that
    // reading it costs neither a check nor a call.
    private static ReadOnlySpan<byte> Labels =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'-', 0, 0,
        (byte)'0', (byte)'1', (byte)'2', (byte)'3', (byte)'4', (byte)'5', (byte)'6', (byte)'7', (byte)'8', (byte)'9', 0, 0, 0, 0, 0, 0,
        0, (byte)'a', (byte)'b', (byte)'c', (byte)'d', (byte)'e', (byte)'f', (byte)'g', (byte)'h', (byte)'i', (byte)'j', (byte)'k', (byte)'l', (byte)'m', (byte)'n', (byte)'o',
        (byte)'p', (byte)'q', (byte)'r', (byte)'s', (byte)'t', (byte)'u', (byte)'v', (byte)'w', (byte)'x', (byte)'y', (byte)'z', 0, 0, 0, 0, (byte)'_',
        0, (byte)'a', (byte)'b', (byte)'c', (byte)'d', (byte)'e', (byte)'f', (byte)'g', (byte)'h', (byte)'i', (byte)'j', (byte)'k', (byte)'l', (byte)'m', (byte)'n', (byte)'o',
        (byte)'p', (byte)'q', (byte)'r', (byte)'s', (byte)'t', (byte)'u', (byte)'v', (byte)'w', (byte)'x', (byte)'y', (byte)'z', 0, 0, 0, 0, 0,
    ];

    /// <summary>The lower case of a character that can stand in a label; 0 for any other ASCII character, and for what is no letter or digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Label(char c) => c < 128 ? (char)Labels[c] : Wide(c);

    /// <summary>A host's name in lower case, without the point that ends a full name and without a port.</summary>
    public static string Name(string host)
    {
        int colon = host.LastIndexOf(':');
        return (colon < 0 ? host : host[..colon]).TrimEnd('.').ToLowerInvariant();
    }

    /// <summary>
    /// Whether a name consists of what labels of any language do: letters, digits, hyphens, underscores, marks that combine with letters, and the two
    /// joiners within words. Punycode has a form for anything else too, which nobody ever asks for.
    /// </summary>
    public static bool HasLabelsOnly(string name)
    {
        foreach (Rune rune in name.EnumerateRunes())
        {
            const int zeroOfChinese = 0x3007;
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('.' or '-' or '_' or 0x200c or 0x200d or zeroOfChinese)
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                return false;
            }
        }

        return true;
    }

    private static char Wide(char c) => char.IsLetterOrDigit(c) ? c : '\0';

    /// <summary>Divides a host from its port.</summary>
    /// <param name="text">Such as <c>example.org:8080</c>, <c>[2001:db8::1]:443</c> or an address of IPv6 alone.</param>
    /// <param name="host">The host, without brackets.</param>
    /// <param name="port">The port; -1 where there is none.</param>
    /// <returns>False where what stands in the port's place is no port.</returns>
    public static bool TrySplit(string text, out string host, out int port)
    {
        (host, port) = (text, -1);
        int colon = text.LastIndexOf(':');
        if (text.Length > 0 && text[0] == '[')
        {
            int end = text.IndexOf(']', StringComparison.Ordinal);
            host = end < 0 ? "" : text[1..end];
            if (end < 0 || end == text.Length - 1)
            {
                return end > 0;
            }

            return text[end + 1] == ':' && TryPort(text.AsSpan(end + 2), out port);
        }

        if (colon < 0 || text.AsSpan().Count(':') > 1)
        {
            return true;
        }

        host = text[..colon];
        return TryPort(text.AsSpan(colon + 1), out port);
    }

    private static bool TryPort(ReadOnlySpan<char> text, out int port)
    {
        bool known = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0;
        port = known ? number : -1;
        return known;
    }
}
