using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Database;

/// <summary>The one place in which a case makes incidents of what was found.</summary>
internal static class CaseIncidents
{
    /// <summary>The incidents of a result.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="each">Called for each finding, in order.</param>
    public static ImmutableArray<Incident> Of(InvestigationResult result, Action<Finding> each)
    {
        var builder = new IncidentBuilder();
        foreach (Finding finding in result.Findings())
        {
            builder.Add(finding);
            each(finding);
        }

        return builder.Build();
    }
}
