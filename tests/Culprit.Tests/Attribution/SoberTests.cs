using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Judgements that what everybody does, believes or has must not make, or make stronger.</summary>
public sealed class SoberTests
{
    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    // Encrypting, deleting shadow copies and stopping services: any ransomware does all three.
    [Fact]
    public void What_many_programs_bring_along_together_names_nobody()
    {
        Assessment assessment = Assess("T1486 T1490 T1489");

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Contains("many programs bring such techniques along together", assessment.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T1486 T1490 T1489", 1)]
    [InlineData("T1486 T1490 T1489 T1078", 2)]
    [InlineData("T1078 T1133 T1190", 3)]
    [InlineData("T1486 T1490 S0154 S0002", 3)]
    public void Techniques_in_common_company_are_one_sign(string observed, int signs) =>
        Assert.Equal(signs, CommonCompany.Signs(Observed.Of(observed), KnowledgeBase.Embedded, enough: 10));

    [Theory]
    [InlineData(1_000)]
    [InlineData(0.001)]
    public void What_an_observation_says_does_not_change_with_base_rates(double factor)
    {
        Observation[] observed = [.. Observed.Of("T1195.002 T1078.004 T1550.001 T1606.002 S0559 S0560"), Observed.Domain("c2.example", "G0016", 2020)];
        Assessment usual = Attributor.Assess(observed), set = Attributor.Assess(observed, new AssessmentOptions
        {
            UnknownBaseRate = 0.7,
            GroupFactors = usual.Groups.Select(static g => g.Group.Id).Where(static id => id is "G0016").ToImmutableSortedDictionary(static id => id, _ => factor),
        });

        foreach (GroupHypothesis group in usual.Groups)
        {
            GroupHypothesis same = set.Groups.Single(g => g.Group.Id == group.Group.Id);
            Assert.All(group.Weights.Zip(same.Weights), static pair => Assert.Equal(pair.First.LogLikelihoodRatio, pair.Second.LogLikelihoodRatio, 1e-9));
        }
    }

    [Fact]
    public void A_base_rate_that_somebody_sets_makes_no_judgement_sounder()
    {
        Observation[] observed = Observed.Of("T1190 T1505.003 T1003.003 S0020");
        Assessment usual = Attributor.Assess(observed, new AssessmentOptions { Year = 2021 });
        Assessment set = Attributor.Assess(observed, new AssessmentOptions { Year = 2021, GroupFactors = usual.GroupFactors.Add(usual.Group!.GroupIds[0], 5) });

        Assert.True(set.Group!.Probability > usual.Group.Probability);
        Assert.Equal(AnalyticConfidence.Low, usual.Group.Confidence);
        Assert.Equal(AnalyticConfidence.Low, set.Group.Confidence);
    }

    [Fact]
    public void Victims_and_hours_make_no_word_stronger()
    {
        int lifted = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups.Where(static g => g.Victims is { Countries.IsEmpty: false }))
        {
            Observation[] observed = Observed.Of(string.Join(' ', group.Techniques.Select(static t => t.Target).Take(8)));
            Observation victim = new() { Kind = ObservationKind.VictimCountry, Value = group.Victims!.Countries[0], Name = "victim", Bases = [ObservationBasis.Of("given")] };
            Assessment without = Attributor.Assess(observed), with = Attributor.Assess([.. observed, victim]);
            if (with.Group is { } named && named.GroupIds[0] == without.Groups[0].Group.Id)
            {
                Assert.NotNull(without.Group);
                Assert.True(named.Likelihood <= without.Group.Likelihood, group.Id);
                lifted += named.Probability > without.Group.Probability ? 1 : 0;
            }
        }

        Assert.True(lifted > 0);
    }

    // BlackCat is rented out. Emotet brings what others pay for, Agent Tesla is sold and QakBot known of three groups that are no family, though ATT&CK
    // describes none as offered to anybody. What LockBit does is also what is published of another group, which is not known for LockBit. The last three
    // are what anybody can do, and fewer than three signs without the strongest.
    [Theory]
    [InlineData("T1133 T1078 T1486 T1490 T1489 T1562.001 T1021.001 S1068 S0357 S0154", 2023, "used by many")]
    [InlineData("T1566.001 T1204.002 T1558.003 T1021.002 T1047 T1003.001 T1486 T1569.002 T1018 T1087.002 S0367 S0154 S0552 S0029", 2022, "used by many")]
    [InlineData("T1566.002 T1204.001 T1059.005 T1218.005 S0331", 2022, "used by many")]
    [InlineData("T1486 T1490 T1489 T1562.001 T1021.001 T1003.001 T1567.002 S1202 S0029 S0002 S1040", 2023, "what that software does")]
    [InlineData("T1110.003 T1078.004 T1098.005", 2025, "easily imitated")]
    [InlineData("T1610 T1611 T1613", 2022, "easily imitated")]
    public void What_others_have_or_imitate_carries_no_more_than_a_realistic_possibility(string observed, int year, string why)
    {
        Assessment assessment = Assess(observed, year);

        Assert.Equal(Verdict.NamedGroup, assessment.Verdict);
        Assert.True(assessment.Group!.Probability > 0.55);
        Assert.Equal(Likelihood.RealisticPossibility, assessment.Group.Likelihood);
        Assert.Contains(assessment.Group.Caps, c => c.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(assessment.Observations, static o => o.Spoofability == Spoofability.Hard);
    }

    // What anybody downloads is what an administrator or a hired tester uses too.
    [Fact]
    public void Public_tools_alone_carry_no_more_than_a_realistic_possibility_and_no_state()
    {
        Assessment assessment = Assess("S1071 S0552 S0521 S0359", 2020);

        Assert.Equal(("G0102", Likelihood.RealisticPossibility), (assessment.Group!.GroupIds[0], assessment.Group.Likelihood));
        Assert.Contains(assessment.Group.Caps, static c => c.Contains("tools that anybody can have", StringComparison.Ordinal));
        Assert.Null(assessment.Sponsor);
        Assert.Contains("without what anybody can have or imitate", assessment.NoSponsor, StringComparison.Ordinal);
    }

    // T1496 speaks against APT29, which is not known for it. A third thing is one that it is known for.
    [Fact]
    public void What_speaks_against_a_group_makes_nothing_that_is_said_of_it_stronger()
    {
        Observation[] malware = Observed.Of("S0514 S0515"), listed = [Observed.Domain("c2.example", "G0016", 2020), Observed.Domain("c3.example", "G0016", 2020)];
        Observation[] against = Observed.Of("T1496");

        Assessment two = Assess(malware), twoAndAgainst = Assess([.. malware, .. against]), met = Assess([.. malware, .. listed]), metAndAgainst = Assess([.. malware, .. listed, .. against]);

        Assert.Equal((Verdict.NotEnoughEvidence, Verdict.NotEnoughEvidence), (two.Verdict, twoAndAgainst.Verdict));
        Assert.Equal((met.Group!.Likelihood, met.Group.Confidence), (metAndAgainst.Group!.Likelihood, metAndAgainst.Group.Confidence));
        Assert.True(metAndAgainst.Group.Probability <= met.Group.Probability);
    }

    // For every group: two pieces of malware of its own and a domain, and each of a dozen techniques that may speak for it or against.
    [Fact]
    public void No_observation_that_weighs_against_the_named_group_strengthens_a_word()
    {
        int against = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            if (Observed.OwnMalware(group.Id) is not [var first, var second, ..])
            {
                continue;
            }

            Observation[] observed = [.. Observed.Of($"{first} {second}"), Observed.Domain("c2.example", group.Id, 2020)];
            Assessment without = Assess(observed);
            foreach (string technique in (string[])["T1496", "T1059.001", "T1190", "T1566.001"])
            {
                Assessment with = Assess([.. observed, .. Observed.Of(technique)]);
                int added = Enumerable.Range(0, with.Observations.Length).First(i => with.Observations[i].Observation.Value == technique);
                if (with.Group is { } named && with.Groups[0].Weights[added].LogLikelihoodRatio < 0)
                {
                    against++;
                    Assert.True(without.Group is { } before && before.GroupIds[0] == named.GroupIds[0] && named.Likelihood <= before.Likelihood && named.Confidence <= before.Confidence, $"{group.Id} {technique}");
                }
            }
        }

        Assert.True(against > 20, $"{against} cases");
    }

    // Qilin is rented out, and one of its customers is a state's, which is known for little else of this. Whatever else is observed makes two things no three.
    [Theory]
    [InlineData("T1486 T1490 T1489 T1562.001 T1021.001 T1567.002 S1242 S1040 S0029", 2025, "G1036")]
    [InlineData("T1204.004 T1059.001 T1219.002", 2025, "G1052")]
    [InlineData("T1486 T1210 T1490 S0366", null, "G0032")]
    public void Nobody_is_named_by_fewer_than_three_things_that_he_is_known_for(string observed, int? year, string leader)
    {
        Assessment assessment = Assess(observed, year);

        Assert.Equal(leader, assessment.Groups[0].Group.Id);
        Assert.True(assessment.Groups[0].Probability > 0.39);
        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Contains(" that the leading group is known for ", assessment.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_last_reported_on_long_ago_is_no_more_than_likely()
    {
        const string observed = "T1566.001 T1560.001 T1114.001 T1114.002 T1119 S0109 S0025";
        Assessment late = Assess(observed, 2040), early = Assess(observed, 2015);

        Assert.True(early.Group!.Likelihood > Likelihood.Likely, early.Group.LikelihoodSentence);
        Assert.Equal((early.Group.GroupIds[0], Likelihood.Likely, AnalyticConfidence.Low), (late.Group!.GroupIds[0], late.Group.Likelihood, late.Group.Confidence));
        Assert.Contains(late.Group.Caps, static c => c.Contains("need not exist any more", StringComparison.Ordinal));
    }

    // All that ATT&CK has of Equation, from one report.
    [Fact]
    public void A_group_of_which_little_is_published_is_told_where_all_of_that_was_observed()
    {
        Assessment assessment = Assess("T1542.002 T1120 T1564.005 T1480.001", 2015);

        Assert.Contains(assessment.Reasons, static r => r.Contains("Equation", StringComparison.Ordinal));
        Assert.DoesNotContain("does not hold", AssessmentSentences.Verdict(assessment), StringComparison.Ordinal);
    }

    [Fact]
    public void That_base_rates_make_the_result_is_said()
    {
        const string observed = "T1190 T1505.003 T1003.001 T1560.001";
        Assessment set = Attributor.Assess(Observed.Of(observed), new AssessmentOptions { Year = 2022, GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0125", 1000) });

        Assert.Equal("G0125", Assert.Single(set.Group!.GroupIds));
        Assert.Contains(set.Reasons, static r => r.StartsWith("Base rates that were set make it so: by the usual ones HAFNIUM (G0125) has ", StringComparison.Ordinal));
        Assert.DoesNotContain(Assess(observed, 2022).Reasons, static r => r.Contains("usual", StringComparison.Ordinal));
    }

    // Malware of Sandworm Team beside malware and techniques of Lazarus Group: without the strongest piece the other leads.
    [Fact]
    public void Base_rates_that_were_set_make_no_judgement_sounder()
    {
        const string observed = "S0365 S0368 S0239 S0180 T1059.003 T1543.003 T1070.001 T1490";
        Assessment usual = Assess(observed, 2018),
            set = Attributor.Assess(Observed.Of(observed), new AssessmentOptions { Year = 2018, GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0034", 50) });

        Assert.Equal(("G0034", "G0034"), (usual.Groups[0].Group.Id, set.Groups[0].Group.Id));
        Assert.Equal(("G0032", "G0034"), (usual.WithoutStrongest!.Leader, set.WithoutStrongest!.Leader));
        Assert.True(set.Group!.Probability > usual.Group!.Probability);
        Assert.Equal((usual.Group.Likelihood, usual.Cluster!.Likelihood), (set.Group.Likelihood, set.Cluster!.Likelihood));
        Assert.Contains(set.Reasons, static r => r.StartsWith("Without S0365 (S0365) Lazarus Group (G0032) leads by the usual base rates, with ", StringComparison.Ordinal));
        Assert.DoesNotContain(usual.Reasons, static r => r.Contains("usual", StringComparison.Ordinal));
    }

    [Fact]
    public void Malware_and_what_lists_hold_of_it_are_told_as_what_they_are()
    {
        Observation malware = Assert.Single(Observed.Of("S0335"));
        Observation Listed(string value) => Observed.Domain(value, "G0010", 2020);

        Assert.Equal("S0335 (S0335) and the indicator of apt_x that may be of it", AssessmentSentences.Together([malware, OfList(Listed("a.example"))]));
        Assert.Equal("the 2 indicators of apt_x", AssessmentSentences.Together([OfList(Listed("a.example")), OfList(Listed("b.example"))]));
        Assert.Equal("T1003 (T1003) and 2 more of the same rules and events", AssessmentSentences.Together([.. Observed.Of("T1003 T1190 T1505")]));

        static Observation OfList(Observation one) => one with { Indicators = [.. one.Indicators.Select(static c => c with { List = "apt_x" })] };
    }

    [Fact]
    public void Who_is_known_for_a_part_alone_is_not_said_to_be_unknown_for_the_whole()
    {
        Assessment assessment = Assess("T1003 T1078 S0158", 2021);

        Assert.Contains(assessment.Rivals.SelectMany(static r => r.Against), static s => s.Contains("is known of it by its parts alone", StringComparison.Ordinal));
        Assert.Contains(assessment.Observations, static o => o.Note.Contains("a part of it alone", StringComparison.Ordinal));
    }

    // Three groups are "known for T1021", and a hundred for parts of it: that a rule is tagged with the whole is a matter of its author.
    [Fact]
    public void A_rule_that_names_the_whole_where_reports_name_parts_speaks_for_nobody()
    {
        Observation[] shown = [.. Observed.Of("T1558.003 T1021 T1087.002").Select(static (o, i) => o with { Bases = [Observed.Basis($"rule: {i}", i)], Events = [i] })];
        static double[] OfRemoteServices(Assessment assessment) =>
            [.. assessment.Groups.Select(g => g.Weights[assessment.Observations.IndexOf(assessment.Observations.First(static o => o.Observation.Value == "T1021"))].LogLikelihoodRatio)];
        Assessment assessment = Attributor.Assess(shown, new AssessmentOptions { Year = 2021 });

        Assert.All(OfRemoteServices(assessment), static w => Assert.Equal(0, w, 9));
        Assert.StartsWith("Only 2 techniques or pieces of software by which known groups can be told apart were observed. ", assessment.Reasons[0], StringComparison.Ordinal);
        Assert.Contains(assessment.Observations, static o => o.Note.Contains("weighed for nobody", StringComparison.Ordinal));
        Assert.Contains(OfRemoteServices(Assess("T1558.003 T1021 T1087.002", 2021)), static w => w > 0.5);
    }

    [Fact]
    public void Groups_that_cannot_be_told_apart_are_named_together()
    {
        Assessment assessment = Assess("T1030 T1505.003 T1557.002 T1588.004 T1608.001");

        Assert.Equal(Verdict.NamedCluster, assessment.Verdict);
        Assert.Null(assessment.Group);
        Assert.Null(assessment.Sponsor);
        Assert.Subset(assessment.Cluster!.GroupIds.ToHashSet(), new HashSet<string> { "G0129", "G1014" });
        Assert.Equal(Likelihood.RealisticPossibility, assessment.Cluster.Likelihood);
        Assert.Equal(assessment.Cluster.LikelihoodSentence, AssessmentSentences.Likelihood(assessment));
        Assert.Equal(assessment.Cluster.Confidence, assessment.Confidence);
    }

    [Fact]
    public void For_every_group_that_is_named_it_is_told_what_would_change_that()
    {
        int named = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups.Where(static (_, i) => i % 3 == 0))
        {
            Assessment assessment = Assess(string.Join(' ', group.Techniques.Concat(group.Software).Select(static r => r.Target)));
            if (assessment.Verdict == Verdict.NamedGroup)
            {
                named++;
                Assert.Contains(assessment.WouldChange, static s => !s.StartsWith("Finding ", StringComparison.Ordinal));
            }
        }

        Assert.True(named > 30, $"{named}");
    }

    [Fact]
    public void Without_a_part_the_whole_that_was_given_too_remains()
    {
        const string parts = "T1027.002 T1059.001 T1102.002 T1106 T1140 T1567.002 T1588.002 T1585.001";
        Assessment both = Assess(parts + " T1585", 2021), remaining = Assess(parts.Replace("T1585.001", "T1585", StringComparison.Ordinal), 2021);
        WeighedObservation part = both.Observations.Single(static o => o.Observation.Value == "T1585.001");
        GroupHypothesis leader = remaining.Groups.Single(g => g.Group.Id == both.Groups[0].Group.Id);

        Assert.DoesNotContain(both.Observations, static o => o.Observation.Value == "T1585");
        if (both.Groups[0].Probability > both.Unknown.Probability)
        {
            Assert.Equal(leader.Probability, part.Effect.ProbabilityWithout, 1e-9);
        }
        else
        {
            Assert.Equal(remaining.Unknown.Probability, part.Effect.ProbabilityWithout, 1e-9);
        }
    }

    [Fact]
    public void Beyond_what_is_published_no_unknown_group_is_judged()
    {
        Assessment assessment = Assess("T1190 T1505.003 T1003.003 S0020", 2035);

        Assert.Equal(UnknownHypothesis.Id, assessment.Unknown.Probability > assessment.Groups[0].Probability ? UnknownHypothesis.Id : "");
        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Contains("what is known ends in", assessment.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Before_what_is_published_no_unknown_group_is_judged()
    {
        Assessment assessment = Assess("T1505.003 T1560.001 T1003.003", 1999);

        Assert.True(assessment.Unknown.Probability > 0.55);
        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Contains("what is known begins in", assessment.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_rounds_to_the_threshold_is_told_as_below_it()
    {
        Assessment[] close =
        [
            .. KnowledgeBase.Embedded.Groups.SelectMany(static group => Enumerable.Range(4, 6).Select(many => string.Join(' ', group.Techniques.Take(many).Select(static t => t.Target))))
                .Select(static observed => Assess(observed)).Where(static a => a.Groups[0].Probability is >= 0.395 and < 0.4 && a.Groups[0].Probability > a.Unknown.Probability),
        ];

        Assert.NotEmpty(close);
        Assert.All(close, static one => Assert.Contains("stays below 40%", one.Reasons[0], StringComparison.Ordinal));
        Assert.All(close, static one => Assert.Equal("39%", AssessmentSentences.Percent(one.Groups[0].Probability)));
    }

    [Fact]
    public void That_a_list_does_not_come_with_the_program_is_said()
    {
        Observation domain = Observed.Domain("c2.example", "G0016", 2020);
        string shipped = IndicatorSet.BuiltIn.Lists[0].Name;

        Assert.Contains("list is a list that does not come with the program: whose these indicators are is the word of whoever made it.", Assess([domain]).Reasons);
        Assert.Contains(shipped + IndicatorList.Given + " is a list that does not come with the program", string.Join(' ', Assess([domain with { Indicators = [domain.Indicators[0] with { List = shipped + IndicatorList.Given }] }]).Reasons), StringComparison.Ordinal);
        Assert.DoesNotContain(Assess([domain with { Indicators = [domain.Indicators[0] with { List = shipped }] }]).Reasons, static r => r.Contains("come with the program", StringComparison.Ordinal));
        Assert.DoesNotContain(Assess([domain with { Indicators = [domain.Indicators[0] with { GroupIds = [] }] }]).Reasons, static r => r.Contains("come with the program", StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_and_its_port_are_one_indicator()
    {
        Observation Address(string value) => Observed.Domain(value, "G0096", 2020) is var one
            ? one with { Indicators = [one.Indicators[0] with { Kind = value.Contains('/', StringComparison.Ordinal) ? IndicatorKind.Url : IndicatorKind.Address }] } : one;
        double Weight(params string[] values) => Assess([.. values.Select(Address)]).Groups.Single(static g => g.Group.Id == "G0096").Weights.Sum(static w => w.LogLikelihoodRatio);

        Assert.Equal(Weight("198.51.100.7"), Weight("198.51.100.7", "198.51.100.7:8443"), 9);
        Assert.Equal(Weight("2001:db8::7"), Weight("2001:db8::7", "[2001:db8::7]:8443"), 9);
        Assert.Equal(Weight("198.51.100.7/a"), Weight("198.51.100.7", "198.51.100.7/a", "198.51.100.7/b"), 9);
        Assert.Equal(Weight("[2001:db8::7]/a"), Weight("2001:db8::7", "[2001:db8::7]/a", "[2001:db8::7]:8443/b"), 9);
        Assert.True(Weight("198.51.100.7", "198.51.100.8") > Weight("198.51.100.7"));
    }

    [Fact]
    public void Software_of_a_later_time_is_told()
    {
        Assert.Contains(Assess("T1190 T1505.003 T1003.003 S0559", 2012).Limits, static l => l.Contains("SUNBURST", StringComparison.OrdinalIgnoreCase) || l.Contains("S0559", StringComparison.Ordinal));
        Assert.DoesNotContain(Assess("T1190 T1505.003 T1003.003 S0559", 2020).Limits, static l => l.Contains("S0559", StringComparison.Ordinal));
    }

    // One that was spoken to and many that were only typed: the many take nothing from the one, and lift no cap but their own.
    [Fact]
    public void Indicators_that_are_only_mentioned_neither_dilute_nor_lift_those_that_were_met()
    {
        Observation met = Observed.Domain("z-met.example", "G0034", 2020);
        Observation[] typed = [.. Enumerable.Range(0, 40).Select(static i => Observed.Domain($"a{i}.example", "G0034", 2020) with { Contact = IndicatorContact.Written })];
        double[] Weights(params Observation[] observed) =>
            [.. Attributor.Assess(observed, new AssessmentOptions { Year = 2020 }).Groups.Single(static g => g.Group.Id == "G0034").Weights.Select(static w => w.LogLikelihoodRatio)];
        double alone = Weights(met).Single(), many = Weights(typed).Sum();
        Assessment mixed = Attributor.Assess([met, .. typed], new AssessmentOptions { Year = 2020 });
        double ofMet = mixed.Groups.Single(static g => g.Group.Id == "G0034").Weights[mixed.Observations.Select(static o => o.Observation.Value).ToList().IndexOf("z-met.example")].LogLikelihoodRatio;

        Assert.Equal(alone, ofMet, 1e-6);
        Assert.True(Weights([met, .. typed]).Sum() < alone + many);
        Assert.True(Weights([Observed.Domain("weak.example", "G0034", 2012), .. typed]).Sum() < many + alone);
    }

    [Fact]
    public void Two_lines_that_one_source_says_are_one_source()
    {
        foreach (GroupHypothesis group in Assess("T1190 T1059.001 T1003.001").Groups)
        {
            Assert.All(group.Weights, static w => Assert.Equal(w.Sources.Length, w.Sources.Distinct().Count()));
        }
    }

    private static Assessment Assess(Observation[] observed) => Attributor.Assess(observed, new AssessmentOptions { Year = 2020 });

    private static Assessment Assess(string observed, int? year = null) => Attributor.Assess(Observed.Of(observed), new AssessmentOptions { Year = year });
}
