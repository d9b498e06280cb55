using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Turns one value with its modifiers into the tests any of which it stands for; null where it cannot (reported).</summary>
internal sealed class ValueBinder(SigmaLoadOptions options, DiagnosticSink sink)
{
    public ImmutableArray<ValueTest>? Bind(ModifierChain chain, YamlNode node, bool keyword)
    {
        if (node is not YamlScalar value)
        {
            sink.Report(DiagnosticKinds.InvalidValue, node, $"A value is expected here, not {node.Describe()}");
            return null;
        }

        if (keyword && chain.Kind is ValueKind.Exists or ValueKind.FieldReference or ValueKind.Number or ValueKind.Time)
        {
            sink.Report(DiagnosticKinds.NeedsField, value, "This test needs a field: a keyword is a text that stands anywhere in the event");
            return null;
        }

        if (value.IsNull)
        {
            return BindNull(chain, value, keyword);
        }

        return chain.Kind switch
        {
            ValueKind.Exists => BindExists(value),
            ValueKind.Number => BindNumber(chain, value),
            ValueKind.Time => BindTime(chain, value),
            _ => BindTexts(chain, value, keyword),
        };
    }

    private ImmutableArray<ValueTest>? BindNull(ModifierChain chain, YamlScalar value, bool keyword)
    {
        if (keyword)
        {
            sink.Report(DiagnosticKinds.NeedsField, value, "Null needs a field");
            return null;
        }

        if (chain.Kind != ValueKind.Text || chain.Transformations.Count > 0)
        {
            sink.Report(DiagnosticKinds.ModifierValue, value, "Null has no modifiers but 'all' and 'neq'", "Write the field without modifiers, or quote the value");
            return null;
        }

        return [new ValueTest.Null()];
    }

    private ImmutableArray<ValueTest>? BindExists(YamlScalar value)
    {
        bool? expected = value.Value switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        };
        if (expected is not { } given)
        {
            sink.Report(DiagnosticKinds.ModifierValue, value, $"'exists' takes true or false, not {value.Describe()}");
            return null;
        }

