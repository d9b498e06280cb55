using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Incidents;

/// <summary>How much an incident asks for somebody's time, all reasons for and against it weighed.</summary>
public enum IncidentSeverity
{
    /// <summary>Probably ordinary, or too little to say.</summary>
    Low,

    /// <summary>To be looked at when there is time.</summary>
    Medium,

    /// <summary>To be looked at today.</summary>
    High,

    /// <summary>An intrusion in progress or completed, by all that the logs say.</summary>
    Critical,
}

/// <summary>Findings that belong together, and what they come to.</summary>
public sealed record Incident
{
    /// <summary>1 for the gravest; incidents of equal severity and score by time.</summary>
    public required int Number { get; init; }

    /// <summary>The severity.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>The sum of the points of <see cref="Reasons"/>.</summary>
    public required double Score { get; init; }

    /// <summary>What speaks for an intrusion and what against, each with its points; most weighty first.</summary>
    public required ImmutableArray<IncidentReason> Reasons { get; init; }

    /// <summary>The first sign; unknown where no finding has a time.</summary>
    public required EventTime First { get; init; }

    /// <summary>The last sign.</summary>
    public required EventTime Last { get; init; }

    /// <summary>The hosts, in the order of their first sign. The first of them is patient zero, as far as these logs tell.</summary>
    public required ImmutableArray<IncidentHost> Hosts { get; init; }

    /// <summary>The accounts of people and services that acted or were used, without their domains, in the order of their first sign.</summary>
    public required ImmutableArray<IncidentName> Accounts { get; init; }

    /// <summary>The addresses that were seen, in the order of their first sign.</summary>
    public required ImmutableArray<IncidentName> Addresses { get; init; }

    /// <summary>The ATT&amp;CK tactics over time, in the order of their first sign.</summary>
    public required ImmutableArray<IncidentPhase> Phases { get; init; }

    /// <summary>The rules that found something: gravest first, then by first sign.</summary>
    public required ImmutableArray<IncidentRule> Rules { get; init; }

    /// <summary>Through what the findings were joined, and how often; most often first.</summary>
    public required ImmutableArray<IncidentJoin> Joins { get; init; }

    /// <summary>The findings, by their position in the order in which they were added, from 0.</summary>
    public required ImmutableArray<int> Findings { get; init; }

    /// <summary>The events of the findings and those around them, by time. Empty where evidence was not read for them.</summary>
    public ImmutableArray<IncidentEvent> Events { get; init; } = [];

    /// <summary>How many records belong to it and are not in <see cref="Events"/>: there are too many, or their evidence is not at hand.</summary>
    public int RecordsLeftOut { get; init; }

    /// <summary>What happened, told from <see cref="Events"/>; null where evidence was not read for them.</summary>
    public IncidentStory? Story { get; init; }
}

/// <summary>Something that speaks for an intrusion, or against it.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Points">More than 0 where it speaks for an intrusion.</param>
public sealed record IncidentReason(string Text, double Points);

/// <summary>A host of an incident.</summary>
/// <param name="Name">As the records name it; empty where they do not.</param>
/// <param name="First">Its first sign.</param>
/// <param name="Last">Its last sign.</param>
/// <param name="FindingCount">How many findings it has.</param>
public sealed record IncidentHost(string Name, EventTime First, EventTime Last, int FindingCount);

/// <summary>An account or an address of an incident.</summary>
/// <param name="Name">The name.</param>
/// <param name="First">Its first sign.</param>
/// <param name="FindingCount">How many findings it has.</param>
public sealed record IncidentName(string Name, EventTime First, int FindingCount);

/// <summary>One ATT&amp;CK tactic of an incident.</summary>
/// <param name="Tactic">Its name as ATT&amp;CK's URLs spell it.</param>
/// <param name="First">Its first sign.</param>
/// <param name="Last">Its last sign.</param>
/// <param name="Techniques">The techniques of its rules, sorted.</param>
/// <param name="FindingCount">How many findings it has.</param>
public sealed record IncidentPhase(string Tactic, EventTime First, EventTime Last, ImmutableArray<string> Techniques, int FindingCount);

/// <summary>One rule of an incident.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="First">Its first finding in the incident.</param>
/// <param name="FindingCount">How many findings it has there.</param>
public sealed record IncidentRule(RuleInfo Rule, EventTime First, int FindingCount);

/// <summary>Through what findings were joined.</summary>
/// <param name="Through">In words, such as <c>the same process</c>.</param>
/// <param name="Count">How many joins were made through it.</param>
public sealed record IncidentJoin(string Through, int Count);
