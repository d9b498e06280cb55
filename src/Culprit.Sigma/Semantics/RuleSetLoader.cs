using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Loads files side by side, then joins what they hold: the result depends on the files' names and content alone.</summary>
internal static class RuleSetLoader
{
    public static SigmaRuleSet Load(IEnumerable<SigmaSource> sources, SigmaLoadOptions options)
    {
        SigmaSource[] files = [.. sources.OrderBy(s => s.Path, StringComparer.Ordinal)];
        var results = new FileResult[files.Length];
        Parallel.For(0, files.Length, i => results[i] = FileLoader.Load(files[i], options));
        return Linker.Link(results);
    }
}
