using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Which names are the victim's own, so that they link nothing, and which are the intruder's, though hosts and sites are called so.</summary>
public sealed class LinkingOwnNamesTests
{
    private const string Intruders = "www.qzx-panel.example";

    // The host of a request in the log of a proxy is what was asked for.
    [Theory]
    [InlineData("r-ip", "203.0.113.9", Intruders)]
    [InlineData("rs-content-type", "text/html", Intruders)]
    [InlineData("s-hierarchy", "DIRECT", Intruders)]
    [InlineData("cs-uri", "http://" + Intruders + "/a", Intruders)]
    [InlineData("cs-method", "CONNECT", Intruders + ":443")]
    public void What_a_proxy_was_asked_for_is_not_the_victims(string field, string value, string asked)
    {
        MadeIncident One(string name) => new MadeIncident(name, Intruders).Add(RecordKind.WebRequest, "", 0, "", ("c-ip", "10.1.2.3"), ("cs-host", asked), (field, value))
            .On($"pc-1.{name}.example").Asks(Intruders);

        IncidentLink link = Link(One("a"), One("b"));

        Assert.Equal("", link.SameVictim);
        Assert.Equal(5, Assert.Single(link.Items).LogLikelihoodRatio);
    }

    // Its own people ask for it; but whoever sends a request may write any name there, so that it does not show whose the server is.
    [Theory]
    [InlineData("www.inst-kz.example")]
    [InlineData("WWW.inst-kz.example:8443")]
    [InlineData("www.inst-kz.example.")]
    public void The_site_of_a_web_server_links_nothing_and_shows_no_one_victim(string asked)
    {
        MadeIncident One(string name) => new MadeIncident(name, "www.inst-kz.example").Add(RecordKind.WebRequest, "", 0, "", ("c-ip", "198.51.100.1"), ("cs-host", asked), ("sc-status", "404"))
            .On($"pc-1.{name}.example").Asks("www.inst-kz.example");

        IncidentLink link = Link(One("a"), One("b"));

        Assert.Equal("", link.SameVictim);
        Assert.Empty(link.Items);
    }

    [Fact]
    public void A_site_takes_no_other_name_of_its_domain_with_it()
    {
        MadeIncident One(string name) => new MadeIncident(name).Add(RecordKind.WebRequest, "", 0, "", ("c-ip", "198.51.100.1"), ("cs-host", "x.qzx-panel.example")).Asks(Intruders);

        Assert.Contains(Link(One("a"), One("b")).Items, static i => i is { Kind: "domain", Value: Intruders });
    }

    [Theory]
    [InlineData("dev", "kz-panel.dev")]
    [InlineData("app", "kz-panel.app")]
    [InlineData("cloud", "kz-panel.cloud")]
    public void A_host_of_one_label_owns_no_names_below_it(string host, string domain) =>
        Assert.Equal(domain, Assert.Single(Link(new MadeIncident("a", host).Asks(domain), new MadeIncident("b").Asks(domain)).Items).Value);

    [Theory]
    [InlineData("inst-kz.example", "mail.inst-kz.example")]
    [InlineData("pc-1.ad.inst-kz.example", "mail.inst-kz.example")]
    [InlineData("pc-1.inst-kz.example", "pc-1.inst-kz.example")]
    [InlineData("pc-1.qzx.duckdns.org", "pc-1.qzx.duckdns.org")]
    public void What_lies_in_the_registered_domain_of_a_host_is_its_own(string host, string domain) =>
        Assert.Empty(Link(new MadeIncident("a", host).Asks(domain), new MadeIncident("b").Asks(domain)).Items);

    [Fact]
    public void Files_that_end_as_a_host_is_called_link_all_the_same()
    {
        IncidentLink link = Link(new MadeIncident("a", "exe").Runs("qkzone.exe", "a"), new MadeIncident("b").Runs("qkzone.exe", "b"));

        Assert.Equal(("file name", "qkzone.exe"), (Assert.Single(link.Items).Kind, link.Items[0].Value));
    }

    // Where the evidence is not read again findings alone name computers, and hosts of requests stand beside them.
    [Fact]
    public void Of_incidents_without_events_the_computers_of_their_findings_show_one_victim()
    {
        var observed = new ObservedIncident();
        observed.On("dc01.inst-kz.example").FindIndicator("203.0.113.9", "address", "DestinationIp", "Microsoft-Windows-Sysmon", 3);
        observed.On(Intruders).FindIndicator(Intruders, "domain", "cs-host");
        string[] computers = [.. observed.Computers()];
        LinkedIncident One(string name, params string[] named) => new MadeIncident(name).Make() with { Computers = [.. named] };

        Assert.Equal(["dc01.inst-kz.example"], computers);
        Assert.Contains("inst-kz.example", Link(One("a", computers), One("b", computers)).SameVictim, StringComparison.Ordinal);
        Assert.Equal("", Link(One("a"), One("b", computers)).SameVictim);
    }

    // A domain inside a network is nobody's: every second hospital may call its own so.
    [Theory]
    [InlineData("hospital.local")]
    [InlineData("stadt-klinik.local")]
    [InlineData("schule.intern")]
    [InlineData("praxis")]
    [InlineData("kanzlei.home.arpa.lan")]
    public void A_domain_inside_a_network_shows_one_victim_only_together_with_hosts(string domain)
    {
        IncidentLink Hosts(string ofA, string ofB)
        {
            MadeIncident a = new("a", "x"), b = new("b", "y");
            foreach ((string one, string other) in ofA.Split(' ').Zip(ofB.Split(' ')))
            {
                a.On($"{one}.{domain}").Shell("203.0.113.77");
                b.On($"{other}.{domain}").Shell("203.0.113.77");
            }

            return Link(a, b);
        }

        IncidentLink apart = Hosts("pc01 pc02", "pc03 pc04");
        Assert.Equal("", apart.SameVictim);
        Assert.Equal(Hosts("pc01 pc02", "pc03.x pc04.x").Probability, apart.Probability);
        Assert.Contains(apart.WouldChange, c => c.Contains($"each names hosts of {domain}, as anybody may call a network of his own,", StringComparison.Ordinal));
        Assert.Equal("", Hosts("dc01 pc02", "dc01 pc03").SameVictim);
        Assert.Contains("dc01." + domain, Hosts("dc01 fs01 sql1", "dc01 fs01 sql1").SameVictim, StringComparison.Ordinal);
    }

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => Link(a.Make(), b.Make());

    private static IncidentLink Link(LinkedIncident a, LinkedIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a, b]).Pairs[0];
}
