using System.Text.Json;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Sigma;
using Culprit.TestSupport;

namespace Culprit.Tests.Findings;

/// <summary>The rules that ship, on the sample that ships: they see the intrusion and leave the ordinary days alone.</summary>
public sealed class ShippedRulesSampleTests
{
    private static readonly string Sample = Path.Combine(RepositoryRoot.Path, "samples", "research-lab");
    private static readonly Lazy<Judgement> LazyJudgement = new(Judge);

    [Fact]
    public void OrdinaryDaysGiveNoHighFinding()
    {
        var intrusion = Truth().Select(t => t.Place).ToHashSet();
        Judgement judgement = LazyJudgement.Value;
        Assert.Empty(judgement.Findings.Where(f => f.Rule.Level >= SigmaLevel.High && !intrusion.Contains(f.Place)).Select(f => $"{f.Rule.Title}: {f.Place}"));
        Assert.Empty(judgement.Correlations
            .Where(c => c.Rule.Level >= SigmaLevel.High && !c.Places.Any(intrusion.Contains))
            .Select(c => $"{c.Rule.Title}: {c.Places[0]}"));
    }

    [Fact]
    public void EveryPhaseOfTheIntrusionGivesAFinding()
    {
        var found = LazyJudgement.Value.Findings.Where(f => f.Rule.Level >= SigmaLevel.Low).Select(f => f.Place).ToHashSet();
        string[] phases = [.. Truth().Select(t => t.Phase).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] seen = [.. Truth().Where(t => found.Contains(t.Place)).Select(t => t.Phase).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(phases);
        Assert.Equal(phases, seen);
    }

    // A place is a file below the sample and the number of a record or line in it.
    private static List<((string File, long Number) Place, string Phase)> Truth()
    {
        List<((string File, long Number) Place, string Phase)> truth = [];
        foreach (string line in File.ReadLines(Path.Combine(Sample, "truth.jsonl")))
        {
            using var entry = JsonDocument.Parse(line);
            JsonElement root = entry.RootElement;
            JsonElement number = root.TryGetProperty("record_id", out JsonElement id) ? id : root.GetProperty("line");
            truth.Add(((root.GetProperty("file").GetString()!, number.GetInt64()), root.GetProperty("phase").GetString()!));
        }

        return truth;
    }

    private static Judgement Judge()
    {
        string folder = Path.Combine(RepositoryRoot.Path, "rules");
        var rules = SigmaRuleSet.Load(Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Select(file => new SigmaSource(Path.GetRelativePath(folder, file), File.ReadAllBytes(file))));
        var sink = new JudgingSink(rules);
        new EvidenceReader(new EvidenceOptions { Threads = 1 }).Read([Path.Combine(Sample, "evtx"), Path.Combine(Sample, "iis")], () => sink, null, TestContext.Current.CancellationToken);
        return sink.Complete();
    }

    private sealed record Judgement(
        IReadOnlyList<(SigmaRule Rule, (string File, long Number) Place)> Findings,
        IReadOnlyList<(SigmaCorrelation Rule, (string File, long Number)[] Places)> Correlations);

    private sealed class JudgingSink(SigmaRuleSet rules) : IRecordSink
    {
        private readonly SigmaEngine _engine = SigmaEngine.Compile(rules, LogSourceMap.Default);
        private readonly SigmaCorrelator _correlator = new(rules);
        private readonly EventContext _context = new();
        private readonly Dictionary<EventRoute, (SigmaRoute Route, SigmaSession Session)> _routes = [];
        private readonly List<(SigmaRule Rule, (string File, long Number) Place)> _findings = [];
        private readonly Dictionary<long, (string File, long Number)> _places = [];
        private int _count;

        public void Accept(scoped in RecordView record)
        {
            var view = new EventView(in record, _context);
            EventRoute route = view.Route;
            if (!_routes.TryGetValue(route, out (SigmaRoute Route, SigmaSession Session) known))
            {
                known = (new(route.Product, route.Category, route.Service, route.Channel, route.Provider, route.EventId), _engine.CreateSession());
                _routes.Add(route, known);
            }

            DateTimeOffset time = new(view.Time.UtcTicks, TimeSpan.Zero);
            var e = new ShippedRuleEvent(known.Route, time, _count++, Fields(in record));
            foreach (int rule in known.Session.Match(known.Route, in e))
            {
                (string, long RecordId) place = (Path.GetRelativePath(Sample, record.Source.Path).Replace('\\', '/'), record.RecordId);
                if (rules.Rules[rule].Reported)
                {
                    _findings.Add((rules.Rules[rule], place));
                }

                string?[] values = [.. _correlator.FieldsNeeded(rule).Select(field => _engine.FieldText(rule, known.Route, in e, field))];
                _correlator.Add(rule, e.Time.UtcTicks, e.Index, values);
                _places[e.Index] = place;
            }
        }

        public Judgement Complete() => new(
            _findings,
            [.. _correlator.Complete().Select(m => (rules.Correlations[m.CorrelationIndex], m.EventKeys.Select(key => _places[key]).ToArray()))]);

        private static List<KeyValuePair<string, string>> Fields(scoped in RecordView record)
        {
            List<KeyValuePair<string, string>> fields = [];
            for (int field = 0; field < record.Layout.FieldNames.Count; field++)
            {
                for (int index = 0; record.TryGetText(field, index, out ReadOnlySpan<char> text); index++)
                {
                    fields.Add(new(record.Layout.FieldNames[field], text.ToString()));
                }
            }

            return fields;
        }
    }
}
