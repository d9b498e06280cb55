using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Tests.Reference;

/// <summary>
/// The meaning of rules, written to be read and not to be fast: one rule, one event, one walk through the tree. The
/// engine must agree with it on everything.
/// </summary>
public static class ReferenceEvaluator
{
    public static bool Matches(SigmaRule rule, IReadOnlyList<LogSourceBinding> bindings, ReferenceEvent e) =>
        bindings.Any(binding => Accepts(binding, e) && Holds(rule.Detection, e, binding));

    public static bool Accepts(LogSourceBinding binding, ReferenceEvent e) =>
        binding.Accepts(e.Route) && (binding.Condition is null || Holds(binding.Condition, e, binding: null));

    public static bool Holds(Expression expression, ReferenceEvent e, LogSourceBinding? binding) => expression switch
    {
        Expression.And and => and.Children.All(child => Holds(child, e, binding)),
        Expression.Or or => or.Children.Any(child => Holds(child, e, binding)),
        Expression.Not not => !Holds(not.Child, e, binding),
        Expression.Named named => Holds(named.Child, e, binding),
        Expression.Constant constant => constant.Value,
        Expression.KeywordTest keyword => e.Fields.SelectMany(f => f.Value).Any(v => v is not null && Satisfies(keyword.Test, v)),
        Expression.FieldTest test => Holds(test, e, binding),
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static bool Holds(Expression.FieldTest test, ReferenceEvent e, LogSourceBinding? binding)
    {
        List<string?> values = Values(test.Field, e, binding);
        return test.Test switch
        {
            ValueTest.Null => values.TrueForAll(v => v is null),
            ValueTest.Exists exists => (values.Count > 0) == exists.Expected,
            ValueTest.FieldReference reference => values.Exists(v => v is not null
                && Values(reference.Field, e, binding).Exists(other => other is not null && StandsAt(v, other, reference))),
            _ => values.Exists(v => v is not null && Satisfies(test.Test, v)),
        };
    }

    /// <summary>All values of a field, nulls included, under the names that the binding gives it.</summary>
    public static List<string?> Values(string field, ReferenceEvent e, LogSourceBinding? binding)
    {
        IReadOnlyList<string> names = binding is not null && binding.FieldMap.TryGetValue(field, out var mapped) ? mapped : [field];
        return [.. e.Fields.Where(f => names.Contains(f.Key, StringComparer.Ordinal)).SelectMany(f => f.Value)];
    }

    private static bool Satisfies(ValueTest test, string value) => test switch
    {
        ValueTest.Text text => MatchesText(text, value),
        ValueTest.Regex regex => MatchesRegex(regex, value),
        ValueTest.Cidr cidr => Contains(cidr.Network, value),
        ValueTest.Number number => TryParseNumber(value, out decimal parsed) && Compares(number.Comparison, parsed, number.Operand),
        ValueTest.Time time => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
            && Compares(time.Comparison, PartOf(parsed, time.Part), time.Operand),
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    // The set of places that the pattern can have reached, part by part.
    private static bool MatchesText(ValueTest.Text test, string value)
    {
        StringComparison comparison = test.Cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        SortedSet<int> reached = [0];
        foreach (PatternPart part in test.Parts)
        {
            SortedSet<int> next = [];
            foreach (int at in reached)
            {
                if (part is PatternPart.AnyString)
                {
                    next.UnionWith(Enumerable.Range(at, value.Length - at + 1));
                    break;
                }

                int length = part is PatternPart.Literal literal ? literal.Text.Length : 1;
                if (at + length <= value.Length
                    && (part is not PatternPart.Literal { Text: { } text } || value.AsSpan(at, length).Equals(text, comparison)))
                {
                    next.Add(at + length);
                }
            }

            reached = next;
        }

        return reached.Contains(value.Length);
    }

    private static bool MatchesRegex(ValueTest.Regex test, string value)
    {
        RegexOptions options = RegexOptions.CultureInvariant;
        options |= test.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None;
        options |= test.MultiLine ? RegexOptions.Multiline : RegexOptions.None;
        options |= test.DotAll ? RegexOptions.Singleline : RegexOptions.None;
        return Regex.IsMatch(value, test.Pattern, options, TimeSpan.FromSeconds(10));
    }

    // An address with a zone is that address; an IPv4 address written as an IPv6 one is the IPv4 address.
    private static bool Contains(IPNetwork network, string value)
    {
        string text = value.Trim().Split('%')[0];
        bool dotted = !text.Contains(':') && text.Count(c => c == '.') == 3 && text.Split('.').All(d => d.Length is >= 1 and <= 3 && d.All(char.IsAsciiDigit));
        if (!(dotted || text.Contains(':')) || text.Contains('[') || !IPAddress.TryParse(dotted ? Decimal(text) : text, out IPAddress? address))
        {
            return false;
        }

        return network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    // IPAddress reads a part with a leading zero as octal, which no log means.
    private static string Decimal(string dotted) => string.Join('.', dotted.Split('.').Select(d => int.Parse(d, CultureInfo.InvariantCulture)));

    private static bool TryParseNumber(string value, out decimal parsed)
    {
        string text = value.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            bool isHex = ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex);
            parsed = hex;
            return isHex;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out parsed);
    }

    private static bool Compares(NumberComparison comparison, decimal value, decimal operand) => comparison switch
    {
        NumberComparison.Less => value < operand,
        NumberComparison.LessOrEqual => value <= operand,
        NumberComparison.Greater => value > operand,
        NumberComparison.GreaterOrEqual => value >= operand,
        _ => value == operand,
    };

    private static int PartOf(DateTimeOffset time, TimePart part) => part switch
    {
        TimePart.Minute => time.Minute,
        TimePart.Hour => time.Hour,
        TimePart.Day => time.Day,
        TimePart.Week => ISOWeek.GetWeekOfYear(time.DateTime),
        TimePart.Month => time.Month,
        _ => time.Year,
    };

    private static bool StandsAt(string whole, string part, ValueTest.FieldReference reference)
    {
        StringComparison comparison = reference.Cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return reference.Position switch
        {
            TextPosition.Whole => string.Equals(whole, part, comparison),
            TextPosition.Start => whole.StartsWith(part, comparison),
            TextPosition.End => whole.EndsWith(part, comparison),
            _ => whole.Contains(part, comparison),
        };
    }
}
