using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Culprit.Cases.Custody;
using Culprit.Cases.Storage;

namespace Culprit.Cases;

/// <summary>
/// A time stamp (RFC 3161) over the head of a case's custody log. The host asks an authority for it; the authority learns nothing but
/// a hash.
/// </summary>
public sealed class CaseTimestamp
{
    private readonly string _folder;
    private readonly int _sequence;
    private readonly string _head;
    private readonly Rfc3161TimestampRequest _request;

    private CaseTimestamp(string folder, int sequence, string head)
    {
        _folder = folder;
        _sequence = sequence;
        _head = head;
        _request = TimeStamp.Request(head);
    }

    /// <summary>What is to be sent to the authority (<c>application/timestamp-query</c>).</summary>
    public ReadOnlyMemory<byte> Query => _request.Encode();

    /// <summary>Begins a time stamp over the case as it is.</summary>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    public static CaseTimestamp Of(string folder)
    {
        using CaseStore store = CaseStore.OpenToRead(folder);
        store.RequireVouchedFor();
        return new CaseTimestamp(folder, store.Log.Entries.Count, store.Log.Head);
    }

    /// <summary>Puts the authority's answer (<c>application/timestamp-reply</c>) into the case.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="authority">The address that gave it.</param>
    /// <param name="actor">Who asked.</param>
    /// <exception cref="CryptographicException">The answer is no time stamp over what was asked for.</exception>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    public void Keep(ReadOnlyMemory<byte> reply, string authority, CaseActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Rfc3161TimestampToken token = _request.ProcessResponse(reply, out _);
        byte[] bytes = token.AsSignedCms().Encode();
        if (TimeStamp.Read(bytes) is not { } read || !TimeStamp.IsOver(read, _head, out string _))
        {
            throw new CryptographicException("the answer is no time stamp over the case");
        }

        using CaseStore store = CaseStore.Open(_folder, CaseDisk.Real);
        using CaseChange change = store.Begin();
        change.Write($"{CaseLayout.Timestamps}{_sequence}.tsr", bytes);
        change.Commit(
            "timestamp", $"Kept a time stamp over entry {_sequence} by {authority}: {read.TokenInfo.Timestamp.UtcDateTime:u}.", actor, store.Header!.Id);
    }
}
