using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Tells a misspelt log source from one that is merely not in the map.</summary>
internal static class KnownLogSources
{
    public static void Check(SigmaLogSource source, YamlMapping at, DiagnosticSink sink)
    {
        LogSourceMap map = LogSourceMap.Default;
        CheckName(source.Product, "product", map.KnownProducts, at, sink);
        CheckName(source.Category, "category", map.KnownCategories, at, sink);
        CheckName(source.Service, "service", map.KnownServices, at, sink);
    }

    private static void CheckName(string name, string key, IReadOnlySet<string> known, YamlMapping at, DiagnosticSink sink)
    {
        if (name.Length > 0 && !known.Contains(name))
        {
            sink.Report(
                DiagnosticKinds.UnknownLogSource, at[key]!, $"The {key} '{name}' is not in the log source map", NearestName.Help(name, known));
        }
    }
}
