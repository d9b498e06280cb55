using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Attribution.Observing;
using Culprit.Events;
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
    [InlineData("Backdoor:Linux/Drovorub.A", 1116, "S0502")]
    [InlineData("Trojan:Win32/Kazuar.A", 1117, "S0265")]
    [InlineData("Trojan:Win32/Wacatac.B!ml", 1117, null)]
    public void One_detection_is_an_incident_that_is_assessed(string threat, int eventId, string? software)
    {
        (Finding[] findings, Incident[] incidents) = Judge(threat, eventId);

        Incident incident = Assert.Single(incidents);
        Assert.Equal(IncidentSeverity.Medium, incident.Severity);
        AssessedIncidents assessed = Assess(findings, incidents);
        Observation[] found = [.. Assert.Single(assessed.Incidents).Assessment.Observations.Select(static o => o.Observation).Where(static o => o.Kind == ObservationKind.Software)];
        Assert.Equal(software is null ? [] : [software], found.Select(static o => o.Value));
        Assert.All(found, static o => Assert.False(o.ByName));
    }

    [Theory]
    [InlineData("PUA:Win32/Presenoker")]
    [InlineData("Virus:DOS/EICAR_Test_File")]
    public void What_is_no_malware_is_no_incident(string threat) => Assert.Empty(Judge(threat, 1116).Incidents);

    // Whoever investigates learns what antivirus said and the knowledge base could not use.
    [Theory]
    [InlineData("Trojan:Win32/NukeSped.A", "Antivirus named NukeSped, which the knowledge base does not know as malware")]
    [InlineData("Ransom:Win32/Lockbit.STA", "Antivirus named Lockbit, which may be LockBit 2.0 (S1199) or LockBit 3.0 (S1202)")]
    [InlineData("Trojan:Win32/Kazuar.A", null)]
    [InlineData("Trojan:Win32/Wacatac.B!ml", null)]
    public void What_antivirus_named_and_nobody_knows_is_told(string threat, string? sentence)
    {
        (Finding[] findings, Incident[] incidents) = Judge(threat, 1116);

        AssessedIncidents assessed = Assess(findings, incidents);

        string[] told = [.. Assert.Single(assessed.Incidents).Assessment.Limits.Where(static l => l.StartsWith("Antivirus named", StringComparison.Ordinal))];
        Assert.Equal(sentence is null ? 0 : 1, told.Length);
        Assert.All(told, t => Assert.StartsWith(sentence!, t, StringComparison.Ordinal));
    }

    [Fact]
    public void What_another_maker_found_is_an_incident_that_is_assessed()
    {
        string file = _folder.Add("events.jsonl", """
            {"@timestamp":"2024-03-01T10:00:00Z","Hostname":"pc1.lab.example","Channel":"Application","SourceName":"SAVOnAccess","EventID":32,"Data":"File \"C:\\ProgramData\\d.exe\" belongs to virus/spyware 'Troj/PlugX-AB'."}
            """);
        (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Path, "rules")), [file]);

        AssessedIncidents assessed = Assess(findings, [.. incidents]);

        Assert.Contains("S0013", Assert.Single(assessed.Incidents).Assessment.Observations.Select(static o => o.Observation.Value));
    }

    [Theory]
    [InlineData(4000, 0)]
    [InlineData(4100, 1)]
    public void That_a_text_was_too_long_to_be_read_is_told(int padding, int told)
    {
        string file = _folder.Add("events.jsonl", $$"""
            {"@timestamp":"2024-03-01T10:00:00Z","Hostname":"pc1.lab.example","Channel":"Application","SourceName":"SAVOnAccess","EventID":32,"Data":"File \"C:\\ProgramData\\d.exe\" belongs to virus/spyware 'Troj/PlugX-AB'.{{new string(' ', padding)}}"}
            """);
        (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Path, "rules")), [file]);

        AssessedIncidents assessed = Assess(findings, [.. incidents]);

        Assert.Equal(told, Assert.Single(assessed.Incidents).Assessment.Limits.Count(static l => l == "1 text of antivirus of more than 4,096 characters was not read for names of malware."));
    }

    // One list of makers in two places: whoever is a witness is looked for.
    [Fact]
    public void The_rule_for_other_makers_knows_those_that_are_witnesses()
    {
        string rule = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rules", "windows", "antivirus", "malware_found_by_other_maker.yml"));

        Assert.All(Antivirus.Makers, maker => Assert.Contains($"      - '{maker}'\n", rule.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    private static AssessedIncidents Assess(Finding[] findings, Incident[] incidents) => IncidentAssessor.Assess(
        incidents, findings.Index().ToDictionary(static f => f.Index, static f => f.Item), new AssessmentRequest(), KnowledgeBase.Embedded, stop: TestContext.Current.CancellationToken);

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
