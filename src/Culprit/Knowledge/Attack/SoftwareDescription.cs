using System.Text.RegularExpressions;

namespace Culprit.Knowledge.Attack;

/// <summary>
/// What ATT&amp;CK's description of malware says of who can have it. A sentence counts that offers the malware itself: one that says
/// what it was made of, or whose code it resembles, speaks of something else.
/// </summary>
internal static partial class SoftwareDescription
{
    private const int MaxLength = 4000;

    /// <summary>Whether it is sold, rented or given away, so that who has it need not have made it.</summary>
    /// <param name="description">The description, in ATT&amp;CK's Markdown.</param>
    /// <exception cref="RegexMatchTimeoutException">No person wrote this description.</exception>
    public static bool IsCommodity(string description)
    {
        string text = description.Length > MaxLength ? description[..MaxLength] : description;
        return Sentence().Matches(text).Any(static sentence => Offered().IsMatch(sentence.Value) && !Derived().IsMatch(sentence.Value));
    }

    [GeneratedRegex(@"[^.!?]+(?:[.!?](?!\s)[^.!?]*)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\bas[ -]a[ -]service\b|\b[RM]aaS\b|\b(?:publicly|freely|commercially)[ -]available\b|\bcommodity\b|\bsold (?:on|in|by|as|to)\b|\bfor sale\b|\bis an? (?:[\w/-]+,? ){0,3}open[ -]source\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Offered();

    [GeneratedRegex(@"\b(?:based on|version of|variant of|derived from|originated|code)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Derived();
}
