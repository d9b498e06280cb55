using Culprit.Attribution;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>How much several observations say together: what has one cause, costs a word or was said before says no more.</summary>
public sealed class DependenceTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";

    // Techniques that few groups but Chimera are known for together.
    private static readonly string[] Telling = ["attack.t1574.002", "attack.t1039", "attack.t1111", "attack.t1550.002", "attack.t1213.002", "attack.t1003.003"];

    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    [Fact]
    public void A_weak_indicator_beside_a_strong_one_takes_nothing_from_it()
    {
        Observation strong = Observed.Domain("new.example", "G0007", 2020);
        Observation[] weak = [Observed.Domain("old.example", "G0007", 2010), Observed.Domain("shared.example", "G0007", 2020, shared: true), Observed.Domain("undated.example", "G0007", null)];
        double before = Of("G0007", Assess([strong]));
        for (int n = 1; n <= weak.Length; n++)
        {
            double after = Of("G0007", Assess([strong, .. weak.Take(n)]));
            Assert.True(after >= before, $"{n} weak indicators: {after} after {before}");
            before = after;
        }
    }

    [Theory]
    [InlineData(2012)]
    [InlineData(2028)]
    public void An_indicator_says_less_the_further_its_report_is_away_before_or_after(int year)
    {
        double then = Attributor.Assess([Observed.Domain("a.example", "G0007", 2020)], new AssessmentOptions { Year = 2020 }).Groups.Single(static g => g.Group.Id == "G0007").Weights[0].LogLikelihoodRatio;
        double away = Attributor.Assess([Observed.Domain("a.example", "G0007", 2020)], new AssessmentOptions { Year = year }).Groups.Single(static g => g.Group.Id == "G0007").Weights[0].LogLikelihoodRatio;

        Assert.InRange(away, 0, then / 2);
    }

    [Fact]
    public void What_one_rule_tags_one_event_with_names_nobody_and_counts_in_part()
    {
        Observation[] read = Read(static (incident, tags) =>
        {
            int finding = incident.Find("A rule for many things", tags);
            incident.Happen([finding], Sysmon, 1, ObservedIncident.Monday);
        });
        Assessment given = Assess([.. read.Select(static o => o with { Events = [], Findings = [], Together = 1 })]);
        Assessment assessment = Assess(read);

        Assert.Equal(Telling.Length, read.Length);
        Assert.All(read, static o => Assert.Equal(Telling.Length, o.Together));
        Assert.Equal(Verdict.NamedGroup, given.Verdict);
        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Contains("come from one rule or event", Assert.Single(assessment.Reasons), StringComparison.Ordinal);
        Assert.True(assessment.Groups[0].Probability < given.Groups[0].Probability);
    }

    // One command of a rule for several things, and a record that shows one of them besides: that one counts in full, and the other no more than before.
    [Fact]
    public void Evidence_for_one_technique_sets_no_other_free()
    {
        Observation[] read = Read(static (incident, tags) =>
        {
            int both = incident.Find("A rule for two things", "attack.t1070.001", "attack.t1562.002");
            incident.Happen([both], Sysmon, 1, ObservedIncident.Monday);
            int one = incident.Find("Event log cleared", "attack.t1070.001");
            incident.Happen([one], "Microsoft-Windows-Eventlog", 104, ObservedIncident.Monday);
        });

        Assert.Equal([("T1070.001", 1), ("T1562.002", 2)], read.Select(static o => (o.Value, o.Together)));
    }

    // A rule that goes on finding the same thing keeps the first of its events, and shares all of them.
    [Fact]
    public void A_technique_that_is_shown_very_often_sets_no_other_free()
    {
        Observation often = Of([.. Enumerable.Range(0, ObservationBasis.MaxShown)]), late = Of([90]);

        Assert.Equal([1, 2], SameSigns.Together([often, late]));

        static Observation Of(int[] events) => new() { Kind = ObservationKind.Technique, Value = $"T{events[0]}", Name = "", Events = [.. events], Bases = [new ObservationBasis("rule: one", [.. events], [])] };
    }

    [Fact]
    public void What_rules_find_in_events_of_their_own_counts_in_full()
    {
        Observation[] read = Read(static (incident, tags) =>
        {
            foreach (string tag in tags)
            {
                incident.Happen([incident.Find($"A rule for {tag}", tag)], Sysmon, 1, ObservedIncident.Monday);
            }
        });

        Assert.All(read, static o => Assert.Equal(1, o.Together));
        Assert.Equal(Verdict.NamedGroup, Assess(read).Verdict);
    }

    [Fact]
    public void Things_that_happened_are_rules_that_can_each_be_given_an_event_of_its_own()
    {
        static Observation Shown(string technique, params ObservationBasis[] rules) =>
            Observed.Of(technique)[0] with { Bases = [.. rules], Events = [.. rules.SelectMany(static r => r.Events).Distinct().Order()] };
        static ObservationBasis By(string rule, params int[] events) => Observed.Basis(rule, events);

        Assert.Equal(1, Signs.Of([Shown("T1", By("A", 1)), Shown("T2", By("B", 1)), Shown("T3", By("C", 1))], 9));
        Assert.Equal(2, Signs.Of([Shown("T1", By("A", 1, 2, 3)), Shown("T2", By("B", 1)), Shown("T3", By("C", 1))], 9));
        Assert.Equal(2, Signs.Of([Shown("T1", By("A", 1)), Shown("T2", By("B", 2)), Shown("T3", By("A", 1), By("B", 2))], 9));
        Assert.Equal(3, Signs.Of([Shown("T1", By("A", 1, 2)), Shown("T2", By("B", 1, 3)), Shown("T3", By("C", 1))], 9));
        Assert.Equal(4, Signs.Of([.. new[] { "T1", "T2", "T3", "T4" }.Select(t => Shown(t, By(GivenObservations.Basis), By("rule: A", 1)))], 9));

        // That an observation is shown by three events is no word for each of its rules.
        Assert.Equal(2, Signs.Of([Shown("T1", By("A", 1), By("B", 1), By("C", 1, 2, 3))], 9));
        Assert.Equal(3, Signs.Of([.. Enumerable.Range(0, 9).Select(static i => Shown($"T{i}", By($"rule {i}", i)))], 3));
    }

    [Fact]
    public void Rules_with_all_tags_that_find_one_event_are_one_thing_that_happened()
    {
        Observation[] Found(params int[][] events) => Read((incident, tags) =>
        {
            int[] rules = [.. events.Select((_, rule) => incident.Find($"Rule {rule}", tags))];
            for (int one = 0; one < 3; one++)
            {
                incident.Happen([.. rules.Where(r => events[r].Contains(one))], Sysmon, 1, ObservedIncident.Monday);
            }
        });

        Assert.Equal(Verdict.NotEnoughEvidence, Assess(Found([0], [0], [0, 1, 2])).Verdict);
        Assert.Contains("come from 2 rules or events", Assert.Single(Assess(Found([0], [0], [0, 1, 2])).Reasons), StringComparison.Ordinal);
        Assert.Equal((2, 3), (Signs.Of(Found([0], [0], [0, 1, 2]), 9), Signs.Of(Found([0], [1], [0, 1, 2]), 9)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Techniques_that_count_in_part_are_one_cause_with_and_without_events(bool events)
    {
        Observation[] read = Read((incident, tags) =>
        {
            int finding = incident.Find("A rule for many things", tags);
            if (events)
            {
                incident.Happen([finding], Sysmon, 1, ObservedIncident.Monday);
            }
        });

        Assert.All(read, o => Assert.Equal(read.Length, o.Together));
        Assert.Equal(Enumerable.Range(0, read.Length), Assert.Single(Causes.Of(read, Observed.Scales(2020))));
    }

    [Fact]
    public void Assessing_stops_when_asked_to() =>
        Assert.Throws<OperationCanceledException>(() => Attributor.Assess(Observed.Of("T1505.003"), options: null, new CancellationToken(canceled: true)));

    [Fact]
    public void What_rules_take_for_malware_is_never_hard_to_forge_however_many_say_so()
    {
        string malware = Observed.OwnMalware("G0034")[0];
        Observation named = Observed.Of(malware)[0] with { Bases = [Observed.Basis("rule: A", 1), Observed.Basis("rule: B", 2)], Events = [1, 2], ByName = true };
        Observation[] rest = [.. Observed.Of("T1218.011 T1053.005 T1490 T1561.002 T1485"), .. Enumerable.Range(0, 4).Select(static i => Observed.Domain($"c{i}.example", "G0034", 2020))];

        Assessment looked = Assess([.. rest, named with { ByName = false }]), typed = Assess([.. rest, named]);

        Assert.True(looked.Group!.Likelihood > Likelihood.Likely);
        Assert.True(typed.Group!.Likelihood <= Likelihood.Likely);
        Assert.Equal(Spoofability.Easy, typed.Observations.Single(o => o.Observation.Value == malware).Spoofability);
    }

    [Theory]
    [InlineData(IndicatorContact.Sent)]
    [InlineData(IndicatorContact.Written)]
    public void Indicators_that_are_only_mentioned_name_nobody_and_make_no_line_of_their_own(IndicatorContact contact)
    {
        Observation[] met = [.. Enumerable.Range(0, 4).Select(static i => Observed.Domain($"c{i}.example", "G0034", 2020))];
        Observation[] mentioned = [.. met.Select(o => o with { Contact = contact })];

        Assert.Equal((Verdict.NamedGroup, Verdict.NotEnoughEvidence), (Assess(met).Verdict, Assess(mentioned).Verdict));
        Assert.True(Of("G0034", Assess(mentioned)) < Of("G0034", Assess(met)));

        string malware = Observed.OwnMalware("G0034")[0];
        Observation[] rest = [.. Observed.Of($"{malware} T1218.011 T1053.005 T1561.002 T1485")];
        Assert.True(Assess([.. rest, .. met]).Group!.Likelihood > Assess([.. rest, .. mentioned]).Group!.Likelihood);
    }

    [Fact]
    public void A_file_that_a_list_holds_and_that_antivirus_names_is_one_line_of_evidence()
    {
        string malware = Observed.OwnMalware("G0034")[0];
        static Observation Hash(char digit, int length) => Observed.Hash(digit, length, "G0034", 2020);

        Assessment assessment = Assess([.. Observed.Of(malware + " T1218.011 T1053.005 T1112"), Hash('a', 32), Hash('b', 40), Hash('c', 64)]);

        Assert.All(assessment.Observations.Where(static o => o.Observation.Kind == ObservationKind.Indicator), static o => Assert.Equal(EvidenceLine.Tooling, o.Line));
        Assert.True(assessment.Group!.Likelihood <= Likelihood.Likely, assessment.Group.LikelihoodSentence);
        Assert.Equal(AnalyticConfidence.Low, assessment.Group.Confidence);
    }

    [Fact]
    public void Indicators_of_one_list_are_dropped_together()
    {
        Observation[] four = [.. Enumerable.Range(0, 4).Select(static i => Observed.Domain($"c{i}.example", "G0034", 2020))];

        Assessment assessment = Assess([.. Observed.Of("T1505.003"), .. four]);

        Assert.Equal(4, assessment.WithoutStrongest!.Dropped.Length);
        Assert.StartsWith("Without the 4 indicators of list, ", AssessmentSentences.WithoutStrongest(assessment), StringComparison.Ordinal);
        Assert.Equal(Verdict.NotEnoughEvidence, assessment.WithoutStrongest.Verdict);
    }

    [Fact]
    public void Files_and_domains_of_one_list_are_one_cause_and_one_line_of_evidence()
    {
        Observation[] both = [Observed.Hash('a', 64, "G0034", 2020), Observed.Hash('b', 64, "G0034", 2020), Observed.Domain("c1.example", "G0034", 2020), Observed.Domain("c2.example", "G0034", 2020)];

        Assessment one = Assess(both);

        Assert.Equal([EvidenceLine.Tooling, EvidenceLine.Tooling, EvidenceLine.Infrastructure, EvidenceLine.Infrastructure], one.Observations.Select(static o => o.Line));
        Assert.Equal((Verdict.NamedGroup, AnalyticConfidence.Low), (one.Verdict, one.Group!.Confidence));
        Assert.Contains("files and on infrastructure that the same lists hold", one.Group.ConfidenceSentence, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2, 3], one.WithoutStrongest!.Dropped);
        Assert.StartsWith("Without the 4 indicators of list, ", AssessmentSentences.WithoutStrongest(one), StringComparison.Ordinal);
        Assert.Single(one.WouldChange, static s => s.Contains("indicators of list", StringComparison.Ordinal));

        // Files that another list holds are a line of their own, and so is what that list and others hold beside.
        Assessment two = Assess([.. both.Select(static o => EvidenceLines.Of(o) == EvidenceLine.Tooling ? o with { Indicators = [o.Indicators[0] with { List = "other" }] } : o)]);
        Assert.Equal(AnalyticConfidence.Moderate, two.Group!.Confidence);
    }

    [Fact]
    public void The_same_fact_said_twice_changes_nothing()
    {
        const string parts = "T1059.001 T1566.001 T1204.002 T1105";
        Assessment once = Assess(Observed.Of(parts)), twice = Assess(Observed.Of(parts + " T1059 T1566 T1204"));
        Assert.Equal((once.Verdict, once.Unknown.Probability), (twice.Verdict, twice.Unknown.Probability));

        Observation New(string name) => GivenObservations.NewMalware(name)!;
        Assessment one = Assess([.. Observed.Of(parts), New("FooRat")]), five = Assess([.. Observed.Of(parts), .. new[] { "FooRat", "foorat", "FOORAT", "Foo Rat", "Foo-Rat" }.Select(New)]);
        Assert.Equal(one.Unknown.Probability, five.Unknown.Probability);
    }

    [Fact]
    public void Of_a_crowd_of_indicators_a_few_are_weighed_and_the_rest_told()
    {
        Observation[] crowd = [.. Enumerable.Range(0, 500).Select(static i => Observed.Domain($"c{i:000}.example", "G0007", 2000 + (i % 21)))];
        Assessment few = Assess(crowd), one = Assess([.. crowd.Where(static c => c.Indicators[0].Year == 2020)]);

        Observation[] ofMany = [.. Enumerable.Range(0, 40).SelectMany(static g => Enumerable.Range(0, 20)
            .Select(i => Observed.Domain($"g{g:00}-{i:00}.example", KnowledgeBase.Embedded.Groups[g].Id, 2001 + i)))];
        Assessment many = Assess(ofMany);

        Assert.Equal(300, many.Observations.Length);
        Assert.Contains(many.Limits, static l => l.StartsWith("500 further indicators", StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 40), g => Assert.Contains(many.Observations, o => o.Observation.Value == $"g{g:00}-19.example"));
        Assert.Equal(20, few.Observations.Length);
        Assert.Contains(few.Limits, static l => l.StartsWith("480 further indicators", StringComparison.Ordinal));
        Assert.Equal(Of("G0007", one), Of("G0007", few), 6);
    }

    [Fact]
    public void What_weighs_nothing_takes_no_place_from_indicators_that_weigh()
    {
        Observation[] weighing = [.. Enumerable.Range(0, 15).SelectMany(static g => Enumerable.Range(0, 20)
            .Select(i => Observed.Domain($"g{g:00}-{i:00}.example", KnowledgeBase.Embedded.Groups[g].Id, 2020)))];
        Observation[] own = [.. Enumerable.Range(0, 30).Select(static i => Observed.Domain($"o{i:00}.own.example", "G0007", 2020) with { OfVictim = true })];
        Observation[] ofNoGroup = [.. Enumerable.Range(0, 30).Select(static i => Observed.Domain($"n{i:00}.example", "G0007", 2020) is var one ? one with { Indicators = [one.Indicators[0] with { GroupIds = [] }] } : null!)];

        Assessment assessment = Assess([.. weighing, .. own, .. ofNoGroup]);

        Assert.Empty(weighing.Select(static w => w.Value).Except(assessment.Observations.Select(static o => o.Observation.Value)));
        Assert.Equal(300 + 20 + 20, assessment.Observations.Length);
        Assert.Contains(assessment.Limits, static l => l.StartsWith("20 further indicators", StringComparison.Ordinal));
    }

    // Antivirus calls files after them, so that whoever brings files chooses how many there are.
    [Fact]
    public void Of_a_crowd_of_vulnerabilities_a_few_are_weighed_and_the_rest_told()
    {
        const string known = "CVE-2019-19781";
        Observation[] crowd = [.. Enumerable.Range(1000, 400).SelectMany(static i => Observed.Of($"CVE-2019-{i}")).Select(static o => o with { Events = [0], Findings = [0] })];
        Observation given = GivenObservations.Vulnerability("CVE-2029-99999")!;
        Assessment one = Assess(Observed.Of(known)), many = Assess([.. crowd, .. Observed.Of(known), given]);

        Assert.Equal(13, many.Observations.Length);
        Assert.Contains(many.Observations, static o => o.Observation.Value == known);
        Assert.Contains(many.Observations, static o => o.Observation.Value == "CVE-2029-99999");
        Assert.Contains(many.Limits, static l => l.StartsWith("389 further vulnerabilities were observed and not weighed", StringComparison.Ordinal));
        Assert.DoesNotContain(many.Limits, static l => l.Contains("further indicators", StringComparison.Ordinal));
        Assert.Equal(Of("G0096", one), Of("G0096", many), 9);
    }

    [Fact]
    public void Of_vulnerabilities_that_groups_exploited_those_of_the_fewest_are_weighed()
    {
        string[] exploited = [.. KnowledgeBase.Embedded.Groups.SelectMany(static g => g.Vulnerabilities).Select(static v => v.Target).Distinct(StringComparer.Ordinal)];
        Assert.InRange(exploited.Length, 60, 1000);

        Assessment assessment = Assess([.. exploited.SelectMany(Observed.Of)]);

        Assert.InRange(assessment.Observations.Length, 50, 62);
        Assert.Contains(assessment.Limits, static l => l.Contains("further vulnerabilities were observed", StringComparison.Ordinal));
    }

    private static double Of(string group, Assessment assessment) => assessment.Groups.Single(g => g.Group.Id == group).Probability;

    private static Observation[] Read(Action<ObservedIncident, string[]> make)
    {
        var incident = new ObservedIncident();
        make(incident, Telling);
        return [.. incident.Observe()];
    }

    private static Assessment Assess(Observation[] observed) => Attributor.Assess(observed, new AssessmentOptions { Year = 2020 });
}
