using System.Globalization;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>Says what a test asks, in Sigma's terms.</summary>
internal static class TestText
{
    public static string Of(ValueTest test) => test switch
    {
        ValueTest.Text text => OfText(text),
        ValueTest.Regex regex => $"re{(regex.IgnoreCase ? "|i" : "")}{(regex.MultiLine ? "|m" : "")}{(regex.DotAll ? "|s" : "")} '{regex.Pattern}'",
        ValueTest.Cidr cidr => $"cidr {cidr.Network}",
        ValueTest.Number number => $"{Operator(number.Comparison)} {number.Operand.ToString(CultureInfo.InvariantCulture)}",
        ValueTest.Time time =>
            $"{time.Part.ToString().ToLowerInvariant()} {Operator(time.Comparison)} {time.Operand.ToString(CultureInfo.InvariantCulture)}",
        ValueTest.Null => "is null",
        ValueTest.Exists exists => exists.Expected ? "exists" : "does not exist",
        ValueTest.FieldReference reference => $"fieldref {Position(reference.Position)}{reference.Field}",
        _ => throw new ArgumentOutOfRangeException(nameof(test), test.GetType().Name, "unknown kind of test"),
    };

    private static string OfText(ValueTest.Text text)
    {
        string cased = text.Cased ? "cased " : "";
        string pattern = string.Concat(text.Parts.Select(Escape));
        return text.Parts switch
        {
            [PatternPart.Literal literal] => $"{cased}equals '{literal.Text}'",
            [] => "equals ''",
            [PatternPart.Literal literal, PatternPart.AnyString] => $"{cased}startswith '{literal.Text}'",
            [PatternPart.AnyString, PatternPart.Literal literal] => $"{cased}endswith '{literal.Text}'",
            [PatternPart.AnyString, PatternPart.Literal literal, PatternPart.AnyString] => $"{cased}contains '{literal.Text}'",
            _ => $"{cased}matches '{pattern}'",
        };
    }

    private static string Escape(PatternPart part) => part switch
    {
        PatternPart.Literal literal => literal.Text
            .Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("?", "\\?", StringComparison.Ordinal),
        PatternPart.AnyString => "*",
        _ => "?",
    };

    private static string Operator(NumberComparison comparison) => comparison switch
    {
        NumberComparison.Less => "lt",
        NumberComparison.LessOrEqual => "lte",
        NumberComparison.Greater => "gt",
        NumberComparison.GreaterOrEqual => "gte",
        _ => "equals",
    };

    private static string Position(TextPosition position) => position switch
    {
        TextPosition.Start => "startswith ",
        TextPosition.End => "endswith ",
        TextPosition.Anywhere => "contains ",
        _ => "",
    };
}
