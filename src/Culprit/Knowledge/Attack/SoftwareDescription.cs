using System.Text.RegularExpressions;

namespace Culprit.Knowledge.Attack;

/// <summary>
/// What ATT&amp;CK's description of malware says of who can have it. A sentence counts that offers the malware itself, or says that many use it: one
/// that says what it was made of, or whose code it resembles, speaks of something else.
/// </summary>
internal static partial class SoftwareDescription
{
    private const int MaxLength = 4000;

    /// <summary>Whether it is sold, rented, given away or used by many, so that who has it need not have made it.</summary>
    /// <param name="description">The description, in ATT&amp;CK's Markdown.</param>
    /// <exception cref="RegexMatchTimeoutException">No person wrote this description.</exception>
    public static bool IsCommodity(string description)
    {
        string text = description.Length > MaxLength ? description[..MaxLength] : description;
        return Sentence().Matches(text).Select(static sentence => sentence.Value).Any(static sentence =>
            !Derived().IsMatch(sentence) && ((Offered().IsMatch(sentence) && !Code().IsMatch(sentence)) || UsedByMany().IsMatch(sentence)));
    }

    [GeneratedRegex(@"[^.!?]+(?:[.!?](?!\s)[^.!?]*)*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sentence();

    // "Is a" and adjectives: of "is a backdoor for commercial aircraft" none is.
    [GeneratedRegex(@"\bas[ -]a[ -]service\b|\b[RM]aaS\b|\b(?:publicly|freely|commercially)[ -](?:available|released)\b|\bcommodity\b|\bsold (?:exclusively )?(?:on|in|by|as|to)\b|\bfor (?:sale|purchase)\b|\bis an? (?:(?!(?:that|which|using|used|targeting|against|for|in|by|on|of|to|with)\b)[\w/-]+,? ){0,3}(?:open[ -]source|commercial|popular)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Offered();

    [GeneratedRegex(@"\b(?:used?|shared) (?:\w+ )?(?:by|across|among) (?:both|many|multiple|numerous|various|several|different|a (?:\w+ )?(?:number|range|variety) of) (?:[\w-]+ ){0,4}(?:groups|actors|adversaries|criminals)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex UsedByMany();

    [GeneratedRegex(@"\b(?:based on|version of|variant of|derived from|originated)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Derived();

    // Code that others may have is not the malware, unless it is what is sold.
    [GeneratedRegex(@"\bcode\b(?! sold\b)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Code();
}
