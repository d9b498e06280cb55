using System.Collections.Immutable;
using Culprit.Dossier.Model;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Dossier.Attack;

/// <summary>A technique in a column of the matrix.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name; empty where it is not known here.</param>
/// <param name="Seen">Whether a rule names it itself, rather than one of its sub-techniques.</param>
/// <param name="Events">The events that show it itself.</param>
/// <param name="Below">Its sub-techniques that were seen, by identifier.</param>
public sealed record MatrixTechnique(string Id, string Name, bool Seen, ImmutableArray<int> Events, ImmutableArray<MatrixTechnique> Below);

/// <summary>A column of the matrix.</summary>
/// <param name="Tactic">The tactic's name as ATT&amp;CK's URLs spell it.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Techniques">What was seen, by identifier; empty where nothing was.</param>
/// <param name="Findings">How many findings name the tactic.</param>
public sealed record MatrixColumn(string Tactic, string Title, ImmutableArray<MatrixTechnique> Techniques, int Findings);

/// <summary>The ATT&amp;CK matrix with what was seen of it.</summary>
public static class AttackMatrix
{
    private static readonly string[] Always =
    [
        "reconnaissance", "resource-development", "initial-access", "execution", "persistence", "privilege-escalation", "credential-access",
        "discovery", "lateral-movement", "collection", "command-and-control", "exfiltration", "impact",
    ];

    // Newer versions of ATT&CK split defense evasion in two; rules speak in either way.
    internal static readonly string[] Hiding = ["stealth", "defense-evasion", "defense-impairment"];

    /// <summary>The columns in ATT&amp;CK's order, also those in which nothing was seen.</summary>
    public static ImmutableArray<MatrixColumn> Of(Incident incident, Sightings sightings)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(sightings);
        string[] seen = [.. incident.Phases.Select(static phase => phase.Tactic)];
        string[] hiding = [.. Hiding.Intersect(seen, StringComparer.Ordinal)];
        return
        [
            .. Always.Concat(hiding.Length > 0 ? hiding : ["stealth"]).Union(seen, StringComparer.Ordinal)
                .OrderBy(AttackReferences.TacticOrder).ThenBy(static tactic => tactic, StringComparer.Ordinal)
                .Select(tactic => Column(tactic, incident, sightings)),
        ];
    }

    private static MatrixColumn Column(string tactic, Incident incident, Sightings sightings)
    {
        IncidentPhase[] phases = [.. incident.Phases.Where(phase => string.Equals(phase.Tactic, tactic, StringComparison.Ordinal))];
        string[] ids = [.. phases.SelectMany(static phase => phase.Techniques).Distinct(StringComparer.Ordinal).Where(id => BelongsTo(id, tactic, incident))];
        return new MatrixColumn(tactic, AttackReferences.TacticTitle(tactic),
            [.. ids.GroupBy(TechniqueNames.Parent, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(group => One(group.Key, group.Contains(group.Key, StringComparer.Ordinal), sightings,
                    [.. group.Where(id => id != group.Key).Order(StringComparer.Ordinal).Select(id => One(id, seen: true, sightings, []))]))],
            phases.Sum(static phase => phase.FindingCount));
    }

    private static MatrixTechnique One(string id, bool seen, Sightings sightings, ImmutableArray<MatrixTechnique> below) =>
        new(id, TechniqueNames.Of(id), seen, sightings.Exactly(id), below);

    // A rule of two tactics names techniques of both; each stands where ATT&CK lists it, unless it would stand nowhere.
    private static bool BelongsTo(string id, string tactic, Incident incident) =>
        TechniqueNames.Serves(id, tactic) is not false
        || !incident.Phases.Any(phase => phase.Techniques.Contains(id, StringComparer.Ordinal) && TechniqueNames.Serves(id, phase.Tactic) is true);
}
