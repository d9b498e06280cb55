using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What an event shows depends on who wrote it, and which end of a connection is the intruder's on who called whom.</summary>
public sealed class LinkingWritersTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational", Victims = "198.51.100.20", Intruders = "203.0.113.77";

    // Whatever may run may write into the channel Application, under any number.
    [Theory]
    [InlineData("System", 7045, "ServiceName", "QzxHelperSvc", "service")]
    [InlineData("Security", 4697, "ServiceName", "QzxHelperSvc", "service")]
    [InlineData("Security", 4698, "TaskName", @"\QzxHelperTask", "scheduled task")]
    [InlineData("Microsoft-Windows-TaskScheduler/Operational", 106, "TaskName", @"\QzxHelperTask", "scheduled task")]
    [InlineData("Security", 4720, "TargetUserName", "qzx.helper", "created account")]
    [InlineData("Security", 4688, "NewProcessName", @"C:\Users\Public\qkzone.exe", "file name")]
    [InlineData(Sysmon, 11, "TargetFilename", @"C:\Users\Public\qkzone.exe", "file name")]
    [InlineData(Sysmon, 22, "QueryName", "qzx-panel.example", "domain")]
    public void Only_who_has_such_events_shows_what_they_tell(string channel, int id, string field, string value, string kind)
    {
        IncidentLink Written(string where) => Link(
            new MadeIncident("a").Add(RecordKind.WindowsEvent, where, id, "", (field, value)), new MadeIncident("b").Add(RecordKind.WindowsEvent, where, id, "", (field, value)));

        Assert.Equal(kind, Assert.Single(Written(channel).Items).Kind);
        Assert.Empty(Written("Application").Items);
        Assert.Empty(Written("MyApp-Sysmon/Operational").Items);
        Assert.Empty(Written("").Items);
    }

    [Theory]
    [InlineData("Security", 4624, "IpAddress", 6)]
    [InlineData("Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", 21, "Address", 6)]
    [InlineData("Application", 4624, "IpAddress", 1.5)]
    [InlineData("Application", 21, "Address", 1.5)]
    [InlineData("Application", 4625, "IpAddress", 0.3)]
    [InlineData("Application", 3, "DestinationIp", 1.5)]
    [InlineData(Sysmon, 3, "DestinationIp", 4.5)]
    public void A_logon_or_connection_that_a_program_only_claims_was_merely_there(string channel, int id, string field, double weight) =>
        Assert.Equal(weight, Address(Intruders, channel, id, (field, Intruders)));

    [Theory]
    [InlineData(Sysmon, 3, "Initiated=true", Victims, Intruders, 4.5)]
    [InlineData(Sysmon, 3, "Initiated=false", Intruders, Victims, 1.5)]
    [InlineData("Security", 5156, "Direction=%%14593", Victims, Intruders, 4.5)]
    [InlineData("Security", 5157, "Direction=%%14593", Victims, Intruders, 4.5)]
    [InlineData("Security", 5152, "Direction=%%14592", Intruders, Victims, 0.3)]
    public void The_end_of_a_connection_that_is_the_machines_own_links_nothing(string channel, int id, string direction, string source, string destination, double weight)
    {
        (string, string)[] connection = Connection(channel, direction, source, destination);

        Assert.Equal(weight, Address(Intruders, channel, id, connection));
        Assert.Null(Address(Victims, channel, id, connection));
    }

    // However else it is met: anybody may write it into a log.
    [Fact]
    public void What_is_the_machines_own_in_one_record_is_it_in_all()
    {
        MadeIncident One(string name) => new MadeIncident(name).Logon(Victims).Add(RecordKind.WindowsEvent, Sysmon, 3, "", Connection(Sysmon, "Initiated=false", "10.0.0.9", Victims));

        Assert.Empty(Link(One("a"), One("b")).Items);
    }

    // Microsoft's own record of 5156 has the machine first, its description last.
    [Theory]
    [InlineData(5156, 1.5)]
    [InlineData(5157, 0.3)]
    public void Of_a_connection_that_came_in_neither_end_of_the_filtering_platforms_is_known_to_be_whose(int id, double weight)
    {
        (string, string)[] connection = Connection("Security", "Direction=%%14592", Victims, Intruders);

        Assert.All([Intruders, Victims], address => Assert.InRange(Address(address, "Security", id, connection) ?? 0, 0.1, weight));
    }

    [Theory]
    [InlineData("Initiated", "true", "SourceIp")]
    [InlineData("Direction", "%%14593", "SourceAddress")]
    [InlineData("sc-status", "200", "s-ip")]
    public void A_program_that_nobody_knows_takes_no_address_away(string field, string value, string own)
    {
        MadeIncident One(string name) => new MadeIncident(name).Shell(Intruders).Add(RecordKind.WindowsEvent, "Application", 3, "", (field, value), (own, Intruders));

        Assert.Contains(Link(One("a"), One("b")).Items, static i => i is { Kind: "address", Value: Intruders, LogLikelihoodRatio: 6 });
    }

    private static (string Name, string Value)[] Connection(string channel, string direction, string source, string destination)
    {
        bool isSysmon = channel == Sysmon;
        return [(direction.Split('=')[0], direction.Split('=')[1]), (isSysmon ? "SourceIp" : "SourceAddress", source), (isSysmon ? "DestinationIp" : "DestAddress", destination)];
    }

    // What an address weighs that two incidents have by such an event; null where it is none of theirs.
    private static double? Address(string address, string channel, int id, params (string Name, string Value)[] fields)
    {
        MadeIncident One(string name) => new MadeIncident(name).Add(RecordKind.WindowsEvent, channel, id, "", fields);
        return Link(One("a"), One("b")).Items.FirstOrDefault(i => i.Kind == "address" && i.Value == address)?.LogLikelihoodRatio;
    }

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()]).Pairs[0];
}
