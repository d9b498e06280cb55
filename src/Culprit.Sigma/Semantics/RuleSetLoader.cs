using System.IO.Hashing;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Loads files side by side, then joins what they hold: the result depends on the files' names and content alone.</summary>
internal static class RuleSetLoader
{
    public static SigmaRuleSet Load(IEnumerable<SigmaSource> sources, SigmaLoadOptions options)
    {
        SigmaSource[] files = [.. sources.OrderBy(s => s.Path, StringComparer.Ordinal)];
        string?[] sameAs = FindCopies(files);
        var results = new FileResult[files.Length];
        Parallel.For(0, files.Length, i => results[i] = sameAs[i] is { } first ? Copy(files[i], first) : FileLoader.Load(files[i], options));
        return Linker.Link(results);
    }

    private static FileResult Copy(SigmaSource file, string first)
    {
        var sink = new DiagnosticSink(file.Path);
        sink.Report(DiagnosticKinds.SameFile, 0, 0, $"The file has the same content as {first} and is read once");
        return new FileResult(sink);
    }

    // A rule given twice would give every finding twice.
    private static string?[] FindCopies(SigmaSource[] files)
    {
        var first = new Dictionary<UInt128, int>();
        string?[] sameAs = new string?[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            ReadOnlySpan<byte> content = files[i].Utf8.Span;
            UInt128 hash = XxHash128.HashToUInt128(content);
            if (!first.TryAdd(hash, i) && content.SequenceEqual(files[first[hash]].Utf8.Span))
            {
                sameAs[i] = files[first[hash]].Path;
            }
        }

        return sameAs;
    }
}
