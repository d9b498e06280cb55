using System.Globalization;
using System.Text.RegularExpressions;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge.Attack;

/// <summary>
/// External references to sources. ATT&amp;CK words a reference as <c>Author. (2021, June 7). Title. Retrieved ...</c> and
/// cites it in text as <c>(Citation: Name)</c>.
/// </summary>
internal static partial class Citations
{
    /// <summary>What a citation in a text begins with; behind it stands the source's name, up to the parenthesis that closes it.</summary>
    public const string Mark = "(Citation:";

    private const int MaxPublisher = 80;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Whether a reference is itself a source, and not only the citation of one.</summary>
    public static bool IsSource(StixReference reference) =>
        reference.Url is not null || (reference.Description is { Length: > 0 } text && !text.Contains(Mark, StringComparison.Ordinal));

    /// <summary>The source that a reference is.</summary>
    public static KnownSource ToSource(StixReference reference)
    {
        string description = reference.Description ?? "";
        string? url = Address(reference.Url);
        Match dated = Dated().Match(description);
        SourceDate? published = dated.Success ? FromDescription(dated) : null;
        if (published is null)
        {
            SourceDate? retrieved = Retrieved(description);
            published = NotAfter(retrieved, FromName(reference.Name)) ?? NotAfter(retrieved, FromUrl(url));
        }

        return new KnownSource
        {
            Name = reference.Name,
            Url = url,
            Publisher = dated.Success ? Publisher(description[..dated.Index]) : null,
            Published = published,
        };
    }

    /// <summary>The names cited in a text, in order. A name may hold parentheses itself.</summary>
    public static IEnumerable<string> Cited(string text)
    {
        for (int at = text.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            int start = at + Mark.Length;
            int end = End(text, start);
            if (FactText.Clean(text[start..end], 256) is { } name)
            {
                yield return name;
            }
        }
    }

    /// <summary>Where the parenthesis that is open at <paramref name="start"/> closes; the text's end where it does not.</summary>
    public static int End(string text, int start)
    {
        int depth = 1;
        for (int i = start; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        return text.Length;
    }

    private static string? Address(string? url) =>
        FactText.Clean(url) is { } clean && Uri.TryCreate(clean, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? clean.Replace(" ", "%20", StringComparison.Ordinal)
            : null;

    private static string? Publisher(string before)
    {
        string? publisher = FactText.Clean(before)?.TrimEnd('.', ',', ';', ' ', '(');
        if (string.IsNullOrEmpty(publisher) || publisher.Length <= MaxPublisher)
        {
            return string.IsNullOrEmpty(publisher) ? null : publisher;
        }

        // A list of authors is cut between two of them; of one long name the words that fit stay.
        const string others = " et al.";
        int room = MaxPublisher - others.Length;
        int cut = Math.Max(publisher.LastIndexOf("., ", room, StringComparison.Ordinal) + 1, publisher.LastIndexOf(';', room));
        if (cut > 0)
        {
            return publisher[..cut] + others;
        }

        cut = publisher.LastIndexOf(", ", room, StringComparison.Ordinal);
        return cut > 0 ? publisher[..cut] + others : publisher[..Math.Max(publisher.LastIndexOf(' ', MaxPublisher), 1)].TrimEnd();
    }

    private static SourceDate? FromDescription(Match match)
    {
        if (!match.Groups["year"].Success)
        {
            return null;
        }

        int? month = null;
        int? day = null;
        foreach (Match word in Words().Matches(match.Groups["rest"].Value))
        {
            if (char.IsAsciiDigit(word.Value[0]))
            {
                int number = int.Parse(word.Value, CultureInfo.InvariantCulture);
                if (month is null && match.Groups["rest"].Value.AsSpan().IndexOfAny('/', '-') == 0)
                {
                    month = number;
                }
                else
                {
                    day ??= number;
                }
            }
            else
            {
                month ??= Month(word.Value);
            }
        }

        return SourceDate.Create(Number(match.Groups["year"].Value), month, day);
    }

    private static SourceDate? FromName(string name)
    {
        Match match = YearInName().Match(name);
        return match.Success ? SourceDate.Create(Number(match.Groups["year"].Value), Month(match.Groups["month"].Value), null) : null;
    }

    private static SourceDate? FromUrl(string? url)
    {
        Match match = YearInUrl().Match(url ?? "");
        return match.Success
            ? SourceDate.Create(Number(match.Groups["year"].Value), match.Groups["month"].Success ? Number(match.Groups["month"].Value) : null, null)
            : null;
    }

    // A year in a name or an address may be that of a copy, such as a folder for uploads; nobody retrieves what is not published yet.
    private static SourceDate? NotAfter(SourceDate? retrieved, SourceDate? date) => date?.First > retrieved?.Last ? null : date;

    private static SourceDate? Retrieved(string description)
    {
        Match match = DayOfRetrieval().Match(description);
        return match.Success ? SourceDate.Create(Number(match.Groups["year"].Value), Month(match.Groups["month"].Value), Number(match.Groups["day"].Value)) : null;
    }

    private static int? Month(string word)
    {
        int month = word.Length < 3 ? -1 : Array.FindIndex(Months, m => word.StartsWith(m, StringComparison.OrdinalIgnoreCase));
        return month < 0 ? null : month + 1;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // The first parenthesis that holds a date or "n.d."; some references have the date without parentheses.
    [GeneratedRegex(@"\(\s*(?:n\.\s?d\.?|(?<year>(?:19|20)[0-9]{2})(?<rest>[^()]{0,40}))\s*\)|\b(?<year>(?:19|20)[0-9]{2})(?<rest>, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: [0-9]{1,2}\b)?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dated();

    [GeneratedRegex(@"\bRetrieved (?<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*) (?<day>[0-9]{1,2}), (?<year>20[0-9]{2})\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DayOfRetrieval();

    [GeneratedRegex(@"\b(?:[0-9]{1,2}(?=\b|st|nd|rd|th)|[A-Za-z]{3,})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"(?:\b(?<month>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)[ ,]+)?(?<!CVE[- ])\b(?<year>199[0-9]|20[0-4][0-9])\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearInName();

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?<!CVE-)(?<year>199[0-9]|20[0-4][0-9])(?:[/-]?(?<month>0[1-9]|1[0-2])(?![0-9]{3}))?(?=[^0-9]|[0-9]{2}\b|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearInUrl();
}
