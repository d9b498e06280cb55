using System.Text;
using Culprit.Attribution;
using Culprit.Dossier.Redaction;
using Culprit.Dossier.Tests.MadeUp;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Dossier.Tests;

/// <summary>No name is left, the same name has the same pseudonym, and what a second person checks with stays.</summary>
public sealed class RedactionTests
{
    private const RedactionKinds All = RedactionKinds.Accounts | RedactionKinds.Hosts | RedactionKinds.Addresses;

    private static readonly string[] Secret =
    [
        "web-01", "fs-01", "dc-01", "ws-07", "ws-12", "bkp-01", "fw-01", "institute.example", "svc_backup", "mvogel", "203.0.113.77", "10.20.0.15", "198.51.100.9",
        "S-1-5-21-1004336348",
    ];

    [Fact]
    public async Task No_account_host_or_address_is_left_in_any_letter_case()
    {
        DossierInput input = MadeUpCases.Rich with { Notes = ["Ask MVOGEL about WEB-01.Institute.Example and Svc_Backup2 at 10.20.0.15:445."] };
        (DossierInput redacted, RedactionKey key) = Redactor.Apply(input, All);
        string html = await Rendered.HtmlAsync(redacted);
        string[] silent = ["bkp-01", "fw-01"]; // Hosts of sources that could not be read: nothing but a path names them.
        Assert.DoesNotContain(Secret.Except(silent), name => html.Contains(name, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(DossierCheck.Check(html, redacted));
        Assert.Contains("Pseudonymised", html, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Names, name => html.Contains(name.Name, StringComparison.OrdinalIgnoreCase) && name.Kind is not "domain");
    }

    // What a host without a name is called ends in ".log", which is no domain.
    [Fact]
    public void A_host_that_is_called_by_its_log_is_no_name()
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        make.Windows(0, "", "svc_backup", 1, "x", null);
        DossierIncident incident = make.Make(1, IncidentSeverity.Low, null);
        const string host = "the web server of proxy/access.log";
        incident = incident with { Incident = incident.Incident with { Events = [.. incident.Incident.Events.Select(static one => one with { Machine = host, Summary = "The Security log of it" })] } };

        IncidentEvent after = Redactor.Apply(MadeUpCases.Case("n", [incident], []), All).Input.Incidents[0].Incident.Events[0];

        Assert.Equal((host, "The Security log of it"), (after.Machine, after.Summary));
    }

    [Fact]
    public void The_same_name_has_the_same_pseudonym_and_no_two_names_share_one()
    {
        (DossierInput redacted, RedactionKey key) = Redactor.Apply(MadeUpCases.Rich, All);
        Incident before = MadeUpCases.Rich.Incidents[0].Incident, after = redacted.Incidents[0].Incident;
        Dictionary<string, string> pairs = [];
        foreach ((IncidentEvent was, IncidentEvent is_) in before.Events.Zip(after.Events))
        {
            Assert.Equal(pairs.TryAdd(was.Host, is_.Host) ? is_.Host : pairs[was.Host], is_.Host);
        }

        Assert.Equal("host-1", after.Story!.HostsFallen[0].Host);
        Assert.Equal(after.Events.First(e => e.Host == "host-2").Host, after.Story.HostsFallen[1].Host);
        Assert.Equal(key.Names.Length, key.Names.Select(name => name.Pseudonym).Distinct().Count());
        Assert.Equal("host-1.domain-1", after.Events.First(e => e.Value("Computer").Length > 0).Value("Computer"));
    }

    [Fact]
    public void Names_of_groups_stay_and_names_from_evidence_in_an_assessment_go()
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        make.Windows(0, "axiom", "svc_backup", 1, "x", null);
        DossierIncident incident = make.Make(1, IncidentSeverity.Low, null) with { Assessment = MadeUpAssessment.Named(() => "axiom.evil.example by svc_backup", 0) };
        Assessment after = Redactor.Apply(MadeUpCases.Case("n", [incident], []), All).Input.Incidents[0].Assessment!;

        Assert.Equal("Axiom", after.Groups[0].Group.Name);
        Assert.Contains("under Axiom (G0001)", after.Rivals[0].Against[0], StringComparison.Ordinal);
        Assert.Equal("It is likely that this was the work of Axiom (G0001).", after.Group!.LikelihoodSentence);
        string told = string.Join(' ', after.Observations.Select(o => $"{o.Observation.Value} {o.Observation.Basis}").Concat(after.WouldChange));
        Assert.DoesNotContain("svc_backup", told, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_in_what_lists_are_called_and_in_what_is_said_of_them_go()
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        make.Windows(0, "anna-pc", "svc_backup", 1, "x", null);
        Assessment assessment = MadeUpAssessment.Named(static () => "anna-pc.evil.example", 0);
        WeighedObservation listed = assessment.Observations[2] with
        {
            Observation = assessment.Observations[2].Observation with { Indicators = [new IndicatorClaim("anna-pc-iocs", ["G0001"], "https://intranet.example/ANNA-PC", 2019, IndicatorKind.Domain, false, 1)] },
            Note = "anna-pc-iocs says so.",
        };
        string[] sentences = ["anna-pc-iocs is a list that does not come with the program."];
        assessment = assessment with
        {
            Observations = assessment.Observations.SetItem(2, listed),
            Reasons = [.. sentences],
            Group = assessment.Group! with { Caps = [.. sentences], Grounds = [.. sentences] },
            Cluster = assessment.Cluster! with { Caps = [.. sentences], Grounds = [.. sentences] },
            Rivals = [.. assessment.Rivals.Select(rival => rival with { For = [.. sentences], Against = [.. sentences] })],
            WithoutStrongest = assessment.WithoutStrongest! with { Dropped = [2, 2] },
            WouldChange = [.. sentences],
            Limits = [.. sentences],
        };
        (DossierInput redacted, _) = Redactor.Apply(MadeUpCases.Case("n", [make.Make(1, IncidentSeverity.Low, null) with { Assessment = assessment }], []), All);

        string html = await Rendered.HtmlAsync(redacted);

        Assert.DoesNotContain("anna-pc", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Listed: host-1-iocs for Axiom (G0001), 2019, https://intranet.example/host-1.", html, StringComparison.Ordinal);
        Assert.Contains("Without the 2 indicators of host-1-iocs", html, StringComparison.Ordinal);
        Assert.Empty(DossierCheck.Check(html, redacted));
    }

    // What stays by itself is no shelter for a longer name that begins like it.
    [Theory]
    [InlineData("Axiom-PC1 speaks for Axiom (G0001).", "host-1 speaks for Axiom (G0001).")]
    [InlineData("Without axiom-pc1 Axiom leads.", "Without host-1 Axiom leads.")]
    [InlineData("Axiom", "Axiom")]
    [InlineData("Dr Axiom, of Axiom.", "account-1, of Axiom.")]
    [InlineData("Axiom.evil.example, or Axiom", "address-1, or Axiom")]
    public void A_name_that_begins_like_a_group_s_goes(string sentence, string expected)
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        make.Windows(0, "Axiom-PC1", "Dr Axiom", 1, "x", null);
        DossierIncident incident = make.Make(1, IncidentSeverity.Low, null) with
        {
            Assessment = MadeUpAssessment.Named(static () => "axiom.evil.example", 0) with { Reasons = [sentence] },
        };

        Assert.Equal(expected, Redactor.Apply(MadeUpCases.Case("n", [incident], []), All).Input.Incidents[0].Assessment!.Reasons[0]);
    }

    [Fact]
    public void Hashes_offsets_and_numbers_stay()
    {
        (DossierInput redacted, _) = Redactor.Apply(MadeUpCases.Rich, All);
        foreach ((IncidentEvent was, IncidentEvent is_) in MadeUpCases.Rich.Incidents[0].Incident.Events.Zip(redacted.Incidents[0].Incident.Events))
        {
            Assert.Equal((was.Number, was.Identity, was.RecordId, was.Time), (is_.Number, is_.Identity, is_.RecordId, is_.Time));
            Assert.Equal(was.Places.Select(p => (p.Sha256, p.Offset, p.Length, p.RecordId)), is_.Places.Select(p => (p.Sha256, p.Offset, p.Length, p.RecordId)));
        }
    }

    [Fact]
    public void Only_the_kinds_that_are_asked_for_are_replaced()
    {
        (DossierInput redacted, RedactionKey key) = Redactor.Apply(MadeUpCases.Rich, RedactionKinds.Accounts);
        string told = string.Join(' ', redacted.Incidents[0].Incident.Story!.Told.Select(s => s.Text));
        Assert.Contains("web-01", told, StringComparison.Ordinal);
        Assert.Contains("203.0.113.77", told, StringComparison.Ordinal);
        Assert.DoesNotContain("svc_backup", told, StringComparison.Ordinal);
        Assert.All(key.Names, name => Assert.Contains(name.Kind, new[] { "account", "sid" }));
    }

    [Theory]
    [InlineData("svc_backup@institute.example", "account-1@domain-1")]
    [InlineData(@"INSTITUTE\svc_backup", @"domain-2\account-1")]
    [InlineData(@"C:\Users\svc_backup\x", @"C:\Users\account-1\x")]
    [InlineData("al met alfred", "account-2 met alfred")]
    [InlineData("2001:db8::1 and 2001:DB8:0:0:0:0:0:1", "address-1 and address-1")]
    [InlineData("127.0.0.1 and version 10.0.19041.1", "127.0.0.1 and version 10.0.19041.1")]
    [InlineData("10.1.2.3, ::ffff:10.1.2.3", "address-1, ::ffff:address-1")]
    [InlineData(@"NT AUTHORITY\SYSTEM cleared System", @"NT AUTHORITY\SYSTEM cleared System")]
    [InlineData("\\\\WEB-01$ WEB-01.institute.example", "\\\\host-1$ host-1.domain-1")]
    public void A_text_is_replaced_as(string text, string expected)
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        make.Windows(0, "web-01", "svc_backup", 1, "x", null, ("TargetUserName", "al"), ("TargetDomainName", "INSTITUTE"));
        DossierInput input = MadeUpCases.Case("n", [make.Make(1, IncidentSeverity.Low, null)], [text]);
        Assert.Equal(expected, Redactor.Apply(input, All).Input.Notes[0]);
    }

