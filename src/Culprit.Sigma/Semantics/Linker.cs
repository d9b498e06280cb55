using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Joins the files: filters into the rules that they name, references of correlations to what they name.</summary>
internal static class Linker
{
    public static SigmaRuleSet Link(IReadOnlyList<FileResult> files)
    {
        ImmutableArray<SigmaRule> rules = [.. files.SelectMany(f => f.Rules)];
        return new SigmaRuleSet
        {
            Rules = rules,
            Correlations = [],
            FilterCount = 0,
            RefusedCount = files.Sum(f => f.RefusedCount),
            Diagnostics = [.. files.SelectMany(f => Sorted(f.Sink))],
        };
    }

    private static IEnumerable<SigmaDiagnostic> Sorted(DiagnosticSink sink) =>
        sink.Diagnostics.OrderBy(d => d.Location.Line).ThenBy(d => d.Location.Column).ThenBy(d => d.Code, StringComparer.Ordinal);
}
