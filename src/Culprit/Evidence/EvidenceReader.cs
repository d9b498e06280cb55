using Culprit.Evidence.Reading;
using Culprit.Primitives;

namespace Culprit.Evidence;

/// <summary>
/// Reads evidence: finds the files, recognises each by its content, hashes it as it is read, hands its records to the
/// sinks and says what could not be read. Evidence is opened for reading only.
/// </summary>
/// <param name="options">How to read, and the limits.</param>
public sealed class EvidenceReader(EvidenceOptions options)
{
    /// <summary>
    /// Reads everything below the paths. What cannot be read is in the coverage; nothing is thrown for it. An exception
    /// of a sink ends the run and is thrown.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="createSink">Called once for each worker, on the caller's thread, before anything is read.</param>
    /// <param name="progress">Told every few megabytes, by one worker at a time; may be null.</param>
    /// <param name="stop">Ends the run early; what was read until then is complete and told.</param>
    public Coverage Read(
        IReadOnlyList<string> paths,
        Func<IRecordSink> createSink,
        IProgress<EvidenceProgress>? progress,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Read(EvidenceFiles.Find(paths, options, stop), createSink, progress, stop);
    }

    /// <summary>Reads files that were looked for before, as the other overload does.</summary>
    /// <param name="files">The files.</param>
    /// <param name="createSink">Called once for each worker, on the caller's thread, before anything is read.</param>
    /// <param name="progress">Told every few megabytes, by one worker at a time; may be null.</param>
    /// <param name="stop">Ends the run early; what was read until then is complete and told.</param>
    public Coverage Read(
        EvidenceFiles files,
        Func<IRecordSink> createSink,
        IProgress<EvidenceProgress>? progress,
        CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(createSink);

        using var run = new EvidenceRun(options, files.Found, progress, stop);
        Worker[] workers = [.. Enumerable.Range(0, Math.Clamp(options.Threads, 1, 1024)).Select(_ => new Worker(run, createSink()))];
        Thread[] threads = [.. workers.Skip(1).Select(static (worker, i) => new Thread(worker.Work) { IsBackground = true, Name = "evidence " + (i + 1) })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        workers[0].Work();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return run.Complete();
    }
}
