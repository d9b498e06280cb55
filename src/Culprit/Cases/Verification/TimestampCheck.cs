using System.Globalization;
using System.Security.Cryptography.Pkcs;
using Culprit.Cases.Custody;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Verification;

/// <summary>Whether each time stamp is over an entry of the custody log.</summary>
internal sealed class TimestampCheck() : VerificationCheck(
    "timestamps", "The time stamps are over this case's custody log",
    "Do not rely on the time that is named; ask the authority that gave the stamp.")
{
    public override bool Applies(VerificationContext context) =>
        context.Log.Files.Keys.Any(static n => n.StartsWith(CaseLayout.Timestamps, StringComparison.Ordinal));

    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        List<string> told = [];
        foreach (string name in context.Log.Files.Keys.Where(static n => n.StartsWith(CaseLayout.Timestamps, StringComparison.Ordinal)))
        {
            string number = name[CaseLayout.Timestamps.Length..].Split('.')[0];
            CustodyEntry? entry = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int sequence)
                ? context.Log.Entries.FirstOrDefault(e => e.Sequence == sequence)
                : null;
            Rfc3161TimestampToken? token = TimeStamp.Read(context.ReadFile(name));
            if (token is null || entry is null || !TimeStamp.IsOver(token, entry.Hash, out string authority))
            {
                findings.Fail($"{name} is no valid time stamp over entry {number}");
                continue;
            }

            told.Add($"entry {number} existed at {token.TokenInfo.Timestamp.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}, says {authority}");
        }

        return (told.Count == 0 ? "None holds" : string.Join("; ", told)) + ". Whether the authority is to be trusted is not checked.";
    }
}
