using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Attribution;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.TestSupport;
using Culprit.Tests.Incidents;

namespace Culprit.Tests.Attribution;

/// <summary>The sample that ships, whose truth names the technique of each record.</summary>
public sealed class SampleAttributionTests(ITestOutputHelper output)
{
    private static readonly string Sample = Path.Combine(RepositoryRoot.Path, "samples", "research-lab");

    [Fact]
    public void What_the_truth_names_is_observed_where_it_happened()
    {
        (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(
            IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Path, "rules")), [Path.Combine(Sample, "evtx"), Path.Combine(Sample, "iis")]);
        Dictionary<int, Finding> byPosition = findings.Select(static (finding, position) => (finding, position)).ToDictionary(static p => p.position, static p => p.finding);

        Observation[] observed = [.. new IncidentObservations(incidents, byPosition, KnowledgeBase.Embedded).Of(incidents[0])];

        HashSet<string> techniques = [.. observed.Where(static o => o.Kind == ObservationKind.Technique).Select(static o => o.Value)];
        ILookup<string, (string, long)> truth = Truth();
        string[] missing = [.. truth.Select(static t => t.Key).Where(t => !techniques.Contains(t)).Order(StringComparer.Ordinal)];
        output.WriteLine($"missing: {string.Join(", ", missing)}; beside them: {string.Join(", ", techniques.Where(t => !truth.Contains(t)))}");
        Assert.InRange(truth.Count - missing.Length, 18, truth.Count);

        // What shows a technique is a record of it: at least one of them for each, as the truth has them.
        foreach (Observation one in observed.Where(o => truth.Contains(o.Value)))
        {
            Assert.Contains(one.Events, number => truth[one.Value].Contains(Place(incidents[0].Events[number])));
        }

        // README.md of the sample: a China Chopper web shell, and a service installed from a share.
        Assert.Contains(observed, static o => o is { Kind: ObservationKind.Software, Value: "S0020" } && o.Basis.Contains("Backdoor:ASP/Chopper", StringComparison.Ordinal));
        Assert.All(observed, static o => Assert.True(o.Events.Length > 0, o.Value));
    }

    private static (string, long) Place(IncidentEvent one) =>
        (Path.GetRelativePath(Sample, one.Places[0].Path).Replace('\\', '/'), one.RecordId);

    private static ILookup<string, (string, long)> Truth() => File.ReadLines(Path.Combine(Sample, "truth.jsonl"))
        .Select(static line =>
        {
            using var json = JsonDocument.Parse(line);
            JsonElement record = json.RootElement;
            long number = record.TryGetProperty("line", out JsonElement at) ? at.GetInt64() : record.GetProperty("record_id").GetInt64();
            return (Technique: record.GetProperty("technique").GetString()!, Place: (record.GetProperty("file").GetString()!, number));
        })
        .ToLookup(static one => one.Technique, static one => one.Place, StringComparer.Ordinal);
}
