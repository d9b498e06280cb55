using Culprit.Cases.Storage;
using Culprit.Cases.Verification;

namespace Culprit.Cases;

/// <summary>Says whether a case holds up, check by check. Nothing in the case or in the evidence is changed.</summary>
public static class CaseVerifier
{
    // What one check finds wrong keeps no other from being made. A check of the sentences of a dossier is one more line here.
    private static readonly VerificationCheck[] Checks =
    [
        new CustodyCheck(), new FilesCheck(), new SignatureCheck(), new TimestampCheck(), new ManifestCheck(), new EvidenceCheck(), new CitationCheck(),
        new StatementCheck(), new AttributionCheck(), new ReplayCheck(),
    ];

    /// <summary>Makes every check that applies, in one order.</summary>
    /// <param name="request">What is verified, and against what.</param>
    /// <param name="stop">Ends the run.</param>
    /// <exception cref="CaseException">The folder holds no case, or another program works on it.</exception>
    /// <exception cref="IOException">The case cannot be kept from being changed meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">The case may not be kept from being changed meanwhile.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public static IEnumerable<CaseCheck> Verify(VerifyRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Run(request, stop);
    }

    private static IEnumerable<CaseCheck> Run(VerifyRequest request, CancellationToken stop)
    {
        using IDisposable? gate = CaseStore.LockToRead(request.Folder);
        using var context = new VerificationContext(request, stop);
        foreach (VerificationCheck check in Checks)
        {
            stop.ThrowIfCancellationRequested();
            if (check.Make(context) is { } made)
            {
                yield return made;
            }
        }
    }
}
