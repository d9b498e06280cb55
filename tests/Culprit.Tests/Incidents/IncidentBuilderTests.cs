using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Tests.Incidents;

/// <summary>What joins findings, what does not, and what an incident comes to.</summary>
public sealed class IncidentBuilderTests
{
    private static readonly DateTime Start = new(2020, 2, 3, 8, 0, 0, DateTimeKind.Utc);
    private static readonly RuleInfo Critical = Rule("Lsass dumped", FindingLevel.Critical, "credential-access");
    private static readonly RuleInfo High = Rule("Web shell", FindingLevel.High, "persistence");
    private static readonly RuleInfo Medium = Rule("Archive", FindingLevel.Medium, "collection");
    private static readonly RuleInfo Low = Rule("Discovery", FindingLevel.Low, "discovery");
    private static readonly RuleInfo Logoff = Rule("Logoff", FindingLevel.Informational, "impact");

    [Fact]
    public void The_same_process_joins_whatever_the_time_between()
    {
        Incident incident = Assert.Single(Build(
            Find(High, 0, "PC-1", clues: [Process(7)]),
            Find(Low, 60 * 24 * 9, "PC-1", clues: [Process(7)])));

        Assert.Equal([0, 1], incident.Findings);
        Assert.Equal(["the same process"], incident.Joins.Select(static join => join.Through));
        Assert.Equal((Start, Start.AddDays(9)), (incident.First.Utc, incident.Last.Utc));
    }

    [Fact]
    public void A_process_joins_what_it_started_and_siblings_join_within_the_hour()
    {
        Assert.Single(Build(
            Find(High, 0, "PC-1", clues: [Process(7)]),
            Find(Medium, 600, "PC-1", clues: [Process(8), Parent(7)]),
            Find(Medium, 1200, "PC-1", clues: [Process(9), Parent(7)])));
        Assert.Single(Build(
            Find(Low, 0, "PC-1", clues: [Process(8), Parent(7)]),
            Find(Low, 30, "PC-1", clues: [Process(9), Parent(7)])));
        Assert.Equal(2, Build(
            Find(Low, 0, "PC-1", clues: [Process(8), Parent(7)]),
            Find(Low, 90, "PC-1", clues: [Process(9), Parent(7)])).Length);
    }

    [Fact]
    public void Findings_on_one_host_belong_together_only_while_they_are_near()
    {
        Assert.Single(Build(Find(Medium, 0, "PC-1"), Find(High, 59, "pc-1.lab.example")));
        Assert.Equal(2, Build(Find(Medium, 0, "PC-1"), Find(High, 61, "PC-1")).Length);
        Assert.Single(Build(Find(Low, 0, "PC-1"), Find(Low, 9, "PC-1")));
        Assert.Equal(2, Build(Find(Low, 0, "PC-1"), Find(Low, 11, "PC-1")).Length);
        Assert.Equal(2, Build(Find(High, 0, "PC-1"), Find(High, 1, "PC-2")).Length);
        Assert.Equal(2, Build(Find(High, 0, ""), Find(High, 1, "")).Length);
    }

    [Fact]
    public void A_host_that_names_another_joins_the_two()
    {
        Incident incident = Assert.Single(Build(
            Find(High, 0, "WEB-01.lab.example", clues: [Name(ClueKind.Host, "fs-01")]),
            Find(Medium, 200, "fs-01.lab.example")));

        Assert.Equal(["WEB-01.lab.example", "fs-01.lab.example"], incident.Hosts.Select(static host => host.Name));
        Assert.Equal(2, Build(
            Find(High, 0, "WEB-01", clues: [Name(ClueKind.Host, "fs-01")]),
            Find(Medium, 400, "fs-01")).Length);
        Assert.Single(Build(
            Find(Medium, 0, "10.0.0.7"),
            Find(High, 200, "FS-01", clues: [Name(ClueKind.Address, "10.0.0.7")])));
    }

