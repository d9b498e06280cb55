using System.Collections.Concurrent;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Findings;

/// <summary>
/// The rules of a run by their rank: those of the catalogue, and behind them two for each indicator, which says the same with more and
/// with less weight. The latter are described when something is found. Safe for several threads.
/// </summary>
internal sealed class IndicatorRules
{
    // After so many years an address or a name may well have another owner.
    private const int YearsOfUse = 3;

    // A UUID of our own as the space of names: findings of one indicator have one id in all runs and versions.
    private const string Space = "7d0b9e0c54f14c8b9a55a1c6f2d3e871";

    private readonly IndicatorSet _indicators;
    private readonly RuleInfo[] _catalogue;
    private readonly ConcurrentDictionary<int, RuleInfo> _described = new();

    public IndicatorRules(RuleCatalog rules)
    {
        _indicators = rules.Indicators;
        _catalogue = new RuleInfo[rules.Rules.Length + rules.Correlations.Length];
        foreach (RuleInfo rule in rules.Rules.Concat(rules.Correlations))
        {
            _catalogue[rule.Rank] = rule;
        }
    }

    /// <summary>A rule.</summary>
    /// <exception cref="InvalidDataException">There is none of this rank: it was found by other rules or indicators.</exception>
    public RuleInfo this[int rank] => rank < _catalogue.Length ? _catalogue[rank]
        : (rank - _catalogue.Length) / 2 < _indicators.Count ? _described.GetOrAdd(rank, Describe)
        : throw new InvalidDataException("kept findings were found by other rules or indicators");

    /// <summary>The rule that a hit satisfies, in a record of a time.</summary>
    public RuleInfo Of(IndicatorHit hit, EventTime time)
    {
        int rank = _catalogue.Length + (2 * hit.Index);
        RuleInfo rule = this[rank];
        return rule.Level == FindingLevel.Medium && (hit.PortUnknown || !IsOfItsTime(rule.Indicator!, time)) ? this[rank + 1] : rule;
    }

    private static bool IsOfItsTime(IndicatorInfo indicator, EventTime time) =>
        time.Certainty != TimeCertainty.Unknown && indicator.Year is { } year && Math.Abs(time.Utc.Year - year) <= YearsOfUse;

    private static FindingLevel LevelOf(Indicator indicator) => indicator.Kind switch
    {
        // A file does not change its owner.
        IndicatorKind.Hash => FindingLevel.High,
        IndicatorKind.Path => FindingLevel.Low,
        _ => indicator.Shared is not null || indicator.ListCount > 1 || indicator.Year is null ? FindingLevel.Low : FindingLevel.Medium,
    };

    private static string WhyLow(Indicator indicator, bool old) => indicator switch
    {
        { Kind: IndicatorKind.Path } => "A path says little without the host that it was asked of.",
        { Shared: { } shared } => $"Many share this infrastructure ({IndicatorWords.Of(shared)}).",
        { ListCount: > 1 } => $"{indicator.ListCount} lists of different groups hold it.",
        { Year: null } => "It is not known when it was in use.",
        _ when old => $"It was reported in {indicator.Year}, more than {YearsOfUse} years away from the record, or with a port that the record does not tell.",
        _ => "Addresses and names change hands, and researchers visit them too.",
    };

    private RuleInfo Describe(int rank)
    {
        (int number, int old) = Math.DivRem(rank - _catalogue.Length, 2);
        Indicator indicator = _indicators[number];
        string kind = IndicatorWords.Of(indicator.Kind);
        return new RuleInfo
        {
            Id = NamedUuid.Of(Space, $"{kind}\n{indicator.Value}\n{indicator.List.Name}"),
            Name = "",
            Title = $"Known indicator: {kind} {indicator.Value} (list {indicator.List.Name})",
            Level = old == 1 ? FindingLevel.Low : LevelOf(indicator),
            IsCorrelation = false,
            Status = "",
            Description = $"The list {indicator.List.Name} ascribes this {kind} to a group. That it occurs says that it is known, not that the group was here.",
            Author = "",
            LogSource = "indicator/" + kind,
            Attack = indicator.List.GroupIds.IsEmpty ? AttackReferences.None : new AttackReferences([], [], indicator.List.GroupIds, []),
            References = indicator.Source is { } source ? [source] : [],
            FalsePositives = [WhyLow(indicator, old == 1)],
            Path = "",
            Line = 0,
            Indicator = new IndicatorInfo(
                indicator.Kind, indicator.Value, indicator.List.Name, indicator.List.GroupIds, indicator.List.Aliases, indicator.Source, indicator.Year,
                indicator.Shared is { } shared ? IndicatorWords.Of(shared) : null, indicator.ListCount),
            Index = -1,
            Rank = rank,
        };
    }
}
