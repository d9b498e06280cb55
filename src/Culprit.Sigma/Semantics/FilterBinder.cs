using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

internal static class FilterBinder
{
    public static FilterDraft? Bind(YamlMapping document, RuleBinder rules, DiagnosticSink sink)
    {
        sink.Report(DiagnosticKinds.WrongShape, document, "Filters are not supported");
        return null;
    }
}
