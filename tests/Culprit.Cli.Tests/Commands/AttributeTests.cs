using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Culprit.Attribution;
using Culprit.Cli.Attribution;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Tests.Commands;

public sealed partial class AttributeTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Observations_alone_are_weighed()
    {
        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003,Web Shell", "--software", "China Chopper,S0013", "--country", "GB", "--hours", "+8", "--year", "2020");

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        string[] lines = outcome.Out.Split('\n');
        Assert.EndsWith(".", lines[0], StringComparison.Ordinal);
        foreach (string heading in new[] { "WHO STANDS WHERE", "WHAT WAS OBSERVED, AND WHAT IT WEIGHS", "OTHER EXPLANATIONS, AND WHAT SPEAKS AGAINST THEM", "WHAT IT RESTS ON" })
        {
            Assert.Contains(heading, lines);
        }

        Assert.Contains("a group that is not known", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("China Chopper (S0020)", outcome.Out, StringComparison.Ordinal);
    }

    // What weighs next to nothing is shown where there is nothing else: a heading without rows would say that something is missing.
    [Fact]
    public void What_weighs_next_to_nothing_is_shown_where_nothing_weighs_more()
    {
        string[] rows = Weights(_program.Run("attribute", "--sector", "health", "--country", "GB").Out);

        Assert.Equal(2, rows.Length);
        Assert.Contains(rows, static row => row.Contains("health", StringComparison.Ordinal));
    }

    // Two vulnerabilities decide nothing, and whoever gave them asks what became of them.
    [Fact]
    public void What_the_user_gave_is_shown_whatever_it_weighs()
    {
        string[] rows = Weights(_program.Run("attribute", "--vulnerabilities", "CVE-2019-19781,CVE-2019-11510", "--country", "GB", "--sector", "health", "--year", "2020").Out);

        Assert.All(new[] { "CVE-2019-19781", "CVE-2019-11510", "United Kingdom", "health" }, given => Assert.Contains(rows, row => row.Contains(given, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_tells_most_comes_first_whomever_it_speaks_for()
    {
        string[] rows = Weights(_program.Run(
            "attribute", "--year", "2020", "--software", "S0023,S0559,S0417,S0002,S0154", "--techniques",
            "T1003.005,T1059.001,T1566.001,T1071.001,T1027,T1105,T1003.001,T1047,T1021.002,T1053.005,T1190,T1505.003,T1560.001,T1003.003").Out);
        double[] most = [.. rows.Select(static row => Weight().Matches(row).Max(static m => Math.Abs(double.Parse(m.Value, CultureInfo.InvariantCulture))))];

        Assert.True(rows.Length > 8, string.Join('\n', rows));
        Assert.Equal(most.OrderDescending(), most);
    }

    // The rows of the table of weights; a cell that has no room goes on in a line that begins empty.
    private static string[] Weights(string page) =>
    [
        .. page[page.IndexOf("WHAT WAS OBSERVED", StringComparison.Ordinal)..].Split('\n').Skip(2)
            .TakeWhile(static line => !line.StartsWith("  ...", StringComparison.Ordinal) && !line.Contains("unkn.: ", StringComparison.Ordinal))
            .Where(static line => !line.StartsWith("   ", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("(?<= )[+-][0-9]+\\.[0-9]{2}(?= )", RegexOptions.CultureInvariant)]
    private static partial Regex Weight();

    [Theory]
    [InlineData("T1560.001", "--techniques", "T1505.003,", "T1560.001")]
    [InlineData("T1560.001,", "--techniques", "T1505.003,", "T1560.001,", "T1047")]
    [InlineData(",T1560.001", "--techniques", "T1505.003", ",T1560.001")]
    [InlineData("PlugX", "--software", "China Chopper,", "PlugX")]
    public void A_list_with_a_space_behind_its_comma_is_said_to_be_one(string taken, params string[] arguments)
    {
        Outcome outcome = _program.Run(["attribute", .. arguments]);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.Contains($"'{taken}' is no case but looks like part of a list; write lists with commas and without spaces, or in quotes: --techniques T1505.003,T1560.001.\n", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be used", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_semicolon_between_names_is_told()
    {
        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003;T1560.001");

        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains("no technique is known under the name 'T1505.003;T1560.001'.\n  Names are separated by commas.\n", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void That_incidents_are_left_out_is_said_where_some_are(int leftOut, bool said)
    {
        AssessedIncidents assessed = IncidentAssessor.Assess(new AssessmentRequest { Given = [GivenObservations.VictimSector("health")] }, KnowledgeBase.Embedded);
        IncidentAssessment[] all = [.. Enumerable.Range(1, IncidentAssessor.MaxIncidents).Select(n => assessed.Incidents[0] with { Incident = n })];
        using var output = new StringWriter { NewLine = "\n" };
        using var host = new CliHost { OutStream = Stream.Null, Out = output, Error = output, OutIsTerminal = false, Unicode = true, Colour = false, Environment = static _ => null };

        new AttributionPage(host, KnowledgeFiles.Load(null, host), top: 3).Write(assessed with { Incidents = [.. all], LeftOut = leftOut });

        Assert.Equal(said, output.ToString().Contains("The 20 gravest incidents are assessed, and no more at once: 1 more incident", StringComparison.Ordinal));
        Assert.Equal(said, output.ToString().Contains("gravest", StringComparison.Ordinal));
    }

    [Fact]
    public void Likelihood_and_confidence_share_no_line()
    {
        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003,T1560.001,T1003.003,T1047", "--software", "Winnti for Windows,PlugX,China Chopper,ShadowPad", "--unknown-rate", "0.05");

        string[] paragraphs = outcome.Out.Split("\n\n");
        Assert.DoesNotContain(paragraphs[..3], static p => p.Contains("onfidence", StringComparison.Ordinal) && p.Contains("likel", StringComparison.Ordinal));
        Assert.Contains(paragraphs[..4], static p => p.Contains("onfidence", StringComparison.Ordinal));
    }

    [Fact]
    public void A_small_base_rate_is_not_told_as_none() =>
        Assert.Contains("groups that are not known do 0.03% of intrusions, given by the user", _program.Run("attribute", "--techniques", "T1505.003,T1047", "--unknown-rate", "0.0003").Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("--software", "China Choper", "Did you mean China Chopper? (software S0020 China Chopper)")]
    [InlineData("--software", "WINELOADER", "--new-malware 'WINELOADER'")]
    [InlineData("--new-malware", "Mimikatz", "'Mimikatz' is known: it is S0002 Mimikatz; give it with --software.")]
    [InlineData("--new-malware", "Win32/Diskcoder.C", "'Win32/Diskcoder.C' is known, as antivirus writes it: it is S0368 NotPetya; give it with --software.")]
    [InlineData("--new-malware", "APT29", "'APT29' is no malware: it is G0016 APT29.")]
    [InlineData("--new-malware", "T1003", "'T1003' is no malware: it is T1003 OS Credential Dumping.")]
    [InlineData("--lists", "nowhere", "there is nothing to look for in them")]
    [InlineData("--software", "APT29", "'APT29' is the group G0016 APT29, and no software.")]
    [InlineData("--techniques", "T9999", "--techniques: T9999 is not in this knowledge base, MITRE Enterprise ATT&CK 18.1 (2025-11-12).\nculprit: nothing was done.\n")]
    [InlineData("--techniques", "T1064", "--techniques: T1064 (Scripting) was withdrawn by ATT&CK, and nothing took its place.\nculprit: nothing was done.\n")]
    [InlineData("--techniques", "ta0001", "--techniques: TA0001 is a tactic: give its techniques.\nculprit: nothing was done.\n")]
    [InlineData("--software", "S9999", "--software: S9999 is not in this knowledge base, MITRE Enterprise ATT&CK 18.1 (2025-11-12).\nculprit: nothing was done.\n")]
    [InlineData("--software", "Cozy Bear", "'Cozy Bear' is another name of CozyCar, and a group's too; where that software was observed, give its identifier.\n  group G0016 APT29\n  software S0046 CozyCar\n")]
    [InlineData("--software", "DNSMessenger", "'DNSMessenger' has 2 meanings")]
    [InlineData("--sector", "qwertyuiop", "no group is known to have attacked the sector 'qwertyuiop', so it says nothing of who did it; name one of aerospace, ")]
    [InlineData("--sector", "Congo", "no group is known to have attacked the sector 'Congo', so it says nothing of who did it; name one of aerospace, ")]
    [InlineData("--vulnerabilities", "log4shell", "'log4shell' is no CVE identifier")]
    [InlineData("--country", "Atlantis", "'Atlantis' is no country")]
    [InlineData("--hours", "noon", "'noon' is no distance from UTC")]
    [InlineData("--base-rate", "G0016", "is no factor on a group's odds")]
    [InlineData("--base-rate", "G0016=0", "is no factor on a group's odds")]
    [InlineData("--base-rate", "Nobody=2", "no group is known under the name 'Nobody'")]
    [InlineData("--unknown-rate", "1", "'1' is no rate")]
    [InlineData("--year", "20", "give one from 1990 to 2999")]
    [InlineData("--incident", "1", "name the case")]
    [InlineData("--sector", " ", "name one, such as")]
    public void What_is_not_understood_is_said_and_nothing_is_done(string option, string value, string message)
    {
        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003", option, value);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_mean_several_things_are_listed()
    {
        // ATT&CK has several techniques of this name, one for each tactic or part.
        Outcome outcome = _program.Run("attribute", "--techniques", "Domains");

        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains("meanings; name one of them by its identifier.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("technique T1583.001 Domains", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("technique T1584.001 Domains", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--software", "Medusa", "'Medusa' is taken as MEDUSA (S1220); there is also Medusa Ransomware (S1244).")]
    [InlineData("--software", "Win32/Diskcoder.C", "'Win32/Diskcoder.C' is taken as NotPetya (S0368), as where antivirus calls something so.")]
    [InlineData("--software", "Industroyer", "'Industroyer' is taken as Industroyer (S0604); there is also Industroyer2 (S1072).")]
    [InlineData("--software", "SpicyOmelette", "'SpicyOmelette' is taken as SpicyOmelette (S0646); there is also More_eggs (S0284, also SpicyOmelette).")]
    [InlineData("--software", "Carbanak", "'Carbanak' is taken as Carbanak (S0030); also called so: the group Carbanak (G0008), the actor FIN7.")]
    [InlineData("--software", "Havex", "'Havex' is taken as Backdoor.Oldrea (S0093); also called so: the actor ENERGETIC BEAR.")]
    [InlineData("--techniques", "T1086", "T1086 was withdrawn; PowerShell (T1059.001) took its place and is taken.")]
    [InlineData("--base-rate", "G0058=2", "G0058 was withdrawn; Magic Hound (G0059) took its place and is taken.")]
    [InlineData("--base-rate", "Cozy Bear=2", "'Cozy Bear' is taken as APT29 (G0016).")]
    [InlineData("--software", "Mimikatz", null)]
    [InlineData("--software", "S1220", null)]
    [InlineData("--techniques", "PowerShell", null)]
    [InlineData("--sector", "Private sector", null)]
    [InlineData("--sector", "Health", null)]
    [InlineData("--sector", "Mongolian government", "'Mongolian government' is taken as government.")]
    [InlineData("--sector", "hospitals", "'hospitals' is taken as health.")]
    [InlineData("--sector", "military hospital", "'military hospital' is taken as defence; there is also health.")]
    [InlineData("--country", "Germany", null)]
    public void What_a_name_is_taken_for_is_told_where_it_may_mean_something_else(string option, string value, string? told)
    {
        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003", option, value, "--format", "json");

        Assert.Equal((ExitCodes.Done, told is null ? "" : $"culprit: {option}: {told}\n"), (outcome.Code, outcome.Error));
        using JsonDocument json = JsonDocument.Parse(outcome.Out);
        Assert.Single(json.RootElement.GetProperty("incidents").EnumerateArray());
    }

    [Fact]
    public void A_country_where_no_group_is_known_to_have_attacked_anybody_is_told_and_left_out()
    {
        HashSet<string> attacked = [.. KnowledgeBase.Embedded.Groups.SelectMany(static g => g.Victims?.Countries ?? [])];
        string country = new[] { "BT", "FJ", "IS", "MG", "TO", "WS" }.First(c => !attacked.Contains(c) && KnownCountries.Code(c) is not null);

        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003", "--country", country, "--format", "json");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Equal($"culprit: --country: of no group is it known that it attacked anybody there ({KnownCountries.Name(country)}), so it says nothing of who did it and is left out.\n", outcome.Error);
        Assert.Equal(_program.Run("attribute", "--techniques", "T1505.003", "--format", "json").Out, outcome.Out);
    }

    [Fact]
    public void Indicators_are_looked_for_in_lists_of_the_users_too()
    {
        string list = _program.Write("apt29.txt", "# https://example.org/2024/report\nc2.example.net\n");
        string[] asked = ["attribute", "--techniques", "T1505.003,T1047,T1003.001", "--indicators", "c2.example.net"];

        Assert.Contains("no list of a group holds 'c2.example.net'", _program.Run(asked).Error, StringComparison.Ordinal);
        Outcome found = _program.Run([.. asked, "--lists", list]);
        Assert.Equal((ExitCodes.Done, ""), (found.Code, found.Error));
        Assert.Contains("c2.example.net", found.Out, StringComparison.Ordinal);
        Outcome some = _program.Run([.. asked[..^1], "unheard-of.example,c2.example.net", "--lists", list]);
        Assert.Equal((ExitCodes.Done, found.Out), (some.Code, some.Out));
        Assert.Contains("no list of a group holds 'unheard-of.example'", some.Error, StringComparison.Ordinal);
        Outcome missing = _program.Run([.. asked, "--lists", list + ".none"]);
        Assert.Equal((ExitCodes.Usage, ""), (missing.Code, missing.Out));
        Assert.Contains("--lists: no such file or folder", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_called_as_one_that_ships_is_told_to_be_somebodys()
    {
        string list = _program.Write("apt_turla.txt", "made-up-evil.com\n");

        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003,T1047,T1003.001", "--indicators", "made-up-evil.com", "--lists", list);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("apt_turla (given) is a list that does not come with the program", string.Join(' ', outcome.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_given_is_wrong() => Assert.Equal(ExitCodes.Usage, _program.Run("attribute").Code);

    [Fact]
    public void Json_is_whole_and_goes_to_a_file()
    {
        string path = Path.Combine(_program.Folder, "who.json");

        Outcome outcome = _program.Run("attribute", "--techniques", "T1505.003,T1047", "--base-rate", "APT29=2", "--format", "json", "--out", path);

        Assert.Equal((ExitCodes.Done, "", ""), (outcome.Code, outcome.Out, outcome.Error));
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        Assert.Equal(2, json.RootElement.GetProperty("request").GetProperty("group_factors").GetProperty("G0016").GetDouble());
        JsonElement assessment = json.RootElement.GetProperty("incidents")[0].GetProperty("assessment");
        Assert.Equal("not_enough_evidence", assessment.GetProperty("verdict").GetString());
        Assert.Equal(["technique", "technique"], assessment.GetProperty("observations").EnumerateArray().Select(static o => o.GetProperty("observation").GetProperty("kind").GetString()));
        Assert.Equal(File.ReadAllText(path), _program.Run("attribute", "--techniques", "T1505.003", "--techniques", "Windows Management Instrumentation", "--base-rate", "G0016=2", "--format", "json").Out);
    }

    [Fact]
    public void A_case_keeps_it_the_dossier_tells_it_and_verify_makes_it_again()
    {
        _program.Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things", "do good things"));
        string folder = Path.Combine(_program.Folder, "case");
        _program.Run("investigate", Path.Combine(_program.Folder, "evidence"), "--case", folder, "--rules", _program.Write("evil.yml", TestEvidence.EvilRule), "--no-default-rules");

        Assert.Equal(ExitCodes.Done, _program.Run("report", folder, "--no-pdf").Code);
        Assert.Contains("culprit attribute CASE", File.ReadAllText(Path.Combine(folder, "report", "dossier.html")), StringComparison.Ordinal);

        Outcome outcome = _program.Run("attribute", folder, "--incident", "1", "--sector", "health");
        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.StartsWith("INCIDENT 1\nNot enough evidence to say who did it.\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("keeps this as attribution.json", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("its dossier is from before", outcome.Error, StringComparison.Ordinal);

        // A dossier of before says less than the case: it is old, and nobody is accused of having changed it.
        Outcome old = _program.Run("verify", folder);
        Assert.Equal(ExitCodes.NotRead, old.Code);
        Assert.Contains("by the custody log the case was changed since it was written: Assessed who is behind incident 1", old.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, _program.Run("report", folder, "--no-pdf").Code);
        Assert.Contains("Not enough evidence to say who did it.", File.ReadAllText(Path.Combine(folder, "report", "dossier.html")), StringComparison.Ordinal);
        Outcome verified = _program.Run("verify", folder);
        Assert.Equal(ExitCodes.Done, verified.Code);
        Assert.Contains("ok        Assessing who did it again comes to the same [attribution]", verified.Out, StringComparison.Ordinal);
    }

    // Malware that was met in one incident would name its group for each of the others.
    [Theory]
    [InlineData("--techniques", "T1505.003", false)]
    [InlineData("--software", "SUNBURST", false)]
    [InlineData("--new-malware", "WINELOADER", false)]
    [InlineData("--vulnerabilities", "CVE-2021-44228", false)]
    [InlineData("--hours", "+8", false)]
    [InlineData("--sector", "health", true)]
    [InlineData("--country", "GB", true)]
    [InlineData("--year", "2020", true)]
    [InlineData("--unknown-rate", "0.5", true)]
    [InlineData("--base-rate", "G0016=2", true)]
    public void What_was_observed_belongs_to_one_incident_of_several(string option, string value, bool holdsForAll)
    {
        _program.Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things", "do good things"));
        _program.Write("evidence/two.evtx", TestEvidence.Log("PC-2", TestEvidence.Start.AddDays(60), "SHOP\\bob", "do other evil things", "do good things"));
        string folder = Path.Combine(_program.Folder, "case");
        string rule = TestEvidence.EvilRule.Replace("level: high", "level: critical", StringComparison.Ordinal);
        _program.Run("investigate", Path.Combine(_program.Folder, "evidence"), "--case", folder, "--rules", _program.Write("evil.yml", rule), "--no-default-rules");

        Outcome outcome = _program.Run("attribute", folder, option, value);

        Assert.Equal((holdsForAll ? ExitCodes.Done : ExitCodes.Usage, holdsForAll), (outcome.Code, File.Exists(Path.Combine(folder, "attribution.json"))));
        Assert.Equal(!holdsForAll, outcome.Error.Contains(
            "is as it was before: it has 2 incidents to assess, and the techniques, software, vulnerabilities, indicators and hours that are given were observed in one of them; name it with --incident N", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Done, _program.Run("attribute", folder, option, value, "--incident", "2").Code);
    }

    [Fact]
    public void What_of_a_verdict_nobody_but_the_user_says_is_told()
    {
        string folder = _program.KeepSmallCase();

        string page = _program.Run("attribute", folder, "--incident", "1", "--software", "WellMess,WellMail,SoreFang", "--year", "2020").Out.ReplaceLineEndings(" ");

        Assert.Contains("One group stands out: APT29 (G0016).", page, StringComparison.Ordinal);
        Assert.Matches(@"It rests mainly on what the user gave, and no record shows it: \w+ \(S051[456]\), \w+ \(S051[456]\) and \w+ \(S051[456]\)\.", page);
        Assert.DoesNotContain("It rests", _program.Run("attribute", folder, "--incident", "1", "--sector", "health").Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_text_of_a_rule_or_record_reaches_the_terminal_as_it_is(bool terminal)
    {
        using var program = new TestProgram { Terminal = terminal };
        program.Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things"));
        string folder = Path.Combine(program.Folder, "case");
        string rule = TestEvidence.EvilRule.Replace("title: Evil process", "title: \"Mimikatz \\e]8;;https://evil.example\\a \\u202e \\e[2J\"", StringComparison.Ordinal);
        program.Run("investigate", Path.Combine(program.Folder, "evidence"), "--case", folder, "--rules", program.Write("evil.yml", rule), "--no-default-rules");

        Outcome outcome = program.Run("attribute", folder, "--incident", "1");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("shown by  rule: Mimikatz", outcome.Out, StringComparison.Ordinal);
        string own = System.Text.RegularExpressions.Regex.Replace(outcome.Out, "\u001b\\[[0-9;]*m", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(own, static c => c is '\u001b' or '\u0007' or '\u202e');
    }

    [Fact]
    public void A_case_that_is_none_is_said()
    {
        Outcome outcome = _program.Run("attribute", _program.Folder);

        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains("there is no case in this folder", outcome.Error, StringComparison.Ordinal);
    }
}
