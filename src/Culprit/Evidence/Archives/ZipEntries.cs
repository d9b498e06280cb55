using System.IO.Compression;
using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Archives;

/// <summary>The entries of a zip archive.</summary>
internal sealed class ZipEntries(EvidenceRun run, SourceUnits sources)
{
    /// <summary>The units of all entries.</summary>
    /// <param name="stream">The archive; can seek.</param>
    /// <param name="state">The archive's state.</param>
    /// <param name="place">Where the archive stands.</param>
    /// <param name="told">Told of packed bytes as they are done with; may be null.</param>
    public IEnumerable<WorkUnit> Read(Stream stream, SourceState state, ArchivePlace place, Action<int>? told)
    {
        ZipArchive? archive = null;
        IReadOnlyList<ZipArchiveEntry> entries = [];
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            entries = archive.Entries;
        }
        catch (Exception e) when (ReadFault.IsFault(e))
        {
            state.Useless("cannot be unpacked: " + ReadFault.Describe(e));
            archive?.Dispose();
            yield break;
        }

        using (archive)
        {
            foreach (ZipArchiveEntry entry in entries)
            {
                if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\'))
                {
                    continue;
                }

                if (!place.Budget.TryEnter(out string limit))
                {
                    state.NotRead("not read further: " + limit);
                    yield break;
                }

                SourceState entryState = run.NewState(ArchiveUnits.EntryOf(state, entry.FullName, entry.Length));
                if (Open(entry, entryState) is { } content)
                {
                    var source = new SourceStream(content, entryState, Share(entry, told), place.Budget, entry.CompressedLength)
                    {
                        ExpectedCrc = entry.Crc32,
                    };
                    foreach (WorkUnit unit in sources.Read(source, entryState, place.Inside()))
                    {
                        yield return unit;
                    }
                }
            }
        }
    }

    private static Stream? Open(ZipArchiveEntry entry, SourceState state)
    {
        if (entry.IsEncrypted)
        {
            state.NotRead("encrypted: a password is needed");
            return null;
        }

        try
        {
            return entry.Open();
        }
        catch (Exception e) when (ReadFault.IsFault(e) || e is NotSupportedException)
        {
            state.NotRead("cannot be unpacked: " + ReadFault.Describe(e));
            return null;
        }
    }

    // Progress is told in packed bytes: of what passes unpacked, the entry's share.
    private static Action<int>? Share(ZipArchiveEntry entry, Action<int>? told)
    {
        if (told is null || entry.Length <= 0)
        {
            return null;
        }

        double share = (double)entry.CompressedLength / entry.Length;
        return bytes => told((int)(bytes * share));
    }
}
