using System.Globalization;

namespace Culprit.Findings;

/// <summary>How a finding quotes a value that is too long to be kept whole: from where on, how much of it, and how much is left out.</summary>
internal static class QuotedText
{
    private const string Before = " characters] ...", Behind = "... [", More = " more characters]";

    /// <summary>The value, or so much of it from <paramref name="start"/> on as is kept.</summary>
    public static string Of(ReadOnlySpan<char> value, int start = 0)
    {
        ReadOnlySpan<char> rest = value[start..];
        string skipped = start > 0 ? string.Create(CultureInfo.InvariantCulture, $"[{start}{Before}") : "";
        if (rest.Length <= MatchedValue.MaxLength)
        {
            return string.Concat(skipped, rest);
        }

        int cut = char.IsHighSurrogate(rest[MatchedValue.MaxLength - 1]) ? MatchedValue.MaxLength - 1 : MatchedValue.MaxLength;
        return string.Create(CultureInfo.InvariantCulture, $"{skipped}{rest[..cut]}{Behind}{rest.Length - cut}{More}");
    }

    /// <summary>Whether a text that <see cref="Of"/> made quotes a value.</summary>
    public static bool IsOf(string quoted, ReadOnlySpan<char> value) => value.Length <= MatchedValue.MaxLength ? value.SequenceEqual(quoted)
        : quoted == Of(value) || (StartOf(quoted) is { } start && start < value.Length && quoted == Of(value, start));

    private static int? StartOf(string quoted) =>
        quoted.StartsWith('[') && quoted.IndexOf(Before, StringComparison.Ordinal) is var end and > 1
        && int.TryParse(quoted.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int start) ? start : null;
}
