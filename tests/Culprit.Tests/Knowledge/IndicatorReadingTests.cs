using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

public sealed class IndicatorReadingTests
{
    private const string Sha256 = "a70d914bf690898d0737692735e99cea29741bb90360ba26e5c9cad9c59506b2";

    [Theory]
    [InlineData("45.66.230.5", IndicatorKind.Address, "45.66.230.5")]
    [InlineData("45.66.230[.]5:8443", IndicatorKind.Address, "45.66.230.5:8443")]
    [InlineData("http://45.66.230.5", IndicatorKind.Address, "45.66.230.5")]
    [InlineData("hxxps://45.66.230.5:8080/", IndicatorKind.Address, "45.66.230.5:8080")]
    [InlineData("2A02:C207::1", IndicatorKind.Address, "2a02:c207::1")]
    [InlineData("[2a02:c207::1]:443", IndicatorKind.Address, "[2a02:c207::1]:443")]
    [InlineData("Evil-Update.COM", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("evil-update.com:8080", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("evil-update(dot)com.", IndicatorKind.Domain, "evil-update.com")]
    [InlineData("_dmarc.evil-update.com", IndicatorKind.Domain, "_dmarc.evil-update.com")]
    [InlineData("bücher-update.com", IndicatorKind.Domain, "xn--bcher-update-dlb.com")]
    [InlineData("hxxp[://]evil-update[.]com/A/b.PHP?x=1", IndicatorKind.Url, "evil-update.com/a/b.php?x=1")]
    [InlineData("evil-update.com/a/", IndicatorKind.Url, "evil-update.com/a")]
    [InlineData("evil-update.com/r?u=http://other-host.com", IndicatorKind.Url, "evil-update.com/r?u=http://other-host.com")]
    [InlineData("https://github.com/evil/tool", IndicatorKind.Url, "github.com/evil/tool")]
    [InlineData("/Help_17_12.php", IndicatorKind.Path, "/help_17_12.php")]
    [InlineData(@"C:\ProgramData\Evil\loader.DLL", IndicatorKind.Path, @"c:\programdata\evil\loader.dll")]
    [InlineData(@"%TEMP%\evil-loader.exe", IndicatorKind.Path, "evil-loader.exe")]
    [InlineData("PAYLOAD.EXE", IndicatorKind.Path, "payload.exe")]
    [InlineData("update.check.dll", IndicatorKind.Path, "update.check.dll")]
    [InlineData("stage2.ps1", IndicatorKind.Path, "stage2.ps1")]
    [InlineData("gate_of_evil.php", IndicatorKind.Path, "gate_of_evil.php")]
    [InlineData("evil-archive.zip", IndicatorKind.Domain, "evil-archive.zip")]
    [InlineData("evil-script.sh", IndicatorKind.Domain, "evil-script.sh")]
    [InlineData("A70D914BF690898D0737692735E99CEA29741BB90360BA26E5C9CAD9C59506B2", IndicatorKind.Hash, Sha256)]
    public void A_value_has_one_form(string written, IndicatorKind kind, string value)
    {
        Indicator read = Assert.Single(Lists.Of("list", written).All());
        Assert.Equal((kind, value), (read.Kind, read.Value));
    }

    [Theory]
    [InlineData("10.1.2.3", "inside of networks")]
    [InlineData("192.168.0.1:443", "inside of networks")]
    [InlineData("172.31.255.255", "inside of networks")]
    [InlineData("100.64.0.1", "inside of networks")]
    [InlineData("169.254.0.1", "inside of networks")]
    [InlineData("127.0.0.1", "inside of networks")]
    [InlineData("fe80::1", "inside of networks")]
    [InlineData("198.51.100.7", "documentation")]
    [InlineData("8.8.8.8", "name server")]
    [InlineData("45.66.230.0/24", "range")]
    [InlineData("com", "single label")]
    [InlineData("co.uk", "registry")]
    [InlineData("com.br", "registry")]
    [InlineData("gov.it", "registry")]
    [InlineData("ac.at", "registry")]
    [InlineData("tokyo.jp", "registry")]
    [InlineData("me.uk", "registry")]
    [InlineData("eu.org", "many share")]
    [InlineData("it.com", "many share")]
    [InlineData("us.com", "many share")]
    [InlineData("sslip.io", "many share")]
    [InlineData("nip.io", "many share")]
    [InlineData("*.softether.net", "many share")]
    [InlineData("blogspot.de", "many share")]
    [InlineData("http://uk.com/", "many share")]
    [InlineData("google.com", "everybody visits")]
    [InlineData("google.de", "everybody visits")]
    [InlineData("www.google.co.uk", "everybody visits")]
    [InlineData("google.com.br", "everybody visits")]
    [InlineData("amazon.co.jp", "everybody visits")]
    [InlineData("yandex.kz", "everybody visits")]
    [InlineData("web.de", "everybody visits")]
    [InlineData("or.at", "registry")]
    [InlineData("www.microsoft.com", "everybody visits")]
    [InlineData("https://www.google.com/", "everybody visits")]
    [InlineData("ddns.net", "many share")]
    [InlineData("https://github.com/", "many share")]
    [InlineData("fileserver.local", "nobody's")]
    [InlineData("fileserver.lab", "nobody's")]
    [InlineData("fileserver.intern", "nobody's")]
    [InlineData("example.com", "nobody's")]
    [InlineData("anna@evil-update.com", "mail address")]
    [InlineData("/login.php", "many web sites")]
    [InlineData("/a", "fewer than 6")]
    [InlineData(@"\svchost.exe", "many have")]
    [InlineData("svchost.exe", "many have")]
    [InlineData("CMD.EXE", "many have")]
    [InlineData("kernel32.dll", "many have")]
    [InlineData("index.php", "many have")]
    [InlineData("report[.]pdf", "many have")]
    [InlineData("autorun.inf", "many have")]
    [InlineData("a.exe", "many have")]
    [InlineData("http://payload.exe/x", "no address")]
    [InlineData("payload.exe:443", "no address")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "empty file")]
    [InlineData("evil update.com", "space")]
    [InlineData("256.1.1.1", "no address")]
    [InlineData("-", "no address")]
    public void What_everybody_has_is_refused_with_the_reason(string written, string reason)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("list.txt", "known-evil.com\n" + written));

