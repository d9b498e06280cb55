using System.Text;

namespace Culprit.Sigma.Semantics;

/// <summary>The modifiers that change a text into another, or into several (modifiers appendix, "String Modifiers").</summary>
internal static class TextTransformations
{
    /// <summary>How many variants one value may expand into: five dashes.</summary>
    public const int MaxVariants = 3125;

    private const string Dashes = "-/\u2013\u2014\u2015";

    /// <summary>
    /// Every combination of dashes at the places where a dash begins a parameter: after no word character, before one.
    /// Null where there would be too many.
    /// </summary>
    public static IReadOnlyList<TextPattern>? Windash(TextPattern pattern)
    {
        List<TextPattern> variants = [new TextPattern { IsBytes = pattern.IsBytes }];
        foreach (PatternPart part in pattern.Parts)
        {
            if (part is not PatternPart.Literal { Text: { } text })
            {
                variants.ForEach(v => v.Append(part));
                continue;
            }

            int start = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (!IsParameterDash(text, i))
                {
                    continue;
                }

                if (variants.Count * Dashes.Length > MaxVariants)
                {
                    return null;
                }

                string before = text[start..i];
                variants = [.. variants.SelectMany(v => Dashes.Select(dash => With(v, before + dash)))];
                start = i + 1;
            }

            string rest = text[start..];
            variants.ForEach(v => v.Append(rest));
        }

        return variants;
    }

    private static bool IsParameterDash(string text, int at) =>
        Dashes.Contains(text[at], StringComparison.Ordinal)
        && (at == 0 || !IsWord(text[at - 1]))
        && at + 1 < text.Length
        && IsWord(text[at + 1]);

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static TextPattern With(TextPattern pattern, string literal)
    {
        var copy = new TextPattern { IsBytes = pattern.IsBytes };
        foreach (PatternPart part in pattern.Parts)
        {
            copy.Append(part);
        }

        copy.Append(literal);
        return copy;
    }

    /// <summary>The bytes of the text in UTF-16, as characters that each stand for one byte; wildcards stay.</summary>
    public static TextPattern Utf16(TextPattern pattern, bool bigEndian, bool byteOrderMark)
    {
        Encoding encoding = bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode;
        var encoded = new TextPattern { IsBytes = true };
        if (byteOrderMark)
        {
            encoded.Append("\u00FF\u00FE");
        }

        foreach (PatternPart part in pattern.Parts)
        {
            encoded.Append(part is PatternPart.Literal literal
                ? new PatternPart.Literal(Encoding.Latin1.GetString(encoding.GetBytes(literal.Text)))
                : part);
        }

        return encoded;
    }

    /// <summary>The bytes that Base64 encodes: UTF-8, or those that a UTF-16 modifier made.</summary>
    public static byte[] Bytes(TextPattern pattern) =>
        (pattern.IsBytes ? Encoding.Latin1 : Encoding.UTF8).GetBytes(pattern.Literal);

    public static TextPattern Base64(byte[] bytes) => TextPattern.OfLiteral(Convert.ToBase64String(bytes));

    /// <summary>
    /// The part of the encoding that does not depend on what stands before and after, for each of the three positions that
    /// the bytes can have in a group of three.
    /// </summary>
    public static IEnumerable<TextPattern> Base64Offsets(byte[] bytes)
    {
        for (int shift = 0; shift < 3; shift++)
        {
            byte[] shifted = new byte[shift + bytes.Length];
            bytes.CopyTo(shifted, shift);
            string encoded = Convert.ToBase64String(shifted);

            // The first characters share bits with the shift, the last ones with padding.
            int from = shift == 0 ? 0 : shift + 1;
            int cut = (shifted.Length % 3) switch
            {
                0 => 0,
                1 => 3,
                _ => 2,
            };
            yield return TextPattern.OfLiteral(encoded[from..^cut]);
        }
    }
}
