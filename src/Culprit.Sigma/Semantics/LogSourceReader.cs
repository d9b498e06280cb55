using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Reads the attribute <c>logsource</c>.</summary>
internal static class LogSourceReader
{
    /// <summary>Null where it is missing, empty or not valid (reported).</summary>
    public static SigmaLogSource? Read(YamlMapping document, DiagnosticSink sink)
    {
        switch (document["logsource"])
        {
            case null or YamlScalar { IsNull: true }:
                sink.Report(DiagnosticKinds.MissingAttribute, document, "The document has no log source", "Say at least one of product, category and service under 'logsource'");
                return null;
            case YamlMapping map:
                return ReadMap(map, sink);
            case { } other:
                sink.Report(DiagnosticKinds.WrongShape, other, $"'logsource' must be a map, not {other.Describe()}");
                return null;
        }
    }

    private static SigmaLogSource? ReadMap(YamlMapping map, DiagnosticSink sink)
    {
        int errors = sink.ErrorCount;
        var source = new SigmaLogSource(Text(map, "product", sink), Text(map, "category", sink), Text(map, "service", sink));
        if (sink.ErrorCount > errors)
        {
            return null;
        }

        if (source is { Product.Length: 0, Category.Length: 0, Service.Length: 0 })
        {
            sink.Report(DiagnosticKinds.MissingAttribute, map, "The log source says none of product, category and service");
            return null;
        }

        KnownLogSources.Check(source, map, sink);
        return source;
    }

    private static string Text(YamlMapping map, string key, DiagnosticSink sink)
    {
        switch (map[key])
        {
            case null or YamlScalar { IsNull: true }:
                return "";
            case YamlScalar scalar:
                return scalar.Value.Trim();
            case { } other:
                sink.Report(DiagnosticKinds.WrongShape, other, $"'{key}' of the log source must be a text, not {other.Describe()}");
                return "";
        }
    }
}