        Assert.Equal(["known-evil.com"], set.All().Select(static i => i.Value));
        IndicatorRefusal refusal = Assert.Single(reports[0].Refusals);
        Assert.Equal((2, written), (refusal.Line, refusal.Value));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 1), (reports[0].ReadCount, reports[0].RefusedCount));
    }

    [Fact]
    public void A_list_says_who_when_and_by_whose_report()
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("apt_test.txt", $"""
            # Copyright (c) somebody
            # Aliases: fancy test, APT-T
            # MITRE: https://attack.mitre.org/groups/G0007/

            # Reference: https://www.virustotal.com/gui/file/{Sha256}/detection
            # Reference: https://report.test/2019/03/how-it-was

            old-evil.com
            45.66.230.5:443 # was: something
            second-evil.com/path.php

            # Referemce: https://twitter.com/someone/status/1212092628029698048

            old-evil.com
            tweeted-evil.com

            # Generic

            /gate_1234.php
            """));

        Indicator[] all = set.All();
        IndicatorList list = Assert.Single(set.Lists);
        Assert.Equal("apt_test", list.Name);
        Assert.Equal(["APT-T", "fancy test"], list.Aliases);
        Assert.Equal(["G0007"], list.GroupIds);
        Assert.Equal(0, reports[0].RefusedCount);
        Assert.Equal(("https://report.test/2019/03/how-it-was", 2019), Report("second-evil.com/path.php"));
        Assert.Equal(("https://report.test/2019/03/how-it-was", 2019), Report("45.66.230.5:443"));
        Assert.Equal((null, null), Report("/gate_1234.php"));
        Assert.Equal(IndicatorKind.Hash, all.Single(static i => i.Value == Sha256).Kind);

        // Given twice: the later report says that it was still in use.
        Assert.Equal(("https://twitter.com/someone/status/1212092628029698048", 2019), Report("tweeted-evil.com"));
        Assert.Equal(6, all.Length);

        (string?, int?) Report(string value) => all.Single(i => i.Value == value) is var one ? (one.Source, one.Year) : default;
    }

    [Theory]
    // The example of Twitter's own documentation, created at 2019-12-31T19:26:16Z; the one of MongoDB's, generated on 2012-10-17.
    [InlineData("https://twitter.com/TwitterDev/status/1212092628029698048", 2019)]
    [InlineData("https://otx.alienvault.com/pulse/507f1f77bcf86cd799439011", 2012)]
    [InlineData("https://report.test/2014/09/darwins-favorite-apt-group-2.html", 2014)]
    [InlineData("https://report.test/files/20190405_report.pdf", 2019)]
    [InlineData("https://report.test/apt-2023-q1", 2023)]
    [InlineData("https://report.test/seen (# 2025-01-05)", 2025)]
    [InlineData("https://report.test/cve-2017-11882-again", null)]
    [InlineData("https://report.test/72924/some", null)]
    [InlineData("https://report.test/file/5eb788aa33050c19c614a189949fd02ecf22656809f3c8e3ceffab5a0679ae8e", null)]
    [InlineData("https://report.test/id/19991301", null)]
    [InlineData("https://web.archive.org/web/20120106212034/http://report.test/blocklist.php", 2012)]
    [InlineData("https://web.archive.org/web/20120106212034id_/http://report.test/blocklist.php", 2012)]
    [InlineData("https://web.archive.org/web/20180106212034/http://report.test/2011/05/list", 2011)]
    [InlineData("https://web.archive.org/web/20129906212034/http://report.test/blocklist.php", null)]
    public void The_year_is_what_the_reference_says(string reference, int? year)
    {
        Indicator read = Assert.Single(Lists.Of("list", "# Reference: " + reference, "", "known-evil.com").All());
        Assert.Equal(year, read.Year);
    }

    [Fact]
    public void Lists_of_one_group_count_once()
    {
        IndicatorSet set = Lists.Of(
            ("one.txt", "# MITRE: https://attack.mitre.org/groups/G0001/\n\nshared-evil.com"),
            ("two.txt", "# MITRE: https://attack.mitre.org/groups/G0001/\n\nshared-evil.com"),
            ("three.txt", "shared-evil.com\nown-evil.com"));

        Assert.All(set.All().Where(static i => i.Value == "shared-evil.com"), static i => Assert.Equal(2, i.ListCount));
        Assert.Equal(1, set.All().Single(static i => i.Value == "own-evil.com").ListCount);
    }

    [Theory]
    [InlineData("a G0001, b G0002, c G0001 G0002", 1)]
    [InlineData("a G0001 G0002, b G0001, c G0002", 1)]
    [InlineData("a G0002, b G0003, c G0001 G0002, d G0001 G0003", 1)]
    [InlineData("a G0004, b G0001, c G0002, d G0003, e G0002 G0003, f G0001 G0003", 2)]
    [InlineData("a G0001, b G0002, c G0003", 3)]
    public void Lists_that_have_a_group_of_the_same_third_count_once(string lists, int count)
    {
        IndicatorSet set = Lists.Of([.. lists.Split(", ").Select(static list => list.Split(' '))
            .Select(static words => (words[0] + ".txt", string.Concat(words[1..].Select(static id => $"# MITRE: https://attack.mitre.org/groups/{id}/\n")) + "\nshared-evil.com"))]);

        Assert.All(set.All(), indicator => Assert.Equal(count, indicator.ListCount));
    }

    [Theory]
    [InlineData("evil.ddns.net", SharedInfrastructure.DynamicDns)]
    [InlineData("evil.workers.dev", SharedInfrastructure.Cloud)]
    [InlineData("a.b.trycloudflare.com", SharedInfrastructure.Tunnel)]
    [InlineData("bit.ly/3abcdef", SharedInfrastructure.UrlShortener)]
    [InlineData("pastebin.com/raw/abcdef", SharedInfrastructure.Paste)]
    [InlineData("drive.google.com/uc?id=1", SharedInfrastructure.FileHosting)]
    [InlineData("104.21.5.9", SharedInfrastructure.ContentDelivery)]
    [InlineData("13.107.246.40", SharedInfrastructure.ContentDelivery)]
    [InlineData("52.95.255.1", SharedInfrastructure.Cloud)]
    [InlineData("20.84.1.2:443", SharedInfrastructure.Cloud)]
    [InlineData("35.192.3.4/gate.php", SharedInfrastructure.Cloud)]
    [InlineData("178.62.7.8", SharedInfrastructure.Cloud)]
    [InlineData("vpn616865750.softether.net", SharedInfrastructure.DynamicDns)]
    [InlineData("64.176.65.49.sslip.io", SharedInfrastructure.DynamicDns)]
    [InlineData("166-88-54-158.nip.io", SharedInfrastructure.DynamicDns)]
    [InlineData("a.b.dedyn.io", SharedInfrastructure.DynamicDns)]
    [InlineData("evil.freedynamicdns.org", SharedInfrastructure.DynamicDns)]
    [InlineData("evil.ezua.com", SharedInfrastructure.DynamicDns)]
    [InlineData("evil.it.com", SharedInfrastructure.WebHosting)]
    [InlineData("teams-live.us.com", SharedInfrastructure.WebHosting)]
    [InlineData("evil.uk.com", SharedInfrastructure.WebHosting)]
    [InlineData("evil.run.place", SharedInfrastructure.WebHosting)]
    [InlineData("evil.work.gd", SharedInfrastructure.WebHosting)]
    [InlineData("evil.line.pm", SharedInfrastructure.WebHosting)]
    [InlineData("evil.my.id", SharedInfrastructure.WebHosting)]
    [InlineData("evil.eu.org", SharedInfrastructure.WebHosting)]
    [InlineData("bold-hamilton.207-246-119-197.plesk.page", SharedInfrastructure.WebHosting)]
    [InlineData("evil.blogspot.de", SharedInfrastructure.WebHosting)]
    [InlineData("evil.blogspot.com.br", SharedInfrastructure.WebHosting)]
    [InlineData("blogspot.evil-update.com", null)]
    [InlineData("evil.tokyo.jp", null)]
    [InlineData("evil-it.com", null)]
    [InlineData("evil-ddns.net", null)]
    [InlineData("45.66.230.5", null)]
    public void What_many_share_is_known(string value, SharedInfrastructure? shared) => Assert.Equal(shared, Assert.Single(Lists.Of("list", value).All()).Shared);

    [Fact]
    public void Events_of_misp_name_their_actor()
    {
        const string json = """
            {"response":[{"Event":{"info":"x","date":"2021-05-06","Tag":[{"name":"tlp:white"},{"name":"misp-galaxy:threat-actor=\"Sofacy\""}],
              "Galaxy":[{"type":"threat-actor","GalaxyCluster":[{"tag_name":"misp-galaxy:threat-actor=\"Sofacy\"","value":"Sofacy","meta":{"synonyms":["APT28"]}}]}],
              "Attribute":[
                {"type":"ip-dst","value":"45.66.230.5"},{"type":"ip-dst|port","value":"45.66.230.6|8443"},{"type":"domain|ip","value":"evil-misp.com|45.66.230.7"},
                {"type":"url","value":"http://evil-misp.com/a.php"},{"type":"link","value":"https://report.test/x"},{"type":"comment","value":"45.66.230.99"},
                {"type":"hostname","value":"own.evil-misp.net","Tag":[{"name":"misp-galaxy:mitre-intrusion-set=\"APT29 - G0016\""}]},
                {"type":"ip-src","value":"10.0.0.1"}],
              "Object":[{"name":"file","Attribute":[{"type":"filename|md5","value":"evil-loader.exe|0cc175b9c0f1b6a831c399e269772661"},{"type":"filename","value":"svchost.exe"}]}]}}]}
            """;
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", json));

        Assert.Equal(["APT29", "Sofacy"], set.Lists.Select(static l => l.Name));
        Assert.Equal(["G0016"], set.Lists[0].GroupIds);
        Assert.Equal(["APT28"], set.Lists[1].Aliases);
        Assert.Equal(
            ["0cc175b9c0f1b6a831c399e269772661", "45.66.230.5", "45.66.230.6:8443", "45.66.230.7", "evil-loader.exe", "evil-misp.com", "evil-misp.com/a.php", "own.evil-misp.net"],
            set.All().Select(static i => i.Value).Order(StringComparer.Ordinal));
        Assert.All(set.All(), static i => Assert.Equal((2021, "https://report.test/x"), (i.Year, i.Source)));
        Assert.Equal(("MISP JSON", 3), (reports[0].Format, reports[0].RefusedCount));
    }

    [Theory]
    [InlineData("""{"Tag":[{"name":"misp-galaxy:threat-actor=\"APT28\""},{"name":"misp-galaxy:threat-actor=\"Turla\""}],""")]
    [InlineData("""{"Tag":[{"name":"misp-galaxy:threat-actor=\"Turla\""},{"name":"misp-galaxy:mitre-intrusion-set=\"APT28 - G0007\""}],""")]
    [InlineData("""{"Galaxy":[{"GalaxyCluster":[{"tag_name":"misp-galaxy:threat-actor=\"Turla\"","value":"Turla"}]},{"GalaxyCluster":[{"tag_name":"misp-galaxy:threat-actor=\"APT28\"","value":"APT28","meta":{"synonyms":["Sofacy"]}}]}],""")]
    public void An_event_of_misp_about_several_actors_is_ascribed_to_none(string start)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("APT28.json", start + """ "Attribute":[{"type":"domain","value":"evil-misp.com"},{"type":"domain","value":"other-misp.com"}]}"""));

        IndicatorList list = Assert.Single(set.Lists);
        Assert.Equal("APT28, Turla", list.Name);
        Assert.Empty(KnowledgeBase.Embedded.GroupsOf(list));
        Assert.Equal(["what is about several actors (APT28, Turla) is ascribed to none of them"], reports[0].Warnings);
    }

    // Which actors are known is of no account here: somebody whom nobody knows is another one all the same.
    [Fact]
    public void An_actor_beside_one_that_nobody_knows_is_one_of_several()
    {
        IndicatorSet set = Lists.Of("feed", """
            {"Tag":[{"name":"misp-galaxy:threat-actor=\"Quiet Owl\""},{"name":"misp-galaxy:threat-actor=\"APT28\""}],"Attribute":[{"type":"domain","value":"evil-misp.com"}]}
            """);

        Assert.Empty(KnowledgeBase.Embedded.GroupsOf(Assert.Single(set.Lists)));
    }

    [Theory]
    [InlineData("""{"Tag":[{"name":"misp-galaxy:threat-actor=\"Sofacy\""},{"name":"misp-galaxy:mitre-intrusion-set=\"APT28 - G0007\""},{"name":"misp-galaxy:microsoft-activity-group=\"STRONTIUM\""}],""", "Sofacy")]
    [InlineData("""{"Tag":[{"name":"misp-galaxy:threat-actor=\"apt28\""},{"name":"misp-galaxy:threat-actor=\"APT28\""}],""", "apt28")]
    [InlineData("""{"Galaxy":[{"GalaxyCluster":[{"tag_name":"misp-galaxy:mitre-intrusion-set=\"APT28 - G0007\"","value":"APT28 - G0007"}]}],""", "APT28")]
    public void Names_of_one_group_in_an_event_of_misp_mean_that_group(string start, string name)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("feed.json", start + """ "Attribute":[{"type":"domain","value":"evil-misp.com"}]}"""));

        IndicatorList list = Assert.Single(set.Lists);
        Assert.Equal(name, list.Name);
        Assert.Equal(["G0007"], KnowledgeBase.Embedded.GroupsOf(list));
        Assert.Empty(reports[0].Warnings);
    }

    [Theory]
    [InlineData("{\"Event\":{\"Attribute\":[{\"type\":\"domain\",\"value\":")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":{\"a\":{\"a\":1}}}")]
    [InlineData("culprit-indicators 1\n>only two\tcells\n")]
    [InlineData("culprit-indicators 1\ndwithout-list.com\n")]
    public void A_broken_file_is_told_and_stops_no_other(string content)
    {
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("broken.json", content), ("good.txt", "known-evil.com"));

        Assert.NotEmpty(reports[0].Error);
        Assert.Equal(["known-evil.com"], set.All().Select(static i => i.Value));
    }

    [Fact]
    public void Deep_and_long_input_is_bounded()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"Event\":", 100_000));
        string wide = new string('a', 5_000_000) + "\nknown-evil.com\n" + new string('.', 100_000) + "\n" + new string('/', 10_000);
        IndicatorSet set = Lists.Of(out IndicatorFileReport[] reports, ("deep.json", deep), ("wide.txt", wide));

        Assert.NotEmpty(reports[0].Error);
        Assert.Equal((1, 3), (reports[1].ReadCount, reports[1].RefusedCount));
        Assert.Equal(["known-evil.com"], set.All().Select(static i => i.Value));
    }

    [Fact]
    public void The_order_of_files_plays_no_part_and_facts_are_read_again()
    {
        (string, string)[] files = [("b.txt", "# Reference: https://r.test/2020/\n\nz-evil.com\na-evil.com"), ("a.txt", "a-evil.com\n/path_of_evil"), ("c.txt", "")];
        IndicatorSet set = Lists.Of(files);

        Assert.Equal(set.ContentHash, Lists.Of([.. files.Reverse()]).ContentHash);
        Assert.Equal(set.ContentHash, set.Again().ContentHash);
        Assert.Equal(set.ContentHash, IndicatorSet.Read([], set, out _).ContentHash);
        Assert.NotEqual(set.ContentHash, Lists.Of(files[0]).ContentHash);
        Assert.Equal(4, set.Count);
    }
}
