using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What may be said of whom, on published cases and on the rules that nothing may break.</summary>
public sealed class AttributorTests
{
    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    // The National Cyber Security Centre, the Communications Security Establishment and the NSA, 16 July 2020, on APT29 and vaccine research:
    // WellMess, WellMail and SoreFang.
    private const string VaccineAdvisory = "S0514 S0515 S0516 T1190 T1078 T1566.001 T1588.002 T1059.003 T1105 T1071.001 T1573.002";

    // CISA and FBI, AA20-258A, 14 September 2020, on actors affiliated with the Ministry of State Security; and the advisory above.
    private const string MssVulnerabilities = "CVE-2020-5902 CVE-2019-19781 CVE-2019-11510 CVE-2020-0688";
    private const string SvrVulnerabilities = "CVE-2019-19781 CVE-2019-11510 CVE-2018-13379 CVE-2019-9670";

    [Fact]
    public void The_malware_of_the_vaccine_advisory_points_at_the_group_that_the_advisory_names()
    {
        Assessment assessment = Assess(VaccineAdvisory, new AssessmentOptions { Year = 2020 });

        Assert.Equal(Verdict.NamedGroup, assessment.Verdict);
        Assert.Equal("G0016", assessment.Groups[0].Group.Id);
        Assert.True(assessment.Group!.Likelihood >= Likelihood.Likely, assessment.Group.LikelihoodSentence);
        Assert.Equal("RU", assessment.Sponsor!.Country);
        Assert.True(assessment.Sponsor.Likelihood <= assessment.Group.Likelihood);
    }

