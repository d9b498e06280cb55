using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>A filter before it is joined into rules.</summary>
internal sealed record FilterDraft(
    Metadata Metadata,
    SigmaLogSource LogSource,
    bool Any,
    ImmutableArray<(string Name, YamlScalar At)> Targets,
    Expression Detection,
    YamlScalar Condition);

/// <summary>A correlation before its references are resolved; <see cref="SigmaCorrelation.Rules"/> is still empty.</summary>
internal sealed record CorrelationDraft(SigmaCorrelation Correlation, ImmutableArray<(string Name, YamlScalar At)> References, YamlMapping At);

/// <summary>What one file holds.</summary>
internal sealed class FileResult(DiagnosticSink sink)
{
    public DiagnosticSink Sink { get; } = sink;

    public List<SigmaRule> Rules { get; } = [];

    public List<CorrelationDraft> Correlations { get; } = [];

    public List<FilterDraft> Filters { get; } = [];

    public int RefusedCount { get; set; }
}