    [Fact]
    public void Outside_addresses_join_for_weeks_and_inside_ones_for_hours()
    {
        Assert.Single(Build(Find(Medium, 0, "A", clues: [Name(ClueKind.Address, "203.0.113.77")]), Find(Medium, 60 * 24 * 20, "B", clues: [Name(ClueKind.Address, "203.0.113.77")])));
        Assert.Equal(2, Build(Find(Medium, 0, "A", clues: [Name(ClueKind.Address, "10.1.2.3")]), Find(Medium, 60 * 24, "B", clues: [Name(ClueKind.Address, "10.1.2.3")])).Length);
    }

    [Fact]
    public void What_is_seen_every_day_joins_nothing_and_weighs_little()
    {
        Finding[] backups = [.. Enumerable.Range(0, 10).Select(static day => Find(Medium, (60 * 24 * day) + 5, "FS-01", @"LAB\svc-backup", [Name(ClueKind.Account, "svc-backup")]))];
        Finding intrusion = Find(High, (60 * 24 * 3) + 10, "FS-01", @"LAB\evil", [Name(ClueKind.Account, "svc-backup")]);

        ImmutableArray<Incident> incidents = Build([.. backups.Append(intrusion).OrderBy(static f => f.Time.UtcTicks)]);

        Assert.Equal(11, incidents.Length);
        Assert.Equal(["Web shell"], incidents[0].Rules.Select(static rule => rule.Rule.Title));
        Assert.All(incidents.Skip(1), static incident => Assert.Equal(IncidentSeverity.Low, incident.Severity));
        Assert.All(incidents.Skip(1), static incident => Assert.Contains(incident.Reasons, static reason => reason.Points < 0));
    }

    [Fact]
    public void What_is_critical_is_never_ordinary()
    {
        ImmutableArray<Incident> incidents = Build([.. Enumerable.Range(0, 10).Select(static day => Find(Critical, 60 * 24 * day, "DC-01", clues: [Process(7)]))]);

        Assert.Equal(10, Assert.Single(incidents).Findings.Length);
        Assert.DoesNotContain(incidents[0].Reasons, static reason => reason.Points < 0);
    }

    // An implant asks for its orders every day.
    [Theory]
    [InlineData(FindingLevel.Medium, null, 1)]
    [InlineData(FindingLevel.Low, null, 10)]
    [InlineData(FindingLevel.Medium, "dynamic-dns", 10)]
    public void Daily_contact_with_what_a_list_holds_is_one_incident_and_never_ordinary(FindingLevel level, string? shared, int incidents)
    {
        RuleInfo contact = Rule("Known indicator", level, "command-and-control") with { Indicator = new IndicatorInfo(IndicatorKind.Domain, "evil.example", "list", ["G0007"], [], null, 2026, shared, 1) };

        ImmutableArray<Incident> built = Build([.. Enumerable.Range(0, 10).Select(day => Find(contact, 60 * 24 * day, "PC-1", clues: [Name(ClueKind.Domain, "evil.example")]))]);

        Assert.Equal(incidents, built.Length);
        Assert.Equal(incidents > 1, built.Any(static incident => incident.Reasons.Any(static reason => reason.Points < 0)));
    }

    [Fact]
    public void The_score_is_the_sum_of_its_reasons_and_decides_the_severity()
    {
        Incident incident = Assert.Single(Build(
            Find(Critical, 0, "PC-1", clues: [Name(ClueKind.Account, "b")]), Find(High, 1, "PC-1", clues: [Name(ClueKind.Account, "a")]),
            Find(Medium, 2, "PC-1", clues: [Name(ClueKind.Account, "b")]), Find(Low, 3, "PC-1")));

        Assert.Equal(incident.Reasons.Sum(static reason => reason.Points), incident.Score, 6);
        Assert.Equal(IncidentSeverity.High, incident.Severity);
        Assert.Equal(["credential-access", "persistence", "collection", "discovery"], incident.Phases.Select(static phase => phase.Tactic));
        Assert.Equal(["b", "a"], incident.Accounts.Select(static account => account.Name));
        Assert.Equal(["Lsass dumped", "Web shell", "Archive", "Discovery"], incident.Rules.Select(static rule => rule.Rule.Title));
    }

