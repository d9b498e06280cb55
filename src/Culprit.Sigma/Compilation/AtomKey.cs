using System.Globalization;
using System.Text;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>A text that is equal for equal atoms, and only for those.</summary>
internal static class AtomKey
{
    public static string Of(string? field, ValueTest test)
    {
        var key = new StringBuilder(field is null ? "*" : "=" + field).Append('\0');
        switch (test)
        {
            case ValueTest.Text text:
                key.Append(text.Cased ? 'T' : 't');
                foreach (PatternPart part in text.Parts)
                {
                    AppendPart(key, part, text.Cased);
                }

                break;
            case ValueTest.Regex regex:
                key.Append('r').Append(regex.IgnoreCase ? 'i' : '-').Append(regex.MultiLine ? 'm' : '-')
                    .Append(regex.DotAll ? 's' : '-').Append(regex.Pattern);
                break;
            case ValueTest.Cidr cidr:
                key.Append('c').Append(cidr.Network);
                break;
            case ValueTest.Number number:
                key.Append('n').Append((int)number.Comparison).Append(' ').Append(Invariant(number.Operand));
                break;
            case ValueTest.Time time:
                key.Append('d').Append((int)time.Part).Append(' ').Append((int)time.Comparison).Append(' ').Append(Invariant(time.Operand));
                break;
            case ValueTest.Null:
                key.Append('0');
                break;
            case ValueTest.Exists exists:
                key.Append(exists.Expected ? "e+" : "e-");
                break;
            case ValueTest.FieldReference reference:
                key.Append(reference.Cased ? 'F' : 'f').Append((int)reference.Position).Append(reference.Field);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(test), test.GetType().Name, "unknown kind of test");
        }

        return key.ToString();
    }

    private static string Invariant(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static void AppendPart(StringBuilder key, PatternPart part, bool cased)
    {
        switch (part)
        {
            case PatternPart.Literal literal:
                key.Append('"').Append(literal.Text.Length).Append(':').Append(cased ? literal.Text : CaseFold.Fold(literal.Text));
                break;
            case PatternPart.AnyString:
                key.Append('*');
                break;
            default:
                key.Append('?');
                break;
        }
    }
}
