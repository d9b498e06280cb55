using System.Text.Json;
using Culprit.Evidence;
using Culprit.Evtx;
using Culprit.Findings;
using Culprit.Knowledge;
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

    // Code that the runtime has not yet compiled for speed may allocate where compiled code does not, and a busy machine delays
    // that: the least of several runs is what a long run is like.
    private const int Attempts = 10;

    [Fact]
    public void Reading_a_record_stays_within_its_budget()
    {
        byte[] log = SysmonNoise.Log(Records);
        var reader = new EvtxChunkReader(new EvtxLayoutCache(), new EvtxOptions());
        var visitor = new EveryField(new EvtxTextBuffer());

        // The first pass meets templates, grows buffers and warms up; the later ones are what a long run is like.
        Read(reader, log, ref visitor);
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && !IsWithin("read-a-record", allocated); attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(Records, Read(reader, log, ref visitor));
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        AssertWithin("read-a-record", allocated);
    }

    [Fact]
    public void Judging_a_record_that_matches_nothing_stays_within_its_budget() =>
        JudgeWith("judge-a-record-that-matches-nothing", Path.Combine(RepositoryRoot.Path, "rules"));

    [Fact]
    [Trait("needs", "corpus")]
    public void Judging_it_with_every_public_rule_stays_within_the_same_budget()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the public rules lie in ../shared, which is absent");
        JudgeWith("judge-a-record-that-matches-nothing", Path.Combine(RepositoryRoot.Shared, "rules", "sigma"));
    }

    private static void JudgeWith(string budget, string rulesFolder)
    {
        RuleCatalog rules = RuleCatalog.Load(
            [.. Directory.EnumerateFiles(rulesFolder, "*.yml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => new RuleFile(file, File.ReadAllBytes(file)))],
            logSources: null,
            toolVersion: "test",
            cache: null).With(IndicatorSet.BuiltIn);
        string once = Path.Combine(Path.GetTempPath(), $"culprit-budget-{Environment.ProcessId}-1.evtx");
        string twice = Path.Combine(Path.GetTempPath(), $"culprit-budget-{Environment.ProcessId}-2.evtx");
        try
        {
            File.WriteAllBytes(once, SysmonNoise.Log(Records));
            File.WriteAllBytes(twice, SysmonNoise.Log(Records * 2));

            // Twice the records less once the records: what a run allocates whatever its length falls out.
            Judge(rules, once, Records);
            long allocated = long.MaxValue;
            for (int attempt = 0; attempt < Attempts && !IsWithin(budget, allocated); attempt++)
            {
                long shorter = Judge(rules, once, Records);
                allocated = Math.Min(allocated, Judge(rules, twice, Records * 2) - shorter);
            }

            AssertWithin(budget, allocated);
        }
        finally
        {
            File.Delete(once);
            File.Delete(twice);
        }
    }

    private static long Judge(RuleCatalog rules, string file, int records)
    {
        var request = new InvestigationRequest
        {
            Files = EvidenceFiles.Find([file], new EvidenceOptions(), CancellationToken.None),
            Rules = rules,
            Evidence = new EvidenceOptions { Threads = 1 },
        };
        long before = GC.GetTotalAllocatedBytes(precise: true);
        using InvestigationResult result = Investigation.Run(request, progress: null, TestContext.Current.CancellationToken);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(records, result.Coverage.RecordsGood);
        Assert.Empty(result.Findings());
        return allocated;
    }

    private static void AssertWithin(string budget, long allocated) =>
        Assert.True(IsWithin(budget, allocated), $"{budget}: {allocated} bytes for {Records} records; the budget is {Budget(budget)} a record");

    // Whole bytes a record: what a chunk allocates once is shared by its hundred records and must stay below one byte each.
    private static bool IsWithin(string budget, long allocated) => allocated / Records <= Budget(budget);

    private static long Budget(string name)
    {
        using JsonDocument budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "bench", "budgets.json")));
        return budgets.RootElement.GetProperty(name).GetProperty("bytesPerRecord").GetInt64();
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
