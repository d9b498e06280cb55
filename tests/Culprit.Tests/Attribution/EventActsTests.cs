using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Attribution;
using Culprit.Attribution.Weighing;

namespace Culprit.Tests.Attribution;

/// <summary>Several records of one act are one sign, and all of them are cited.</summary>
public sealed class EventActsTests
{
    private const string Security = "Microsoft-Windows-Security-Auditing", Sysmon = "Microsoft-Windows-Sysmon", Services = "Service Control Manager";

    private readonly ObservedIncident _incident = new();

    [Fact]
    public void Records_that_the_same_rules_find_within_seconds_are_one_sign()
    {
        int[] rules = [_incident.Find("Replication by a user", "attack.t1003.006"), _incident.Find("Mimikatz replicates", "attack.t1098"), _incident.Find("A third rule", "attack.t1087.002")];
        for (int part = 0; part < 3; part++)
        {
            _incident.Happen(rules, Security, 4662, ObservedIncident.Monday.AddSeconds(part));
        }

        ImmutableArray<Observation> observed = _incident.Observe();

        Assert.Equal(4, observed.Length);
        Assert.All(observed, static o => Assert.Equal([0, 1, 2], o.Events));
        Assert.All(observed, static o => Assert.Equal([0, 1, 2], o.Bases[0].Events));
        Assert.Equal(1, Signs.Of(observed, 9));

        // Later, elsewhere, of another kind, by other rules: each another act.
        _incident.Happen(rules, Security, 4662, ObservedIncident.Monday.AddSeconds(6));
        Assert.Equal(2, Signs.Of(_incident.Observe(), 9));
        _incident.Happen(rules, Security, 4663, ObservedIncident.Monday);
        Assert.Equal(3, Signs.Of(_incident.Observe(), 9));
    }

    [Fact]
    public void Other_hosts_and_other_rules_are_other_acts()
    {
        int one = _incident.Find("One", "attack.t1003.006"), other = _incident.Find("Other", "attack.t1098");
        _incident.Happen([one, other], Security, 4662, ObservedIncident.Monday);
        _incident.Happen([one], Security, 4662, ObservedIncident.Monday);
        Assert.Equal(2, Signs.Of(_incident.Observe(), 9));

        var hosts = new ObservedIncident();
        int[] both = [hosts.Find("One", "attack.t1003.006"), hosts.Find("Other", "attack.t1098")];
        hosts.On("A").Happen(both, Security, 4662, ObservedIncident.Monday);
        hosts.On("B").Happen(both, Security, 4662, ObservedIncident.Monday);
        Assert.Equal(2, Signs.Of(hosts.Observe(), 9));
    }

    [Theory]
    [InlineData("svc", 30, 1)]
    [InlineData("svc", 90, 2)]
    [InlineData("other", 30, 2)]
    public void The_records_of_one_service_are_one_sign(string name, int later, int signs)
    {
        int system = _incident.Find("Service in System", "attack.t1543.003"), security = _incident.Find("Service in Security", "attack.t1569.002"), registry = _incident.Find("Service in the registry", "attack.t1112");
        _incident.Happen([system], Services, 7045, ObservedIncident.Monday, ("ServiceName", "SVC"));
        _incident.Happen([security], Security, 4697, ObservedIncident.Monday.AddSeconds(later), ("ServiceName", name));
        _incident.Happen([registry], Sysmon, 13, ObservedIncident.Monday.AddSeconds(later), ("TargetObject", $@"HKLM\System\CurrentControlSet\Services\{name}\ImagePath"));

        ImmutableArray<Observation> observed = _incident.Observe();

        Assert.Equal(signs, Signs.Of(observed, 9));
        Assert.Equal([1], observed.Single(static o => o.Value == "T1569.002").Bases[0].Events);
    }

    [Theory]
    [InlineData("4660", "0x1234", 1, 1)]
    [InlineData("4660", "0x1234", 9, 2)]
    [InlineData("4660", "0x1235", 1, 2)]
    [InlineData("4660", "", 1, 2)]
    public void The_records_of_the_start_of_one_process_are_one_sign(string bySysmon, string bySecurity, int later, int signs)
    {
        int sysmon = _incident.Find("Start in Sysmon", "attack.t1003.003"), security = _incident.Find("Start in Security", "attack.t1059.003");
        _incident.Happen([sysmon], Sysmon, 1, ObservedIncident.Monday, ("ProcessId", bySysmon));
        _incident.Happen([security], Security, 4688, ObservedIncident.Monday.AddSeconds(later), ("NewProcessId", bySecurity), ("ProcessId", "0x1234"));

        Assert.Equal(signs, Signs.Of(_incident.Observe(), 9));
    }

    [Fact]
    public void Malware_that_one_act_shows_is_tentative_also_when_it_was_kept()
    {
        int[] rules = [_incident.Find("HARDRAIN opens the firewall"), _incident.Find("Service of HARDRAIN")];
        _incident.Happen(rules, Sysmon, 1, ObservedIncident.Monday);
        _incident.Happen(rules, Sysmon, 1, ObservedIncident.Monday.AddSeconds(1));

        Observation software = Assert.Single(_incident.Observe());
        Observation read = JsonSerializer.Deserialize<Observation>(JsonSerializer.Serialize(software))!;

        Assert.Equal((true, true), (software.Tentative, read.Tentative));
        Assert.Equal(software.Bases[0].Events, read.Bases[0].Events);
    }
}
