using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier;

/// <summary>All that a dossier is made from, as plain data. The same input gives the same bytes.</summary>
public sealed record DossierInput
{
    /// <summary>The case's name, as its owner gave it.</summary>
    public required string CaseName { get; init; }

    /// <summary>The case's identifier.</summary>
    public required string CaseId { get; init; }

    /// <summary>When the case was created.</summary>
    public required EventTime Created { get; init; }

    /// <summary>The program and its version, such as <c>culprit 0.1.0</c>.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The SHA-256 of the rules that judged the evidence; empty where it is not known.</summary>
    public required string RulesHash { get; init; }

    /// <summary>The last entry's hash in the custody log; empty where there is none.</summary>
    public required string CustodyHead { get; init; }

    /// <summary>The fingerprint of the key that signs the custody log; empty where it is not signed.</summary>
    public required string SignerFingerprint { get; init; }

    /// <summary>What was read, and what was not and why.</summary>
    public required ImmutableArray<DossierSource> Sources { get; init; }

    /// <summary>The incidents, the gravest first.</summary>
    public required ImmutableArray<DossierIncident> Incidents { get; init; }

    /// <summary>What investigators wrote down, in order.</summary>
    public required ImmutableArray<string> Notes { get; init; }

    /// <summary>The kinds of names that stand for others: <c>accounts</c>, <c>hosts</c>, <c>addresses</c>; empty where all names are real.</summary>
    public ImmutableArray<string> Redacted { get; init; } = [];
}

/// <summary>An incident, and which rule made each of its findings.</summary>
/// <param name="Incident">The incident, with its events and story where evidence was read for them.</param>
/// <param name="Findings">
/// The rule of each of <see cref="Incident.Findings"/>, by the finding's number. Where it is empty, techniques are shown
/// without the events that show them.
/// </param>
public sealed record DossierIncident(Incident Incident, ImmutableArray<DossierFinding> Findings)
{
    /// <summary>Who most likely did it, as the case has it; null where it was not assessed.</summary>
    public Assessment? Assessment { get; init; }
}

/// <summary>A finding of an incident.</summary>
/// <param name="Number">As <see cref="IncidentEvent.Findings"/> refers to it.</param>
/// <param name="Rule">The rule that found it.</param>
public sealed record DossierFinding(int Number, RuleInfo Rule);

/// <summary>One source of evidence.</summary>
public sealed record DossierSource
{
    /// <summary>Its path; of an archive's entry <c>archive!/entry</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it is, such as <c>evtx</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The SHA-256 of its bytes; empty where it was not read whole.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Records that were read.</summary>
    public required long Records { get; init; }

    /// <summary>Records that were found but could not be read.</summary>
    public required long RecordsBad { get; init; }

    /// <summary>Records that were recovered from damaged or unused space.</summary>
    public required long RecordsRecovered { get; init; }

    /// <summary>The hosts that its records name.</summary>
    public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>The earliest time of a record.</summary>
    public required EventTime First { get; init; }

    /// <summary>The latest time of a record.</summary>
    public required EventTime Last { get; init; }

    /// <summary>What was assumed about the times of its records; empty when nothing was.</summary>
    public required string TimeAssumption { get; init; }

    /// <summary>Why it, or the rest of it, was not read; empty when it was read to its end.</summary>
    public required string NotReadReason { get; init; }

    /// <summary>What went wrong and where, each as a sentence.</summary>
    public required ImmutableArray<string> Problems { get; init; }
}
