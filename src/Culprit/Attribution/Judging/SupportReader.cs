using System.Collections.Immutable;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>Reads from weights what carries one explanation.</summary>
internal sealed class SupportReader
{
    private readonly Balance _balance;
    private readonly IReadOnlyList<Observation> _observed;
    private readonly EvidenceScales _scales;
    private readonly double[] _average, _weights;
    private readonly bool[] _isFor;
    private readonly EvidenceLine[] _lines;
    private readonly Spoofability[] _forging;

    /// <summary>Prepares to read.</summary>
    /// <param name="balance">The weights.</param>
    /// <param name="explanation">The group.</param>
    /// <param name="observed">What was observed.</param>
    /// <param name="scales">What is known.</param>
    public SupportReader(Balance balance, int explanation, IReadOnlyList<Observation> observed, EvidenceScales scales)
    {
        _balance = balance;
        _observed = observed;
        _scales = scales;
        _average = balance.OfAverageGroup();
        _weights = [.. observed.Select((_, i) => Weight(explanation, i))];
        _isFor = [.. observed.Select((o, i) => balance.Weights[explanation][i] > 0 && scales.CanSpeak(explanation, o))];
        _lines = [.. observed.Select(EvidenceLines.Of)];
        _forging = [.. observed.Select(o => Support.Forging(o, scales))];
    }

    /// <summary>What carries it.</summary>
    public Support Read()
    {
        ImmutableArray<EvidenceLine> lines = [.. Enum.GetValues<EvidenceLine>().Where(line => Speaks(i => _lines[i] == line))];
        ImmutableArray<EvidenceLine> ascribing = [.. lines.Where(Ascribes)];
        bool brought = lines.Contains(EvidenceLine.Behaviour) && lines.Contains(EvidenceLine.Tooling)
            && !Speaks(i => _lines[i] == EvidenceLine.Behaviour && _scales.BroughtBy(_observed[i], _observed) is null);
        ImmutableArray<EvidenceLine> independent = [.. ascribing.Where(line => IsIndependent(line, brought))];
        bool ofSameLists = independent.Contains(EvidenceLine.Infrastructure) && independent.Contains(EvidenceLine.Tooling) && IsOfSameLists();
        return new Support(
            lines,
            ascribing,
            ofSameLists ? independent.Remove(EvidenceLine.Tooling) : independent,
            [.. ascribing.Where(line => Speaks(i => _lines[i] == line && _forging[i] == Spoofability.Hard))],
            [.. ascribing.Where(line => Speaks(i => _lines[i] == line && _forging[i] >= Spoofability.Moderate))],
            brought,
            ofSameLists,
            Listed: IsMet(EvidenceLine.Infrastructure) || IsMet(EvidenceLine.Tooling),
            Contested: Enumerable.Range(0, _observed.Count).Any(IsContesting),
            Several: SpeakBeyond(JudgementRules.MinFeatures - 1, IsFeature) || AreSolid(JudgementRules.MinFeatures - 1));
    }

    private static bool Ascribes(EvidenceLine line) => line is EvidenceLine.Behaviour or EvidenceLine.Tooling or EvidenceLine.Infrastructure;

    private bool IsIndependent(EvidenceLine line, bool brought) => line switch
    {
        EvidenceLine.Infrastructure => IsMet(line),
        EvidenceLine.Behaviour => !brought && IsMeasured(i => _observed[i].Kind == ObservationKind.Technique),
        _ => IsMeasured(IsFeature) || IsMet(line),
    };

    // Whoever made up a list made up its files and its domains: they are two lines only where one of them speaks without what has a cause in common
    // with the other, or software does that nobody lists.
    private bool IsOfSameLists()
    {
        if (IsMeasured(IsFeature) && Speaks(i => _observed[i].Kind == ObservationKind.Software))
        {
            return false;
        }

        var common = Causes.Of(_observed, _scales).Where(cause => cause.Any(i => IsMet(i, EvidenceLine.Tooling)) && cause.Any(i => IsMet(i, EvidenceLine.Infrastructure)))
            .SelectMany(static cause => cause).ToHashSet();
        return !Speaks(i => IsMet(i, EvidenceLine.Tooling) && !common.Contains(i)) && !Speaks(i => IsMet(i, EvidenceLine.Infrastructure) && !common.Contains(i));
    }

    // Techniques of fewer things that happened than the weights were fitted on make no line of their own, nor does software without as many with it. What speaks
    // against the group carries no line for it, and what says next to nothing completes none: beyond one less than so many the rest must speak by itself.
    private bool IsMeasured(Func<int, bool> counts)
    {
        Observation[] all = [.. For(counts).Select(i => _observed[i])];
        return Signs.Of(all, JudgementRules.MinFeatures) >= JudgementRules.MinFeatures && _scales.Apart(all, JudgementRules.MinFeatures) >= JudgementRules.MinFeatures
            && SpeakBeyond(JudgementRules.MinFeatures - 1, counts);
    }

    private bool IsFeature(int i) => _scales.Feature(_observed[i]) >= 0;

    // Whether so many pieces of software, each of which speaks, take more than imitation.
    private bool AreSolid(int count) => Enumerable.Range(0, _observed.Count).Count(i => IsFeature(i) && _weights[i] >= Support.Speaks && _forging[i] >= Spoofability.Moderate) >= count;

    // Whether what is left beside so many of the strongest speaks for the group.
    private bool SpeakBeyond(int strongest, Func<int, bool> counts) => For(counts).Select(i => _weights[i]).OrderDescending().Skip(strongest).Sum() >= Support.Speaks;

    private IEnumerable<int> For(Func<int, bool> counts) => Enumerable.Range(0, _observed.Count).Where(i => counts(i) && _isFor[i]);

    private bool IsMet(EvidenceLine line) => Speaks(i => IsMet(i, line));

    private bool IsMet(int i, EvidenceLine line) => _lines[i] == line && _observed[i] is { Kind: ObservationKind.Indicator, Contact: IndicatorContact.Met }
        && !EvidenceLines.IsFileName(_observed[i]);

    private bool IsContesting(int i) => _forging[i] == Spoofability.Hard && _weights[i] < Support.Speaks
        && (_scales.IsThinOnly(_observed[i]) || Enumerable.Range(0, _balance.Weights.Length - 1).Any(e => Weight(e, i) >= Support.Speaks));

    private bool Speaks(Func<int, bool> counts) => Enumerable.Range(0, _observed.Count).Where(counts).Sum(i => _weights[i]) >= Support.Speaks;

    private double Weight(int explanation, int i)
    {
        double weight = _balance.Weights[explanation][i] - Math.Max(0, _average[i]);
        return _scales.CanSpeak(explanation, _observed[i]) ? weight : Math.Min(0, weight);
    }
}
