using Culprit.Evidence.Archives;
using Culprit.Evidence.Discovery;
using Culprit.Evidence.Formats;
using Culprit.Evidence.Formats.Evtx;
using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Formats.WebLogs;
using Culprit.Evidence.Formats.WindowsJson;

namespace Culprit.Evidence.Reading;

/// <summary>Turns a file into units of work: opens it, recognises it by its content, goes into archives.</summary>
internal sealed class SourceUnits(EvidenceRun run)
{
    /// <summary>The units of a file. What cannot be read is told to the source's state.</summary>
    public IEnumerable<WorkUnit> Read(FoundFile file)
    {
        var source = new EvidenceSource(file.Path, container: null) { Length = file.Length, Format = "unknown" };
        SourceState state = run.NewState(source);
        if (file.Problem.Length > 0)
        {
            state.NotRead(file.Problem);
            yield break;
        }

        // Nothing is opened to see that it is empty: a named pipe has no length either, and would block.
        if (file.Length == 0)
        {
            source.Format = "empty";
            source.Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([]));
            yield break;
        }

        if (Open(file.FullPath, state) is not { } inner)
        {
            yield break;
        }

        var stream = new SourceStream(inner, state, run.CountBytes);
        var place = new ArchivePlace(0, new ArchiveBudget(run.Options), () => Open(file.FullPath, state));
        foreach (WorkUnit unit in Read(stream, state, place))
        {
            yield return unit;
        }
    }

    /// <summary>The units of a source, whose stream is closed afterwards.</summary>
    public IEnumerable<WorkUnit> Read(SourceStream stream, SourceState state, ArchivePlace place)
    {
        using (stream)
        {
            bool finished = false;
            try
            {
                foreach (WorkUnit unit in ByFormat(stream, state, place))
                {
                    yield return unit;
                }

                finished = true;
            }
            finally
            {
                stream.Complete();
                if (!finished || run.Stop.IsCancellationRequested)
                {
                    if (state.Source.Sha256.Length == 0)
                    {
                        state.NotRead("the run was stopped before its end");
                    }
                }
            }
        }
    }

    /// <summary>Opens a file for reading only, leaving others free to write, rename and delete it.</summary>
    private Stream? Open(string path, SourceState state)
    {
        try
        {
            Stream stream = run.Options.OpenFile is { } open ? open(path) : new FileStream(path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Mode = FileMode.Open,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            });
            state.Source.Length = Math.Max(state.Source.Length, stream.CanSeek ? stream.Length : 0);
            return stream;
        }
        catch (Exception e) when (ReadFault.IsFault(e))
        {
            state.NotRead("cannot be opened: " + ReadFault.Describe(e));
            return null;
        }
    }

    private static Recognition Recognize(SourceStream stream)
    {
        try
        {
            Recognition found = FormatRecognizer.RecognizeBinary(stream.Peek(SourceStream.MagicSize));
            return found.Format == SourceFormat.Unknown
                ? FormatRecognizer.RecognizeText(stream.Peek(SourceStream.HeadSize))
                : found;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Evidence that finds a fault in a recogniser costs the source, which is told, and not the run.
            return new Recognition(SourceFormat.Unknown, "unknown", "cannot be recognised: " + ReadFault.Describe(e));
        }
    }

    private IEnumerable<WorkUnit> ByFormat(SourceStream stream, SourceState state, ArchivePlace place)
    {
        Recognition found = Recognize(stream);
        state.Source.Format = found.Name;
        state.Encoding = found.Encoding;
        IEnumerable<WorkUnit> units;
        switch (found.Format)
        {
            case SourceFormat.Evtx:
                units = EvtxUnits.Read(stream, state, run);
                break;
            case SourceFormat.WindowsJsonLines:
                units = LineUnits.Read(stream, state, run, UnitKind.JsonLines, tracker: null);
                break;
            case SourceFormat.WindowsJsonObjects:
                units = JsonObjectUnits.Read(stream, state, run);
                break;
            case SourceFormat.W3c:
                units = LineUnits.Read(stream, state, run, UnitKind.W3c, new W3cTracker());
                break;
            case SourceFormat.Ncsa:
                units = LineUnits.Read(stream, state, run, UnitKind.Ncsa, tracker: null);
                break;
            case SourceFormat.Archive:
                units = new ArchiveUnits(run, this).Read(found.Name, stream, state, place);
                break;
            case SourceFormat.Empty:
                yield break;
            default:
                state.NotRead(found.Reason);
                yield break;
        }

        try
        {
            foreach (WorkUnit unit in units)
            {
                yield return unit;
            }
        }
        finally
        {
            state.BytesRead = state.IsUseless ? 0 : stream.Taken - stream.Waiting;
        }
    }
}
