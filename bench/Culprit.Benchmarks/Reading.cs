using System.Diagnostics;
using System.Globalization;
using Culprit.Evtx;

namespace Culprit.Benchmarks;

/// <summary>
/// Reads event logs on one thread and nothing else: every value of every System, EventData and UserData field of every
/// record as text, through the view. What judging costs is measured against this.
/// </summary>
internal static class Reading
{
    public static int Run(IEnumerable<string> paths)
    {
        var cache = new EvtxLayoutCache();
        var options = new EvtxOptions();
        var reader = new EvtxChunkReader(cache, options);
        var visitor = new EveryField();
        var problems = new List<EvtxProblem>();
        byte[] buffer = new byte[EvtxFormat.ChunkSize];
        long used = 0, bytes = 0, good = 0, bad = 0, allocatedReading = 0;
        long started = Stopwatch.GetTimestamp();
        foreach (string file in paths.SelectMany(Files))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            bytes += stream.Length;
            var units = new EvtxStreamReader(stream);
            while (units.TryReadUnit(buffer, out EvtxUnit unit))
            {
                if (unit.Kind is not (EvtxUnitKind.Chunk or EvtxUnitKind.Damaged))
                {
                    continue;
                }

                used += unit.Length;
                long before = GC.GetAllocatedBytesForCurrentThread();
                EvtxChunkResult result = reader.Read(buffer.AsSpan(0, unit.Length), unit.Offset, ref visitor, problems);
                allocatedReading += GC.GetAllocatedBytesForCurrentThread() - before;
                good += result.Good;
                bad += result.Bad;
            }

            problems.Clear();
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"records={good} bad={bad} values={visitor.Values} characters={visitor.Characters} bytes={bytes} used={used} seconds={seconds:F3} rate={good / seconds:F0} allocated={allocatedReading / Math.Max(1.0, good):F2}"));
        return 0;
    }

    /// <summary>The event logs below a folder, or the file itself.</summary>
    public static IEnumerable<string> Files(string path) =>
        Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [path];

    /// <summary>Asks for every value of every field, and keeps their number and length so that no call can be left out.</summary>
    internal struct EveryField() : IEvtxVisitor
    {
        private readonly EvtxTextBuffer _buffer = new();

        public long Values;
        public long Characters;

        public void Visit(scoped in EvtxRecord record)
        {
            _buffer.Reset();
            int fields = record.Layout.Fields.Count;
            for (int field = 0; field < fields; field++)
            {
                for (int index = 0; record.TryGetText(field, index, _buffer, out ReadOnlySpan<char> text); index++)
                {
                    Values++;
                    Characters += text.Length;
                }
            }
        }
    }
}
