using System.Buffers;

namespace Culprit.Knowledge.Indicators;

/// <summary>Hashes as text.</summary>
internal static class HashText
{
    /// <summary>How many digits an MD5 has: the fewest of those that are looked for.</summary>
    public const int Shortest = 32;

    /// <summary>Hexadecimal digits.</summary>
    public static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Whether a length is that of an MD5, a SHA-1 or a SHA-256 in hexadecimal.</summary>
    public static bool IsLength(int length) => length is 32 or 40 or 64;

    /// <summary>Whether a text is a hash.</summary>
    public static bool IsHash(ReadOnlySpan<char> text)
    {
        if (!IsLength(text.Length))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
