using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Knowledge;

namespace Culprit.Cases;

/// <summary>What of a case is to be verified, and against what.</summary>
public sealed record VerifyRequest
{
    /// <summary>The case's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>A folder or file in which the evidence is looked for; null looks where it was read.</summary>
    public string? EvidenceRoot { get; init; }

    /// <summary>
    /// The public keys, in PEM, by one of which the case and each entry of its custody log must be signed; null takes the one in the case,
    /// which proves less.
    /// </summary>
    public string? PublicKey { get; init; }

    /// <summary>The rules by which all evidence is judged again; null judges nothing.</summary>
    public RuleCatalog? Replay { get; init; }

    /// <summary>The knowledge by which the case's assessments are made again; null for what ships with the program.</summary>
    public KnowledgeBase? Knowledge { get; init; }

    /// <summary>The program and its version.</summary>
    public required string Tool { get; init; }

    /// <summary>How evidence is read.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>Where findings of a replay go past a memory budget; see <see cref="InvestigationRequest.CreateSpill"/>.</summary>
    public Func<Stream>? CreateSpill { get; init; }
}
