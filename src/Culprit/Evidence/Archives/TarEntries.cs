using System.Formats.Tar;
using Culprit.Evidence.Reading;

namespace Culprit.Evidence.Archives;

/// <summary>The entries of a tar archive, in one pass.</summary>
internal sealed class TarEntries(EvidenceRun run, SourceUnits sources)
{
    /// <summary>The units of all entries.</summary>
    /// <param name="stream">The tar's bytes.</param>
    /// <param name="state">The archive's state.</param>
    /// <param name="place">Where the archive stands.</param>
    /// <param name="counted">The stream that knows whether the bytes ended early.</param>
    public IEnumerable<WorkUnit> Read(Stream stream, SourceState state, ArchivePlace place, SourceStream counted)
    {
        using var tar = new TarReader(stream, leaveOpen: true);
        while (!run.Stop.IsCancellationRequested && Next(tar, state, counted) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            if (!place.Budget.TryEnter(out string limit))
            {
                state.NotRead("not read further: " + limit);
                yield break;
            }

            SourceState entryState = run.NewState(ArchiveUnits.EntryOf(state, entry.Name, entry.Length));
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile))
            {
                entryState.Source.Length = 0;
                entryState.NotRead("not a file: " + entry.EntryType);
                continue;
            }

            var content = new SourceStream(entry.DataStream ?? Stream.Null, entryState, passed: null);
            foreach (WorkUnit unit in sources.Read(content, entryState, place.Inside()))
            {
                yield return unit;
            }
        }
    }

    private static TarEntry? Next(TarReader tar, SourceState state, SourceStream counted)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception e) when (ReadFault.IsFault(e) || e is FormatException or ArgumentException or NotSupportedException)
        {
            // Where the bytes ended early, that has been told already.
            if (!counted.Failed)
            {
                string reason = "cannot be unpacked from here on: " + ReadFault.Describe(e);
                state.AddProblem(counted.Taken, reason);
                state.NotRead(reason);
            }

            return null;
        }
    }
}