    [Theory]
    [InlineData(MssVulnerabilities)]
    [InlineData(SvrVulnerabilities)]
    [InlineData("CVE-2019-19781 CVE-2019-11510")]
    public void Vulnerabilities_that_two_states_used_in_one_summer_decide_nothing(string vulnerabilities)
    {
        Assessment assessment = Assess(vulnerabilities, new AssessmentOptions { Year = 2020 });

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Null(assessment.Group);
        Assert.Null(assessment.Sponsor);
        Assert.Contains("vulnerabilities", Assert.Single(assessment.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Vulnerabilities_weigh_next_to_nothing_beside_other_evidence()
    {
        Assessment without = Assess(VaccineAdvisory);
        Assessment with = Assess(VaccineAdvisory + " " + MssVulnerabilities);

        Assert.Equal(without.Groups[0].Group.Id, with.Groups[0].Group.Id);
        foreach (GroupHypothesis group in with.Groups)
        {
            Assert.All(Enumerable.Range(0, with.Observations.Length).Where(i => with.Observations[i].Line == EvidenceLine.Access),
                i => Assert.InRange(Math.Abs(group.Weights[i].LogLikelihoodRatio), 0, 0.5));
        }
    }

    [Fact]
    public void Nothing_observed_is_not_enough_evidence()
    {
        Assessment assessment = Assess("");

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.NotEmpty(assessment.Reasons);
        Assert.Equal(1, assessment.Groups.Sum(static g => g.Probability) + assessment.Unknown.Probability, 9);
    }

    [Fact]
    public void Common_techniques_are_not_enough_evidence()
    {
        // PowerShell, scheduled tasks, web protocols, ingress tool transfer, discovery: what nearly every intrusion holds.
        Assessment assessment = Assess("T1059.001 T1053.005 T1071.001 T1105 T1082 T1083 T1057");

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.Null(assessment.Group);
        Assert.True(assessment.Rivals.Length >= 2);
    }

    [Fact]
    public void Techniques_alone_never_exceed_likely_and_have_low_confidence()
    {
        int named = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            Assessment assessment = Assess(string.Join(' ', group.Techniques.Select(static t => t.Target)));
            if (assessment.Group is not { } judgement)
            {
                continue;
            }

            named++;
            Assert.True(judgement.Likelihood <= Likelihood.Likely, $"{group.Name}: {judgement.LikelihoodSentence}");
            Assert.True(assessment.Cluster!.Likelihood <= Likelihood.Likely);
            Assert.Equal(AnalyticConfidence.Low, judgement.Confidence);
        }

        Assert.True(named > 50, $"{named} groups were named by all of their techniques");
    }

    [Fact]
    public void More_than_likely_needs_two_lines_of_evidence_one_of_them_hard_to_forge()
    {
        int strong = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            Assessment assessment = Assess(string.Join(' ', group.Techniques.Concat(group.Software).Select(static t => t.Target)));
            foreach (Judgement judgement in new[] { assessment.Cluster, assessment.Group, assessment.Sponsor }.OfType<Judgement>())
            {
                Assert.True(judgement.Level != JudgementLevel.Sponsor || judgement.Likelihood <= assessment.Group!.Likelihood);
                if (judgement.Likelihood <= Likelihood.Likely)
                {
                    continue;
                }

                strong++;
                GroupHypothesis leader = assessment.Groups[0];
                EvidenceLine[] lines =
                [
                    .. assessment.Observations.Select((o, i) => (o.Line, leader.Weights[i].LogLikelihoodRatio))
                        .GroupBy(static o => o.Line).Where(static l => l.Sum(static o => o.LogLikelihoodRatio) > 0).Select(static l => l.Key),
                ];
                Assert.True(lines.Length >= 2, $"{group.Name}: {judgement.LikelihoodSentence}");
                Assert.Contains(assessment.Observations.Select((o, i) => (o, i)),
                    p => p.o.Spoofability == Spoofability.Hard && leader.Weights[p.i].LogLikelihoodRatio > 0);
            }
        }

        Assert.True(strong > 20, $"{strong} strong judgements");
    }

    [Fact]
    public void Likelihood_and_confidence_never_share_a_sentence()
    {
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            Assessment assessment = Assess(string.Join(' ', group.Techniques.Take(12).Concat(group.Software.Take(5)).Select(static t => t.Target)));
            foreach (Judgement judgement in new[] { assessment.Cluster, assessment.Group, assessment.Sponsor }.OfType<Judgement>())
            {
                Assert.DoesNotContain("onfidence", judgement.LikelihoodSentence, StringComparison.Ordinal);
                Assert.DoesNotContain("likely", judgement.ConfidenceSentence, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("possib", judgement.ConfidenceSentence, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("certain", judgement.ConfidenceSentence, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void A_named_group_has_rivals_and_what_would_change_it()
    {
        Assessment assessment = Assess(VaccineAdvisory);

        Assert.True(assessment.Rivals.Length >= 2);
        Assert.All(assessment.Rivals, static r => Assert.NotEmpty(r.Against));
        Assert.Contains(assessment.Rivals, static r => r.Id == UnknownHypothesis.Id);
        Assert.NotEmpty(assessment.WouldChange);
        Assert.NotNull(assessment.WithoutStrongest);
        Assert.NotEmpty(assessment.Hypotheses.Rows);
        Assert.All(assessment.Hypotheses.Rows, r => Assert.Equal(assessment.Hypotheses.Columns.Length, r.Cells.Length));
        Assert.NotEmpty(assessment.Limits);
    }

    [Fact]
    public void Weights_and_base_weights_add_up_to_the_odds_between_any_two_explanations()
    {
        Assessment assessment = Assess(VaccineAdvisory + " CVE-2019-19781");
        (double Probability, double Sum)[] all =
        [
            .. assessment.Groups.Select(static g => (g.Probability, g.BaseWeight + g.Weights.Sum(static w => w.LogLikelihoodRatio))),
            (assessment.Unknown.Probability, assessment.Unknown.BaseWeight + assessment.Unknown.Weights.Sum(static w => w.LogLikelihoodRatio)),
        ];

        Assert.All(all, e => Assert.Equal(Math.Log(e.Probability / all[0].Probability), e.Sum - all[0].Sum, 6));
    }

    [Fact]
    public void Base_rates_are_explicit_and_can_be_changed()
    {
        Assessment usual = Assess(VaccineAdvisory);
        Assessment strange = Assess(VaccineAdvisory, new AssessmentOptions { UnknownBaseRate = 0.999 });
        Assessment doubled = Assess(VaccineAdvisory, new AssessmentOptions { GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0007", 2) });

        Assert.Equal(AttributionModel.Embedded.UnknownRate, usual.UnknownBaseRate);
        Assert.True(strange.Unknown.Probability > usual.Unknown.Probability);
        double Odds(Assessment a) => a.Groups.Single(static g => g.Group.Id == "G0007").Probability / a.Unknown.Probability;
        Assert.Equal(2, Odds(doubled) / Odds(usual), 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Assess("", new AssessmentOptions { UnknownBaseRate = 1 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_factor_on_odds_is_refused(double factor) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Assess(VaccineAdvisory, new AssessmentOptions { GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0007", factor) }));

    [Fact]
    public void Groups_without_a_profile_are_told()
    {
        Assessment assessment = Assess(VaccineAdvisory);

        Assert.Equal(KnowledgeBase.Embedded.Groups.Count, assessment.Groups.Length + assessment.TooThin.Length);
        Assert.All(assessment.TooThin, thin => Assert.True(KnowledgeBase.Embedded.Group(thin.Group.Id)!.Techniques.Length < 5));
    }

    // Remsec is Strider's alone, and ATT&CK knows three techniques of Strider: it must not read as if nobody were known for it.
    [Fact]
    public void Malware_of_a_group_that_cannot_be_weighed_is_told_and_speaks_for_a_group_that_is_not_known()
    {
        Assessment assessment = Assess("S0125 T1003 T1055 T1570"), without = Assess("T1003 T1055 T1570");

        ThinGroup strider = Assert.Single(assessment.TooThin, static g => g.Telling);
        Assert.Equal("G0041", strider.Group.Id);
        KnownTrace trace = Assert.Single(strider.Known, k => assessment.Observations[k.Observation].Observation.Value == "S0125");
        Assert.NotEmpty(trace.Sources);
        Assert.Contains(assessment.Reasons, static r => r.Contains("Strider (G0041)", StringComparison.Ordinal) && r.Contains("S0125", StringComparison.Ordinal));
        WeighedObservation remsec = Assert.Single(assessment.Observations, static o => o.Observation.Value == "S0125");
        Assert.Equal((1, Spoofability.Hard), (remsec.KnownUsers, remsec.Spoofability));
        Assert.True(assessment.Unknown.Probability > without.Unknown.Probability);
        Assert.DoesNotContain(without.TooThin, static g => g.Telling);
        Assert.Equal("No known group: it is best explained by one of which nothing is published, or too little to weigh it.", AssessmentSentences.Verdict(assessment));
        Assert.EndsWith("a group of which nothing is published, or too little to weigh it.", AssessmentSentences.Likelihood(assessment), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_a_group_that_cannot_be_weighed_are_told_by_its_name()
    {
        Observation domain = Observed.Domain("c2.example", "G0041", 2020);
        Assessment assessment = Attributor.Assess([domain, .. Observed.Of("T1003 T1055 T1071.001")], new AssessmentOptions { Year = 2020 });

        Assert.Contains(assessment.TooThin, static g => g.Group.Id == "G0041");
        Assert.Equal("list for Strider (G0041), 2020", Assert.Single(AssessmentSentences.Listed(domain, assessment)));
        Assert.Equal("G9999", RankedExplanation.NameOf(assessment, "G9999"));
    }

    // The campaign against 3CX is nearly all that ATT&CK holds of AppleJeus, and no technique of a campaign makes a group one that can be weighed.
    [Fact]
    public void A_group_that_cannot_be_weighed_is_told_where_most_of_what_was_observed_is_known_of_it()
    {
        Assessment assessment = Assess("T1027.009 T1055 T1102.001 T1195.002 T1203 T1217 T1218.007");

        ThinGroup group = Assert.Single(assessment.TooThin, static g => g.Telling);
        Assert.Equal(("G1049", 7), (group.Group.Id, group.Known.Length));
        Assert.Contains(assessment.Reasons, static r => r.Contains("7 of 7", StringComparison.Ordinal));
    }

    // Whoever left malware of two groups left one of the two on purpose, also where one of them cannot be weighed.
    [Fact]
    public void Malware_of_a_group_that_cannot_be_weighed_contests_another_group()
    {
        KnownGroup group = KnowledgeBase.Embedded.Group("G0016")!;
        string all = string.Join(' ', group.Techniques.Concat(group.Software).Select(static t => t.Target));
        Assessment alone = Assess(all), contested = Assess(all + " S0125");

        Assert.True(alone.Group!.Likelihood > Likelihood.Likely);
        Assert.Equal(Likelihood.Likely, contested.Group!.Likelihood);
        Assert.Contains(contested.Group.Caps, static c => c.Contains("points at another group", StringComparison.Ordinal));
        Assert.Equal(AnalyticConfidence.Low, contested.Group.Confidence);
    }

    // A few tools of one group and one piece of malware of another: the malware leads, and without it the other group could be named.
    [Fact]
    public void Where_one_observation_stands_against_the_others_no_more_than_a_realistic_possibility_is_said()
    {
        string[] groups = ["G0007", "G0010", "G0016", "G0032", "G0034", "G0046", "G0049", "G0050", "G0059", "G0096", "G0129"];
        int contradicted = 0;
        foreach ((string one, string other) in groups.SelectMany(g => groups.Where(h => h != g).Select(h => (g, h))))
        {
            string behaviour = string.Join(' ', KnowledgeBase.Embedded.Group(one)!.Techniques.Select(static t => t.Target).Take(12));
            Assessment assessment = Assess($"{behaviour} {Observed.OwnMalware(other)[0]}");
            if (assessment.Group is { } group && assessment.WithoutStrongest is { Verdict: Verdict.NamedGroup } rest && rest.Leader != group.GroupIds[0])
            {
                contradicted++;
                Assert.True(group.Likelihood <= Likelihood.RealisticPossibility, group.LikelihoodSentence);
                Assert.True(assessment.Sponsor is null || assessment.Sponsor.Likelihood <= Likelihood.RealisticPossibility);
                Assert.Equal(AnalyticConfidence.Low, group.Confidence);
            }
        }

        Assert.True(contradicted > 3, $"{contradicted} of {groups.Length * (groups.Length - 1)}");
    }

    private static Assessment Assess(string identifiers, AssessmentOptions? options = null) => Attributor.Assess(Observed.Of(identifiers), options);
}
