using Culprit.Incidents;

namespace Culprit.Attribution;

/// <summary>How likely it is that an incident was an intrusion, in words of the yardstick.</summary>
public static class IncidentLikelihood
{
    /// <summary>
    /// The severity is the sum of what speaks for an intrusion and against it; where something ordinary explains a part, the weaker word is used.
    /// docs/dossier.md gives the rules.
    /// </summary>
    public static Likelihood Of(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        bool doubt = incident.Reasons.Any(static reason => reason.Points < 0) || (incident.Story?.Benign ?? []).Any(static other => !other.For.IsEmpty);
        return incident.Severity switch
        {
            IncidentSeverity.Critical => doubt ? Likelihood.HighlyLikely : Likelihood.AlmostCertain,
            IncidentSeverity.High => doubt ? Likelihood.Likely : Likelihood.HighlyLikely,
            IncidentSeverity.Medium => Likelihood.RealisticPossibility,
            _ => Likelihood.Unlikely,
        };
    }
}
