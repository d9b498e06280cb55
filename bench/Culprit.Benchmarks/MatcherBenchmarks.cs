using BenchmarkDotNet.Attributes;
using Culprit.Evtx;
using Culprit.Sigma;
using Culprit.Sigma.Semantics;
using Culprit.TestSupport;

namespace Culprit.Benchmarks;

/// <summary>A hundred process creations that match nothing, judged by rule sets of several sizes.</summary>
/// <remarks>The rules are those of <c>CULPRIT_RULES</c>, or of ../shared/rules/sigma beside the repository.</remarks>
[MemoryDiagnoser]
public class MatcherBenchmarks
{
    private readonly SigmaRoute _route = new("windows", "", "", "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 1);
    private SigmaSession? _session;
    private FieldList[] _events = [];

    [Params(100, 1000, 3780)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        string folder = Environment.GetEnvironmentVariable("CULPRIT_RULES") ?? Path.Combine(RepositoryRoot.Shared, "rules", "sigma");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        IEnumerable<SigmaSource> sources = Enumerable.Range(0, Math.Min(Rules, files.Length))
            .Select(i => files[(int)((long)i * files.Length / Math.Min(Rules, files.Length))])
            .Select(file => new SigmaSource(file, File.ReadAllBytes(file)));
        _session = SigmaEngine.Compile(SigmaRuleSet.Load(sources), LogSourceMap.Default).CreateSession();
        var visitor = new Collect([]);
        var reader = new EvtxChunkReader(new EvtxLayoutCache(), new EvtxOptions());
        reader.Read(SysmonNoise.Log(1_000).AsSpan(EvtxFormat.FileHeaderSize, EvtxFormat.ChunkSize), 0, ref visitor, []);
        _events = [.. visitor.Events.Take(100)];
    }

    [Benchmark(Description = "judge a hundred events", OperationsPerInvoke = 1)]
    public int Judge()
    {
        int matches = 0;
        foreach (FieldList e in _events)
        {
            matches += _session!.Match(_route, in e).Length;
        }

        return matches;
    }

    private readonly struct FieldList(object layout, string[] names, string[] values) : ISigmaEvent
    {
        public object Layout => layout;

        public int FieldCount => names.Length;

        public string FieldName(int ordinal) => names[ordinal];

        public FieldState StateOf(int ordinal) => FieldState.Present;

        public bool IsText(int ordinal) => true;

        public bool IsConstant(int ordinal) => false;

        public bool TryGetRaw(out ReadOnlySpan<byte> bytes)
        {
            bytes = default;
            return false;
        }

        public bool TryGetText(int ordinal, int index, out ReadOnlySpan<char> text)
        {
            text = index == 0 ? values[ordinal] : default;
            return index == 0;
        }
    }

    private readonly struct Collect(List<FieldList> events) : IEvtxVisitor
    {
        private readonly EvtxTextBuffer _buffer = new();

        public List<FieldList> Events => events;

        public void Visit(scoped in EvtxRecord record)
        {
            _buffer.Reset();
            string[] values = new string[record.Layout.Fields.Count];
            for (int field = 0; field < values.Length; field++)
            {
                values[field] = record.TryGetText(field, 0, _buffer, out ReadOnlySpan<char> text) ? text.ToString() : "";
            }

            events.Add(new FieldList(record.Layout, [.. record.Layout.Fields.Select(field => field.Name)], values));
        }
    }
}
