namespace Culprit.Knowledge.Indicators;

/// <summary>
/// The one form of a set: UTF-8 text, lines ended by LF, cells divided by tabs. The first line is <see cref="Header"/>. Then, for
/// each list by name, <c>&gt;NAME</c>, aliases and group identifiers (each divided by <c>;</c>), below it for each report by URL and year
/// <c>=YEAR</c> and URL (either may be empty), and below that each of its values, by kind and value: one letter for the kind and
/// the value, in one cell. Everything is in ordinal order and stands there once, so that equal sets are equal bytes.
/// </summary>
internal static class PackedText
{
    /// <summary>What the line of a list begins with; its name follows in the same cell.</summary>
    public const byte ListMark = (byte)'>';

    /// <summary>What the line of a report begins with; its year follows in the same cell.</summary>
    public const byte SourceMark = (byte)'=';

    /// <summary>The first line.</summary>
    public static ReadOnlySpan<byte> Header => "culprit-indicators 1\n"u8;

    /// <summary>The letter of a kind.</summary>
    public static char Letter(IndicatorKind kind) => "aduhp"[(int)kind];

    /// <summary>The kind of a letter; null for any other.</summary>
    public static IndicatorKind? Kind(byte letter) => letter switch
    {
        (byte)'a' => IndicatorKind.Address,
        (byte)'d' => IndicatorKind.Domain,
        (byte)'u' => IndicatorKind.Url,
        (byte)'h' => IndicatorKind.Hash,
        (byte)'p' => IndicatorKind.Path,
        _ => null,
    };
}