    [Fact]
    public void Encoded_text_that_holds_a_name_is_withheld()
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        string encoded = Convert.ToBase64String(Encoding.Unicode.GetBytes("net use \\\\web-01\\c$ /user:svc_backup"));
        string harmless = Convert.ToBase64String(Encoding.Unicode.GetBytes("Get-Process | Out-Null; exit"));
        make.Add(RecordKind.WindowsEvent, 0, TimeCertainty.Exact, "web-01", "svc_backup", "Security", "", 4688, "a.evtx", "x", null,
            [("CommandLine", "powershell -enc " + encoded), ("Other", "powershell -enc " + harmless)]);
        DossierInput input = MadeUpCases.Case("n", [make.Make(1, IncidentSeverity.Low, null)], []);
        IncidentEvent after = Redactor.Apply(input, All).Input.Incidents[0].Incident.Events[0];
        Assert.Equal($"powershell -enc [encoded text of {encoded.Length} characters that holds a name]", after.Value("CommandLine"));
        Assert.Equal("powershell -enc " + harmless, after.Value("Other"));
    }

    [Fact]
    public void The_key_turns_pseudonyms_back()
    {
        (_, RedactionKey key) = Redactor.Apply(MadeUpCases.Rich, All);
        using var stream = new MemoryStream();
        key.Write(stream);
        string json = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("\"name\": \"svc_backup\"", json, StringComparison.Ordinal);
        Assert.Contains(key.Names, name => name is { Kind: "host", Name: "web-01", Pseudonym: "host-1" });
    }
}
