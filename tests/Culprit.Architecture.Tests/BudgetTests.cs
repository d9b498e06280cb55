using System.Text.Json;
using Culprit.Evtx;
using Culprit.TestSupport;

namespace Culprit.Architecture.Tests;

/// <summary>
/// bench/budgets.json, held: how many bytes a record may allocate. Allocation is counted and not timed, so a machine's
/// mood fails no test. Nothing else runs meanwhile, because the counter of other threads would count too.
/// </summary>
[CollectionDefinition(nameof(BudgetTests), DisableParallelization = true)]
[Collection(nameof(BudgetTests))]
public sealed class BudgetTests
{
    private const int Records = 20_000;

    [Fact]
    public void Reading_a_record_stays_within_its_budget()
    {
        byte[] log = SysmonNoise.Log(Records);
        var reader = new EvtxChunkReader(new EvtxLayoutCache(), new EvtxOptions());
        var visitor = new EveryField(new EvtxTextBuffer());

        // The first pass meets templates, grows buffers and warms up; the second is what a long run is like.
        Read(reader, log, ref visitor);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int read = Read(reader, log, ref visitor);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Records, read);
        AssertWithin("read-a-record", allocated, read);
    }

    /// <summary>Whole bytes a record: what a chunk allocates once is shared by its hundred records and must stay below one byte each.</summary>
    private static void AssertWithin(string budget, long allocated, long records)
    {
        using JsonDocument budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "bench", "budgets.json")));
        long allowed = budgets.RootElement.GetProperty(budget).GetProperty("bytesPerRecord").GetInt64();
        Assert.True(allocated / records <= allowed, $"{budget}: {allocated} bytes for {records} records; the budget is {allowed} a record");
    }

    private static int Read(EvtxChunkReader reader, byte[] log, ref EveryField visitor)
    {
        var problems = new List<EvtxProblem>();
        int good = 0;
        for (int offset = EvtxFormat.FileHeaderSize; offset < log.Length; offset += EvtxFormat.ChunkSize)
        {
            good += reader.Read(log.AsSpan(offset, EvtxFormat.ChunkSize), offset, ref visitor, problems).Good;
        }

        Assert.Empty(problems);
        return good;
    }

    private struct EveryField(EvtxTextBuffer buffer) : IEvtxVisitor
    {
        private long _characters;

        public void Visit(scoped in EvtxRecord record)
        {
            buffer.Reset();
            for (int field = 0; field < record.Layout.Fields.Count; field++)
            {
                for (int index = 0; record.TryGetText(field, index, buffer, out ReadOnlySpan<char> text); index++)
                {
                    _characters += text.Length;
                }
            }
        }
    }
}
