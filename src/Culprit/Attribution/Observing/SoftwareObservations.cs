using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>Malware and tools: by what rules say and find, by what antivirus calls what it found, and by names of files.</summary>
internal static class SoftwareObservations
{
    /// <summary>Adds them.</summary>
    public static void Add(ObservationTally tally, IncidentSigns signs, KnowledgeBase knowledge, ObservationRemarks remarks, CancellationToken stop)
    {
        foreach (SoftwareClaim claim in new SoftwareClaims(signs, knowledge, stop).Read(remarks))
        {
            Add(tally, claim.Software, ObservationTally.ByRule(claim.Rule.Title), claim.Events, [claim.Finding]);
        }

        Threats(tally, signs.Incident, knowledge, stop);
        foreach (IncidentEvent one in signs.Incident.Events)
        {
            stop.ThrowIfCancellationRequested();
            foreach (string file in ProgramFiles.Of(one))
            {
                if (SoftwareNames.OfFile(file, knowledge) is { } tool)
                {
                    Add(tally, tool, ObservationBasis.OfFileName + file.ToLowerInvariant(), [one.Number], one.Findings);
                }
            }
        }
    }

    // Variants are names that whoever makes the files brings about: those of one family are one thing that antivirus says.
    private static void Threats(ObservationTally tally, Incident incident, KnowledgeBase knowledge, CancellationToken stop)
    {
        foreach (var family in incident.Events.Select(static e => (Event: e, Threat: ThreatNames.In(e))).Where(static t => t.Threat.Length > 0)
            .Select(t => (t.Event, t.Threat, Meaning: Meaning(t.Threat))).Where(static t => t.Meaning.Only is not null)
            .GroupBy(static t => t.Meaning.Only!.Id, StringComparer.Ordinal))
        {
            (IncidentEvent _, string threat, ThreatMeaning meaning) = family.First();
            int others = family.Select(static t => t.Threat).Distinct(StringComparer.Ordinal).Count() - 1;
            string basis = (family.All(static t => t.Meaning.IsGuess) ? ObservationBasis.OfGuess : ObservationBasis.OfAntivirus) + threat
                + (others == 0 ? "" : others == 1 ? " and one other name of it" : $" and {others} other names of it");
            Add(tally, meaning.Only!, basis, family.Select(static t => t.Event.Number), family.SelectMany(static t => t.Event.Findings));
        }

        ThreatMeaning Meaning(string threat)
        {
            stop.ThrowIfCancellationRequested();
            return ThreatNames.Meaning(threat, knowledge);
        }
    }

    private static void Add(ObservationTally tally, KnownSoftware software, string basis, IEnumerable<int> events, IEnumerable<int> findings) =>
        tally.Add(ObservationKind.Software, software.Id, software.Name, basis, events, findings);
}
