namespace Culprit.Sigma.Compilation;

/// <summary>
/// Simple case folding of UTF-16 code units: what "case-insensitive" means everywhere in the engine. A code unit is
/// mapped to its invariant upper case; characters whose case needs more than one code unit are left as they are.
/// </summary>
internal static class CaseFold
{
    // A table, because the automata look up each character of each value.
    private static readonly char[] Upper = BuildTable();

    /// <summary>The folded code unit.</summary>
    public static char Fold(char c) => Upper[c];

    /// <summary>The folded text.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = Upper[source[i]];
        }
    });

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = char.ToUpperInvariant((char)i);
        }

        return table;
    }
}
