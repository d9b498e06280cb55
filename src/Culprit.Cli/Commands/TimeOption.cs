using System.CommandLine;
using System.Globalization;

namespace Culprit.Cli.Commands;

/// <summary>Options that take a point in time.</summary>
internal static class TimeOption
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK",
    ];

    /// <summary>An option that takes a date, or a date and time; UTC unless the time says otherwise.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">Its help.</param>
    /// <param name="wholeDay">Whether a date alone means the end of that day rather than its start.</param>
    public static Option<DateTimeOffset?> Create(string name, string description, bool wholeDay) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (TryParse(text, wholeDay, out DateTimeOffset time))
            {
                return time;
            }

            result.AddError($"'{text}' is no time that {name} understands. Write 2024-03-01 or 2024-03-01T12:30:00Z; UTC is meant where no zone is given.");
            return null;
        },
    };

    /// <summary>Reads ISO 8601 in its usual forms.</summary>
    public static bool TryParse(string text, bool wholeDay, out DateTimeOffset time)
    {
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, styles, out time))
        {
            time = wholeDay && time < DateTimeOffset.MaxValue.AddDays(-1) ? time.AddDays(1) : time;
            return true;
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, styles, out time);
    }
}
