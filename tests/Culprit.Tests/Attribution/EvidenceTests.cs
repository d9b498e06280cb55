using Culprit.Attribution;
using Culprit.Knowledge;
using CsCheck;

namespace Culprit.Tests.Attribution;

/// <summary>How evidence adds up, whatever it is: properties over observations drawn from all that is known.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public void Lists_of_one_group_do_not_make_a_value_less_telling()
    {
        Observation once = Observed.Domain("c2.example", "G0007", 2020);
        IndicatorClaim claim = once.Indicators[0];
        double Weight(params IndicatorClaim[] claims) =>
            new Attributor(KnowledgeBase.Embedded).Assess([once with { Indicators = [.. claims] }], new AssessmentOptions { Year = 2020 }).Groups
                .Single(static g => g.Group.Id == "G0007").Weights[0].LogLikelihoodRatio;

        double same = Weight(claim with { ListCount = 2 }, claim with { List = "another", ListCount = 2 });
        double other = Weight(claim with { ListCount = 2 }, claim with { List = "another", GroupIds = ["G0016"], ListCount = 2 });

        Assert.Equal(Weight(claim), same, 9);
        Assert.True(other < same);
    }

    private static readonly KnowledgeBase Knowledge = KnowledgeBase.Embedded;
    private static readonly Attributor Attributor = new(Knowledge);

    private static readonly Gen<string[]> Some = Drawn(
        [.. Knowledge.Techniques.Select(static t => t.Id), .. Knowledge.Software.Select(static s => s.Id), "CVE-2019-19781", "CVE-2019-11510"])
        .Array[1, 12];

    // Groups that are weighed and have malware of their own.
    private static readonly string[] Owners = [.. Attributor.Assess([]).Groups.Select(static g => g.Group.Id).Where(static id => Observed.OwnMalware(id).Length > 0).Order(StringComparer.Ordinal)];

    private static Gen<string> Drawn(string[] from) => Gen.Int[0, from.Length - 1].Select(i => from[i]);

    [Fact]
    public void Order_and_repetition_do_not_matter() =>
        Some.SelectMany(static s => Gen.Shuffle(s).Select(shuffled => (s, shuffled))).Sample(static pair =>
        {
            Assessment one = Attributor.Assess(Observed.Of(string.Join(' ', pair.s)));
            Assessment other = Attributor.Assess(Observed.Of(string.Join(' ', pair.shuffled) + " " + pair.s[0]));

            Assert.Equal(Ranking(one), Ranking(other));
            Assert.Equal(one.Reasons, other.Reasons);
            Assert.Equal(one.WouldChange, other.WouldChange);
        }, iter: 50);

    [Fact]
    public void Probabilities_are_probabilities() => Some.Sample(static some =>
    {
        Assessment assessment = Attributor.Assess(Observed.Of(string.Join(' ', some)));

        Assert.All(assessment.Groups, static g => Assert.InRange(g.Probability, 0, 1));
        Assert.Equal(1, assessment.Groups.Sum(static g => g.Probability) + assessment.Unknown.Probability, 9);
    }, iter: 50);

    // Whoever plants evidence for one group must not be able to raise another unseen: none rises against the group that it is known
    // of, and to be hit less hard than others, which groups are of which little is known, is never told as support.
    [Fact]
    public void Evidence_for_one_group_raises_no_other_against_it() =>
        Gen.Select(Some, Drawn(Owners)).Sample(static (drawn, group) =>
        {
            string malware = Observed.OwnMalware(group)[0];
            string some = string.Join(' ', drawn.Where(one => one != malware));
            Assessment before = Attributor.Assess(Observed.Of(some)), after = Attributor.Assess(Observed.Of(some + " " + malware));
            GroupHypothesis own = before.Groups.Single(g => g.Group.Id == group);
            double ownAfter = after.Groups.Single(g => g.Group.Id == group).Probability;
            Assert.True(ownAfter > own.Probability, $"{malware} lowers {group}");
            foreach (GroupHypothesis other in before.Groups.Where(g => g.Group.Id != group))
            {
                GroupHypothesis then = after.Groups.Single(g => g.Group.Id == other.Group.Id);
                Assert.True(then.Probability / ownAfter <= other.Probability / own.Probability * (1 + 1e-9), $"{malware} of {group} raises {other.Group.Name} against it");
            }

            string name = Knowledge.SoftwareOf(malware)!.Name;
            Assert.All(after.Rivals.Where(r => r.Id != group && after.Groups.Any(g => g.Group.Id == r.Id)),
                r => Assert.DoesNotContain(r.For, sentence => sentence.Contains(name, StringComparison.Ordinal)));
        }, iter: 50);

    [Fact]
    public void Indicators_fade_with_age_and_shared_infrastructure_is_capped()
    {
        const string behaviour = "T1190 T1505.003 T1059.001 T1003.001";
        static double At(int? year, bool shared = false, int lists = 1) => Weight(Attributor.Assess(
            [.. Observed.Of(behaviour), Observed.Domain("c2.example", "G0016", year, shared, lists)], new AssessmentOptions { Year = 2024 }));

        Assert.True(At(2024) > At(2020));
        Assert.True(At(2020) > At(2012));
        Assert.True(At(null) < At(2022));
        Assert.InRange(At(2024, shared: true), 0, 0.41);
        Assert.True(At(2024, lists: 5) < At(2024));
    }

    [Fact]
    public void Many_indicators_of_one_list_count_as_few()
    {
        Observation[] one = [Observed.Domain("a.example", "G0016", 2024)];
        Observation[] four = [.. one, .. new[] { "b.example", "c.example", "d.example" }.Select(static d => Observed.Domain(d, "G0016", 2024))];
        double alone = Sum(Attributor.Assess(one, new AssessmentOptions { Year = 2024 }));
        double together = Sum(Attributor.Assess(four, new AssessmentOptions { Year = 2024 }));

        Assert.InRange(together, alone, (2 * alone) + 1e-9);

        static double Sum(Assessment a) => a.Groups.Single(static g => g.Group.Id == "G0016").Weights.Sum(static w => w.LogLikelihoodRatio);
    }

    [Fact]
    public void An_indicator_that_names_no_known_group_speaks_for_none()
    {
        Observation strange = Observed.Domain("c2.example", "G0016", 2024) with
        {
            Indicators = [new IndicatorClaim("list", [], null, 2024, IndicatorKind.Domain, Shared: false, ListCount: 1)],
        };
        Assessment assessment = Attributor.Assess([strange]);

        Assert.Equal(Verdict.NotEnoughEvidence, assessment.Verdict);
        Assert.All(assessment.Groups, static g => Assert.Equal(0, g.Weights[0].LogLikelihoodRatio, 9));
        Assert.NotEmpty(assessment.Observations[0].Note);
    }

    [Fact]
    public void Malware_of_two_groups_together_carries_no_strong_judgement()
    {
        string[] first = Observed.OwnMalware("G0016"), second = Observed.OwnMalware("G0007");
        Assessment assessment = Attributor.Assess(Observed.Of(string.Join(' ', first.Take(6).Append(second[0])) + " T1190 T1078 T1566.001 T1071.001"));

        Assert.Equal((Verdict.NamedGroup, "G0016"), (assessment.Verdict, assessment.Group?.GroupIds.Single()));
        Assert.True(assessment.Group!.Likelihood <= Likelihood.Likely, assessment.Group.LikelihoodSentence);
        Assert.Equal(AnalyticConfidence.Low, assessment.Group.Confidence);
    }

    [Fact]
    public void What_one_rule_takes_for_malware_names_no_group_and_is_never_hard_to_forge()
    {
        string malware = Observed.OwnMalware("G0032")[0];
        Observation[] behaviour = Observed.Of("T1021.001 T1562.004 T1070.006");
        Observation sure = Observed.Of(malware).Single(), guess = sure with { Bases = [Observed.Basis("rule: one", 1)], Events = [1], ByName = true };

        Assessment trusting = Attributor.Assess([.. behaviour, sure]), careful = Attributor.Assess([.. behaviour, guess]);

        Assert.Equal("G0032", trusting.Group?.GroupIds.Single());
        Assert.Null(careful.Group);
        Assert.All(careful.Groups, g => Assert.InRange(g.Weights[Index(careful, malware)].LogLikelihoodRatio, double.NegativeInfinity, Math.Log(10) + 1e-9));
        WeighedObservation weighed = careful.Observations.Single(o => o.Observation.Value == malware);
        Assert.Equal(Spoofability.Easy, weighed.Spoofability);
        Assert.NotEmpty(weighed.Note);
        Assert.False(Attributor.Assess([.. behaviour, guess, guess with { Bases = [Observed.Basis("rule: another", 2)], Events = [2] }]).Observations.Single(o => o.Observation.Value == malware).Observation.Tentative);
    }

    // BlackCat is known of one group in ATT&CK, and was rented by many.
    [Fact]
    public void Malware_that_is_offered_to_others_is_nobodys_own()
    {
        Assessment assessment = Attributor.Assess(Observed.Of("S1068 T1566.004 T1621 T1219 T1657 T1567.002"));

        WeighedObservation weighed = assessment.Observations.Single(static o => o.Observation.Value == "S1068");
        Assert.Equal((1, Spoofability.Easy), (weighed.KnownUsers, weighed.Spoofability));
        Assert.Contains("nobody's own", weighed.Note, StringComparison.Ordinal);
        Assert.Equal(Verdict.NamedGroup, assessment.Verdict);
        Assert.True(assessment.Group!.Likelihood <= Likelihood.Likely, assessment.Group.LikelihoodSentence);
    }

    // SUNBURST implements the techniques beside it: one cause, whatever it adds up to. Those of the second line it does not.
    [Fact]
    public void Techniques_that_observed_malware_brings_along_are_no_second_line()
    {
        Assessment brought = Attributor.Assess(Observed.Of("S0559 S0560 S0565 T1071.001 T1027 T1105 T1070.004"));
        Assessment more = Attributor.Assess(Observed.Of("S0559 S0560 S0565 T1071.001 T1027 T1105 T1070.004 T1195.002 T1550.001 T1606.002 T1484.002 T1078.004 T1098.002"));

        Assert.Equal(("G0016", Likelihood.Likely, AnalyticConfidence.Low), (brought.Group!.GroupIds.Single(), brought.Group.Likelihood, brought.Group.Confidence));
        Assert.Contains(brought.Observations, static o => o.Note.Contains("SUNBURST brings it along", StringComparison.Ordinal) || o.Note.Contains("S0559 brings it along", StringComparison.Ordinal));
        Assert.True(more.Group!.Likelihood > Likelihood.Likely, more.Group.LikelihoodSentence);
        Assert.True(more.Group.Confidence > AnalyticConfidence.Low);
    }

    [Fact]
    public void New_malware_speaks_for_a_group_that_is_not_known_and_for_no_other() => Some.Sample(static some =>
    {
        Observation[] before = Observed.Of(string.Join(' ', some));
        Observation[] more = [.. new[] { "one", "two" }.Select(static n => GivenObservations.NewMalware(n)!)];
        Assessment without = Attributor.Assess(before), with = Attributor.Assess([.. before, .. more]);

        Assert.True(with.Unknown.Probability > without.Unknown.Probability);
        Assert.DoesNotContain(with.Rivals.Where(static r => r.Id != UnknownHypothesis.Id).SelectMany(static r => r.For), static s => s.Contains("new malware", StringComparison.Ordinal));
        Assert.DoesNotContain(with.Group?.Grounds ?? [], static s => s.Contains("new malware", StringComparison.Ordinal));
        Assert.DoesNotContain(with.Limits, static l => l.StartsWith("The knowledge base does not hold", StringComparison.Ordinal));
        Assert.Contains(Attributor.Assess([.. before, .. Observed.Of("S9999")]).Limits, static l => l.StartsWith("The knowledge base does not hold S9999", StringComparison.Ordinal));
    }, iter: 30);

    private static double Weight(Assessment a) =>
        a.Groups.Single(static g => g.Group.Id == "G0016").Weights[Index(a, "c2.example")].LogLikelihoodRatio
        - a.Groups.Single(static g => g.Group.Id == "G0045").Weights[Index(a, "c2.example")].LogLikelihoodRatio;

    private static int Index(Assessment assessment, string value) =>
        assessment.Observations.Select(static (o, i) => (o, i)).Single(p => p.o.Observation.Value == value).i;

    private static string Ranking(Assessment a) => string.Join('\n', a.Groups.Select(static g => $"{g.Group.Id} {g.Probability:R}"));
}
