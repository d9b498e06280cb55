using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

internal static class CorrelationBinder
{
    public static CorrelationDraft? Bind(YamlMapping document, DiagnosticSink sink)
    {
        sink.Report(DiagnosticKinds.CorrelationType, document, "Correlations are not supported");
        return null;
    }
}
