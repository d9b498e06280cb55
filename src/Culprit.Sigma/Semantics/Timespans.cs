using System.Globalization;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Time spans: a whole number and a letter (correlation specification, "Time Selection").</summary>
internal static class Timespans
{
    // A year and a month as pySigma counts them: the mean Gregorian year, and a twelfth of it.
    private static readonly (char Unit, long Seconds)[] Units =
    [
        ('s', 1), ('m', 60), ('h', 3600), ('d', 86400), ('w', 604800), ('M', 2629746), ('y', 31556952),
    ];

    private const long MaxSeconds = 100L * 31556952;

    /// <summary>The time span of a correlation; zero where it is not valid (reported).</summary>
    public static TimeSpan Read(YamlMapping section, DiagnosticSink sink)
    {
        const string Help = "A number and one of s, m, h, d, w, M, y: '90m'";
        if (section["timespan"] is not YamlScalar { IsNull: false } value)
        {
            sink.Report(DiagnosticKinds.MissingAttribute, section, "The correlation has no time span", Help);
            return default;
        }

        string text = value.Value.Trim();
        if (text.Length >= 2
            && Array.Find(Units, u => u.Unit == text[^1]) is { Seconds: > 0 } unit
            && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count > 0 && count <= MaxSeconds / unit.Seconds)
        {
            return TimeSpan.FromSeconds(count * unit.Seconds);
        }

        sink.Report(DiagnosticKinds.Timespan, value, $"'{text}' is no time span", Help);
        return default;
    }
}
