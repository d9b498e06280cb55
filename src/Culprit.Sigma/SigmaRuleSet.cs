using System.Collections.Immutable;
using Culprit.Sigma.Semantics;
using Culprit.Sigma.Semantics.Cache;

namespace Culprit.Sigma;

/// <summary>The text of one rule file.</summary>
/// <param name="Path">The name that diagnostics show.</param>
/// <param name="Utf8">The file's bytes, UTF-8, with or without a byte order mark.</param>
public sealed record SigmaSource(string Path, ReadOnlyMemory<byte> Utf8);

/// <summary>Everything that was loaded: rules, correlations, how many filters took effect, and what was refused.</summary>
public sealed partial record SigmaRuleSet
{
    /// <summary>Detection rules, sorted by path and position in the file, filters joined in.</summary>
    public required ImmutableArray<SigmaRule> Rules { get; init; }

    /// <summary>Correlations, in the same order.</summary>
    public required ImmutableArray<SigmaCorrelation> Correlations { get; init; }

    /// <summary>How many filter documents were joined into rules.</summary>
    public required int FilterCount { get; init; }

    /// <summary>How many documents were refused; each has an error in <see cref="Diagnostics"/>.</summary>
    public required int RefusedCount { get; init; }

    /// <summary>Errors, warnings and remarks, sorted by place.</summary>
    public required ImmutableArray<SigmaDiagnostic> Diagnostics { get; init; }

    /// <summary>
    /// Reads rule files. Never throws for what they hold: a document that cannot be used is refused with an error in
    /// <see cref="Diagnostics"/>, and the others are loaded. The result does not depend on the order of <paramref name="sources"/>.
    /// </summary>
    public static SigmaRuleSet Load(IEnumerable<SigmaSource> sources, SigmaLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return RuleSetLoader.Load(sources, options ?? new SigmaLoadOptions());
    }

    /// <summary>
    /// Reads what <see cref="WriteCache"/> wrote; null where the stream does not hold a whole rule set of this very build. The
    /// stream may be hostile: reading takes time and memory in proportion to its length.
    /// </summary>
    public static SigmaRuleSet? TryReadCache(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return CacheReader.TryRead(stream);
    }

    /// <summary>Writes the resolved rules with their diagnostics in a binary form that is read far faster than the files.</summary>
    public void WriteCache(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CacheWriter.Write(this, stream);
    }
}
