using System.Collections.Immutable;
using System.Text;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Replaces <c>%name%</c> by the values given for it (specification, "Placeholders").</summary>
internal static class Placeholders
{
    /// <summary>
    /// The texts that a value expands into; null where a placeholder has no value or there are too many (reported).
    /// <c>\%</c> is a plain percent sign. <paramref name="convert"/> writes a placeholder's value as the text needs it, such as
    /// escaped for a regular expression.
    /// </summary>
    public static IReadOnlyList<string>? Expand(YamlScalar value, SigmaLoadOptions options, Func<string, string> convert, DiagnosticSink sink)
    {
        string text = value.Value;
        List<string> variants = [""];
        var literal = new StringBuilder();
        bool found = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '%' or '\\')
            {
                literal.Append(text[i + 1] == '%' ? "%" : @"\\");
                i++;
                continue;
            }

            int end = text[i] == '%' ? EndOfName(text, i + 1) : -1;
            if (end < 0)
            {
                literal.Append(text[i]);
                continue;
            }

            string name = text[(i + 1)..end];
            if (!options.Placeholders.TryGetValue(name, out ImmutableArray<string> values) || values.IsDefaultOrEmpty)
            {
                sink.Report(
                    DiagnosticKinds.UnresolvedPlaceholder,
                    value,
                    i,
                    $"The placeholder '%{name}%' has no value",
                    $"The rule needs to be told about this environment: give the values of '{name}' when loading");
                return null;
            }

            if ((long)variants.Count * values.Length > TextTransformations.MaxVariants)
            {
                sink.Report(DiagnosticKinds.TooManyVariants, value, $"The value expands into more than {TextTransformations.MaxVariants} variants");
                return null;
            }

            string before = literal.ToString();
            literal.Clear();
            variants = [.. variants.SelectMany(v => values.Select(x => v + before + convert(x)))];
            found = true;
            i = end;
        }

        if (!found)
        {
            sink.Report(DiagnosticKinds.UnlabelledPlaceholder, value, "The value has no placeholder such as '%Servers%'");
        }

        string rest = literal.ToString();
        return [.. variants.Select(v => v + rest)];
    }

    private static int EndOfName(string text, int start)
    {
        int i = start;
        while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '-' or '.'))
        {
            i++;
        }

        return i > start && i < text.Length && text[i] == '%' ? i : -1;
    }
}
