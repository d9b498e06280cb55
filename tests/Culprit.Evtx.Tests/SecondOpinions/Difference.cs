using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Culprit.Evtx.Tests.SecondOpinions;

/// <summary>
/// How other readers word the values that we read. Each rule names one way in which they differ on purpose; whatever no
/// rule explains is a difference that fails the test.
/// </summary>
internal static partial class Difference
{
    /// <summary>Whether two values say the same.</summary>
    public static bool IsExplained(string ours, string theirs)
    {
        ours = LineEnds(ours);
        theirs = LineEnds(theirs);
        return string.Equals(ours, theirs, StringComparison.Ordinal) ||
            IsPaddedHexadecimal(ours, theirs) ||
            IsPointerAsDecimal(ours, theirs) ||
            IsSameTime(ours, theirs) ||
            IsSameGuid(ours, theirs);
    }

    /// <summary>Collects differences from several threads, and says the first of them.</summary>
    public static void AssertNone(ConcurrentBag<string> differences) =>
        Assert.True(
            differences.IsEmpty,
            $"{differences.Count} unexplained differences, such as\n{string.Join('\n', differences.Order(StringComparer.Ordinal).Take(12))}");

    // We write a carriage return as a reference, so that it survives; they write it raw, and an XML reader drops it.
    private static string LineEnds(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    // Windows shows hexadecimal numbers without leading zeros; libevtx and python-evtx fill them up to their width.
    private static bool IsPaddedHexadecimal(string ours, string theirs) =>
        ours.StartsWith("0x", StringComparison.Ordinal) && theirs.StartsWith("0x", StringComparison.Ordinal) &&
        string.Equals(ours[2..].TrimStart('0'), theirs[2..].TrimStart('0'), StringComparison.Ordinal);

    // Windows shows size_t as hexadecimal; libevtx as decimal.
    private static bool IsPointerAsDecimal(string ours, string theirs) =>
        ours.StartsWith("0x", StringComparison.Ordinal) &&
        ulong.TryParse(ours.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong mine) &&
        ulong.TryParse(theirs, NumberStyles.None, CultureInfo.InvariantCulture, out ulong other) &&
        mine == other;

    // A FILETIME has seven fractional digits. libevtx writes nine, the last two always zero; python-evtx goes through a
    // floating-point number and writes microseconds, which are off by up to three, or no fraction where it is zero.
    private static bool IsSameTime(string ours, string theirs) =>
        IsoTime().IsMatch(ours) && OtherTime().IsMatch(theirs) &&
        TryParse(ours, out DateTime mine) && TryParse(theirs, out DateTime other) &&
        Math.Abs(mine.Ticks - other.Ticks) <= (theirs.Contains('T', StringComparison.Ordinal) ? 0 : 3 * TimeSpan.TicksPerMicrosecond);

    // python-evtx writes GUIDs in lower case.
    private static bool IsSameGuid(string ours, string theirs) =>
        Guid.TryParseExact(ours, "B", out Guid mine) && Guid.TryParseExact(theirs, "B", out Guid other) && mine == other;

    /// <summary>Their document with control characters replaced: they write them as they are, which is not XML; we write their pictures.</summary>
    public static string WithPictures(string text) =>
        string.Create(text.Length, text, static (room, source) =>
        {
            for (int i = 0; i < room.Length; i++)
            {
                char c = source[i];
                room[i] = c < ' ' && c is not ('\t' or '\n' or '\r') ? (char)('\u2400' + c) : c is '\uFFFE' or '\uFFFF' ? '\uFFFD' : c;
            }
        });

    private static bool TryParse(string text, out DateTime time)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string cut = dot > 0 && text.Length > dot + 8 ? text[..(dot + 8)] : text;
        return DateTime.TryParse(
            cut.TrimEnd('Z'),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{4})?Z$")]
    private static partial Regex IsoTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?$")]
    private static partial Regex OtherTime();
}
