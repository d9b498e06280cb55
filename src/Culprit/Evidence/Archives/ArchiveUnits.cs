using Culprit.Evidence.Formats;
using Culprit.Evidence.Reading;
using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;

namespace Culprit.Evidence.Archives;

/// <summary>
/// Goes through archives as streams. Each entry is a source of its own; an entry's path is only ever shown, never used to
/// write. The archive itself is hashed like any other source.
/// </summary>
internal sealed class ArchiveUnits(EvidenceRun run, SourceUnits sources)
{
    private const int PrefixSize = 1024;
    private readonly byte[] _scratch = new byte[64 * 1024];

    /// <summary>The units of an archive's entries.</summary>
    public IEnumerable<WorkUnit> Read(string format, SourceStream stream, SourceState state, ArchivePlace place)
    {
        if (place.Depth >= run.Options.MaxArchiveDepth)
        {
            state.NotRead($"an archive within {place.Depth} archives; {run.Options.MaxArchiveDepth} are the limit");
            return [];
        }

        return format switch
        {
            "zip" => Seekable(stream, state, place, new ZipEntries(run, sources).Read),
            "gzip" => Packed(stream, state, place, "gz", static s => new GzipUnpacker(s)),
            "tar" => Rest(new TarEntries(run, sources).Read(stream, state, place, stream), stream),
            "xz" => Packed(stream, state, place, "xz", static s => new LibraryStream(new XZStream(s))),
            "bzip2" => Packed(stream, state, place, "bz2", static s => new LibraryStream(BZip2Stream.Create(
                s, CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: true, tolerateTruncatedStream: false))),
            _ => Seekable(stream, state, place, new LibraryEntries(run, sources).Read),
        };
    }

    // A stream that was packed as a whole: a tar, or a single file.
    private IEnumerable<WorkUnit> Packed(
        SourceStream stream, SourceState state, ArchivePlace place, string suffix, Func<Stream, Stream> unpack)
    {
        Stream? opened = Try(() => LibraryStream.Guard(() => unpack(stream)), state);
        if (opened is null)
        {
            state.Useless(state.NotReadReason);
            yield break;
        }

        var counted = new SourceStream(opened, state, passed: null, place.Budget, state.Source.Length) { Packed = stream };
        using (counted)
        {
            byte[] prefix = new byte[PrefixSize];
            prefix = prefix[..counted.ReadFully(prefix)];
            if (FormatRecognizer.RecognizeBinary(prefix) is { Format: SourceFormat.Archive, Name: "tar" })
            {
                state.Source.Format = "tar." + suffix;
                using var whole = new PrefixedStream(prefix, counted);
                foreach (WorkUnit unit in new TarEntries(run, sources).Read(whole, state, place, counted))
                {
                    yield return unit;
                }
            }
            else if (place.Budget.TryEnter(out string limit))
            {
                string name = state.Source.Path[(state.Source.Path.LastIndexOf('/') + 1)..];
                if (name.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase))
                {
                    name = name[..^(suffix.Length + 1)];
                }

                SourceState entry = run.NewState(EntryOf(state, name, 0));
                var content = new SourceStream(new PrefixedStream(prefix, counted), entry, passed: null);
                foreach (WorkUnit unit in sources.Read(content, entry, place.Inside()))
                {
                    yield return unit;
                }

                if (counted.Failed)
                {
                    entry.NotRead(state.NotReadReason);
                    entry.Source.Sha256 = "";
                }
            }
            else
            {
                state.NotRead("not read further: " + limit);
            }

            // What stands behind the last entry is unpacked too, because only its end shows that the archive is whole.
            counted.Drain(_scratch, run.Stop);
            stream.Drain(_scratch, run.Stop);
        }
    }

    private IEnumerable<WorkUnit> Rest(IEnumerable<WorkUnit> units, SourceStream stream)
    {
        foreach (WorkUnit unit in units)
        {
            yield return unit;
        }

        stream.Drain(_scratch, run.Stop);
    }

    // A format whose directory stands at its end: hashed in one pass, then read by place. Within an archive it is set
    // aside in a temporary file that goes away with the process.
    private IEnumerable<WorkUnit> Seekable(
        SourceStream stream,
        SourceState state,
        ArchivePlace place,
        Func<Stream, SourceState, ArchivePlace, Action<int>?, IEnumerable<WorkUnit>> read)
    {
        Stream? seekable;
        Action<int>? told = null;
        if (place.Reopen is not null)
        {
            stream.StopTelling();
            stream.Drain(_scratch, run.Stop);
            seekable = place.Reopen();
            told = run.CountBytes;
        }
        else
        {
            seekable = SetAside(stream, state);
        }

        if (seekable is null)
        {
            yield break;
        }

        using (seekable)
        {
            if (stream.Failed || run.Stop.IsCancellationRequested)
            {
                yield break;
            }

            foreach (WorkUnit unit in read(seekable, state, place, told))
            {
                yield return unit;
            }
        }
    }

    private FileStream? SetAside(SourceStream stream, SourceState state)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(
                Path.Combine(Path.GetTempPath(), "culprit-" + Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Access = FileAccess.ReadWrite,
                    Mode = FileMode.CreateNew,
                    Share = FileShare.None,
                    Options = FileOptions.DeleteOnClose,
                });
            int read;
            while (!run.Stop.IsCancellationRequested && (read = stream.Read(_scratch)) > 0)
            {
                file.Write(_scratch, 0, read);
                if (file.Length > run.Options.MaxSpooledBytes)
                {
                    state.NotRead($"an archive of more than {run.Options.MaxSpooledBytes} bytes within an archive");
                    file.Dispose();
                    return null;
                }
            }

            file.Position = 0;
            return file;
        }
        catch (Exception e) when (ReadFault.IsFault(e))
        {
            file?.Dispose();
            state.NotRead("cannot be set aside to be unpacked: " + ReadFault.Describe(e));
            return null;
        }
    }

    private static Stream? Try(Func<Stream> open, SourceState state)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (ReadFault.IsFault(e))
        {
            state.NotRead("cannot be unpacked: " + ReadFault.Describe(e));
            return null;
        }
    }

    /// <summary>The source of an entry.</summary>
    internal static EvidenceSource EntryOf(SourceState archive, string name, long length) =>
        new(archive.Source.Path + "!/" + name.Replace('\\', '/').TrimStart('/'), archive.Source)
        {
            Length = Math.Max(0, length),
            Format = "unknown",
        };
}
