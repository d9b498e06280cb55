using System.Globalization;

namespace Culprit.Knowledge.Indicators;

/// <summary>Finds the year in which a report appeared, in what its URL says.</summary>
internal static class ReferenceYear
{
    private const int First = 2000;
    private const int Last = 2039;

    // The millisecond, in Unix time, from which Twitter's identifiers count.
    private const long TwitterEpoch = 1_288_834_974_657;

    /// <summary>
    /// The year of a post of Twitter (its identifier holds its millisecond), of a pulse of OTX (its identifier, one of MongoDB's,
    /// holds its second), or else the first that stands in the text by itself (<c>/2019/</c>), with month (<c>201904</c>) or with
    /// day (<c>20190423</c>), or else that of a snapshot in the Internet Archive; null where there is none.
    /// </summary>
    public static int? Of(string text) => OfPost(text) ?? OfPulse(text) ?? InDigits(text) ?? OfSnapshot(text);

    private static int? OfPost(string text)
    {
        if (!text.Contains("twitter.com/", StringComparison.OrdinalIgnoreCase) && !text.Contains("/x.com/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        const string mark = "/status/";
        int at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<char> digits = text.AsSpan(at + mark.Length);
        int end = digits.IndexOfAnyExceptInRange('0', '9');
        digits = end < 0 ? digits : digits[..end];

        // Shorter ones were counted, not dated.
        return digits.Length is >= 17 and <= 19 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? Known(DateTimeOffset.FromUnixTimeMilliseconds((id >> 22) + TwitterEpoch).Year)
            : null;
    }

    private static int? OfPulse(string text)
    {
        const string mark = "otx.alienvault.com/pulse/";
        int at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && text.Length >= at + mark.Length + 24
            && uint.TryParse(text.AsSpan(at + mark.Length, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint seconds)
            ? Known(DateTimeOffset.FromUnixTimeSeconds(seconds).Year)
            : null;
    }

    // A page was there when it was kept, and perhaps long before: that counts where nothing else tells.
    private static int? OfSnapshot(string text)
    {
        const string mark = "web.archive.org/web/";
        const int second = 14;
        int at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> digits = at < 0 ? [] : text.AsSpan(at + mark.Length);
        int end = digits.IndexOfAnyExceptInRange('0', '9');
        digits = end < 0 ? digits : digits[..end];
        return digits.Length == second ? OfDigits(digits[..8]) : null;
    }

    private static int? InDigits(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            int start = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            // A hash or an identifier has letters beside its digits; a vulnerability's number tells when that was found.
            bool joined = (start > 0 && char.IsAsciiLetter(text[start - 1])) || (i < text.Length && char.IsAsciiLetter(text[i]));
            bool vulnerability = start >= 4 && text.AsSpan(start - 4, 4).Equals("cve-", StringComparison.OrdinalIgnoreCase);
            if (!joined && !vulnerability && OfDigits(text.AsSpan(start, i - start)) is { } year)
            {
                return year;
            }
        }

        return null;
    }

    private static int? OfDigits(ReadOnlySpan<char> digits)
    {
        if (digits.Length is not (4 or 6 or 8))
        {
            return null;
        }

        int Part(ReadOnlySpan<char> part) => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture);
        bool dated = (digits.Length < 6 || Part(digits[4..6]) is >= 1 and <= 12) && (digits.Length < 8 || Part(digits[6..8]) is >= 1 and <= 31);
        return dated ? Known(Part(digits[..4])) : null;
    }

    private static int? Known(int year) => year is >= First and <= Last ? year : null;
}
