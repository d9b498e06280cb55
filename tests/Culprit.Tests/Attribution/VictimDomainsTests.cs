using Culprit.Attribution;
using Culprit.Attribution.Linking;
using Culprit.Attribution.Weighing;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Names that say nothing of who attacked, or say it once: the victim's own, and those below one registered domain.</summary>
public sealed class VictimDomainsTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon", Group = "G0034";

    private static readonly string[] Names = ["mail.ccuk.edu.ng", "portal.ccuk.edu.ng", "staff.ccuk.edu.ng", "memo.ccuk.edu.ng", "ftp.ccuk.edu.ng"];

    private readonly ObservedIncident _incident = new();

    // A university that once was broken into is in a list about whoever did, and its people ask for its mail server every day.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_victim_that_asks_for_its_own_names_names_nobody(bool events)
    {
        _incident.On("pc1.ccuk.edu.ng");
        foreach (string name in Names)
        {
            int finding = _incident.FindIndicator(name, "domain", "QueryName", Sysmon, 22);
            if (events)
            {
                _incident.Happen([finding], Sysmon, 22, ObservedIncident.Monday, ("QueryName", name));
            }
        }

        Assessment assessment = Assess([.. _incident.Observe()]);

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Equal(Names.Order(StringComparer.Ordinal), assessment.Observations.Select(static o => o.Observation.Value));
        Assert.All(assessment.Groups, static g => Assert.All(g.Weights, static w => Assert.Equal(0, w.LogLikelihoodRatio)));
        Assert.All(assessment.Observations, static o => Assert.Contains("it is the victim's own", o.Note, StringComparison.Ordinal));
        Assert.Equal(Names.Length, Causes.Of([.. assessment.Observations.Select(static o => o.Observation)], Observed.Scales(2020)).Length);
    }

    [Theory]
    [InlineData("pc1.ccuk.edu.ng", "domain", "mail.ccuk.edu.ng", true)]
    [InlineData("PC1.Ad.CCUK.edu.ng.", "domain", "ccuk.edu.ng", true)]
    [InlineData("ccuk.edu.ng", "domain", "ftp.ccuk.edu.ng", true)]
    [InlineData("pc1.ccuk.edu.ng", "url", "mail.ccuk.edu.ng:8080/a/b.php", true)]
    [InlineData("pc1.ccuk.edu.ng", "domain", "unn.edu.ng", false)]
    [InlineData("pc1.ccuk.edu.ng", "domain", "my-ccuk.edu.ng", false)]
    [InlineData("pc1.ccuk.edu.ng", "domain", "mail.ccuk.edu.ng.evil.example", false)]
    [InlineData("pc1.ccuk.edu.ng", "url", "evil.example/mail.ccuk.edu.ng", false)]
    [InlineData("pc1.shop.co.uk", "domain", "evil.co.uk", false)]
    [InlineData("pc1.north.school.k12.ca.us", "domain", "www.town.ca.us", false)]
    [InlineData("pc1.district.k12.ca.us", "domain", "www.district.k12.ca.us", true)]
    [InlineData("ec2-198-51-100-7.eu-west-1.compute.amazonaws.com", "domain", "ec2-203-0-113-9.eu-west-1.compute.amazonaws.com", false)]
    [InlineData("ip-10-0-0-1.ec2.internal", "domain", "ip-10-0-0-2.ec2.internal", false)]
    [InlineData("home.ddns.net", "domain", "home.ddns.net", false)]
    [InlineData("dc1.corp.local", "domain", "evil.corp.local", false)]
    [InlineData("net", "domain", "evil.net", false)]
    [InlineData("edu.ng", "domain", "evil.edu.ng", false)]
    [InlineData("198.51.100.7", "url", "198.51.100.7/a", false)]
    public void Whose_a_name_is_its_registered_domain_tells(string host, string kind, string value, bool own)
    {
        _incident.On(host).FindIndicator(value, kind, "QueryName", Sysmon, 22);

        Assert.Equal(own, Assert.Single(_incident.Observe()).OfVictim);
    }

    // A request's host is what its sender asked for; in the log of a proxy that is where the intruder is.
    [Theory]
    [InlineData(false, "")]
    [InlineData(false, "WEB01")]
    [InlineData(true, "web01.evil.example")]
    public void A_host_that_was_asked_for_is_no_computer_of_the_victim(bool own, string server)
    {
        int finding = _incident.On("evil.example").FindIndicator("www.evil.example", "domain", "cs-host");
        _incident.Happen([finding], "", 0, ObservedIncident.Monday, ("c-ip", "10.1.2.3"), ("cs-host", "www.evil.example"), ("s-computername", server));

        Assert.Equal(own, Assert.Single(_incident.Observe()).OfVictim);
    }

    [Fact]
    public void Computers_of_other_incidents_are_the_victims_too_and_so_is_what_the_user_gives()
    {
        var other = new ObservedIncident();
        other.On("pc1.ccuk.edu.ng").Happen([], Sysmon, 1, ObservedIncident.Monday);
        var request = new AssessmentRequest { Incident = 1, Given = [Observed.Domain("mail.ccuk.edu.ng", Group, 2020), Observed.Domain("c2.example", Group, 2020)] };
        AssessedIncidents Assessed(params Incident[] incidents) => IncidentAssessor.Assess(incidents, new Dictionary<int, Finding>(), request, KnowledgeBase.Embedded);
        string[] OfVictim(AssessedIncidents assessed) =>
            [.. Assert.Single(assessed.Incidents).Assessment.Observations.Select(static o => o.Observation).Where(static o => o.OfVictim).Select(static o => o.Value)];

        AssessedIncidents both = Assessed(_incident.Incident, other.Incident with { Number = 2 });
        using var written = new MemoryStream();
        both.Write(written);

        Assert.Empty(OfVictim(Assessed(_incident.Incident)));
        Assert.Equal(["mail.ccuk.edu.ng"], OfVictim(both));
        Assert.Equal(["mail.ccuk.edu.ng"], OfVictim(AssessedIncidents.Read(written.ToArray())));
    }

    [Fact]
    public void What_is_observed_of_an_incident_knows_the_computers_of_the_whole_case()
    {
        var other = new ObservedIncident();
        other.On("pc1.ccuk.edu.ng").Happen([], Sysmon, 1, ObservedIncident.Monday);
        _incident.On("LAPTOP-7").FindIndicator("mail.ccuk.edu.ng", "domain", "QueryName", Sysmon, 22);

        Assert.False(Assert.Single(_incident.Observe()).OfVictim);
        Assert.True(Assert.Single(_incident.ObserveBeside(other.Incident)).OfVictim);
    }

    [Fact]
    public void What_is_the_victims_own_takes_nothing_from_other_evidence()
    {
        Observation[] others = [.. Observed.Of("T1218.011 T1053.005 T1490"), Observed.Domain("c2.example", Group, 2020)];
        Observation[] own = [.. Names.Select(static n => Observed.Domain(n, Group, 2020) with { OfVictim = true })];

        Assessment without = Assess(others), with = Assess([.. others, .. own]);

        Assert.Equal(without.Groups.Select(static g => (g.Group.Id, g.Probability)), with.Groups.Select(static g => (g.Group.Id, g.Probability)));
        Assert.Equal(without.Verdict, with.Verdict);
        Assert.Equal(without.Reasons.AsEnumerable(), with.Reasons);
    }

    [Fact]
    public void Names_below_one_registered_domain_say_no_more_than_the_strongest()
    {
        Observation[] five = [.. Names.Select(static (n, i) => Observed.Domain(n, Group, 2020 - i))];
        Observation elsewhere = Observed.Domain("c2.example", Group, 2020), url = Listed("www.ccuk.edu.ng/a.php", "url");

        Assert.Equal(Sum(five[..1]), Sum(five), 9);
        Assert.Equal(Sum(five[..1]), Sum([.. five, url]), 9);
        Assert.Equal(Sum([five[0], elsewhere]), Sum([.. five, elsewhere]), 9);
        Assert.Contains("4 others of the same registered domain", Assess(five).Observations[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void URLs_at_one_address_are_one_thing_with_it()
    {
        Observation[] urls = [Listed("198.51.100.7/a", "url"), Listed("198.51.100.7:8080/b", "url")];

        Assert.Equal(Sum(urls[..1]), Sum([.. urls, Listed("198.51.100.7", "address")]), 9);
        Assert.True(Sum([.. urls, Listed("198.51.100.8/a", "url")]) > Sum(urls) + 0.5);
    }

    // What was met says what it says; a stronger name of the same domain that somebody only wrote adds the difference, and no more.
    [Fact]
    public void What_is_only_mentioned_adds_to_its_domain_what_it_is_stronger()
    {
        Observation weak = Observed.Domain("a.evil.example", Group, 2014), strong = Observed.Domain("b.evil.example", Group, 2020) with { Contact = IndicatorContact.Written };

        double met = Sum([strong with { Contact = IndicatorContact.Met }]);

        Assert.InRange(Sum([weak, strong]), Sum([weak]) + 0.5, met);
        Assert.Equal(met, Sum([strong with { Contact = IndicatorContact.Met }, weak with { Contact = IndicatorContact.Written }]), 9);
    }

    // Below a service that gives names to anybody, each name is somebody else's.
    [Fact]
    public void Names_below_shared_services_are_each_by_itself()
    {
        Observation[] two = [Observed.Domain("a.ddns.net", Group, 2020, shared: true), Observed.Domain("b.ddns.net", Group, 2020, shared: true)];

        Assert.Equal(Math.Sqrt(2) * Sum(two[..1]), Sum(two), 9);
    }

    [Fact]
    public void A_crowd_of_one_domain_takes_no_place_from_another()
    {
        Observation[] crowd = [.. Enumerable.Range(0, 30).Select(static i => Observed.Domain($"n{i:00}.evil.example", Group, 2020))];
        Observation[] own = [.. Enumerable.Range(0, 30).Select(static i => Observed.Domain($"o{i:00}.own.example", Group, 2020) with { OfVictim = true })];
        Observation elsewhere = Observed.Domain("c2.example", Group, 2015);

        Assessment assessment = Assess([.. crowd, .. own, elsewhere]);

        Assert.Equal(2 * IndicatorCrowds.Most, assessment.Observations.Length);
        Assert.Contains(assessment.Observations, static o => o.Observation.Value == "c2.example");
        Assert.Equal(Sum([crowd[0], elsewhere]), Sum([.. crowd, .. own, elsewhere]), 9);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void That_lists_hold_the_victims_own_names_ascribes_no_incident(bool own, int items)
    {
        var rarities = new Rarities(KnowledgeBase.Embedded);
        List<LinkItem> found = [];
        IncidentProfile Of(string name) => IncidentProfile.Of(
            new MadeIncident(name).Make() with { Observations = [Observed.Domain($"mail.{name}.example", Group, 2020) with { OfVictim = own }] }, rarities, TestContext.Current.CancellationToken);

        Circumstances.Add(found, Of("a"), Of("b"), TestContext.Current.CancellationToken);

        Assert.Equal(items, found.Count(static i => i.Kind == "ascribed to one group"));
    }

    private static Observation Listed(string value, string kind) =>
        Observed.Domain(value, Group, 2020) is var one ? one with { Indicators = [one.Indicators[0] with { Kind = Enum.Parse<IndicatorKind>(kind, ignoreCase: true) }] } : one;

    private static double Sum(Observation[] observed) => Assess(observed).Groups.Single(static g => g.Group.Id == Group).Weights.Sum(static w => w.LogLikelihoodRatio);

    private static Assessment Assess(Observation[] observed) => new Attributor(KnowledgeBase.Embedded).Assess(observed, new AssessmentOptions { Year = 2020 });
}
