using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>What is valid in a detection but probably not meant.</summary>
internal static class DetectionLints
{
    public static void CheckValues(ModifierChain chain, YamlNode at, IReadOnlyList<YamlNode> values, DiagnosticSink sink)
    {
        if (chain.All && values.Count == 1)
        {
            sink.Report(DiagnosticKinds.AllOfOne, at, "The modifier 'all' needs a list of several values");
        }

        if (values.Count > 1)
        {
            CheckList(values, sink);
        }

        foreach (YamlNode value in values)
        {
            if (value is YamlScalar scalar)
            {
                CheckWildcards(chain, scalar, sink);
            }
        }
    }

    private static void CheckList(IReadOnlyList<YamlNode> values, DiagnosticSink sink)
    {
        var seen = new HashSet<string>(values.Count, StringComparer.Ordinal);
        foreach (YamlNode value in values)
        {
            if (value is not YamlScalar scalar)
            {
                continue;
            }

            if (scalar.IsNull)
            {
                sink.Report(
                    DiagnosticKinds.NullInList, value, "Null stands in a list with other values", "Give null a search identifier of its own and join both in the condition");
            }
            else if (!seen.Add(scalar.Value))
            {
                sink.Report(DiagnosticKinds.RepeatedValue, value, $"The value '{scalar.Value}' is listed twice");
            }
        }
    }

    private static void CheckWildcards(ModifierChain chain, YamlScalar value, DiagnosticSink sink)
    {
        if (chain.Kind != ValueKind.Text || chain.Transformations.Count != 1 || !value.Value.Contains('*', StringComparison.Ordinal))
        {
            return;
        }

        IReadOnlyList<PatternPart> parts = TextPattern.Parse(value.Value).Parts;
        bool starts = parts.Count > 1 && parts[0] is PatternPart.AnyString;
        bool ends = parts.Count > 1 && parts[^1] is PatternPart.AnyString;
        Modifier modifier = chain.Transformations[0];
        if ((starts && modifier is Modifier.Contains or Modifier.EndsWith) || (ends && modifier is Modifier.Contains or Modifier.StartsWith))
        {
            sink.Report(DiagnosticKinds.RedundantWildcard, value, $"A '*' in '{value.Value}' does nothing beside the modifier");
        }
    }
}
