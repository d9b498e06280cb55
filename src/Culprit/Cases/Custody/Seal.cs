using Culprit.Cases.Storage;

namespace Culprit.Cases.Custody;

/// <summary>
/// Holds a case's signature against its custody log: what is signed must be the log at its full length, and the files that it names.
/// </summary>
internal static class Seal
{
    /// <summary>What is wrong with a case that nobody signed.</summary>
    public const string Unsigned = "the case is not signed";

    /// <summary>Where a statement and a log differ, each a sentence without its full stop.</summary>
    /// <param name="statement">What was signed.</param>
    /// <param name="keyId">The key that signed it.</param>
    /// <param name="log">The custody log, as far as it is whole.</param>
    /// <param name="custodySha256">SHA-256 of the log's file.</param>
    /// <param name="caseId">The case.</param>
    public static IEnumerable<string> Differences(SignedStatement statement, string keyId, CustodyLog log, string custodySha256, string caseId)
    {
        if (statement.Entries != log.Entries.Count || statement.Head != log.Head)
        {
            yield return $"it signs {statement.Entries} entries of the custody log with the head {statement.Head}; the log has {log.Entries.Count} with the head {log.Head}";
        }

        if (log.Entries.Count > 0 && log.Entries[^1].Signer != keyId)
        {
            yield return $"the key {keyId} signs, and the last entry of the custody log names {Named(log.Entries[^1].Signer)}";
        }

        if (statement.CaseId != caseId)
        {
            yield return $"it signs the case {statement.CaseId}; this is {caseId}";
        }

        foreach ((string name, string hash) in log.Files.Add(CaseLayout.Custody, custodySha256))
        {
            if (statement.Files.GetValueOrDefault(name) != hash)
            {
                yield return $"it does not sign {name} as the custody log has it";
            }
        }

        foreach (string name in statement.Files.Keys.Where(n => n != CaseLayout.Custody && !log.Files.ContainsKey(n)))
        {
            yield return $"it signs {name}, which the custody log does not know";
        }
    }

    /// <summary>The keys that the log names, in the order of their first entries; the name is empty for entries that nobody signed.</summary>
    public static IEnumerable<(string Key, int Entries, int Last)> Signers(CustodyLog log) =>
        log.Entries.GroupBy(static e => e.Signer, StringComparer.Ordinal).Select(static g => (g.Key, g.Count(), g.Last().Sequence));

    /// <summary>A key as a sentence names it.</summary>
    public static string Named(string keyId) => keyId.Length == 0 ? "no key" : $"the key {keyId}";
}