    [Fact]
    public void Findings_that_only_say_what_happened_make_no_incident()
    {
        Assert.Empty(Build(Find(Logoff, 0, "PC-1"), Find(Logoff, 1, "PC-1")));
        Assert.Equal([0, 1], Assert.Single(Build(Find(Logoff, 0, "PC-1", clues: [Process(7)]), Find(Low, 1, "PC-1", clues: [Process(7)]))).Findings);
    }

    [Fact]
    public void A_finding_without_a_time_joins_through_what_it_shares_alone()
    {
        Finding timeless = Find(High, 0, "PC-1", clues: [Process(7)]) with { Time = EventTime.Unknown, LastTime = EventTime.Unknown };

        Incident incident = Assert.Single(Build(timeless, Find(High, 5, "PC-1", clues: [Process(7)])));

        Assert.Equal(Start.AddMinutes(5), incident.First.Utc);
        Assert.Equal(2, Build(timeless with { Clues = [] }, Find(High, 5, "PC-1")).Length);
    }

    [Fact]
    public void The_same_grave_thing_on_one_host_after_the_other_is_one_wave()
    {
        Finding[] days = [.. Enumerable.Range(0, 10).Select(static day => Find(Low, 60 * 24 * day, "FS-01"))];
        Finding[] wave = [.. Enumerable.Range(0, 30).Select(static i => With(Find(High, (60 * 24 * 7) + 300 + i, $"PC-{i}"), "CommandLine", "vssadmin delete shadows"))];

        Incident incident = Build([.. days.Concat(wave).OrderBy(static f => f.Time.UtcTicks)])[0];

        Assert.Equal((30, 30), (incident.Findings.Length, incident.Hosts.Length));
        Assert.Equal(IncidentSeverity.High, incident.Severity);
        Assert.Equal(["the same on another host within hours"], incident.Joins.Select(static join => join.Through));
        Assert.Contains(incident.Reasons, static reason => reason is { Text: "Web shell (high), nowhere else in this evidence.", Points: 5 });
    }

    [Fact]
    public void Rules_that_call_each_other_similar_count_as_the_gravest_of_them()
    {
        RuleInfo secrets = Rule("Secrets saved", FindingLevel.Medium, "credential-access") with { Similar = ["hashes"] }, key = Rule("Key saved", FindingLevel.High, "credential-access") with { Similar = ["hashes"] };
        Finding[] parts = [Find(secrets, 0, "A"), Find(key, 1, "A")];

        Assert.Equal(["Key saved (high), nowhere else in this evidence."], Assert.Single(Build(parts)).Reasons.Select(static reason => reason.Text));
        Assert.Equal(2, Assert.Single(Build([Find(secrets with { Similar = [] }, 0, "A"), parts[1]])).Reasons.Length);
        Assert.Equal(2, Assert.Single(Build(parts)).Rules.Length);
    }

    [Fact]
    public void Hosts_are_no_wave_where_level_value_or_time_speak_against_it()
    {
        Finding one = With(Find(High, 0, "A"), "CommandLine", "evil one");
        Assert.Single(Build(one, With(Find(High, 359, "B"), "CommandLine", "evil one")));
        Assert.Equal(2, Build(one, With(Find(High, 361, "B"), "CommandLine", "evil one")).Length);
        Assert.Equal(2, Build(one, With(Find(High, 1, "B"), "CommandLine", "evil two")).Length);
        Assert.Equal(2, Build(one, With(Find(Critical, 1, "B"), "CommandLine", "evil one")).Length);
        Assert.Equal(2, Build(With(Find(High, 0, "A"), "EventID", "1102"), With(Find(High, 1, "B"), "EventID", "1102")).Length);
        Assert.Equal(2, Build(With(Find(Medium, 0, "A"), "CommandLine", "evil one"), With(Find(Medium, 1, "B"), "CommandLine", "evil one")).Length);

        // Every host says it every day.
        Finding[] daily = [.. Enumerable.Range(0, 12).Select(static i => With(Find(High, (60 * 24 * (i / 2)) + (i % 2), i % 2 == 0 ? "A" : "B"), "CommandLine", "evil one"))];
        Assert.Equal(12, Build(daily).Length);
    }

