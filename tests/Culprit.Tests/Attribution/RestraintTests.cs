using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What little makes no word stronger, and accuses no state.</summary>
public sealed class RestraintTests
{
    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    // PowerShell and valid accounts are known of half of all groups.
    [Theory]
    [InlineData("S0559 S0560 T1195.002 T1606.002", "T1059.001", 2021)]
    [InlineData("S0559 S0560 T1195.002 T1606.002", "T1078", 2021)]
    [InlineData("S0514 S0515 S0516 T1595.002 T1190", "T1078", 2020)]
    public void What_everybody_does_makes_nothing_sounder(string observed, string common, int year)
    {
        Judgement without = Assess(observed, year).Group!, with = Assess($"{observed} {common}", year).Group!;

        Assert.Equal((Likelihood.Likely, AnalyticConfidence.Low), (without.Likelihood, without.Confidence));
        Assert.Equal((without.Likelihood, without.Confidence), (with.Likelihood, with.Confidence));
    }

    [Fact]
    public void More_than_likely_is_said_only_where_likely_would_be_without_the_strongest_observation()
    {
        int strong = 0, weaker = 0;
        foreach (KnownGroup group in KnowledgeBase.Embedded.Groups)
        {
            foreach (string malware in Observed.OwnMalware(group.Id).Take(2))
            {
                Assessment assessment = Assess($"{malware} {string.Join(' ', group.Techniques.Where(static t => !t.Sources.IsEmpty).Take(7).Select(static t => t.Target))}", 2020);
                strong += assessment.Group is { Likelihood: > Likelihood.Likely } ? 1 : 0;
                weaker += assessment is { Group: { } named, WithoutStrongest.Word: < Likelihood.Likely } && named.Caps.Any(static c => c.Contains("no more than a realistic possibility", StringComparison.Ordinal)) ? 1 : 0;

                Assert.True(assessment.Group is not { Likelihood: > Likelihood.Likely } || assessment.WithoutStrongest!.Word >= Likelihood.Likely, $"{group.Name}: {malware}");
                Assert.Equal(assessment.WithoutStrongest!.Verdict == Verdict.NotEnoughEvidence, assessment.WithoutStrongest.Word is null);
            }
        }

        Assert.True(strong > 0 && weaker > 0, $"{strong} more than likely, {weaker} kept from it");
    }

    [Fact]
    public void What_would_remain_is_told_with_its_word()
    {
        Assessment assessment = Assess("S1140 T1566.002 T1598.003 T1114.003 T1586.002 T1539", 2024);

        Assert.Equal(Likelihood.RealisticPossibility, assessment.WithoutStrongest!.Word);
        Assert.EndsWith("a group could still be named, as \"realistic possibility\".", AssessmentSentences.WithoutStrongest(assessment), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T1040 T1098.004 T1136", 2025)]
    [InlineData("T1098.004 T1572 T1190 T1040", 2025)]
    public void Techniques_alone_accuse_no_state(string observed, int year)
    {
        Assessment assessment = Assess(observed, year);

        Assert.Equal(Verdict.NamedGroup, assessment.Verdict);
        Assert.Null(assessment.Sponsor);
        Assert.Contains("without what anybody can have or imitate", assessment.NoSponsor, StringComparison.Ordinal);
    }

    // Ten groups put this web shell on mail servers in one spring.
    [Fact]
    public void Malware_of_many_accuses_no_state_and_is_easily_forged()
    {
        Assessment assessment = Assess("S0020 S0029 S0073 T1190 T1505.003 T1003.001 T1003.003 T1560.001 T1114.002 T1136.002 T1583.003", 2021);

        Assert.Null(assessment.Sponsor);
        Assert.Equal(AnalyticConfidence.Low, assessment.Confidence);
        Assert.Equal(Spoofability.Easy, assessment.Observations.Single(static o => o.Observation.Value == "S0020").Spoofability);
        Assert.Equal(Verdict.NotEnoughEvidence, Assess("S0020 T1505.003 T1560.001", 2025).Verdict);
    }

    // It met hospitals that nobody meant, and does so still.
    [Theory]
    [InlineData(2018, Spoofability.Hard)]
    [InlineData(2019, Spoofability.Easy)]
    [InlineData(2024, Spoofability.Easy)]
    public void What_spreads_by_itself_is_nobodys_own_after_its_outbreak(int year, Spoofability forging)
    {
        Assessment assessment = Assess("S0366 S0002 S0029 T1486 T1210 T1566.001 T1059.001 T1003.001 T1021.002", year);

        Assert.Equal(forging, assessment.Observations.Single(static o => o.Observation.Value == "S0366").Spoofability);
        Assert.True(forging == Spoofability.Hard || (assessment.Sponsor is null && !(assessment.Group?.Likelihood > Likelihood.RealisticPossibility)));
    }

    [Fact]
    public void What_is_published_with_reserve_makes_no_state_more_than_likely()
    {
        Assessment assessment = Assess("S0170 S0184 S0360 T1110 T1133 T1505.003 T1555.003 T1071.004 T1053.005 T1059.001 T1047", 2018);

        Assert.Equal(Likelihood.AlmostCertain, assessment.Group!.Likelihood);
        Assert.Equal((Likelihood.Likely, AnalyticConfidence.Low), (assessment.Sponsor!.Likelihood, assessment.Sponsor.Confidence));
        Assert.StartsWith("It is likely that", assessment.Sponsor.LikelihoodSentence, StringComparison.Ordinal);
        Assert.Contains(assessment.Sponsor.Caps, static c => c.Contains("with reserve", StringComparison.Ordinal));
    }

    // CHOPSTICK and XTunnel are APT28's, SeaDuke is APT29's.
    [Fact]
    public void Malware_of_two_groups_accuses_no_state_and_may_be_that_of_two_intruders()
    {
        Assessment assessment = Assess("S0023 S0117 S0053 T1566.002 T1003.001 T1078.004", 2016);

        Assert.True(assessment.Group is null or { Likelihood: <= Likelihood.Likely, Confidence: AnalyticConfidence.Low });
        Assert.Null(assessment.Sponsor);
        Assert.Contains(assessment.Reasons, static r => r.Contains("of APT28 (G0007) alone", StringComparison.Ordinal) && r.Contains("of APT29 (G0016) alone: two may have been here", StringComparison.Ordinal));
        Assert.DoesNotContain(Assess("S0023 S0117 T1566.002 T1003.001", 2016).Reasons, static r => r.Contains("two may have been here", StringComparison.Ordinal));
    }

    [Fact]
    public void That_base_rates_were_set_is_said_of_those_alone_that_were()
    {
        Observation[] observed = Observed.Of("S0559 S0560 T1195.002 T1606.002");
        string[] Against(AssessmentOptions options) => [.. Attributor.Assess(observed, options with { Year = 2021 }).Rivals.SelectMany(static r => r.Against).Where(static s => s.Contains("lower base rate", StringComparison.Ordinal))];
        AssessmentOptions Factor(string group, double factor) => new() { GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add(group, factor) };

        Assert.NotEmpty(Against(new AssessmentOptions()));
        Assert.All(Against(Factor("G0138", 2)), static s => Assert.DoesNotContain("as base rates were set", s, StringComparison.Ordinal));
        Assert.Contains(Against(Factor("G0016", 5)), static s => s.Contains("as base rates were set", StringComparison.Ordinal));
    }

    private static Assessment Assess(string observed, int year) => Attributor.Assess(Observed.Of(observed), new AssessmentOptions { Year = year });
}
