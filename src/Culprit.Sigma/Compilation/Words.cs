using System.Buffers;

namespace Culprit.Sigma.Compilation;

/// <summary>Tells literals that only words can hold from those that numbers, times, identifiers and bytes can hold as well.</summary>
internal static class Words
{
    // Hexadecimal digits and 0x; S-1-5 of identifiers; T and Z of times; the letters of true, false, NaN and Infinity; and their signs.
    private static readonly SearchValues<char> OfComputedTexts = SearchValues.Create("0123456789ABCDEFXSTZRULNIY-+.,:;{}() /");

    /// <summary>Whether a text that holds the folded literal cannot be a computed one.</summary>
    public static bool MustHold(string folded) => folded.AsSpan().ContainsAnyExcept(OfComputedTexts);
}
