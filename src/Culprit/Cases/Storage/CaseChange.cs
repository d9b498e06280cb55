using System.Collections.Immutable;
using System.Text;
using Culprit.Cases.Custody;

namespace Culprit.Cases.Storage;

/// <summary>
/// A commit that is being made: its files are written beside the case and take their place together. Until then the case is as it was.
/// </summary>
internal sealed class CaseChange : IDisposable
{
    private readonly CaseStore _store;
    private readonly string _folder;
    private readonly SortedDictionary<string, string?> _files = new(StringComparer.Ordinal);
    private bool _committed;

    public CaseChange(CaseStore store)
    {
        _store = store;
        _folder = CaseLayout.At(store.Folder, CaseLayout.Next);
        store.Disk.CreateFolder(_folder);
    }

    /// <summary>Writes a file of the case.</summary>
    public void Write(string name, Action<Stream> write) => _files[name] = _store.Disk.Write(PathOf(name), write);

    /// <summary>Writes a file of the case.</summary>
    public void Write(string name, byte[] content) => Write(name, output => output.Write(content));

    /// <summary>Where something else is to write a file that <see cref="Adopt"/> then takes.</summary>
    public string PathOf(string name)
    {
        string path = CaseLayout.At(_folder, name);
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            _store.Disk.CreateFolder(folder);
        }

        return path;
    }

    /// <summary>Takes a file that was written to <see cref="PathOf"/>.</summary>
    public void Adopt(string name) => _files[name] = _store.Disk.Adopt(PathOf(name));

    /// <summary>The length in bytes of each file that was written so far below a folder of the case.</summary>
    public ImmutableSortedDictionary<string, long> SizesBelow(params string[] folders) =>
        _files.Where(f => f.Value is not null && Array.Exists(folders, folder => f.Key.StartsWith(folder, StringComparison.Ordinal)))
            .ToImmutableSortedDictionary(static f => f.Key, f => new FileInfo(PathOf(f.Key)).Length, StringComparer.Ordinal);

    /// <summary>Removes a file of the case.</summary>
    public void Delete(string name) => _files[name] = null;

    /// <summary>Signs and commits.</summary>
    /// <param name="action">See <see cref="CustodyEntry.Action"/>.</param>
    /// <param name="detail">What was done, as a sentence.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="caseId">The case.</param>
    public void Commit(string action, string detail, CaseActor actor, string caseId)
    {
        TellOfOtherKey(actor);
        SignerKey(actor.Signer);
        CustodyLog log = _store.Log.With(
            action, detail, _files.ToImmutableSortedDictionary(StringComparer.Ordinal), actor.Signer?.KeyId ?? "", actor);
        CaseDisk disk = _store.Disk;
        string custody = disk.Write(PathOf(CaseLayout.Custody), output => output.Write(log.Bytes));
        List<string> moves = [.. _files.Where(static f => f.Value is not null).Select(static f => f.Key), CaseLayout.Custody];
        List<string> deletes = [.. _files.Where(static f => f.Value is null).Select(static f => f.Key)];
        if (actor.Signer is { } signer)
        {
            var statement = new SignedStatement(log.Files.SetItem(CaseLayout.Custody, custody), caseId, log.Entries.Count, log.Head);
            disk.Write(PathOf(CaseLayout.Signature), output => output.Write(Envelope.Sign(statement, signer)));
            moves.Add(CaseLayout.Signature);
        }
        else
        {
            deletes.Add(CaseLayout.Signature);
        }

        disk.Write(PathOf(CaseLayout.CommitList), new CommitList([.. moves], [.. deletes]).Write);
        disk.MoveFolder(_folder, CaseLayout.At(_store.Folder, CaseLayout.Commit));
        _committed = true;
        CaseStore.Complete(_store.Folder, disk);
        _store.Log = log;
        _store.Reload();
    }

    /// <summary>Forgets what was not committed.</summary>
    public void Dispose()
    {
        if (_committed || !Directory.Exists(_folder))
        {
            return;
        }

        try
        {
            _store.Disk.DeleteFolder(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Opening the case forgets it too.
            return;
        }
    }

    // Signing covers all that is there, what others put there among it.
    private void TellOfOtherKey(CaseActor actor)
    {
        if (actor.Signer is { } signer && _store.Log.Entries is [.., { } last] && last.Signer != signer.KeyId)
        {
            actor.Notice?.Invoke(
                $"the case was last signed by {Seal.Named(last.Signer)}, and is from now on by yours, {signer.KeyId}; "
                + $"make sure that entry {last.Sequence} of its custody log and what stands before it are what you expect");
        }
    }

    private void SignerKey(CaseSigner? signer)
    {
        byte[]? key = signer is null ? null : Encoding.ASCII.GetBytes(signer.PublicKey);
        if (key is null && _store.Has(CaseLayout.SignerKey))
        {
            Delete(CaseLayout.SignerKey);
        }
        else if (key is not null && !(_store.Has(CaseLayout.SignerKey) && _store.Log.Files[CaseLayout.SignerKey] == Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key))))
        {
            Write(CaseLayout.SignerKey, key);
        }
    }
}
