using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>Why an observation says less than it seems to, in a sentence; empty where there is nothing to say.</summary>
internal sealed class ObservationNotes(KnowledgeBase knowledge, EvidenceScales scales)
{
    /// <summary>The note on an observation among those that were made.</summary>
    public string Of(Observation observation, IReadOnlyList<Observation> observed) => observation.Kind switch
    {
        ObservationKind.Technique => OfTechnique(observation, observed),
        ObservationKind.Software => OfSoftware(observation),
        ObservationKind.Vulnerability => scales.Further.AllExploiters(observation.Value) > 1
            ? "Several groups are known to exploit it, and whoever reads of it can: it weighs next to nothing."
            : "Whoever reads of it can exploit it: it weighs next to nothing.",
        ObservationKind.Indicator => OfIndicator(observation, observed),
        _ => "",
    };

    private string OfTechnique(Observation technique, IReadOnlyList<Observation> observed) =>
        technique.Together > 1
            ? $"The same rules show {technique.Together - 1} {(technique.Together == 2 ? "other technique" : "other techniques")} in the same events, so that it counts in part."
        : scales.BroughtBy(technique, observed) is { } software ? $"{software.Name} brings it along, so that both may have one cause."
        : scales.Feature(technique) < 0 ? "The knowledge base does not hold it, so it speaks for no group."
        : scales.IsSeldomNamedWhole(technique) ? "Reports name its parts, and few the whole, so that what a rule calls the whole is weighed for nobody: the part, where it can be told, says more."
        : Enumerable.Range(0, scales.Profiles.Profiles.Length).Any(g => !scales.CanSpeak(g, technique) && scales.KnowsPartOf(g, technique))
            ? "Groups that are known for a part of it alone are not known for the whole: the part, where it can be told, says more."
        : "";

    private static string OfIndicator(Observation indicator, IReadOnlyList<Observation> observed) =>
        indicator.OfVictim ? "It lies in the registered domain of a computer of the case, so that it is the victim's own: it says nothing of who attacked it and weighs nothing."
        : indicator.Indicators.All(static c => c.GroupIds.IsEmpty) ? "The list names no group of the knowledge base, so it speaks for none."
        : indicator.Indicators.Any(static c => c.Shared) ? "Many unrelated people use this infrastructure, so that it is capped."
        : indicator.Contact == IndicatorContact.Sent ? "It stands only in what anybody can send, so that it says next to nothing."
        : indicator.Contact == IndicatorContact.Written ? "It stands only in what somebody ran or wrote: nothing shows that it was spoken to, so that it is capped."
        : OneWith(indicator, observed) is > 0 and var others
            ? $"{(others == 1 ? "Another" : $"{others} others")} of the same registered domain or address {(others == 1 ? "was" : "were")} observed: together they count as the strongest of them."
        : indicator.Indicators.Any(static c => c.Year is null) ? $"Its report has no date; it is taken for {ProfileSet.UndatedAge} years old."
        : "";

    private static int OneWith(Observation indicator, IReadOnlyList<Observation> observed) =>
        IndicatorClusters.KeyOf(indicator) is { Length: > 0 } key ? observed.Count(o => IndicatorClusters.KeyOf(o) == key && o.Value != indicator.Value) : 0;

    private string OfSoftware(Observation software)
    {
        if (software.NewMalware)
        {
            return "No group is known for it, which speaks against those of whom much is known.";
        }

        if (scales.Feature(software) < 0)
        {
            return "The knowledge base does not hold it, so it speaks for no group.";
        }

        SoftwareKind? kind = knowledge.SoftwareOf(software.Value)?.Kind;
        return kind == SoftwareKind.Commodity || OfferedMalware.Has(software.Value) ? "It is sold, rented, given away or used by many, so that it is nobody's own."
            : kind == SoftwareKind.Malware && software.Tentative
                ? $"One thing that happened, by a rule or a name, says so, so that it is capped at odds of {EvidenceScales.TentativeOdds} to 1 and taken for easily forged."
            : kind == SoftwareKind.Malware && software.ByName ? "Rules and names alone say so, which whoever types a command can bring about: it is taken for easily forged."
            : scales.IsThinOnly(software) ? "It weighs for no group: of those that are known for it, too little is published."
            : "";
    }
}
