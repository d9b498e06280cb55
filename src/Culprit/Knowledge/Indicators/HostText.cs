using System.Buffers;
using System.Globalization;

namespace Culprit.Knowledge.Indicators;

/// <summary>Hosts as URLs write them, and the characters that names consist of.</summary>
internal static class HostText
{
    /// <summary>What a label of a name consists of, in lower case.</summary>
    public static readonly SearchValues<char> LabelChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    // For each ASCII character its lower case where it can stand in a label, and 0 otherwise.
    private static readonly byte[] Labels = [.. Enumerable.Range(0, 128).Select(static c =>
        char.IsAsciiLetterOrDigit((char)c) || c is '-' or '_' ? (byte)char.ToLowerInvariant((char)c) : (byte)0)];

    /// <summary>The lower case of a character that can stand in a label; 0 for any other ASCII character, and for what is no letter or digit.</summary>
    public static char Label(char c) => c < 128 ? (char)Labels[c] : char.IsLetterOrDigit(c) ? c : '\0';

    /// <summary>A host's name in lower case, without the point that ends a full name and without a port.</summary>
    public static string Name(string host)
    {
        int colon = host.LastIndexOf(':');
        return (colon < 0 ? host : host[..colon]).TrimEnd('.').ToLowerInvariant();
    }

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

        if (colon < 0 || text.AsSpan().Count(':') > 2)
        {
            return true;
        }

        host = text[..colon];
        return !host.Contains(':', StringComparison.Ordinal) && TryPort(text.AsSpan(colon + 1), out port);
    }

    private static bool TryPort(ReadOnlySpan<char> text, out int port)
    {
        bool known = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0;
        port = known ? number : -1;
        return known;
    }
}
