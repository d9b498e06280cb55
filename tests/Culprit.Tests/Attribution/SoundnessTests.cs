using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution;
using Culprit.Attribution.Judging;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Tests.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Where a judgement would be stronger than what it rests on.</summary>
public sealed class SoundnessTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";

    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    [Fact]
    public void Whom_the_victim_fits_makes_no_second_line_of_evidence()
    {
        const string malware = "S0023 S0044 S0045 S0117";
        Observation[] victim = [GivenObservations.VictimSector("government"), GivenObservations.VictimCountry("GE")!];

        Assessment alone = Assess(Observed.Of(malware)), with = Assess([.. Observed.Of(malware), .. victim]);

        Assert.Equal(("G0007", Likelihood.Likely), (with.Groups[0].Group.Id, with.Group!.Likelihood));
        Assert.Equal((alone.Group!.Likelihood, alone.Group.Confidence), (with.Group.Likelihood, with.Group.Confidence));
        Assert.Equal(AnalyticConfidence.Low, with.Sponsor!.Confidence);
    }

    [Theory]
    [InlineData("CVE-2099-99999", 0.4)]
    [InlineData("CVE-2099-99999", 0.9)]
    [InlineData("", 0.1)]
    public void What_tells_nothing_leaves_the_base_rate_that_is_printed(string observed, double rate)
    {
        Assessment assessment = Attributor.Assess(Observed.Of(observed), new AssessmentOptions { Year = 2020, UnknownBaseRate = rate });

        Assert.Equal((rate, rate), (assessment.UnknownBaseRate, Math.Round(assessment.Unknown.Probability, 9)));
    }

    [Fact]
    public void It_holds_without_its_strongest_observation_only_where_the_group_would_still_be_named()
    {
        Assessment assessment = Attributor.Assess(
            [.. Observed.Of("S0365 T1566.001"), Observed.Domain("c2.example", "G0034", 2020)], new AssessmentOptions { Year = 2020 });

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.WithoutStrongest!.Verdict);
        Assert.Equal((Likelihood.Likely, AnalyticConfidence.Low), (assessment.Group!.Likelihood, assessment.Group.Confidence));
        Assert.DoesNotContain("it holds", assessment.Group.ConfidenceSentence, StringComparison.Ordinal);
    }

    // X-Agent for CHOPSTICK is APT28's, SUNBURST APT29's, GRIFFON FIN7's.
    [Fact]
    public void Malware_of_three_groups_names_none_of_them()
    {
        Assessment assessment = Attributor.Assess(Observed.Of("S0023 S0559 S0417"), new AssessmentOptions { Year = 2020 });

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
    }

    [Theory]
    [InlineData(Likelihood.AlmostCertain, Verdict.NamedGroup)]
    [InlineData(Likelihood.RealisticPossibility, Verdict.NamedGroup)]
    [InlineData(Likelihood.Unlikely, Verdict.NotEnoughEvidence)]
    public void That_a_group_did_it_is_no_likelier_than_that_it_was_an_intrusion(Likelihood intrusion, Verdict verdict)
    {
        Assessment assessment = Attributor.Assess(
            Observed.Of("S0559 S0560 S0562 T1195.002 T1071.001 T1550 T1087.002"), new AssessmentOptions { Year = 2021, Intrusion = intrusion });

        Assert.Equal(verdict, assessment.Verdict);
        Assert.All(new[] { assessment.Cluster, assessment.Group, assessment.Sponsor }.OfType<Judgement>(), j => Assert.True(j.Likelihood <= intrusion, j.LikelihoodSentence));
        Assert.True(assessment.Unknown.Word <= intrusion);
    }

    // POLONIUM is "a Lebanon-based group"; of admin@338 ATT&CK says no more than "China-based".
    [Theory]
    [InlineData("S1023 S1024 T1583.006 T1567.002 T1102.002", "Lebanon")]
    [InlineData("S0042 S0043 T1083 T1016", "China")]
    public void Who_is_based_in_a_country_is_not_said_to_act_for_it(string observed, string country)
    {
        Judgement sponsor = Attributor.Assess(Observed.Of(observed)).Sponsor!;

        Assert.Contains($"acts from {country}", sponsor.LikelihoodSentence, StringComparison.Ordinal);
        Assert.Equal(AnalyticConfidence.Low, sponsor.Confidence);
    }

    [Fact]
    public void A_group_that_is_not_known_is_not_said_where_malware_of_a_known_one_was_seen()
    {
        Observation[] all = [.. Observed.Of(Observed.OwnMalware("G0034")[0] + " T1218.011 T1053.005 T1490")];
        foreach (double rate in new[] { 0.4, 0.99, 0.9999 })
        {
            Assessment assessment = Attributor.Assess(all, new AssessmentOptions { Year = 2040, UnknownBaseRate = rate });

            Assert.Contains(assessment.Limits, static l => l.StartsWith("It is weighed as of 2040", StringComparison.Ordinal));
            Assert.NotEqual(Verdict.UnknownGroup, assessment.Verdict);
            Assert.True(assessment.Verdict == Verdict.NamedGroup || assessment.Reasons.Any(static r => r.Contains("alone: one of the two is misleading", StringComparison.Ordinal)), string.Join(' ', assessment.Reasons));
        }
    }

    [Fact]
    public void What_would_make_the_word_weaker_is_said_too()
    {
        Assessment assessment = Attributor.Assess(Observed.Of("T1505.003 T1560.001 T1003.003 T1136.002 T1114.002 T1583.003"));
        WeighedObservation[] weaker =
        [
            .. assessment.Observations.Where(o => o.Effect.RankWithout == 1 && Yardstick.Word(o.Effect.ProbabilityWithout) < assessment.Group!.Likelihood).OrderBy(static o => o.Effect.ProbabilityWithout),
        ];

        Assert.NotEmpty(weaker);
        Assert.Contains(assessment.WouldChange, s => s.Contains(weaker[0].Observation.Value, StringComparison.Ordinal) && s.Contains("no more than", StringComparison.Ordinal));

    }

    // Rates that whole percents do not tell apart: "above 49% instead of 49%", "above 100%".
    [Theory]
    [InlineData(null)]
    [InlineData(0.487)]
    [InlineData(0.4951)]
    [InlineData(0.9)]
    public void The_base_rate_at_which_the_word_is_weaker_is_told_apart_from_the_one_that_is_used(double? used)
    {
        bool told = false;
        foreach (string observed in new[] { "T1505.003 T1560.001 T1003.003 T1136.002 T1114.002 T1583.003", "S0559 S0560 T1195.002 T1071.001", "S0023 S0044 T1071.001", "S0023 S0044 S0045 S0117" })
        {
            Assessment At(double? rate) => Attributor.Assess(Observed.Of(observed), new AssessmentOptions { Year = 2020, UnknownBaseRate = rate });
            Assessment assessment = At(used);
            foreach (string sentence in assessment.WouldChange.Where(static s => s.StartsWith("A base rate of unknown groups above", StringComparison.Ordinal)))
            {
                told = true;
                string[] words = sentence.Split(' ');
                double above = Rate(words[7]), shown = Rate(words[10]);
                int places = words[7].TrimEnd('%').Split('.') is [_, var behind] ? behind.Length : 0;

                Assert.InRange(above, shown + 1e-9, 0.99999);
                Assert.True(At(above + 1e-9).Group is not { } weaker || weaker.Likelihood < assessment.Group!.Likelihood, sentence);
                Assert.True(Yardstick.Word(At(Math.Max(assessment.UnknownBaseRate, above - Math.Pow(10, -2 - places) - 1e-9)).Groups[0].Probability) >= assessment.Group!.Likelihood, sentence);
            }
        }

        Assert.True(told);

        static double Rate(string text) => double.Parse(text.TrimEnd(':', '%'), CultureInfo.InvariantCulture) / 100;
    }

    [Theory]
    [InlineData(0.4885, 0.487, 0.489, 0.487)]
    [InlineData(0.6123, 0.487, 0.62, 0.49)]
    [InlineData(0.99612, 0.995, 0.997, 0.995)]
    [InlineData(0.5000001, 0.5, 0.51, 0.5)]
    [InlineData(0.0504, 0.1, 0.05, 0.1)]
    [InlineData(0.09996, 0.1, 0.099, 0.1)]
    public void A_rate_at_which_something_turns_is_rounded_away_from_the_one_that_is_used(double turning, double present, double told, double shown)
    {
        (double Told, double Present) rates = TurningRate.Of(turning, present)!.Value;

        Assert.Equal((told, shown), (Math.Round(rates.Told, 9), Math.Round(rates.Present, 9)));
    }

    [Theory]
    [InlineData(0.9999999, 0.9)]
    [InlineData(1.2, 0.9)]
    public void No_rate_is_told_that_none_can_reach(double turning, double present) =>
        Assert.Null(TurningRate.Of(turning, present));

    [Fact]
    public void Where_nothing_lowers_the_leader_the_result_leans_on_nothing_single()
    {
        Assessment carried = Assess(Observed.Of("S0559 T1195.002 T1606.002"));
        double now = Math.Max(carried.Unknown.Probability, carried.Groups[0].Probability);
        Assessment With(double without) => carried with
        {
            Observations = [.. carried.Observations.Select(o => o with { Effect = o.Effect with { RankWithout = 1, ProbabilityWithout = without } })],
            WithoutStrongest = carried.WithoutStrongest! with { Verdict = carried.Verdict, LeaderName = "APT29 (G0016)", Probability = without },
        };

        Assert.Contains(", on which the result leans most, ", AssessmentSentences.WithoutStrongest(carried), StringComparison.Ordinal);
        Assert.Contains(", on which the result leans most, ", AssessmentSentences.WithoutStrongest(With(now - 0.02)), StringComparison.Ordinal);
        foreach (double without in new[] { now - 1e-9, now, now + ((1 - now) / 2) })
        {
            Assert.False(AssessmentSentences.LeansOnOne(With(without)));
            Assert.Equal(
                $"Nothing single carries the result: whatever is left out, APT29 (G0016) leads with {(without > 0.995 ? ">99%" : AssessmentSentences.Percent(without) + " or more")}, and the verdict stays.",
                AssessmentSentences.WithoutStrongest(With(without)));
        }

        Assert.True(AssessmentSentences.LeansOnOne(With(now) with { Verdict = Verdict.NotEnoughEvidence }));
    }

    [Fact]
    public void Where_the_share_alone_would_be_enough_that_too_little_is_left_is_said()
    {
        Assessment assessment = Attributor.Assess(Observed.Of("T1610 T1611 T1613"), new AssessmentOptions { Year = 2022 });

        Assert.Equal(Verdict.NamedGroup, assessment.Verdict);
        Assert.EndsWith("%: by itself that would be enough, but too little is left to rest on.", AssessmentSentences.WithoutStrongest(assessment), StringComparison.Ordinal);
        Robustness low = assessment.WithoutStrongest! with { Probability = 0.3 };
        Assert.EndsWith(": that would not be enough evidence.", AssessmentSentences.WithoutStrongest(assessment with { WithoutStrongest = low }), StringComparison.Ordinal);
    }

    [Fact]
    public void New_malware_is_malware_that_was_observed()
    {
        Observation[] malware = [.. new[] { "aaa", "bbb", "ccc" }.Select(static name => GivenObservations.NewMalware(name)!)];
        string Reason(params Observation[] observed) => Assess(observed).Reasons[0];

        Assert.Equal(
            "No technique or software that the knowledge base holds was observed, and no indicator that puts one group first. What remains does not decide between groups.",
            Reason([.. malware, GivenObservations.Vulnerability("CVE-2021-44228")!]));
        Assert.StartsWith("Only one technique or piece of software that the knowledge base holds was observed. ", Reason([.. malware, Observed.Of("T1610")[0]]), StringComparison.Ordinal);
        Assert.StartsWith("Only one technique or piece of software was observed. ", Reason(Observed.Of("T1610")[0]), StringComparison.Ordinal);
        Assert.StartsWith("No technique or software was observed, ", Reason(GivenObservations.VictimCountry("GE")!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_year_does_to_the_weights_is_said_by_who_set_it()
    {
        var incident = new ObservedIncident();
        incident.Happen([], Sysmon, 1, new DateTime(2040, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        string Limit(Assessment assessment) => Assert.Single(assessment.Limits, static l => l.StartsWith("It is weighed as of", StringComparison.Ordinal));
        Assessment Of(AssessmentRequest request) => IncidentAssessor.Assess(
            [incident.Incident], new Dictionary<int, Culprit.Findings.Finding>(), request with { Incident = incident.Incident.Number }, KnowledgeBase.Embedded).Incidents[0].Assessment;

        string read = Limit(Of(new AssessmentRequest())), set = Limit(Of(new AssessmentRequest { Year = 2040 }));
        string given = Limit(IncidentAssessor.Assess(new AssessmentRequest { Year = 1990, Given = [.. Observed.Of("S0559")] }, KnowledgeBase.Embedded).Incidents[0].Assessment);

        Assert.Contains("the knowledge may be old ('culprit knowledge update' installs newer). If the clocks of the evidence were wrong", read, StringComparison.Ordinal);
        Assert.EndsWith("the knowledge may be old ('culprit knowledge update' installs newer).", set, StringComparison.Ordinal);
        Assert.EndsWith(": all of it is of a later time.", given, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2098)]
    [InlineData(1971)]
    public void One_record_with_another_clock_does_not_decide_the_year(int year)
    {
        var incident = new ObservedIncident();
        for (int i = 0; i < 3; i++)
        {
            incident.Happen([incident.Find($"Rule {i}", "attack.t1190")], Sysmon, 1, ObservedIncident.Monday);
        }

        incident.Happen([], Sysmon, 1, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(2020, Year(incident.Incident));
    }

    [Fact]
    public void A_year_that_no_report_is_near_to_is_taken_for_none()
    {
        var incident = new ObservedIncident();
        incident.Happen([], Sysmon, 1, new DateTime(2098, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(Attributor.Assess([]).Year, Year(incident.Incident));
    }

    // Sandworm Team (Russia) and APT38 (North Korea) are the only two that ATT&CK knows for KillDisk.
    [Fact]
    public void Groups_of_two_states_are_no_cluster()
    {
        foreach (string id in new[] { "G0034", "G0082", "G0016", "G0096" })
        {
            Assessment assessment = Assess(Observed.Of(string.Join(' ', KnowledgeBase.Embedded.Group(id)!.Techniques.Concat(KnowledgeBase.Embedded.Group(id)!.Software).Select(static r => r.Target))));
            string[] countries = Countries(assessment.Group!.GroupIds[0]);

            Assert.All(assessment.Cluster!.GroupIds, other => Assert.True(
                countries.Length == 0 || Countries(other).Length == 0 || Countries(other).Intersect(countries, StringComparer.Ordinal).Any(), $"{id}: {assessment.Cluster.Subject}"));
        }
    }

    [Fact]
    public void A_group_that_is_not_known_is_never_more_than_likely()
    {
        string[] rare = [.. KnowledgeBase.Embedded.Techniques.Select(static t => t.Id)
            .Where(static id => !KnowledgeBase.Embedded.Groups.Any(g => g.Techniques.Any(t => t.Target == id))).Take(40)];
        Assessment assessment = Attributor.Assess(Observed.Of(string.Join(' ', rare)), new AssessmentOptions { UnknownBaseRate = 0.99 });

        Assert.Equal((Verdict.UnknownGroup, Likelihood.Likely), (assessment.Verdict, assessment.Unknown.Word));
        Assert.True(assessment.Unknown.Probability > 0.8);
    }

    [Fact]
    public void A_word_that_history_does_not_bear_out_gives_way_to_the_next_lower_one()
    {
        AttributionModel model = AttributionModel.Embedded;
        AttributionModel Without(params Likelihood[] unused) => AttributionModel.Of(KnowledgeBase.Embedded.Sha256, model.Weights, model.UnknownRate,
            model.Words.Select(w => unused.Contains(w.Likelihood) ? w with { Usable = false } : w));
        Observation[] observed = Observed.Of("S0559 S0560 S0562 T1195.002 T1071.001 T1550 T1087.002 S0565");
        Judgement Of(AttributionModel by) => new Attributor(KnowledgeBase.Embedded, by).Assess([.. observed, Observed.Domain("c2.example", "G0016", 2021)], new AssessmentOptions { Year = 2021 }).Group!;

        Assert.Equal(Likelihood.AlmostCertain, Of(model).Likelihood);
        Assert.Equal(Likelihood.HighlyLikely, Of(Without(Likelihood.AlmostCertain)).Likelihood);
        Assert.Equal(Likelihood.Likely, Of(Without(Likelihood.AlmostCertain, Likelihood.HighlyLikely)).Likelihood);
        Assert.Contains(Of(Without(Likelihood.AlmostCertain)).Caps, static c => c.StartsWith("\"Almost certain\" is not used", StringComparison.Ordinal));

        Observation[] rare = [.. KnowledgeBase.Embedded.Techniques.Select(static t => t.Id)
            .Where(static id => !KnowledgeBase.Embedded.Groups.Any(g => g.Techniques.Any(t => t.Target == id))).Take(40).SelectMany(Observed.Of)];
        Assert.Equal(Likelihood.RealisticPossibility, new Attributor(KnowledgeBase.Embedded, Without(Likelihood.Likely)).Assess(rare).Unknown.Word);
    }

    [Fact]
    public void Confidence_is_high_where_behaviour_tooling_and_infrastructure_agree_and_nothing_decides_alone()
    {
        Observation[] own = [.. Observed.OwnMalware("G0016").Take(6).SelectMany(Observed.Of)];
        Observation[] all = [.. own, .. Observed.Of("T1195.002 T1550.001 T1606.002 T1098.001 T1114.002 T1484.002 T1087.002"), Observed.Domain("c2.example", "G0016", 2021)];
        AnalyticConfidence Of(IEnumerable<Observation> observed) => Attributor.Assess(observed, new AssessmentOptions { Year = 2021 }).Group!.Confidence;

        Assert.Equal(AnalyticConfidence.High, Of(all));
        Assert.Equal(AnalyticConfidence.Moderate, Of(all.Where(static o => o.Kind != ObservationKind.Indicator)));
        Assert.Equal(AnalyticConfidence.Low, Of(own));
    }

    // docs/attribution.md: 0.4 for groups among whose victims it is, -0.15 for those whose victims are others, and nothing for those whose victims are not known.
    [Theory]
    [InlineData("government", 0.4 + 0.15)]
    [InlineData("agriculture", 0.15)]
    public void A_victim_weighs_what_is_said(string sector, double between)
    {
        double[] weights = [.. Assess([GivenObservations.VictimSector(sector)]).Groups.Select(static g => g.Weights[0].LogLikelihoodRatio)];

        Assert.Equal(between, weights.Max() - weights.Min(), 9);
        Assert.Equal(between > 0.4 ? 3 : 2, weights.Select(static w => Math.Round(w, 9)).Distinct().Count());
    }

    [Fact]
    public void Knowledge_without_malware_or_without_groups_names_nobody()
    {
        string[] techniques = [.. Enumerable.Range(1, 6).Select(static i => $"T100{i}")];
        string reference = Bundles.Reference("One", "A. (2021, June 7). X.", "https://one.example/");
        KnowledgeBase none = Bundles.Build(Bundles.Bundle([.. techniques.Select(static t => Bundles.Technique(t, t, "persistence"))]));
        KnowledgeBase noMalware = Bundles.Build(Bundles.Bundle(
        [
            .. techniques.Select(static t => Bundles.Technique(t, t, "persistence")), Bundles.Group("G0001", "Alpha"),
            .. techniques.Select(t => Bundles.Relation("uses", "intrusion-set--G0001", $"attack-pattern--{t}", references: reference)),
        ]));
        foreach (KnowledgeBase knowledge in new[] { none, noMalware })
        {
            Assessment assessment = new Attributor(knowledge).Assess([.. Observed.Of("T1001 T1002 T1003"), GivenObservations.NewMalware("FOO")!]);

            Assert.InRange(assessment.Unknown.Probability, 0, 1);
            Assert.Equal(1, assessment.Groups.Sum(static g => g.Probability) + assessment.Unknown.Probability, 9);
            Assert.True(knowledge != none || assessment.Verdict == Verdict.NotEnoughEvidence);
        }
    }

    // S0588 is GoldMax, which only APT29 is known for. One piece of software is less than any case that the weights were fitted on.
    [Theory]
    [InlineData("S0588")]
    [InlineData("T1218.015")]
    public void An_indicator_of_somebody_else_makes_one_observation_no_more_than_it_is(string one)
    {
        Assessment assessment = Assess([.. Observed.Of(one), Observed.Domain("shared.example", "G0094", 2020, shared: true)]);

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Contains("Only one technique or piece of software", assessment.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void One_technique_is_no_line_of_evidence_beside_indicators()
    {
        Observation[] domains = [.. Enumerable.Range(0, 5).Select(static i => Observed.Domain($"d{i}.example", "G0129", 2020))];
        foreach (Relation technique in KnowledgeBase.Embedded.Group("G0129")!.Techniques)
        {
            Assessment assessment = Assess([.. domains, .. Observed.Of(technique.Target)]);

            Assert.Equal((Verdict.NamedGroup, AnalyticConfidence.Low), (assessment.Verdict, assessment.Group!.Confidence));
        }
    }

    [Fact]
    public void A_base_rate_alone_names_no_unknown_group()
    {
        Assessment assessment = Attributor.Assess(Observed.Of("T1059.001 T1078 T1003.001"), new AssessmentOptions { UnknownBaseRate = 0.8 });

        Assert.True(assessment.Unknown.Probability is > 0.55 and < 0.8, $"{assessment.Unknown.Probability}");
        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Equal(2, assessment.Reasons.Length);
        Assert.Contains("base rate alone", assessment.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("Base rates that were set make it so: by the usual ones a group that is not known has ", assessment.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_table_of_hypotheses_and_the_ranking_differ_it_is_said()
    {
        int differ = 0, agree = 0, alike = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            Assessment assessment = Assess([.. Observed.Of(string.Join(' ', group.Techniques.Take(3).Concat(group.Software.Take(1)).Select(static r => r.Target)))]);
            string told = AssessmentSentences.Hypotheses(assessment);
            CompetingHypothesis[] columns = [.. assessment.Hypotheses.Columns.Select(static c => c with { Inconsistency = Math.Round(c.Inconsistency, 6) })];
            double least = columns.Max(static c => c.Inconsistency);
            CompetingHypothesis[] best = [.. columns.Where(c => c.Inconsistency == least)];
            CompetingHypothesis first = columns.OrderByDescending(static c => c.Probability).First();

            Assert.Equal(best is not [var only] || only != first, told.Contains($"here {string.Join(" and ", best.Select(static c => c.Name))}.", StringComparison.Ordinal));
            Assert.Equal(!best.Contains(first), told.Contains("a reason for doubt", StringComparison.Ordinal));
            Assert.Equal(told, AssessmentSentences.Hypotheses(assessment with { Hypotheses = assessment.Hypotheses with { Columns = [.. columns] } }));
            _ = best.Contains(first) ? agree++ : differ++;
            alike += best.Length > 1 ? 1 : 0;
        }

        Assert.True(alike > 0, "some stand alike");
        Assert.True(differ > 5 && agree > 5, $"{differ} differ, {agree} agree");
    }

    [Fact]
    public void What_nobody_is_known_for_is_not_said_to_be_known_of_a_group()
    {
        Assessment assessment = Assess(
        [
            GivenObservations.NewMalware("FOO")!, GivenObservations.VictimCountry("GB")!, GivenObservations.Hours("+03:00")!,
            .. Observed.Of("S0365 T1566.001 T1059.001"), Observed.Domain("c2.example", "G0034", 2020),
        ]);
        string[] against = [.. assessment.Rivals.SelectMany(static r => r.Against)];

        Assert.NotEmpty(against);
        Assert.DoesNotContain(against, static s => s.Contains("known of", StringComparison.Ordinal)
            && (s.StartsWith("FOO", StringComparison.Ordinal) || s.StartsWith("The victim", StringComparison.Ordinal) || s.StartsWith("Work at", StringComparison.Ordinal)));
    }

    [Fact]
    public void Base_rates_are_kept_as_they_are_used()
    {
        var request = new AssessmentRequest
        {
            Year = 2020,
            UnknownBaseRate = 0.123456789,
            GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0016", 2.00000049).Add("G0007", 0.0000001),
            Given = [.. Observed.Of("S0559 T1195.002 T1071.001 T1550")],
        };
        byte[] written = Written(IncidentAssessor.Assess(request, KnowledgeBase.Embedded));

        Assert.Equal(written, Written(IncidentAssessor.Assess(AssessedIncidents.Read(written).Request, KnowledgeBase.Embedded)));
    }

    private static byte[] Written(AssessedIncidents assessed)
    {
        using var stream = new MemoryStream();
        assessed.Write(stream);
        return stream.ToArray();
    }

    private static int Year(Incident incident) => IncidentAssessor.Assess(
        [incident], new Dictionary<int, Culprit.Findings.Finding>(), new AssessmentRequest(), KnowledgeBase.Embedded).Incidents[0].Assessment.Year;

    private static string[] Countries(string group) => [.. KnowledgeBase.Embedded.Group(group)!.Countries.Select(static c => c.Country)];

    private static Assessment Assess(Observation[] observed) => Attributor.Assess(observed, new AssessmentOptions { Year = 2020 });
}
