using BenchmarkDotNet.Attributes;
using Culprit.Evtx;
using Culprit.TestSupport;

namespace Culprit.Benchmarks;

/// <summary>One chunk of process creations, about a hundred records, read again and again.</summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private readonly EvtxChunkReader _reader = new(new EvtxLayoutCache(), new EvtxOptions());
    private readonly List<EvtxProblem> _problems = [];
    private byte[] _chunk = [];

    [GlobalSetup]
    public void Setup() =>
        _chunk = SysmonNoise.Log(1_000).AsSpan(EvtxFormat.FileHeaderSize, EvtxFormat.ChunkSize).ToArray();

    [Benchmark(Description = "parse a chunk, look at no field")]
    public int Parse()
    {
        var visitor = default(Nothing);
        return _reader.Read(_chunk, 0, ref visitor, _problems).Good;
    }

    [Benchmark(Description = "parse a chunk, read every value")]
    public long ReadEveryValue()
    {
        Reading.EveryField visitor = _everyField;
        _reader.Read(_chunk, 0, ref visitor, _problems);
        return visitor.Characters;
    }

    private readonly Reading.EveryField _everyField = new();

    private struct Nothing : IEvtxVisitor
    {
        public readonly void Visit(scoped in EvtxRecord record)
        {
        }
    }
}
