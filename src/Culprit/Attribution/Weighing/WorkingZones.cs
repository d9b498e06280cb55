using System.Globalization;

namespace Culprit.Attribution.Weighing;

/// <summary>At which distance from UTC people of a country work, in hours, without summer time.</summary>
internal static class WorkingZones
{
    private static readonly Dictionary<string, double[]> Zones =
        ("AE 4,BR -3,BY 3,CN 8,GB 0,IL 2,IN 5.5,IR 3.5,KP 9,KR 9,KZ 5,LB 2,NG 1,PK 5,PS 2,RO 2,RU 3,SA 3,SY 3,TR 3,UA 2,US -8 -5,VN 7")
            .Split(',').Select(static line => line.Split(' '))
            .ToDictionary(static w => w[0], static w => w[1..].Select(static h => double.Parse(h, CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal);

    /// <summary>The distances; none where they are not known.</summary>
    public static double[] Of(string country) => Zones.GetValueOrDefault(country) ?? [];

    /// <summary>Reads <c>+05:30</c>.</summary>
    public static bool TryParse(string text, out double hours)
    {
        hours = 0;
        if (!TimeSpan.TryParseExact(text.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset) || offset.TotalHours > 14)
        {
            return false;
        }

        hours = text.StartsWith('-') ? -offset.TotalHours : offset.TotalHours;
        return true;
    }
}
