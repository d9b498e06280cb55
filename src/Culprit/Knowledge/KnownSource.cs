using System.Globalization;

namespace Culprit.Knowledge;

/// <summary>Something published that a fact rests on: a report, an indictment, an article.</summary>
/// <remarks>Within one <see cref="KnowledgeBase"/> there is one object for each source, so that the same source is the same reference.</remarks>
public sealed class KnownSource
{
    /// <summary>Its number in <see cref="KnowledgeBase.Sources"/>, from 1. It holds within one knowledge base alone.</summary>
    public int Number { get; internal set; }

    /// <summary>The name by which it is cited, such as <c>FireEye APT38 Oct 2018</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was published; null where the citation does not say.</summary>
    public string? Url { get; init; }

    /// <summary>The organisation or authors, as cited; at most 80 characters; null where the citation does not say.</summary>
    public string? Publisher { get; init; }

    /// <summary>When it was published; null where neither citation nor address says.</summary>
    public SourceDate? Published { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The date of a publication, as exactly as it is known: a year, a month of it, or a day.</summary>
/// <param name="Year">1900 to 2999.</param>
/// <param name="Month">1 to 12; null where it is not known.</param>
/// <param name="Day">1 to 31; null where it is not known.</param>
public readonly record struct SourceDate(int Year, int? Month = null, int? Day = null) : IComparable<SourceDate>
{
    /// <summary>The earliest day that it can mean.</summary>
    public DateOnly First => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The latest day that it can mean.</summary>
    public DateOnly Last => new(Year, Month ?? 12, Day ?? DateTime.DaysInMonth(Year, Month ?? 12));

    /// <summary>By the earliest day; where that is equal, the more exact one first.</summary>
    public int CompareTo(SourceDate other) =>
        First.CompareTo(other.First) is var first and not 0 ? first : Last.CompareTo(other.Last);

    /// <summary><c>2018-10-03</c>, <c>2018-10</c> or <c>2018</c>.</summary>
    public override string ToString() =>
        Month is null ? Year.ToString("D4", CultureInfo.InvariantCulture)
        : Day is null ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}-{Day:D2}");

    /// <summary>Whether <paramref name="left"/> is earlier than <paramref name="right"/>, as <see cref="CompareTo"/> has it.</summary>
    public static bool operator <(SourceDate left, SourceDate right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is later than <paramref name="right"/>, as <see cref="CompareTo"/> has it.</summary>
    public static bool operator >(SourceDate left, SourceDate right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is not later than <paramref name="right"/>.</summary>
    public static bool operator <=(SourceDate left, SourceDate right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is not earlier than <paramref name="right"/>.</summary>
    public static bool operator >=(SourceDate left, SourceDate right) => left.CompareTo(right) >= 0;

    /// <summary>A date where the parts make one of a plausible year; a day that the month does not have is left out.</summary>
    internal static SourceDate? Create(int year, int? month, int? day)
    {
        if (year is < 1900 or > 2999)
        {
            return null;
        }

        if (month is not (>= 1 and <= 12))
        {
            return new SourceDate(year);
        }

        return new SourceDate(year, month, day >= 1 && day <= DateTime.DaysInMonth(year, month.Value) ? day : null);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out SourceDate date)
    {
        date = default;
        if (text.Length is not (4 or 7 or 10) || !Number(text[..4], out int year) || year < 1900)
        {
            return false;
        }

        if (text.Length == 4)
        {
            date = new SourceDate(year);
            return true;
        }

        if (text[4] != '-' || !Number(text.Slice(5, 2), out int month) || month is < 1 or > 12)
        {
            return false;
        }

        if (text.Length == 7)
        {
            date = new SourceDate(year, month);
            return true;
        }

        if (text[7] != '-' || !Number(text.Slice(8, 2), out int day) || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new SourceDate(year, month, day);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value < 3000;
}
