namespace Culprit.Cases.Verification;

/// <summary>Whether the custody log is a chain, each entry of which follows from the one before.</summary>
internal sealed class CustodyCheck() : VerificationCheck(
    "custody", "The custody log is unbroken",
    "Do not rely on what the log says from that line on; compare the case with a copy whose head hash you noted.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        if (context.LogProblem.Length > 0)
        {
            findings.Fail(context.LogProblem);
        }

        return $"{context.Log.Entries.Count} entries follow from one another; the head is {context.Log.Head}.";
    }
}
