using System.Collections.Immutable;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>What carries one explanation: which lines of evidence speak for it, and how hard they are to forge.</summary>
/// <param name="Lines">Lines that speak for it, in their order.</param>
/// <param name="Ascribing">Those of them that can tell one group from another: not the way in, the victim or the hours, which many share.</param>
/// <param name="Independent">Those that need causes of their own: behaviour that observed software brings along is none beside it.</param>
/// <param name="HardLines">Those of them with an observation that is hard to forge and speaks for it.</param>
/// <param name="SolidLines">Those with one that takes more than imitation.</param>
/// <param name="Brought">Whether its techniques say nothing that its software does not bring along.</param>
/// <param name="Listed">Whether indicators speak for it that were met and not only mentioned.</param>
/// <param name="Contested">Whether something that is hard to forge speaks for another group and not for this one.</param>
internal sealed record Support(
    ImmutableArray<EvidenceLine> Lines, ImmutableArray<EvidenceLine> Ascribing, ImmutableArray<EvidenceLine> Independent, ImmutableArray<EvidenceLine> HardLines, ImmutableArray<EvidenceLine> SolidLines, bool Brought, bool Listed, bool Contested)
{
    // Less than this says next to nothing: e to the 0.5 is odds of 5 to 3.
    private const double Speaks = 0.5;

    /// <summary>What carries group <paramref name="explanation"/>: what speaks for it both against the average explanation and against the average group.</summary>
    public static Support Of(Balance balance, int explanation, IReadOnlyList<Observation> observed, EvidenceScales scales)
    {
        Spoofability[] spoofability = [.. observed.Select(o => Forging(o, scales))];
        var lines = ImmutableArray.CreateBuilder<EvidenceLine>();
        var hard = ImmutableArray.CreateBuilder<EvidenceLine>();
        var solid = ImmutableArray.CreateBuilder<EvidenceLine>();
        double[] average = balance.OfAverageGroup();
        double[] weights = [.. observed.Select((_, i) => Weight(explanation, i))];
        foreach (EvidenceLine line in Enum.GetValues<EvidenceLine>())
        {
            int[] own = [.. Enumerable.Range(0, observed.Count).Where(i => Weighing.Lines.Of(observed[i]) == line)];
            if (own.Sum(i => weights[i]) < Speaks)
            {
                continue;
            }

            lines.Add(line);
            if (!Ascribes(line))
            {
                continue;
            }

            if (own.Where(i => spoofability[i] == Spoofability.Hard).Sum(i => weights[i]) >= Speaks)
            {
                hard.Add(line);
            }

            if (own.Where(i => spoofability[i] >= Spoofability.Moderate).Sum(i => weights[i]) >= Speaks)
            {
                solid.Add(line);
            }
        }

        bool brought = lines.Contains(EvidenceLine.Behaviour) && lines.Contains(EvidenceLine.Tooling)
            && Enumerable.Range(0, observed.Count)
                .Where(i => Weighing.Lines.Of(observed[i]) == EvidenceLine.Behaviour && scales.BroughtBy(observed[i], observed) is null)
                .Sum(i => weights[i]) < Speaks;
        bool contested = Enumerable.Range(0, observed.Count).Any(i => spoofability[i] == Spoofability.Hard && weights[i] < Speaks
            && (scales.IsThinOnly(observed[i]) || Enumerable.Range(0, balance.Weights.Length - 1).Any(e => Weight(e, i) >= Speaks)));
        // Techniques of fewer things that happened than the weights were fitted on make no line of their own, nor does software without as many with it.
        bool measured = Signs.Of([.. observed.Where(o => scales.Feature(o) >= 0)]) >= JudgementRules.MinFeatures;
        bool listed = Met(EvidenceLine.Infrastructure) || Met(EvidenceLine.Tooling);
        ImmutableArray<EvidenceLine> ascribing = [.. lines.Where(Ascribes)];
        return new Support(lines.ToImmutable(), ascribing, [.. ascribing.Where(Independent)], hard.ToImmutable(), solid.ToImmutable(), brought, listed, contested);

        bool Independent(EvidenceLine line) => line switch
        {
            EvidenceLine.Infrastructure => Met(line),
            EvidenceLine.Behaviour => !brought && Signs.Of([.. observed.Where(static o => o.Kind == ObservationKind.Technique)]) >= JudgementRules.MinFeatures,
            _ => measured || Met(line),
        };

        bool Met(EvidenceLine line) => Enumerable.Range(0, observed.Count)
            .Where(i => Weighing.Lines.Of(observed[i]) == line && observed[i] is { Kind: ObservationKind.Indicator, Contact: IndicatorContact.Met }).Sum(i => weights[i]) >= Speaks;

        double Weight(int of, int i)
        {
            double weight = balance.Weights[of][i] - Math.Max(0, average[i]);
            return scales.CanSpeak(of, observed[i]) ? weight : Math.Min(0, weight);
        }
    }

    /// <summary>The first malware that one group alone is known for and that speaks for it, and that group; null where there is none.</summary>
    public static (int Observation, int Group)? OfOneGroup(Balance balance, IReadOnlyList<Observation> observed, EvidenceScales scales)
    {
        for (int i = 0; i < observed.Count; i++)
        {
            int[] groups =
            [
                .. Enumerable.Range(0, balance.Weights.Length - 1).Where(g => balance.Weights[g][i] >= Speaks && scales.CanSpeak(g, observed[i]))
                    .OrderByDescending(g => balance.Weights[g][i]),
            ];
            if (groups.Length > 0 && scales.Feature(observed[i]) is var f and >= 0 && scales.Profiles.Index.IsClosedMalware(f) && scales.Profiles.AllUsers(f) == 1)
            {
                return (i, groups[0]);
            }
        }

        return null;
    }

    private static bool Ascribes(EvidenceLine line) => line is EvidenceLine.Behaviour or EvidenceLine.Tooling or EvidenceLine.Infrastructure;

    /// <summary>How easily an observation is left on purpose.</summary>
    public static Spoofability Forging(Observation observation, EvidenceScales scales) => observation.Kind switch
    {
        ObservationKind.WorkingHours => Spoofability.Trivial,
        ObservationKind.Software when scales.Feature(observation) is var f and >= 0 && scales.Profiles.Index.Classes[f] == FeatureClass.Malware =>
            observation.ByName ? Spoofability.Easy
            : scales.Profiles.AllUsers(f) == 1 && scales.Profiles.Index.IsClosedMalware(f) ? Spoofability.Hard : Spoofability.Moderate,
        ObservationKind.Indicator => observation.Contact != IndicatorContact.Met || observation.Indicators.All(static c => c.Shared) ? Spoofability.Easy : Spoofability.Moderate,
        ObservationKind.VictimSector or ObservationKind.VictimCountry => Spoofability.Moderate,
        _ => Spoofability.Easy,
    };
}
