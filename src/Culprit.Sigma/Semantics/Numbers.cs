using System.Globalization;

namespace Culprit.Sigma.Semantics;

/// <summary>Numbers as rules and events write them: decimal, with a fraction or an exponent, or hexadecimal after 0x.</summary>
internal static class Numbers
{
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            bool parsed = ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex);
            value = hex;
            return parsed;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value);
    }
}
