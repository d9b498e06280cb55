using System.Collections.Immutable;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>What carries one explanation: which lines of evidence speak for it, and how hard they are to forge.</summary>
/// <param name="Lines">Lines that speak for it, in their order.</param>
/// <param name="Ascribing">Those of them that can tell one group from another: not the way in, the victim or the hours, which many share.</param>
/// <param name="Independent">
/// Those that need causes of their own: behaviour that observed software brings along is none beside it, nor are files beside the infrastructure that
/// the same lists hold.
/// </param>
/// <param name="HardLines">Those of the ascribing ones with an observation that is hard to forge and speaks for it.</param>
/// <param name="SolidLines">Those of the ascribing ones with one that takes more than imitation.</param>
/// <param name="Brought">Whether its techniques say nothing that its software does not bring along.</param>
/// <param name="OfSameLists">Whether files and infrastructure speak for it that the same lists hold, and neither does without the other.</param>
/// <param name="Listed">Whether indicators speak for it that were met and not only mentioned; names of files, which anybody can give, are none.</param>
/// <param name="Contested">Whether something that is hard to forge speaks for another group and not for this one.</param>
/// <param name="Several">
/// Whether enough techniques and pieces of software speak for it to name it: what says next to nothing completes no three signs, so that beyond the two strongest
/// the others must speak too, unless two pieces of malware that take more than imitation do.
/// </param>
internal sealed record Support(
    ImmutableArray<EvidenceLine> Lines,
    ImmutableArray<EvidenceLine> Ascribing,
    ImmutableArray<EvidenceLine> Independent,
    ImmutableArray<EvidenceLine> HardLines,
    ImmutableArray<EvidenceLine> SolidLines,
    bool Brought,
    bool OfSameLists,
    bool Listed,
    bool Contested,
    bool Several)
{
    /// <summary>Less than this says next to nothing: e to the 0.5 is odds of 5 to 3.</summary>
    public const double Speaks = 0.5;

    /// <summary>What carries group <paramref name="explanation"/>: what speaks for it both against the average explanation and against the average group.</summary>
    public static Support Of(Balance balance, int explanation, IReadOnlyList<Observation> observed, EvidenceScales scales) =>
        new SupportReader(balance, explanation, observed, scales).Read();

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
            if (groups.Length > 0 && scales.Feature(observed[i]) is var f and >= 0 && scales.Profiles.IsOfOneGroup(f))
            {
                return (i, groups[0]);
            }
        }

        return null;
    }

    /// <summary>How easily an observation is left on purpose.</summary>
    public static Spoofability Forging(Observation observation, EvidenceScales scales) => observation.Kind switch
    {
        ObservationKind.WorkingHours => Spoofability.Trivial,
        ObservationKind.Software when scales.Feature(observation) is var f and >= 0 && scales.Profiles.Index.Classes[f] == FeatureClass.Malware =>
            observation.ByName || !scales.IsOwn(observation) || scales.Profiles.AllUsers(f) > AssessmentBuilder.MostOwners ? Spoofability.Easy
            : scales.Profiles.AllUsers(f) == 1 ? Spoofability.Hard : Spoofability.Moderate,
        ObservationKind.Indicator => observation.Contact != IndicatorContact.Met || EvidenceLines.IsFileName(observation) || observation.Indicators.All(static c => c.Shared)
            ? Spoofability.Easy : Spoofability.Moderate,
        ObservationKind.VictimSector or ObservationKind.VictimCountry => Spoofability.Moderate,
        _ => Spoofability.Easy,
    };
}