        return [new ValueTest.Exists(given)];
    }

    private ImmutableArray<ValueTest>? BindNumber(ModifierChain chain, YamlScalar value)
    {
        if (Numbers.TryParse(value.Value, out decimal operand))
        {
            return [new ValueTest.Number(chain.Comparison, operand)];
        }

        sink.Report(DiagnosticKinds.ModifierValue, value, $"{value.Describe()} is no number, so nothing can be less or greater");
        return null;
    }

    private ImmutableArray<ValueTest>? BindTime(ModifierChain chain, YamlScalar value)
    {
        if (int.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int operand))
        {
            return [new ValueTest.Time(chain.TimePart, chain.Comparison, operand)];
        }

        sink.Report(DiagnosticKinds.ModifierValue, value, $"{value.Describe()} is no whole number, as a part of a date must be");
        return null;
    }

    private ImmutableArray<ValueTest>? BindTexts(ModifierChain chain, YamlScalar value, bool keyword)
    {
        // Only an unmodified number is more than its text: 0x10 without quotes is the number 16, however it is written in the event.
        if (chain.Kind == ValueKind.Text && chain.Transformations.Count == 0 && !keyword && value.Style == ScalarStyle.Plain
            && value.Value.StartsWith("0x", StringComparison.Ordinal) && Numbers.TryParse(value.Value, out decimal number))
        {
            return [new ValueTest.Number(NumberComparison.Equal, number)];
        }

        string text = value.AsBoolean is { } boolean ? (boolean ? "true" : "false") : value.Value;
        if (!chain.Expand)
        {
            return BindText(chain, text, value, keyword);
        }

        Func<string, string> convert = chain.Kind == ValueKind.Regex ? AsRegex : static v => v;
        if (Placeholders.Expand(value, options, convert, sink) is not { } variants)
        {
            return null;
        }

        var tests = ImmutableArray.CreateBuilder<ValueTest>(variants.Count);
        foreach (string variant in variants)
        {
            if (BindText(chain, variant, value, keyword) is not { } bound)
            {
                return null;
            }

            tests.AddRange(bound);
        }

        return tests.DrainToImmutable();
    }

    private ImmutableArray<ValueTest>? BindText(ModifierChain chain, string text, YamlScalar at, bool keyword) => chain.Kind switch
    {
        ValueKind.Regex => BindRegex(chain, text, at),
        ValueKind.Cidr => BindNetwork(text, at),
        ValueKind.FieldReference => BindFieldReference(chain, text, at),
        _ => BindPattern(chain, text, at, keyword),
    };

    private ImmutableArray<ValueTest>? BindRegex(ModifierChain chain, string text, YamlScalar at)
    {
        (string? pattern, string problem) = RegexTranslator.Translate(text, chain.Position);
        if (pattern is null)
        {
            sink.Report(DiagnosticKinds.InvalidRegex, at, $"The regular expression is not valid: {problem}");
            return null;
        }

        return [new ValueTest.Regex(pattern, chain.IgnoreCase, chain.MultiLine, chain.DotAll)];
    }

    private ImmutableArray<ValueTest>? BindNetwork(string text, YamlScalar at)
    {
        ReadOnlySpan<char> span = text.AsSpan().Trim();
        int slash = span.IndexOf('/');
        ReadOnlySpan<char> addressText = slash < 0 ? span : span[..slash];
        if (IPAddress.TryParse(addressText, out IPAddress? address) && IsFullAddress(addressText, address))
        {
            int most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
            int length = most;
            if (slash < 0 || (int.TryParse(span[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= most))
            {
                IPAddress masked = Mask(address, length);
                if (!masked.Equals(address))
                {
                    sink.Report(DiagnosticKinds.NetworkHostBits, at, $"'{text}' has bits set after its prefix; it is read as {masked}/{length}");
                }

                return [new ValueTest.Cidr(new IPNetwork(masked, length))];
            }
        }

        sink.Report(DiagnosticKinds.InvalidNetwork, at, $"'{text}' is no network in CIDR notation", "Such as '10.0.0.0/8' or 'fe80::/10'");
        return null;
    }

    // "10" and "10.1" parse as IPv4 addresses too, which nobody means.
    private static bool IsFullAddress(ReadOnlySpan<char> text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count('.') == 3;

    private static IPAddress Mask(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - bits));
        }

        return new IPAddress(bytes);
    }

    private ImmutableArray<ValueTest>? BindFieldReference(ModifierChain chain, string text, YamlScalar at)
    {
        TextPattern name = TextPattern.Parse(text);
        if (name.HasWildcards || name.Parts.Count == 0)
        {
            sink.Report(DiagnosticKinds.ModifierValue, at, $"'{text}' is no name of a field: it must be there and hold no wildcards");
            return null;
        }

        return [new ValueTest.FieldReference(name.Literal, chain.Position, chain.Cased)];
    }

    private ImmutableArray<ValueTest>? BindPattern(ModifierChain chain, string text, YamlScalar at, bool keyword)
    {
        List<TextPattern> patterns = [TextPattern.Parse(text)];
        bool positioned = false;
        foreach (Modifier modifier in chain.Transformations)
        {
            var next = new List<TextPattern>(patterns.Count);
            foreach (TextPattern pattern in patterns)
            {
                if (!Transform(modifier, pattern, at, next))
                {
                    return null;
                }
            }

            patterns = next;
            positioned |= modifier is Modifier.Contains or Modifier.StartsWith or Modifier.EndsWith;
        }

        if (keyword && !positioned)
        {
            patterns = patterns.ConvertAll(p => p.Widen(before: true, after: true));
        }

        var tests = ImmutableArray.CreateBuilder<ValueTest>(patterns.Count);
        foreach (TextPattern pattern in patterns)
        {
            tests.Add(pattern.ToTest(chain.Cased));
        }

        return tests.DrainToImmutable();
    }

    private bool Transform(Modifier modifier, TextPattern pattern, YamlScalar at, List<TextPattern> result)
    {
        switch (modifier)
        {
            case Modifier.Contains:
                result.Add(pattern.Widen(before: true, after: true));
                return true;
            case Modifier.StartsWith:
                result.Add(pattern.Widen(before: false, after: true));
                return true;
            case Modifier.EndsWith:
                result.Add(pattern.Widen(before: true, after: false));
                return true;
            case Modifier.Utf16Le or Modifier.Utf16Be or Modifier.Utf16:
                result.Add(TextTransformations.Utf16(pattern, modifier == Modifier.Utf16Be, modifier == Modifier.Utf16));
                return true;
            case Modifier.Windash:
                if (TextTransformations.Windash(pattern) is { } variants)
                {
                    result.AddRange(variants);
                    return true;
                }

                sink.Report(DiagnosticKinds.TooManyVariants, at, $"The value expands into more than {TextTransformations.MaxVariants} variants of its dashes");
                return false;
            default:
                return Encode(modifier, pattern, at, result);
        }
    }

    private bool Encode(Modifier modifier, TextPattern pattern, YamlScalar at, List<TextPattern> result)
    {
        if (pattern.HasWildcards)
        {
            sink.Report(DiagnosticKinds.ModifierValue, at, "A text with wildcards cannot be encoded with Base64", @"Escape them as '\*' and '\?' where they are meant as they are");
            return false;
        }

        byte[] bytes = TextTransformations.Bytes(pattern);
        if (modifier == Modifier.Base64)
        {
            result.Add(TextTransformations.Base64(bytes));
            return true;
        }

        if (bytes.Length < 3)
        {
            sink.Report(DiagnosticKinds.ModifierValue, at, "A text of fewer than three bytes leaves nothing to recognise in Base64");
            return false;
        }

        result.AddRange(TextTransformations.Base64Offsets(bytes));
        return true;
    }

    private static string AsRegex(string value)
    {
        var regex = new StringBuilder();
        foreach (PatternPart part in TextPattern.Parse(value).Parts)
        {
            regex.Append(part switch
            {
                PatternPart.Literal literal => Regex.Escape(literal.Text),
                PatternPart.AnyChar => ".",
                _ => ".*",
            });
        }

        return regex.ToString();
    }
}
