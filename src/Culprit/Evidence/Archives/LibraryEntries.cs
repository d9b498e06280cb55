using Culprit.Evidence.Reading;
using SharpCompress.Archives;
using SharpCompress.Archives.Rar;
using SharpCompress.Archives.SevenZip;
using SharpCompress.Common;
using SharpCompress.Readers;

namespace Culprit.Evidence.Archives;

/// <summary>The entries of archives that SharpCompress reads: 7z and RAR.</summary>
internal sealed class LibraryEntries(EvidenceRun run, SourceUnits sources)
{
    /// <summary>The units of all entries, in the archive's order: entries may be packed as one stream.</summary>
    public IEnumerable<WorkUnit> Read(Stream stream, SourceState state, ArchivePlace place, Action<int>? told)
    {
        _ = told;
        if (Try(() => Open(stream, state.Source.Format), state, "cannot be unpacked") is not { } archive)
        {
            state.Useless(state.NotReadReason);
            yield break;
        }

        using (archive)
        {
            if (Try(archive.ExtractAllEntries, state, "cannot be unpacked") is not { } reader)
            {
                yield break;
            }

            while (!run.Stop.IsCancellationRequested && Next(reader, state))
            {
                IEntry entry = reader.Entry;
                if (entry.IsDirectory)
                {
                    continue;
                }

                if (!place.Budget.TryEnter(out string limit))
                {
                    state.NotRead("not read further: " + limit);
                    yield break;
                }

                SourceState entryState = run.NewState(ArchiveUnits.EntryOf(state, entry.Key ?? "", entry.Size));
                if (entry.IsEncrypted)
                {
                    entryState.NotRead("encrypted: a password is needed");
                }
                else if (Try(reader.OpenEntryStream, entryState, "cannot be unpacked") is { } content)
                {
                    var source = new SourceStream(
                        new LibraryStream(content), entryState, passed: null, place.Budget, Math.Max(entry.CompressedSize, 0));
                    foreach (WorkUnit unit in sources.Read(source, entryState, place.Inside()))
                    {
                        yield return unit;
                    }
                }
            }
        }
    }

    private static IArchive Open(Stream stream, string format)
    {
        ReaderOptions options = new() { LeaveStreamOpen = true };
        return format == "7z" ? SevenZipArchive.OpenArchive(stream, options) : RarArchive.OpenArchive(stream, options);
    }

    private static bool Next(IReader reader, SourceState state) =>
        Try(() => reader.MoveToNextEntry() ? reader : null, state, "cannot be unpacked from here on") is not null;

    private static T? Try<T>(Func<T?> call, SourceState state, string what)
        where T : class
    {
        try
        {
            return LibraryStream.Guard(call);
        }
        catch (Exception e) when (ReadFault.IsFault(e))
        {
            state.NotRead(what + ": " + ReadFault.Describe(e));
            return null;
        }
    }
}
