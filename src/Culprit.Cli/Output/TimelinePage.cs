using System.Globalization;
using Culprit.Cases;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Primitives;

namespace Culprit.Cli.Output;

/// <summary>A timeline for a tired person: a heading for each day, and below it what happened, where, and where that is written.</summary>
internal static class TimelinePage
{
    private const int LongestName = 24;

    /// <summary>Writes entries as they come.</summary>
    /// <returns>How many there were.</returns>
    public static long Write(CliHost host, IEnumerable<TimelineEntry> entries)
    {
        var page = new Page(host);
        string day = "";
        long count = 0;
        foreach (TimelineEntry entry in entries)
        {
            count++;
            string today = entry.Time.Certainty == TimeCertainty.Unknown ? "Time unknown" : entry.Time.Utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " UTC";
            if (today != day)
            {
                page.Heading(today);
                day = today;
            }

            One(page, host, entry);
        }

        return count;
    }

    private static void One(Page page, CliHost host, TimelineEntry entry)
    {
        string time = entry.Time.Certainty == TimeCertainty.Unknown ? "--:--:--"
            : entry.Time.Utc.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + (entry.Time.Certainty == TimeCertainty.Exact ? " " : "~");
        string level = entry.Level is { } found ? Words.Level(found) : "";
        string where = Name(entry.Host, host) + (entry.Account.Length > 0 ? "  " + Name(entry.Account, host) : "");
        string incident = entry.Incident > 0 ? string.Create(CultureInfo.InvariantCulture, $"  #{entry.Incident}") : "";
        page.Mixed(
            (time.PadRight(10), Tone.Strong),
            ((level == "informational" ? "info" : level).PadRight(9), entry.Level is { } tone ? Page.ToneOf(tone) : Tone.Quiet),
            (where, Tone.Plain),
            (incident, Tone.Quiet));
        page.Wrapped("", entry.Message);
        if (entry.Event >= 0 && entry.Rules.Length > 0)
        {
            page.Wrapped("rule", string.Join("; ", entry.Rules.Select(static r => r.Title)));
        }
        else if (entry.Why.Length > 0)
        {
            page.Wrapped("why", entry.Why);
        }

        if (entry.Tactics.Length + entry.Techniques.Length > 0)
        {
            page.Wrapped("att&ck", string.Join(", ", [.. entry.Tactics, .. entry.Techniques]));
        }

        if (entry.Tags.Length > 0)
        {
            page.Wrapped("tags", string.Join(", ", entry.Tags));
        }

        string record = entry.RecordId >= 0 ? string.Create(CultureInfo.InvariantCulture, $" record {entry.RecordId}") : "";
        page.Whole("at", string.Create(CultureInfo.InvariantCulture, $"{entry.Place.Path}, byte {entry.Place.Offset}{record}"));
    }

    private static string Name(string name, CliHost host) => name.Length == 0 ? "-" : TerminalText.Fit(name, LongestName, host.Unicode);
}
