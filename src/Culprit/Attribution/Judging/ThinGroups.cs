using System.Collections.Immutable;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>
/// Groups of which too little is published to be weighed. They count as not known, but whoever reads the assessment must hear that
/// malware of one of them was found.
/// </summary>
internal sealed class ThinGroups
{
    /// <summary>
    /// Where only a handful is published, it is more than chance that a group is known for this many of the observed techniques and pieces of software (for all
    /// that is published where that is less, but for three at least), which are half of those that were observed.
    /// </summary>
    internal const int MinShared = 5;
    private const int MaxSentences = 3;

    private readonly EvidenceScales _scales;
    private readonly ImmutableArray<Observation> _observed;

    /// <summary>Looks for them behind observations.</summary>
    public ThinGroups(EvidenceScales scales, ImmutableArray<Observation> observed)
    {
        _scales = scales;
        _observed = observed;
        All = [.. scales.Profiles.Thin.Select(Of).OrderBy(static g => g.Group.Id, StringComparer.Ordinal)];
    }

    /// <summary>All of them, by identifier, each with what of the observations it is known for.</summary>
    public ImmutableArray<ThinGroup> All { get; }

    /// <summary>A sentence for each that what was observed points at, those with most of their own first, and no more than three.</summary>
    public IEnumerable<string> Sentences() => All.Where(static g => g.Telling)
        .OrderByDescending(g => Own(g.Known).Count()).ThenByDescending(static g => g.Known.Length).Take(MaxSentences)
        .Select(g => $"{g.Group.Name} ({g.Group.Id}) is known for {What(g.Known)}. Too little is published about it to weigh it, so that it counts as a group that is not known.");

    private int Features => _observed.Count(o => _scales.Feature(o) >= 0);

    private ThinGroup Of(GroupProfile profile)
    {
        KnownGroup group = _scales.Profiles.Index.Groups[profile.Group];
        var known = ImmutableArray.CreateBuilder<KnownTrace>();
        for (int i = 0; i < _observed.Length; i++)
        {
            int feature = _scales.Feature(_observed[i]);
            if (feature >= 0 && profile.Strength.ContainsKey(feature))
            {
                known.Add(new KnownTrace(i, profile.Sources(feature)));
            }
            else if (!_observed[i].OfVictim && _observed[i].Indicators.Any(c => c.GroupIds.Contains(group.Id, StringComparer.Ordinal)))
            {
                known.Add(new KnownTrace(i, []));
            }
        }

        int shared = known.Count(k => _scales.Feature(_observed[k.Observation]) >= 0);
        bool alike = shared >= Math.Min(MinShared, Math.Max(JudgementRules.MinFeatures, profile.Strength.Count)) && 2 * shared >= Features;
        return new ThinGroup(group, known.ToImmutable(), Own(known).Any() || alike);
    }

    // What no group that is weighed has: malware, or what only lists about groups like this one hold.
    private IEnumerable<Observation> Own(IEnumerable<KnownTrace> known) => known.Select(k => _observed[k.Observation]).Where(o => _scales.IsThinOnly(o)
        || (o.Kind == ObservationKind.Indicator && !o.Indicators.Any(c => c.Shared || c.GroupIds.Any(IsWeighed))));

    private bool IsWeighed(string id) => _scales.Profiles.Profiles.Any(p => _scales.Profiles.Index.Groups[p.Group].Id == id);

    private string What(ImmutableArray<KnownTrace> known)
    {
        string[] own = [.. Own(known).Select(static o => AssessmentSentences.Name(o) + (o.Tentative ? ", as one rule or file name alone says" : ""))];
        return own.Length == 0 ? $"{known.Count(k => _scales.Feature(_observed[k.Observation]) >= 0)} of {Features} techniques and pieces of software that were observed"
            : string.Join(" and ", own.Take(MaxSentences)) + (own.Length > MaxSentences ? " and more" : "");
    }
}
