using System.Globalization;
using System.Text.RegularExpressions;

namespace Culprit.Knowledge.Attack;

/// <summary>Moments as STIX writes them (RFC 3339), with any number of decimals.</summary>
internal static partial class StixTime
{
    /// <summary>
    /// A moment as text that is greater in ordinal order the later the moment is, and the same for the same moment: in UTC, without a zone
    /// and without zeros at the end of its decimals, such as <c>2020-01-01T00:00:00.5</c>. Null where <paramref name="text"/> is no moment.
    /// </summary>
    public static string? InOrder(string text)
    {
        Match match = Moment().Match(text);
        if (!match.Success
            || !DateTime.TryParseExact(match.Groups["day"].Value + match.Groups["minute"].Value, "yyyy-MM-ddHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            || Offset(match) is not { } offset)
        {
            return null;
        }

        long utc = local.Ticks - offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return null;
        }

        // Seconds stay text: no zone changes them, and a leap second is the 60th of its minute.
        string decimals = match.Groups["decimals"].Value.TrimEnd('0');
        return new DateTime(utc).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) + ":" + match.Groups["second"].Value + (decimals.Length > 0 ? "." + decimals : "");
    }

    private static TimeSpan? Offset(Match match)
    {
        if (!match.Groups["hours"].Success)
        {
            return TimeSpan.Zero;
        }

        int hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture), minutes = int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture);
        var offset = new TimeSpan(hours, minutes, 0);
        return hours > 23 || minutes > 59 ? null : match.Groups["sign"].Value is "-" ? -offset : offset;
    }

    [GeneratedRegex(
        @"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<minute>[0-9]{2}:[0-9]{2}):(?<second>[0-5][0-9]|60)(?:\.(?<decimals>[0-9]+))?(?:[Zz]|(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Moment();
}
