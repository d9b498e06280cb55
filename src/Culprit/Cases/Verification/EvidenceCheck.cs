namespace Culprit.Cases.Verification;

/// <summary>Whether the files of evidence are what was read.</summary>
internal sealed class EvidenceCheck() : VerificationCheck(
    "evidence", "The evidence is what was read",
    "Find out who changed the files; take them from a copy and verify with --evidence.")
{
    /// <summary>What to do where evidence is not there.</summary>
    public const string WhereIsIt = "Say where the evidence lies with --evidence PATH.";

    private const string MayReadEvidence = "Verify as a user who may read the evidence.";

    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        EvidenceOnDisk evidence = context.Evidence;
        int equal = 0;
        ILookup<string, CaseEvidence> versions = evidence.Files.ToLookup(static f => f.Path, StringComparer.Ordinal);
        foreach (CaseEvidence file in evidence.Files.Where(static f => f.Sha256.Length > 0))
        {
            if (evidence.LocationOf(file) is not { } location)
            {
                findings.Open($"{file.Path} is not there", WhereIsIt);
            }
            else if (evidence.HashOf(file) == file.Sha256)
            {
                equal++;
            }
            else if (evidence.HashOf(file).Length == 0)
            {
                findings.Open($"{file.Path} ({location}) cannot be read", MayReadEvidence);
            }
            else if (versions[file.Path].Any(v => evidence.HashOf(v) == v.Sha256))
            {
                // A later reading found it changed, and the case has both.
                findings.Open($"{file.Path} was read in an earlier version ({file.Sha256[..16]}) that is not there", WhereIsIt);
            }
            else
            {
                findings.Fail($"{file.Path} ({location}) is not what was read: its SHA-256 was {file.Sha256}");
            }
        }

        int unread = evidence.Files.Count(static f => f.Sha256.Length == 0);
        return $"{equal} of {evidence.Files.Count - unread} files have the SHA-256 that they had" + (unread > 0 ? $"; {unread} could not be read then." : ".");
    }
}
