namespace Culprit.Attribution.Linking;

/// <summary>
/// What a record calls a file's content: <c>SHA1=...,MD5=...,SHA256=...,IMPHASH=...</c>, whichever of them a machine is set to log. The last one, of the
/// functions that a program imports, many files have.
/// </summary>
internal static class FileHashes
{
    // More than a record has: evidence is hostile.
    private const int MaxParts = 8;

    private static readonly (string Algorithm, int Length)[] Known = [("SHA256", 64), ("SHA1", 40), ("MD5", 32)];

    /// <summary>The lengths of the hashes in hexadecimal, by which they are told apart, the strongest algorithm first.</summary>
    public static IEnumerable<int> Lengths => Known.Select(static k => k.Length);

    /// <summary>The hashes of a file, in lower case, the strongest first; empty where the record has none. Where a file could not be read, zeros stand.</summary>
    public static string[] Of(string text)
    {
        var found = new string?[Known.Length];
        foreach (string part in text[..Math.Min(text.Length, MaxParts * 128)].Split(',', MaxParts, StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            int which = equals < 0 ? -1 : Array.FindIndex(Known, k => part.AsSpan(0, equals).Equals(k.Algorithm, StringComparison.OrdinalIgnoreCase));
            if (which >= 0 && found[which] is null && IsHash(part.AsSpan(equals + 1), Known[which].Length))
            {
                found[which] = part[(equals + 1)..].ToLowerInvariant();
            }
        }

        return [.. found.OfType<string>()];
    }

    /// <summary>
    /// Whether two may be one file by all that is known of both: the strongest algorithm that both have decides, as two files can be made that a weaker one
    /// takes for one.
    /// </summary>
    public static bool AreOne(IReadOnlyCollection<string> one, IReadOnlyCollection<string> other)
    {
        foreach (int length in Lengths)
        {
            if (one.Any(h => h.Length == length) && other.Any(h => h.Length == length))
            {
                return one.Any(h => h.Length == length && other.Contains(h, StringComparer.Ordinal));
            }
        }

        return false;
    }

    private static bool IsHash(ReadOnlySpan<char> text, int length)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return text.Length == length && text.ContainsAnyExcept('0');
    }
}
