using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Reads one file: bytes, YAML documents, collections, then rules, correlations and filters. Files do not depend on each other.</summary>
internal static class FileLoader
{
    public static FileResult Load(SigmaSource source, SigmaLoadOptions options)
    {
        var sink = new DiagnosticSink(source.Path);
        var result = new FileResult(sink);
        if (YamlDocuments.Decode(source.Utf8.Span, sink) is not { } text)
        {
            result.RefusedCount++;
            return result;
        }

        sink.SetText(text);
        var collection = new CollectionReader(sink);
        var rules = new RuleBinder(options, sink);
        foreach (YamlNode document in Documents(text, result))
        {
            int errors = sink.ErrorCount;
            if (collection.Read(document) is { } complete)
            {
                Bind(complete, rules, result);
            }

            if (sink.ErrorCount > errors)
            {
                result.RefusedCount++;
            }
        }

        return result;
    }

    private static IEnumerable<YamlNode> Documents(string text, FileResult result)
    {
        if (PlainYaml.TryRead(text) is { } plain)
        {
            foreach (YamlNode document in plain)
            {
                yield return document;
            }

            yield break;
        }

        var documents = new YamlDocuments(text, result.Sink);
        while (documents.Next() is { } document)
        {
            yield return document;
        }

        if (documents.Failed)
        {
            result.RefusedCount++;
        }
    }

    private static void Bind(YamlMapping document, RuleBinder rules, FileResult result)
    {
        if (document.Contains("correlation"))
        {
            if (CorrelationBinder.Bind(document, result.Sink) is { } correlation)
            {
                result.Correlations.Add(correlation);
            }
        }
        else if (document.Contains("filter"))
        {
            if (FilterBinder.Bind(document, rules, result.Sink) is { } filter)
            {
                result.Filters.Add(filter);
            }
        }
        else if (document.Contains("detection"))
        {
            if (rules.Bind(document) is { } rule)
            {
                result.Rules.Add(rule);
            }
        }
        else
        {
            string help = document.Entries.Select(e => NearestName.Find(e.Key.Value, ["detection", "correlation", "filter"])).FirstOrDefault(n => n is not null) is { } near
                ? $"Did you mean '{near}'?"
                : "";
            result.Sink.Report(DiagnosticKinds.NotSigma, document, "The document has none of 'detection', 'correlation' and 'filter'", help);
        }
    }
}
