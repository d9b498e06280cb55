using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Joins the files: filters into the rules that they name, references of correlations to what they name.</summary>
internal static class Linker
{
    public static SigmaRuleSet Link(IReadOnlyList<FileResult> files)
    {
        (SigmaRule Rule, FileResult File)[] rules = [.. files.SelectMany(f => f.Rules.Select(r => (r, f)))];
        (CorrelationDraft Draft, FileResult File)[] correlations = [.. files.SelectMany(f => f.Correlations.Select(c => (c, f)))];
        ReportDuplicates([.. rules.Select(r => ((SigmaDocument)r.Rule, r.File)), .. correlations.Select(c => ((SigmaDocument)c.Draft.Correlation, c.File))]);

        SigmaRule[] joined = [.. rules.Select(r => r.Rule)];
        var names = new NameTable(joined, [.. correlations.Select(c => c.Draft.Correlation)]);
        int filterCount = 0;
        foreach (FileResult file in files)
        {
            filterCount += file.Filters.Count(filter => FilterJoiner.Join(filter, joined, names, file.Sink));
        }

        (ImmutableArray<SigmaCorrelation> resolved, HashSet<int> silent) = CorrelationResolver.Resolve(correlations, names);
        foreach (int index in silent)
        {
            joined[index] = joined[index] with { Reported = false };
        }

        return new SigmaRuleSet
        {
            Rules = [.. joined],
            Correlations = resolved,
            FilterCount = filterCount,
            RefusedCount = files.Sum(f => f.RefusedCount),
            Diagnostics = [.. files.SelectMany(f => Sorted(f.Sink))],
        };
    }

    private static IEnumerable<SigmaDiagnostic> Sorted(DiagnosticSink sink) =>
        sink.Diagnostics.OrderBy(d => d.Location.Line).ThenBy(d => d.Location.Column).ThenBy(d => d.Code, StringComparer.Ordinal);

    private static void ReportDuplicates(IReadOnlyList<(SigmaDocument Document, FileResult File)> documents)
    {
        var seen = new Dictionary<string, SigmaDocument>(StringComparer.OrdinalIgnoreCase);
        foreach ((SigmaDocument document, FileResult file) in documents)
        {
            Check("id", document.Id, document, file);
            if (!string.Equals(document.Name, document.Id, StringComparison.OrdinalIgnoreCase))
            {
                Check("name", document.Name, document, file);
            }
        }

        void Check(string what, string name, SigmaDocument document, FileResult file)
        {
            if (name.Length > 0 && !seen.TryAdd(name, document))
            {
                SigmaLocation first = seen[name].Location;
                file.Sink.Report(
                    DiagnosticKinds.DuplicateId,
                    document.Location.Line,
                    document.Location.Column,
                    $"The {what} '{name}' is used already, in {first.Path}:{first.Line}",
                    "Both are used; whoever refers to it means the first");
            }
        }
    }
}
