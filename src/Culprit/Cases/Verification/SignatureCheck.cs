using System.Security.Cryptography;
using System.Text;
using Culprit.Cases.Custody;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Verification;

/// <summary>Whether the case, with its custody log at its full length, is what the key signed, and which other keys the log names.</summary>
internal sealed class SignatureCheck() : VerificationCheck(
    "signature", "The case is what its key signed",
    "Ask the person who keeps the key for a copy of the case, and for the key's fingerprint.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        if (!File.Exists(context.PathOf(CaseLayout.Signature)))
        {
            findings.Fail(Seal.Unsigned);
            return "There is no signature.";
        }

        string pem = context.Request.PublicKey ?? Encoding.UTF8.GetString(context.ReadFile(CaseLayout.SignerKey));
        SignedStatement? statement = Envelope.Verify(context.ReadFile(CaseLayout.Signature), pem, out string keyId, out string problem);
        if (statement is null)
        {
            findings.Fail(problem);
            return $"The key is {keyId}.";
        }

        string custody = Convert.ToHexStringLower(SHA256.HashData(context.ReadFile(CaseLayout.Custody)));
        foreach (string difference in Seal.Differences(statement, keyId, context.Log, custody, CaseHeader.Read(context.ReadFile(CaseLayout.Case)).Id))
        {
            findings.Fail(difference);
        }

        if (context.Request.PublicKey is not null)
        {
            RequireKnown(context.Log, [.. CaseSigner.KeysOf(pem).Select(CaseSigner.IdOf)], findings);
        }

        string whose = context.Request.PublicKey is null ? "the case itself brings; hold its fingerprint against one that you got another way" : "you gave";
        return $"{statement.Files.Count} files and {statement.Entries} entries are signed by the key {keyId}, which {whose}.{Others(context.Log)}";
    }

    // Each signature covers all of the case, and of those before the last nothing is left but the names of their keys: who could sign in
    // between could change all that was there then.
    private static void RequireKnown(CustodyLog log, HashSet<string> known, CheckFindings findings)
    {
        foreach ((string key, int entries, int last) in Seal.Signers(log).Where(s => !known.Contains(s.Key)))
        {
            findings.Fail(
                $"{entries} of the custody log's entries, the last of them {last}, were signed by {Seal.Named(key)}"
                + (key.Length == 0 ? "" : ", which you did not give") + "; whoever wrote them could change what the case held then");
        }
    }

    private static string Others(CustodyLog log)
    {
        string[] signers = [.. Seal.Signers(log).Select(static s => $"{Seal.Named(s.Key)} ({s.Entries}, the last of them {s.Last})")];
        string more = signers.Length > CaseCheck.MaxProblems ? $" and {signers.Length - CaseCheck.MaxProblems} more" : "";
        return signers.Length > 1 ? $" The custody log's entries were signed by {string.Join(", ", signers.Take(CaseCheck.MaxProblems))}{more}." : "";
    }
}
