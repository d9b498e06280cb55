using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>One domain or address that both have, and what bears it out: a public service that no list knows looks like an intruder's own.</summary>
public sealed class LinkingOneThingTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational", Domain = "kqzone.example.net";

    public static TheoryData<string> OneThing => ["a domain", "an address", "an address that somebody worked from", "names below one domain", "names below one domain of a country", "a domain and its addresses", "techniques besides", "a rule for malware besides"];

    public static TheoryData<string> More => ["two domains", "two names of a service", "a domain and an address", "a file", "malware", "an account", "a listed domain of a group"];

    [Theory]
    [MemberData(nameof(OneThing))]
    public void One_domain_or_address_alone_is_no_more_than_a_realistic_possibility(string what)
    {
        CampaignLinks links = Link(what);

        IncidentLink link = links.Pairs[0];
        Assert.True(link.Probability > 0.85, "the figure says what it said");
        Assert.Equal((Likelihood.RealisticPossibility, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        Assert.Equal("Confidence in this is low: it rests on one domain or address alone.", link.ConfidenceSentence);
        Assert.StartsWith("One domain, with all names below it", Assert.Single(link.Caps), StringComparison.Ordinal);
        Assert.Contains(link.WouldChange, static c => c.StartsWith("Something else of the intruder found in both", StringComparison.Ordinal));
        Assert.DoesNotContain(link.WouldChange, static c => c.StartsWith("A base rate", StringComparison.Ordinal));
        Assert.Empty(links.Campaigns);
    }

    [Theory]
    [MemberData(nameof(More))]
    public void What_something_else_bears_out_says_what_it_said(string what)
    {
        CampaignLinks links = Link(what);

        Assert.True(links.Pairs[0].Likelihood >= Likelihood.Likely, links.Pairs[0].LikelihoodSentence);
        Assert.DoesNotContain(links.Pairs[0].Caps, static c => c.StartsWith("One domain", StringComparison.Ordinal));
        CampaignCluster campaign = Assert.Single(links.Campaigns);
        Assert.True(links.Pairs[0].Likelihood == Likelihood.Likely || campaign.WithoutStrongest.Length == 1, "what is more than likely holds without the strongest thing");
    }

    [Theory]
    [InlineData("myexternalip.com")]
    [InlineData("ident.me")]
    [InlineData("wtfismyip.com")]
    [InlineData("controlplane.tailscale.com")]
    [InlineData("pkgs.tailscale.com")]
    [InlineData("api.myip.com")]
    [InlineData("api-ipv4.ip.sb")]
    [InlineData("eth0.me")]
    [InlineData("dns.google")]
    [InlineData("get.helm.sh")]
    [InlineData("astral.sh")]
    [InlineData("time.nist.gov")]
    [InlineData("geo.netsupportsoftware.com")]
    [InlineData("web.whatsapp.com")]
    [InlineData("www.google.at")]
    [InlineData("mail.google.co.uk")]
    [InlineData("www.ebay.com.au")]
    [InlineData("status.rapidssl.com")]
    public void Public_services_say_nothing(string domain)
    {
        MadeIncident One(string name) => new MadeIncident(name).Asks(domain);

        LinkItem item = Assert.Single(new CampaignLinker(KnowledgeBase.Embedded).Link([One("a").Make(), One("b").Make()]).Pairs[0].Items);
        Assert.Equal(("domain", 0.2), (item.Kind, item.LogLikelihoodRatio));
    }

    [Fact]
    public void What_many_use_bears_nothing_out()
    {
        MadeIncident One(string name) => new MadeIncident(name).Asks(Domain).Asks("github.com").Connects("8.8.8.8").Refused("203.0.113.9").Installs("updater");

        Assert.Equal(Likelihood.RealisticPossibility, new CampaignLinker(KnowledgeBase.Embedded).Link([One("a").Make(), One("b").Make()]).Pairs[0].Likelihood);
    }

    [Theory]
    [InlineData("a.kqzone.net", "kqzone.net")]
    [InlineData("kqzone.net", "kqzone.net")]
    [InlineData("a.b.kqzone.co.uk", "kqzone.co.uk")]
    [InlineData("a.kqzone.duckdns.org", "kqzone.duckdns.org")]
    [InlineData("duckdns.org", "duckdns.org")]
    [InlineData("a.kqzone.tokyo.jp", "kqzone.tokyo.jp")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("a.b.web.de", "web.de")]
    [InlineData("a.b.net.de", "net.de")]
    [InlineData("a.kqzone.co.at", "kqzone.co.at")]
    [InlineData("net", "net")]
    public void What_somebody_registered_is_one_label_more_than_a_registry_has(string name, string registered) =>
        Assert.Equal(registered, RegisteredDomains.OfHolder(name));

    private static CampaignLinks Link(string what) => new CampaignLinker(KnowledgeBase.Embedded).Link([One("a", what).Make(), One("b", what).Make()]);

    private static MadeIncident One(string name, string what)
    {
        var one = new MadeIncident(name);
        return what switch
        {
            "a domain" => one.Asks(Domain),
            "an address" => one.Connects("203.0.113.77"),
            "an address that somebody worked from" => one.Shell("203.0.113.77"),
            "names below one domain" => one.Asks("a." + Domain).Asks("b." + Domain).Asks(Domain),
            "names below one domain of a country" => one.Asks("a.kqzone.co.uk").Asks("b.kqzone.co.uk"),
            "a domain and its addresses" => Answered(one).Connects("203.0.113.77").Connects("203.0.113.78"),
            "techniques besides" => one.Asks(Domain).Shows("T1059.001", "T1003.001", "T1021.002", "T1087.002", "T1053.005"),
            "a rule for malware besides" => one.Asks(Domain).Named("S1130"),
            "two domains" => one.Asks(Domain).Asks("brintal.example.org"),
            "two names of a service" => one.Asks("kqzone.duckdns.org").Asks("brintal.duckdns.org").Asks("third.duckdns.org").Asks("fourth.duckdns.org"),
            "a domain and an address" => one.Asks(Domain).Connects("203.0.113.77"),
            "a file" => one.Asks(Domain).Runs(name + "qx.exe", "implant"),
            "malware" => one.Asks(Domain).Uses("S1130"),
            "an account" => one.Asks(Domain).Creates("qadmin.svc7"),
            _ => one.Asks(Domain).Listed(Domain, shared: false),
        };
    }

    private static MadeIncident Answered(MadeIncident one) => one.Add(
        RecordKind.WindowsEvent, Sysmon, 22, "", ("QueryName", "cdn." + Domain), ("QueryResults", "type:  5 edge." + Domain + ";::ffff:203.0.113.77;203.0.113.78;"));
}