    [Fact]
    public void Days_make_a_rule_ordinary_and_hosts_of_the_same_day_do_not()
    {
        string[] hosts = ["A", "B", "C", "D"];
        Finding[] sameDay = [.. hosts.Select(static (host, i) => With(Find(High, i, host), "CommandLine", $"evil {host}"))];
        Assert.All(Build(sameDay), static incident => Assert.Equal(("Web shell (high), elsewhere too, but on no other day.", 5), (incident.Reasons[0].Text, incident.Reasons[0].Points)));

        Finding[] otherDays = [.. hosts.Select(static (host, i) => With(Find(High, 60 * 24 * i, host), "CommandLine", $"evil {host}"))];
        Assert.All(Build(otherDays), static incident => Assert.Equal(("Web shell (high), and on 3 other days.", 1.7), (incident.Reasons[0].Text, incident.Reasons[0].Points)));
        Assert.All(Build(otherDays[..2]), static incident => Assert.Equal(("Web shell (high), and on 1 other day.", 2.5), (incident.Reasons[0].Text, incident.Reasons[0].Points)));
    }

    // One rule finds whatever antivirus names.
    [Fact]
    public void What_antivirus_finds_every_week_says_nothing_of_what_it_finds_once()
    {
        Finding[] junk = [.. Enumerable.Range(0, 6).Select(static day => With(Find(High, 60 * 24 * day, "PC-1"), "Threat Name", $"Trojan:Script/Wacatac.{day}!ml"))];
        Finding implant = With(Find(High, (60 * 24 * 3) + 400, "PC-1"), "Threat Name", "Trojan:Win64/WellMess.A!MTB");
        Finding other = With(Find(High, (60 * 24 * 3) + 410, "PC-2"), "Threat Name", "Trojan:Win32/WellMess.B");

        ImmutableArray<Incident> incidents = Build([.. junk.Append(implant).Append(other).OrderBy(static f => f.Time.UtcTicks)]);

        Assert.Equal(["PC-1", "PC-2"], incidents[0].Hosts.Select(static host => host.Name));
        Assert.Equal(["Web shell (high), nowhere else in this evidence.", "It spans 2 hosts."], incidents[0].Reasons.Select(static reason => reason.Text));
        Assert.All(incidents.Skip(1), static incident => Assert.Equal(IncidentSeverity.Low, incident.Severity));
    }

    private static Finding With(Finding finding, string field, string value) => finding with { Matched = [new MatchedValue("selection", field, value, "contains it")] };

    private static ImmutableArray<Incident> Build(params ReadOnlySpan<Finding> findings)
    {
        var builder = new IncidentBuilder();
        foreach (Finding finding in findings)
        {
            builder.Add(finding);
        }

        ImmutableArray<Incident> incidents = builder.Build();
        Assert.Equal(Enumerable.Range(1, incidents.Length), incidents.Select(static incident => incident.Number));
        return incidents;
    }

    private static EventClue Process(ulong key) => new(ClueKind.Process, "", key);

    private static EventClue Parent(ulong key) => new(ClueKind.ParentProcess, "", key);

    private static EventClue Name(ClueKind kind, string name) => new(kind, name, 0);

    private static Finding Find(RuleInfo rule, int minute, string host, string account = "", ImmutableArray<EventClue> clues = default)
    {
        var time = new EventTime(Start.AddMinutes(minute).Ticks, TimeCertainty.Exact);
        return new Finding
        {
            Rule = rule,
            Time = time,
            LastTime = time,
            Host = host,
            Account = account,
            Channel = "",
            Provider = "",
            EventId = 1,
            RecordId = minute,
            Matched = [],
            Clues = clues.IsDefault ? [] : clues,
            Places = [],
            PlaceCount = 1,
        };
    }

    private static RuleInfo Rule(string title, FindingLevel level, string tactic) => new()
    {
        Id = title,
        Name = "",
        Title = title,
        Level = level,
        IsCorrelation = false,
        Status = "",
        Description = "",
        Author = "",
        LogSource = "",
        Attack = new AttackReferences([tactic], [], [], []),
        References = [],
        FalsePositives = [],
        Path = "",
        Line = 1,
    };
}
