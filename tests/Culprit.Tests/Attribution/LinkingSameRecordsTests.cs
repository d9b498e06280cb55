using Culprit.Attribution;
using Culprit.Attribution.Linking;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Records that stand in two files: those without a number of their own are known by what they say.</summary>
public sealed class LinkingSameRecordsTests
{
    private static readonly DateTime Start = new(2024, 5, 1, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_log_of_a_web_server_that_was_cut_at_another_place_is_the_same_evidence()
    {
        MadeIncident Cut(string name, string source) => new MadeIncident(name, "web.lab.example").From(source);
        static MadeIncident Rest(MadeIncident one) => one.At(Start).Shell("203.0.113.77").Shell("203.0.113.77").Shell("203.0.113.77");

        IncidentLink link = new CampaignLinker(KnowledgeBase.Embedded).Link([Rest(Cut("a", "aa")).Make(), Rest(Cut("b", "bb").At(Start.AddHours(-1)).Refused("192.0.2.1")).Make()]).Pairs[0];

        Assert.True(link.IsSameEvidence);
        Assert.Equal("3 of the 3 events of incident 1 of a and 3 of the 4 of incident 1 of b are the same records: it is the same evidence, not a campaign.", link.SameEvidence);
        Assert.DoesNotContain(link.Items, static i => i.Kind == "address");
    }

    [Fact]
    public void A_forwarded_record_without_its_number_is_known_by_what_it_says_and_a_numbered_one_by_its_number()
    {
        MadeIncident One(string name, params (string, string)[] fields) => new MadeIncident(name, "pc").At(Start).Add(RecordKind.WindowsEvent, "Security", 4624, "", fields);

        Assert.Equal((1, 1), Same(One("a", ("IpAddress", "203.0.113.77"), ("LogonType", "3")), One("b", ("LogonType", "3"), ("IpAddress", "203.0.113.77"))));
        Assert.Equal((0, 0), Same(One("a", ("EventRecordID", "7"), ("LogonType", "3")), One("b", ("EventRecordID", "7"), ("LogonType", "3"))));
    }

    [Fact]
    public void Records_that_differ_in_anything_are_two()
    {
        MadeIncident One(string name, string host = "web", string channel = "", int id = 0, string path = "/x.aspx", double later = 0) =>
            new MadeIncident(name, host).At(Start.AddSeconds(later)).Add(RecordKind.WebRequest, channel, id, "", ("cs-uri-stem", path), ("sc-status", "200"));

        Assert.Equal((1, 1), Same(One("a"), One("b")));
        Assert.Equal((1, 1), Same(One("a"), One("b", host: "WEB")));
        Assert.Equal((0, 0), Same(One("a"), One("b", host: "other")));
        Assert.Equal((0, 0), Same(One("a"), One("b", channel: "Security")));
        Assert.Equal((0, 0), Same(One("a"), One("b", id: 1)));
        Assert.Equal((0, 0), Same(One("a"), One("b", path: "/X.aspx")));
        Assert.Equal((0, 0), Same(One("a"), One("b", later: 0.0000001)));
        Assert.Equal((0, 0), Same(One("a"), new MadeIncident("b", "web").At(Start).Add(RecordKind.WebRequest, "", 0, "", ("cs-uri-stem", "/x.aspx"), ("sc-status", "200"), ("cs-uri-query", "q"))));
    }

    // Where nothing says when they were, equal lines are what every log has.
    [Fact]
    public void Records_without_a_time_are_not_known_by_what_they_say() =>
        Assert.Equal((0, 0), Same(new MadeIncident("a", "web").Timeless().Shell("203.0.113.77"), new MadeIncident("b", "web").Timeless().Shell("203.0.113.77")));

    [Fact]
    public void Of_equal_records_no_more_are_the_same_than_stand_on_either_side()
    {
        MadeIncident a = new("a", "web"), b = new("b", "web");
        for (int i = 0; i < 3; i++)
        {
            a.At(Start).Shell("203.0.113.77");
        }

        b.At(Start).Shell("203.0.113.77").At(Start).Shell("203.0.113.77");

        Assert.Equal((2, 2), Same(a, b));
        Assert.Equal((2, 2), Same(b, a));
    }

    [Fact]
    public void One_that_stands_at_the_same_place_is_not_matched_with_another_as_well()
    {
        MadeIncident a = new MadeIncident("a", "web").Refused("192.0.2.1").From("aa").At(Start).Shell("203.0.113.77");
        MadeIncident b = new MadeIncident("b", "web").From("bb").At(Start).Shell("203.0.113.77").From("aa").At(Start).Shell("203.0.113.77");

        (IReadOnlySet<int> first, IReadOnlySet<int> second) = SameRecords.Find([a.Make(), b.Make()], CancellationToken.None).Of(0, 1);

        Assert.Equal([1], first);
        Assert.Equal([1], second);
    }

    [Fact]
    public void Within_one_case_nothing_is_the_same_evidence()
    {
        MadeIncident One() => new MadeIncident("a", "web").At(Start).Shell("203.0.113.77");

        (IReadOnlySet<int> first, IReadOnlySet<int> second) = SameRecords.Find([One().Make(1), One().Make(2)], CancellationToken.None).Of(0, 1);

        Assert.Equal((0, 0), (first.Count, second.Count));
    }

    // Rules found the same records, and one rule one record of either's own, by which it shows all of it again.
    [Fact]
    public void What_the_same_records_show_in_two_cases_is_no_shared_behaviour()
    {
        string[] common = ["T1059.001", "T1003.001", "T1021.002", "T1087.002", "T1053.005", "T1070.001", "T1105", "T1560.001"];
        MadeIncident One(string name, bool isSame)
        {
            MadeIncident one = new MadeIncident(name).From(isSame ? "aa" : name);
            foreach ((int number, string technique) in common.Index())
            {
                one.Shows(technique).Found(number);
            }

            return Filled(one.Uses("S0020").From(name).Runs($"{name}qx.exe", "implant").Shows("T1566.001").ShowsAtOnce(common), common.Length);
        }

        IncidentLink same = Link(One("a", isSame: true), One("b", isSame: true)), other = Link(One("a", isSame: false), One("b", isSame: false));

        Assert.Contains("does not count as shared", same.SameEvidence, StringComparison.Ordinal);
        Assert.DoesNotContain(same.Items, static i => i.Line is LinkLine.Behaviour or LinkLine.Tooling);
        Assert.Contains(other.Items, static i => i.Line == LinkLine.Behaviour);
        Assert.Contains(other.Items, static i => i.Line == LinkLine.Tooling);
    }

    [Fact]
    public void Malware_that_antivirus_knew_by_the_same_record_alone_is_a_rule_for_it()
    {
        static MadeIncident One(string name, bool isSame) => Filled(new MadeIncident(name).From(isSame ? "aa" : name).Detected("S1130").From(name).Named("S1130"), 1);

        LinkItem same = Link(One("a", isSame: true), One("b", isSame: true)).Items.Single(static i => i.Line == LinkLine.Tooling);
        Assert.Equal(("rule for malware", true, Spoofability.Easy), (same.Kind, same.ByName, same.Spoofability));
        Assert.Equal("malware", Link(One("a", isSame: false), One("b", isSame: false)).Items.Single(static i => i.Line == LinkLine.Tooling).Kind);
    }

    // Of a basis the first events are kept; what it shows besides is its own all the same.
    [Fact]
    public void What_shows_more_than_is_kept_of_it_shows_the_rest_too()
    {
        const int own = 5;
        static MadeIncident One(string name)
        {
            MadeIncident one = Filled(Filled(new MadeIncident(name).From("aa"), ObservationBasis.MaxShown - 1).From(name), ObservationBasis.MaxShown);
            return one.Observes(new Observation
            {
                Kind = ObservationKind.Software,
                Value = "S1130",
                Name = "S1130",
                Bases = [Observed.Basis("antivirus: S1130", [.. Enumerable.Range(0, ObservationBasis.MaxShown)])],
                Events = [.. Enumerable.Range(0, ObservationBasis.MaxShown + own)],
            });
        }

        LinkItem malware = Link(One("a"), One("b")).Items.Single(static i => i.Line == LinkLine.Tooling);

        Assert.Equal(("malware", own), (malware.Kind, malware.FirstEvents.Length));
    }

    // More events of its own than it has in common, so that it is not for the most part the same evidence.
    private static MadeIncident Filled(MadeIncident one, int events)
    {
        for (int i = 0; i <= events; i++)
        {
            one.Refused("192.0.2.1");
        }

        return one;
    }

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()], 0.9).Pairs[0];

    private static (int First, int Second) Same(MadeIncident a, MadeIncident b)
    {
        (IReadOnlySet<int> first, IReadOnlySet<int> second) = SameRecords.Find([a.Make(), b.Make()], CancellationToken.None).Of(0, 1);
        return (first.Count, second.Count);
    }
}
