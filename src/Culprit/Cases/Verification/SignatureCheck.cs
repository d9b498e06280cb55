using System.Security.Cryptography;
using System.Text;
using Culprit.Cases.Custody;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Verification;

/// <summary>Whether the case, with its custody log at its full length, is what the key signed.</summary>
internal sealed class SignatureCheck() : VerificationCheck(
    "signature", "The case is what its key signed",
    "Ask the person who keeps the key for a copy of the case, and for the key's fingerprint.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        if (!File.Exists(context.PathOf(CaseLayout.Signature)))
        {
            findings.Fail("the case is not signed");
            return "There is no signature.";
        }

        string pem = context.Request.PublicKey ?? Encoding.UTF8.GetString(context.ReadFile(CaseLayout.SignerKey));
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        SignedStatement? statement = Envelope.Verify(context.ReadFile(CaseLayout.Signature), key, out string problem);
        if (statement is null)
        {
            findings.Fail(problem);
            return $"The key is {CaseSigner.IdOf(key)}.";
        }

        if (statement.Entries != context.Log.Entries.Count || statement.Head != context.Log.Head)
        {
            findings.Fail($"it signs {statement.Entries} entries of the custody log with the head {statement.Head}; the log has {context.Log.Entries.Count} with the head {context.Log.Head}");
        }

        CaseHeader header = CaseHeader.Read(context.ReadFile(CaseLayout.Case));
        if (statement.CaseId != header.Id)
        {
            findings.Fail($"it signs the case {statement.CaseId}; this is {header.Id}");
        }

        string custody = Convert.ToHexStringLower(SHA256.HashData(context.ReadFile(CaseLayout.Custody)));
        foreach ((string name, string hash) in context.Log.Files.Add(CaseLayout.Custody, custody))
        {
            if (statement.Files.GetValueOrDefault(name) != hash)
            {
                findings.Fail($"it does not sign {name} as the custody log has it");
            }
        }

        foreach (string name in statement.Files.Keys.Where(n => n != CaseLayout.Custody && !context.Log.Files.ContainsKey(n)))
        {
            findings.Fail($"it signs {name}, which the custody log does not know");
        }

        string whose = context.Request.PublicKey is null ? "the case itself brings; hold its fingerprint against one that you got another way" : "you gave";
        return $"{statement.Files.Count} files and {statement.Entries} entries are signed by the key {CaseSigner.IdOf(key)}, which {whose}.";
    }
}
