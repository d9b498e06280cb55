using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Culprit.Knowledge.Places;

namespace Culprit.Knowledge.Attack;

/// <summary>
/// What ATT&amp;CK's description of a group says of where the group is from and who stands behind it. Only sentences at
/// the beginning count whose subject is the group, and only words that are the group's own attribute: of "a Chinese
/// group targeting Japanese companies" the first, and of "Russian-speaking" neither.
/// </summary>
/// <param name="Countries">Country, whether it is worded with reserve, and what is cited in that sentence.</param>
/// <param name="Sponsors">State bodies, their country, whether it is worded with reserve, and what is cited in that sentence.</param>
internal sealed partial record GroupDescription(
    ImmutableArray<(string Code, bool Suspected, ImmutableArray<string> Cited)> Countries,
    ImmutableArray<(string Body, string Country, bool Suspected, ImmutableArray<string> Cited)> Sponsors)
{
    private const int Sentences = 6;
    private const int MaxLength = 4000;
    private const char CitationStart = '\uE000';
    private const char CitationEnd = '\uE001';

    private static readonly Lazy<Regex[]> Attributes = new(CreatePatterns);

    /// <summary>Reads a description in ATT&amp;CK's Markdown.</summary>
    /// <param name="description">The description.</param>
    /// <param name="names">The group's names.</param>
    public static GroupDescription Read(string description, IReadOnlyList<string> names)
    {
        List<string> cited = [];
        string text = Plain(description.Length > MaxLength ? description[..MaxLength] : description, cited);
        List<(string, bool, ImmutableArray<string>)> countries = [];
        List<(string, string, bool, ImmutableArray<string>)> sponsors = [];
        foreach (Match sentence in Sentence().Matches(text).Take(Sentences))
        {
            ImmutableArray<string> citedHere = [.. CitationNumber().Matches(sentence.Value)
                .Select(m => cited[int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)])];
            string words = CitationNumber().Replace(sentence.Value, "").Trim();
            string? claim = ClaimOf(words, names);
            if (claim is null)
            {
                continue;
            }

            foreach ((string code, int at) in CountriesIn(claim))
            {
                countries.Add((code, Reserve().IsMatch(claim[..at]), citedHere));
            }

            foreach ((string body, string country, int at) in SponsorsIn(words))
            {
                sponsors.Add((body, country, Reserve().IsMatch(words[..at]), citedHere));
            }
        }

        return new GroupDescription([.. countries], [.. sponsors]);
    }

    // The rest of the sentence behind its subject, where that is the group; null otherwise.
    private static string? ClaimOf(string words, IReadOnlyList<string> names)
    {
        foreach (string subject in names.OrderByDescending(static n => n.Length).Concat(["The group", "This group", "The actor", "They", "It"]))
        {
            if (words.StartsWith(subject, StringComparison.Ordinal) && words.Length > subject.Length && words[subject.Length] is ' ' or ',')
            {
                return words[subject.Length..];
            }
        }

        return Members().IsMatch(words) || LinkedBy().Match(words) is { Success: true } linked && Names(linked.Groups["who"].Value, names)
            ? words
            : null;
    }

    private static bool Names(string text, IReadOnlyList<string> names) => names.Contains(text, StringComparer.Ordinal);

    private static IEnumerable<(string Code, int At)> CountriesIn(string claim)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (Match match in Attributes.Value.SelectMany(pattern => pattern.Matches(claim)))
        {
            foreach (Capture capture in match.Groups["nation"].Captures)
            {
                string code = CountryNames.Attributes[capture.Value];
                if (found.Add(code))
                {
                    yield return (code, capture.Index);
                }
            }
        }
    }

    private static IEnumerable<(string Body, string Country, int At)> SponsorsIn(string words)
    {
        foreach (Match attribution in Attribution().Matches(words))
        {
            int at = attribution.Index + attribution.Length;
            string behind = words[at..];
            foreach (StateBody body in StateBodies.All)
            {
                Match named = body.Pattern.Match(behind);
                if (named.Success && !ClauseEnd().IsMatch(behind[..named.Index]))
                {
                    string unit = named.Groups["unit"].Value;
                    yield return (body.Name + (unit.Length == 0 ? "" : ", " + Unit(unit)), body.Country, at);
                }
            }
        }
    }

    private static string Unit(string unit) =>
        char.IsAsciiDigit(unit[0]) ? "Unit " + unit : char.ToUpperInvariant(unit[0]) + unit[1..];

    // Links to their words, citations to numbers, line breaks to the ends of sentences.
    private static string Plain(string description, List<string> cited)
    {
        string text = Link().Replace(description, "${words}").Replace("\r", "", StringComparison.Ordinal).Replace("\n\n", ".\n", StringComparison.Ordinal);
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith(Citations.Mark, StringComparison.Ordinal))
            {
                int start = i + Citations.Mark.Length, end = Citations.End(text, start);
                plain.Append(CitationStart).Append(cited.Count.ToString(CultureInfo.InvariantCulture)).Append(CitationEnd);
                cited.Add(text[start..end].Trim());
                i = end;
            }
            else if (text[i] is not (CitationStart or CitationEnd))
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static Regex[] CreatePatterns()
    {
        // Longest first, so that "North Korean" is not "Korea". What is spoken somewhere is not where somebody is from.
        string words = string.Join('|', CountryNames.Attributes.Keys.OrderByDescending(static k => k.Length).ThenBy(static k => k, StringComparer.Ordinal).Select(Regex.Escape));
        string nation = $@"(?<nation>{words})(?!\w)(?! ?[-\u2010-\u2014]\s?speaking)";
        string noun = @"(?: \([A-Z]+\))?[-\u2010-\u2014 ](?:based|nexus|linked|sponsored|backed|state|affiliated|aligned|related|associated|origin)";
        const string filler = @"(?:(?!(?:that|which|who|whose|targeting|against|with|of|in|by|from|to|on|for|and|active|known|group|actor|entity|set|team)\b)[\p{L}\d/-]+,? ){0,5}?";
        return
        [
            New($@"^,? (?:is|are|was)(?: (?:also|likely|reportedly|allegedly|assessed to be|believed to be|thought to be|suspected to be))* (?:an? |the )?{filler}{nation}(?:{noun}|(?<=n|se|i|h|ian|sh)(?= ))"),
            New($@"\battributed to (?:the |an? |actors? |individuals? |operating |out of |from |in |suspected |likely |state |threat )*{nation}"),
            New($@"\b(?:operat(?:e|es|ed|ing) (?:out of|from)|(?:based|located|originat(?:es|ing)) (?:out of|in|from)) (?:the [\w ]{{1,30}} (?:Province|region|city) of )?{nation}"),
            New($@"\bwith (?:an? )?(?:suspected |likely )?{nation} (?:nexus|origins?|ties|links)\b"),
            New($@"\b(?:associated|affiliated|linked|aligned) (?:closely )?(?:with|to) (?:the )?{nation}(?: and {nation})? (?:government|state|interests|intelligence|regime|military)\b"),
            New($@"\bon behalf of (?:the )?{nation}"),
            New($@"\bsponsored by (?:the )?{nation}"),
            New($@"\bin association with the {nation} Ministry"),
            New($@"\b(?:linked|attributed) [\w ]{{1,40}} to {nation}(?=['’]s )"),
            New($@"\belement (?:within|of) (?:the )?{nation}"),
            New($@"\bactivity conducted by (?:the )?{nation}"),
            New($@"\bassessed as (?:an? )?{nation}(?= state)"),
            New($@"\bnexus to (?:the )?{nation}"),
            New($@"\bto have {nation} origins?\b"),
            New($@"\b(?:members who are|affiliated with the) (?:suspected to be )?{nation}[-\u2010-\u2014]based"),
        ];

        static Regex New(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"\[(?<words>[^\]]*)\]\([^)\s]*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    // Citations behind the full stop belong to the sentence that they follow.
    [GeneratedRegex(@"\S[^\n]*?[.!?](?=\s|\uE000|$)(?:\s*\uE000[0-9]+\uE001)*|\S[^\n]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\s*\uE000(?<number>[0-9]+)\uE001", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CitationNumber();

    [GeneratedRegex(@"\b(?:suspected|likely|possibl[ey]|probabl[ey]|believed|thought|appears?|may|might|could|assess(?:ed)?|reportedly|allegedly|presumed|linked|aligned|associated)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reserve();

    [GeneratedRegex(@"^(?:Individual m|M)embers of ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Members();

    [GeneratedRegex(@"\b(?:linked|attributed) (?<who>.{1,60}?) to ", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkedBy();

    [GeneratedRegex(@"\battributed (?:in part )?to\b|\bon behalf of\b|\bin association with\b|\b(?:linked|affiliated|associated) (?:to|with)\b|\b(?:linked|attributed) [^,.]{1,60}? to\b|\bpart of\b|\bsubordinate (?:to|element within)\b|\bat the behest of\b|\bactivity conducted by\b|\bsponsored by\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribution();

    // Behind these words the sentence speaks of something else.
    [GeneratedRegex(@"\b(?:that|which|who|while|targeting|targeted|targets|against|group|groups|malware)\b|;", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClauseEnd();
}
