using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.TestSupport;
using Culprit.Tests.Evidence;
using Culprit.Tests.Incidents;

namespace Culprit.Tests.Attribution;

/// <summary>What antivirus alone saw, judged by the rules that ship: it makes an incident that is assessed, and what it names is observed.</summary>
public sealed class AntivirusDetectionTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Backdoor:Win32/Drovorub.A", 1116, "S0502")]
    [InlineData("Trojan:Win32/Kazuar.A", 1117, "S0265")]
    [InlineData("Trojan:Win32/Wacatac.B!ml", 1117, null)]
    public void One_detection_is_an_incident_that_is_assessed(string threat, int eventId, string? software)
    {
        (Finding[] findings, Incident[] incidents) = Judge(threat, eventId);

        Incident incident = Assert.Single(incidents);
        Assert.Equal(IncidentSeverity.Medium, incident.Severity);
        AssessedIncidents assessed = IncidentAssessor.Assess(
            incidents, findings.Index().ToDictionary(static f => f.Index, static f => f.Item), new AssessmentRequest(), KnowledgeBase.Embedded, stop: TestContext.Current.CancellationToken);
        Observation[] found = [.. Assert.Single(assessed.Incidents).Assessment.Observations.Select(static o => o.Observation).Where(static o => o.Kind == ObservationKind.Software)];
        Assert.Equal(software is null ? [] : [software], found.Select(static o => o.Value));
        Assert.All(found, static o => Assert.False(o.ByName));
    }

    [Theory]
    [InlineData("PUA:Win32/Presenoker")]
    [InlineData("Virus:DOS/EICAR_Test_File")]
    public void What_is_no_malware_is_no_incident(string threat) => Assert.Empty(Judge(threat, 1116).Incidents);

    private (Finding[] Findings, Incident[] Incidents) Judge(string threat, int eventId)
    {
        const string defender = "Microsoft-Windows-Windows Defender";
        string file = _folder.Add("events.jsonl", $$"""
            {"@timestamp":"2024-03-01T10:00:00Z","Hostname":"pc1.lab.example","Channel":"{{defender}}/Operational","SourceName":"{{defender}}","EventID":{{eventId}},"Threat Name":"{{threat}}","Path":"file:_C:\\Users\\anna\\x.exe"}
            """);
        (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Path, "rules")), [file]);
        return (findings, [.. incidents]);
    }
}
