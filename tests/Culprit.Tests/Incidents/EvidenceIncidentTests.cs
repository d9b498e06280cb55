using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.TestSupport;

namespace Culprit.Tests.Incidents;

/// <summary>Incidents of whole evidence: the sample that ships, whose truth is known, and recordings of attacks.</summary>
public sealed class EvidenceIncidentTests(ITestOutputHelper output)
{
    private static readonly string Sample = Path.Combine(RepositoryRoot.Path, "samples", "research-lab");

    [Fact]
    public void The_sample_is_one_intrusion_and_its_noise_is_none()
    {
        HashSet<(string, long)> truth = Truth();
        (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Path, "rules")), [Path.Combine(Sample, "evtx"), Path.Combine(Sample, "iis")]);

        HashSet<(string, long)> joined = [.. incidents[0].Events.Select(Place)];
        double precision = (double)joined.Count(truth.Contains) / joined.Count;
        double recall = (double)joined.Count(truth.Contains) / truth.Count;
        output.WriteLine($"precision {precision:F3}, recall {recall:F3}");

        Assert.Equal(IncidentSeverity.Critical, incidents[0].Severity);
        Assert.InRange(precision, 0.95, 1);
        Assert.InRange(recall, 0.95, 1);
        Assert.Equal("web-01.lab.example", incidents[0].Hosts[0].Name);
        Assert.Equal("203.0.113.77", incidents[0].Addresses[0].Name);
        Assert.All(incidents.Skip(1), static incident => Assert.True(incident.Severity < IncidentSeverity.High, incident.Rules[0].Rule.Title));
    }

    // Hosts, accounts and inside addresses of these laboratories have the same names in one recording and the next.
    [Theory]
    [InlineData("credential_access/host/empire_mimikatz_logonpasswords.zip", "defense_evasion/host/psh_mshta_html_application_execution.zip", 2)]
    [InlineData("defense_evasion/host/psh_disable_eventlog_service_startuptype_modification.zip", "execution/host/cmd_sharpview_pcre_net.zip", 2)]
    [InlineData("lateral_movement/host/empire_psremoting_stager.zip", "credential_access/host/empire_dcsync_dcerpc_drsuapi_DsGetNCChanges.zip", 2)]
    [InlineData("lateral_movement/host/covenant_sc_query_dcerpc_smb_svcctl.zip", "defense_evasion/host/cmd_stop_event_logging_controlset001_minint_key.zip", 1)]
    [InlineData("credential_access/host/empire_mimikatz_lsadump_patch.zip", "defense_evasion/host/empire_enable_rdp.tar.gz", 2)]
    public void Two_recordings_stay_apart(string first, string second, int incidentCount)
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        RuleCatalog rules = IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Shared, "rules", "sigma"));
        string[] recordings = [.. new[] { first, second }.Select(static name => Path.Combine(RepositoryRoot.Shared, "corpus", "windows-json", name))];

        (_, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(rules, recordings);

        Assert.All(incidents, static incident => Assert.Single(incident.Events.Select(static one => one.Places[0].Path.Split("!/")[0]).Distinct(StringComparer.Ordinal)));
        Assert.Equal(incidentCount, incidents.Length);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        RuleCatalog rules = IncidentEvidence.Rules(Path.Combine(RepositoryRoot.Path, "rules"));
        (_, ImmutableArray<Incident> one) = IncidentEvidence.Investigate(rules, [Sample], threads: 1);
        (_, ImmutableArray<Incident> many) = IncidentEvidence.Investigate(rules, [Sample], threads: 7);

        Assert.Equal(one.Select(static i => JsonSerializer.Serialize(i)), many.Select(static i => JsonSerializer.Serialize(i)));
    }

    private static (string, long) Place(IncidentEvent one) =>
        (Path.GetRelativePath(Sample, one.Places[0].Path).Replace('\\', '/'), one.RecordId);

    private static HashSet<(string, long)> Truth()
    {
        HashSet<(string, long)> truth = [];
        foreach (string line in File.ReadLines(Path.Combine(Sample, "truth.jsonl")))
        {
            using var entry = JsonDocument.Parse(line);
            JsonElement root = entry.RootElement;
            truth.Add((root.GetProperty("file").GetString()!, (root.TryGetProperty("record_id", out JsonElement id) ? id : root.GetProperty("line")).GetInt64()));
        }

        return truth;
    }
}
