using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What anybody can have, however much of it there is: it bears out nothing.</summary>
public sealed class LinkingCommonTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational", Domain = "kqzone.example.net";

    [Theory]
    [InlineData("signed programs")]
    [InlineData("public programs")]
    [InlineData("services of common names")]
    [InlineData("tools by antivirus")]
    [InlineData("malware of many groups")]
    public void Much_of_what_anybody_can_have_is_no_line(string what)
    {
        MadeIncident One(string name) => Common(new MadeIncident(name).Asks(Domain), what);

        IncidentLink domain = Link(One("a"), One("b"));
        Assert.Equal((Likelihood.RealisticPossibility, AnalyticConfidence.Low), (domain.Likelihood, domain.Confidence));
        Assert.Contains(domain.Caps, static c => c.StartsWith("One domain", StringComparison.Ordinal));

        // Beside two addresses that somebody worked from it is no second line either.
        MadeIncident Two(string name) => Common(new MadeIncident(name).Logon("203.0.113.77").Logon("203.0.113.78"), what);
        IncidentLink addresses = Link(Two("a"), Two("b"));
        Assert.True(addresses.Likelihood <= Likelihood.Likely, addresses.LikelihoodSentence);
        Assert.NotEqual(AnalyticConfidence.High, addresses.Confidence);
    }

    [Fact]
    public void One_file_of_somebodys_own_among_them_is_a_line()
    {
        MadeIncident One(string name) => Common(new MadeIncident(name).Asks(Domain).Runs(name + "qx.exe", "implant"), "signed programs");

        Assert.True(Link(One("a"), One("b")).Likelihood >= Likelihood.Likely);
    }

    [Theory]
    [InlineData("api.telegram.org", "::ffff:149.154.167.220;", true)]
    [InlineData("files.s3.amazonaws.com", "::ffff:52.216.1.1;", true)]
    [InlineData("relay-3f1a.net.anydesk.com", "::ffff:51.89.0.1;", true)]
    [InlineData("www.google.de", "::ffff:51.89.0.1;", true)]
    [InlineData("login.microsoftonline.com", "::ffff:51.89.0.1;", true)]
    [InlineData("www.bing.com.", "::ffff:51.89.0.1;", true)]
    [InlineData("kqzone.example.net", "type:  5 d1abc.cloudfront.net;::ffff:18.64.1.2;", true)]
    [InlineData("kqzone.example.net", "type:  5 kqzone.trafficmanager.net;type:  5 kqzone.westeurope.cloudapp.azure.com;::ffff:18.64.1.2;", false)]
    [InlineData("ec2-18-64-1-2.eu-west-1.compute.amazonaws.com", "::ffff:18.64.1.2;", false)]
    [InlineData("kqzone.duckdns.org", "::ffff:18.64.1.2;", false)]
    [InlineData("kqzone.example.net", "::ffff:18.64.1.2;", false)]
    public void The_address_of_a_name_that_serves_everybody_is_that_services(string name, string results, bool isCommon)
    {
        string address = results.Split("::ffff:")[1].TrimEnd(';');
        MadeIncident Asked(string of) => new MadeIncident(of).Add(RecordKind.WindowsEvent, Sysmon, 22, "", ("QueryName", name), ("QueryResults", results)).Connects(address);

        double both = Of(Link(Asked("a"), Asked("b"))), one = Of(Link(Asked("a"), new MadeIncident("b").Connects(address)));

        // Beside its domain an address adds less than by itself.
        Assert.Equal(isCommon, both <= 0.2);
        Assert.Equal(isCommon ? 0.2 : 4.5, one, 0.001);

        double Of(IncidentLink link) => Assert.Single(link.Items, i => i.Kind == "address" && i.Value == address).LogLikelihoodRatio;
    }

    private static MadeIncident Common(MadeIncident one, string what) => what switch
    {
        "signed programs" => one.Runs("psexec64.exe", "1", "Sysinternals").Runs("anydesk.exe", "2", "AnyDesk Software GmbH").Runs("rclone.exe", "3", "rclone.org").Runs("advanced_ip_scanner.exe", "4", "Famatech").Runs("q7z.exe", "5", "Igor Pavlov"),
        "public programs" => one.Runs("chisel.exe", "1").Runs("mimikatz.exe", "2").Runs("ncat.exe", "3").Runs("adfind.exe", "4").Runs("plink.exe", "5"),
        "services of common names" => Enumerable.Range(0, 40).Aggregate(one, static (o, i) => o.Installs($"svc{i}")),
        "tools by antivirus" => one.Uses("S0029", "S0002", "S1040", "S0552", "S0357"),
        _ => one.Uses("S0154", "S0013", "S0012"),
    };

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()], 0.3).Pairs[0];
}
