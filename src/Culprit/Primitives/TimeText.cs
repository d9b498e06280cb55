using System.Globalization;

namespace Culprit.Primitives;

/// <summary>Reads the ways in which logs write a point in time. Never throws, never allocates.</summary>
public static class TimeText
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMillisecond / 1000;
    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>
    /// ISO 8601 in its usual looser forms (<c>2020-10-22T01:54:20.493Z</c>, <c>2020-10-22 01:54:20.493217 UTC</c>,
    /// with or without zone and fraction), <c>/Date(1603331660493)/</c>, or a Unix time of 9 to 19 digits with or
    /// without fraction (seconds, milliseconds, microseconds or nanoseconds, told apart by size).
    /// </summary>
    /// <param name="text">What the log says.</param>
    /// <param name="utcByDefinition">The field is UTC by the definition of its format, so that a missing zone means UTC.</param>
    /// <param name="time">The time; <see cref="EventTime.Unknown"/> on failure.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool utcByDefinition, out EventTime time)
    {
        text = text.Trim();
        if (text.Length >= 19 && text[4] == '-')
        {
            return TryParseIso(text, utcByDefinition, out time);
        }

        if (text.StartsWith("/Date(", StringComparison.Ordinal) && text.EndsWith(")/", StringComparison.Ordinal))
        {
            return TryParseUnix(text[6..^2], out time);
        }

        return TryParseUnix(text, out time);
    }

    /// <summary><c>13/Jan/2016:19:31:16 +0000</c>, as NCSA access logs write it; the zone may be missing.</summary>
    public static bool TryParseNcsa(ReadOnlySpan<char> text, out EventTime time)
    {
        time = EventTime.Unknown;
        if (text.Length < 20 || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[14] != ':' || text[17] != ':'
            || !TryDigits(text[..2], out int day) || !TryMonth(text[3..6], out int month)
            || !TryDigits(text[7..11], out int year) || !TryDigits(text[12..14], out int hour)
            || !TryDigits(text[15..17], out int minute) || !TryDigits(text[18..20], out int second)
            || !TryTicks(year, month, day, hour, minute, second, out long ticks))
        {
            return false;
        }

        return TryZone(text[20..], ticks, utcByDefinition: false, out time);
    }

    /// <summary>A date <c>2021-04-01</c> as ticks at midnight.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        return text.Length == 10 && text[4] == '-' && text[7] == '-'
            && TryDigits(text[..4], out int year) && TryDigits(text[5..7], out int month) && TryDigits(text[8..], out int day)
            && TryTicks(year, month, day, 0, 0, 0, out ticks);
    }

    /// <summary>A time of day <c>00:00:21</c>, with or without fraction, as ticks since midnight.</summary>
    public static bool TryParseTimeOfDay(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || !TryDigits(text[..2], out int hour) || !TryDigits(text[3..5], out int minute)
            || !TryDigits(text[6..8], out int second) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        int used = 8;
        ticks = (((hour * 60L) + minute) * 60 + Math.Min(second, 59)) * TimeSpan.TicksPerSecond;
        return TryFraction(text, ref used, ref ticks) && used == text.Length;
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, bool utcByDefinition, out EventTime time)
    {
        time = EventTime.Unknown;
        if ((text[10] != 'T' && text[10] != ' ') || !TryParseDate(text[..10], out long date)
            || !TryParseTimeOfDay(text[11..19], out long ofDay))
        {
            return false;
        }

        int used = 19;
        long ticks = date + ofDay;
        return TryFraction(text, ref used, ref ticks) && TryZone(text[used..], ticks, utcByDefinition, out time);
    }

    private static bool TryZone(ReadOnlySpan<char> zone, long ticks, bool utcByDefinition, out EventTime time)
    {
        zone = zone.Trim();
        time = EventTime.Unknown;
        if (zone.Length == 0)
        {
            time = new EventTime(ticks, utcByDefinition ? TimeCertainty.Exact : TimeCertainty.ZoneAssumed);
            return true;
        }

        if (zone is "Z" or "z" or "UTC" or "GMT")
        {
            time = new EventTime(ticks, TimeCertainty.Exact);
            return true;
        }

        int minutesAt = zone.Length == 6 && zone[3] == ':' ? 4 : 3;
        if ((zone[0] != '+' && zone[0] != '-') || zone.Length != minutesAt + 2
            || !TryDigits(zone[1..3], out int hours) || !TryDigits(zone[minutesAt..], out int minutes)
            || hours > 15 || minutes > 59)
        {
            return false;
        }

        long away = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        ticks += zone[0] == '+' ? -away : away;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new EventTime(ticks, TimeCertainty.Exact);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<char> text, ref int used, ref long ticks)
    {
        if (used >= text.Length || (text[used] != '.' && text[used] != ','))
        {
            return true;
        }

        int start = ++used;
        long unit = TimeSpan.TicksPerSecond;
        while (used < text.Length && char.IsAsciiDigit(text[used]))
        {
            unit /= 10;
            ticks += (text[used] - '0') * unit;
            used++;
        }

        return used > start;
    }

    private static bool TryParseUnix(ReadOnlySpan<char> text, out EventTime time)
    {
        time = EventTime.Unknown;
        int dot = text.IndexOf('.');
        ReadOnlySpan<char> whole = dot < 0 ? text : text[..dot];
        if (whole.Length is < 9 or > 19 || !ulong.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
        {
            return false;
        }

        long perUnit = whole.Length switch
        {
            < 12 => TimeSpan.TicksPerSecond,
            < 15 => TimeSpan.TicksPerMillisecond,
            < 18 => TicksPerMicrosecond,
            _ => 0,
        };
        UInt128 since = perUnit == 0 ? value / 100 : (UInt128)value * (ulong)perUnit;
        if (since > (ulong)(DateTime.MaxValue.Ticks - UnixEpochTicks))
        {
            return false;
        }

        long ticks = UnixEpochTicks + (long)since;
        if (dot >= 0 && perUnit == TimeSpan.TicksPerSecond)
        {
            int used = dot;
            if (!TryFraction(text, ref used, ref ticks) || used != text.Length)
            {
                return false;
            }
        }

        time = new EventTime(ticks, TimeCertainty.Exact);
        return true;
    }

    private static bool TryTicks(int year, int month, int day, int hour, int minute, int second, out long ticks)
    {
        ticks = 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        // A leap second is told as the second before it.
        ticks = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc).Ticks;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static bool TryMonth(ReadOnlySpan<char> text, out int month)
    {
        const string Names = "janfebmaraprmayjunjulaugsepoctnovdec";
        for (int i = 0; i < Names.Length; i += 3)
        {
            if (text.Equals(Names.AsSpan(i, 3), StringComparison.OrdinalIgnoreCase))
            {
                month = (i / 3) + 1;
                return true;
            }
        }

        month = 0;
        return false;
    }
}
