using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Culprit.Knowledge;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>The rules of a run: loaded, with what was refused and why, and ready to judge records.</summary>
public sealed class RuleCatalog
{
    private readonly Lazy<SigmaEngine> _engine;

    private RuleCatalog(SigmaRuleSet rules, LogSourceMap map, ImmutableArray<RuleProblem> mapProblems, string contentHash, FindingLevel minimum)
    {
        RuleSet = rules;
        Map = map;
        ContentHash = contentHash;
        MinimumLevel = minimum;
        MapProblems = mapProblems;
        Problems = [.. mapProblems, .. rules.Diagnostics.Select(Describe)];
        (Rules, Correlations) = RuleDescriptions.Of(rules);
        _engine = new Lazy<SigmaEngine>(() => SigmaEngine.Compile(RuleSet, Map));
    }

    private RuleCatalog(RuleCatalog other, IndicatorSet indicators)
    {
        (RuleSet, Map, ContentHash, MinimumLevel) = (other.RuleSet, other.Map, other.ContentHash, other.MinimumLevel);
        (MapProblems, Problems) = (other.MapProblems, other.Problems);
        (Rules, Correlations, _engine) = (other.Rules, other.Correlations, other._engine);
        Indicators = indicators;
    }

    /// <summary>Detection rules, by path and position in their file.</summary>
    public ImmutableArray<RuleInfo> Rules { get; }

    /// <summary>Correlation rules, in the same order.</summary>
    public ImmutableArray<RuleInfo> Correlations { get; }

    /// <summary>Errors, warnings and remarks, by place; those of the log source file first.</summary>
    public ImmutableArray<RuleProblem> Problems { get; }

    /// <summary>How many rules were refused.</summary>
    public int RefusedCount => RuleSet.RefusedCount;

    /// <summary>How many filters narrow rules.</summary>
    public int FilterCount => RuleSet.FilterCount;

    /// <summary>SHA-256 of all rules' text and of the log source file, whatever their paths: names the rule set in outputs.</summary>
    public string ContentHash { get; }

    /// <summary>The indicators that records are held against beside the rules.</summary>
    public IndicatorSet Indicators { get; } = IndicatorSet.Empty;

    /// <summary>How many indicators there are.</summary>
    public int IndicatorCount => Indicators.Count;

    /// <summary>SHA-256 of the indicators (<see cref="IndicatorSet.ContentHash"/>); <c>none</c> where there are none.</summary>
    public string IndicatorsHash => Indicators.Count == 0 ? "none" : Indicators.ContentHash;

    /// <summary>Rules and indicators below this level are not judged, unless a correlation needs them.</summary>
    public FindingLevel MinimumLevel { get; }

    internal SigmaRuleSet RuleSet { get; }

    internal LogSourceMap Map { get; }

    internal SigmaEngine Engine => _engine.Value;

    private ImmutableArray<RuleProblem> MapProblems { get; }

    /// <summary>Loads rules. A bad rule is refused with a problem and never stops the others.</summary>
    /// <param name="files">The rule files, in any order.</param>
    /// <param name="logSources">A file that extends the log source map; null where there is none.</param>
    /// <param name="toolVersion">Part of the cache's key: another version resolves anew.</param>
    /// <param name="cache">Where the resolved form is kept; null keeps nothing.</param>
    public static RuleCatalog Load(IReadOnlyList<RuleFile> files, RuleFile? logSources, string toolVersion, IRuleCache? cache)
    {
        ArgumentNullException.ThrowIfNull(files);
        RuleFile[] sorted = [.. files.OrderBy(static f => f.Path, StringComparer.Ordinal)];
        (string content, string key) = Hash(sorted, logSources, toolVersion);
        LogSourceMap map = LogSourceMap.Default;
        ImmutableArray<RuleProblem> mapProblems = [];
        if (logSources is not null)
        {
            map = LogSourceMap.Extend(map, new SigmaSource(logSources.Path, logSources.Content), out ImmutableArray<SigmaDiagnostic> diagnostics);
            mapProblems = [.. diagnostics.Select(Describe)];
        }

        SigmaRuleSet? rules = ReadCache(cache, key);
        if (rules is null)
        {
            rules = SigmaRuleSet.Load(sorted.Select(static f => new SigmaSource(f.Path, f.Content)));
            cache?.Keep(key, rules.WriteCache);
        }

        return new RuleCatalog(rules, map, mapProblems, content, FindingLevel.Informational);
    }

    /// <summary>The same rules, without judging those below <paramref name="minimum"/> that no correlation of that level needs.</summary>
    public RuleCatalog AtLeast(FindingLevel minimum) => minimum == FindingLevel.Informational
        ? this
        : new RuleCatalog(RuleLevels.Narrow(RuleSet, minimum), Map, MapProblems, ContentHash, minimum).With(Indicators);

    /// <summary>The same rules, with other indicators beside them.</summary>
    public RuleCatalog With(IndicatorSet indicators) => new(this, indicators);

    /// <summary>The rules that <paramref name="text"/> means: those with this id, name or title, compared without case.</summary>
    public ImmutableArray<RuleInfo> Find(string text) =>
    [
        .. Rules.Concat(Correlations).Where(r => Same(r.Id, text) || Same(r.Name, text) || Same(r.Title, text)),
    ];

    /// <summary>Compiles the rules now rather than at first use.</summary>
    public void Compile() => _ = Engine;

    private static bool Same(string a, string b) => a.Length > 0 && string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static SigmaRuleSet? ReadCache(IRuleCache? cache, string key)
    {
        using Stream? kept = cache?.TryOpen(key);
        return kept is null ? null : SigmaRuleSet.TryReadCache(kept);
    }

    private static RuleProblem Describe(SigmaDiagnostic d) => new(
        d.Code, (RuleProblemSeverity)d.Severity, d.Location.Path, d.Location.Line, d.Location.Column, d.Message, d.Help, d.SourceLine);

    private static (string Content, string Key) Hash(RuleFile[] sorted, RuleFile? logSources, string toolVersion)
    {
        var digests = new byte[sorted.Length][];
        Parallel.For(0, sorted.Length, i => digests[i] = SHA256.HashData(sorted[i].Content.Span));
        byte[] map = logSources is null ? [] : SHA256.HashData(logSources.Content.Span);

        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] digest in digests.Order(Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b))))
        {
            content.AppendData(digest);
        }

        content.AppendData(map);

        using var key = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        key.AppendData(Encoding.UTF8.GetBytes(toolVersion + "\0"));
        for (int i = 0; i < sorted.Length; i++)
        {
            key.AppendData(Encoding.UTF8.GetBytes(sorted[i].Path + "\0"));
            key.AppendData(digests[i]);
        }

        key.AppendData(map);
        return (Convert.ToHexStringLower(content.GetHashAndReset()), Convert.ToHexStringLower(key.GetHashAndReset()));
    }
}
