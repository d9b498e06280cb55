using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What remains of a judgement when the user's word is left out.</summary>
public sealed class RecordsAloneTests
{
    private static readonly Attributor Attributor = new(KnowledgeBase.Embedded);

    [Fact]
    public void What_records_show_is_judged_by_itself_beside_what_the_user_gave()
    {
        Observation[] shown = Shown("T1190 T1505.003 T1003.001");

        Assessment both = Assess([.. shown, .. Observed.Of("S0514 S0515 S0516")]), alone = Assess(shown);

        Assert.Equal(Verdict.NamedGroup, both.Verdict);
        Robustness records = both.ByRecordsAlone!;
        Assert.Equal(alone.Verdict, records.Verdict);
        Assert.Equal(Math.Max(alone.Unknown.Probability, alone.Groups[0].Probability), records.Probability, 12);
        Assert.Equal(["S0514", "S0515", "S0516"], records.Dropped.Select(i => both.Observations[i].Observation.Value).Order(StringComparer.Ordinal));
        Assert.Equal(
            $"By the records alone {records.LeaderName} leads with {AssessmentSentences.Percent(records.Probability)}: that would not be enough evidence.",
            AssessmentSentences.ByRecordsAlone(both));
    }

    [Fact]
    public void What_both_say_counts_by_what_the_records_say()
    {
        Observation[] shown = [.. Shown("S0514 S0515 T1190").Select(static o => o with { ByName = o.Kind == ObservationKind.Software })];

        Assessment both = Assess([.. shown, .. Observed.Of("S0514 S0515")]), alone = Assess(shown);

        Assert.True(both.Groups[0].Probability > alone.Groups[0].Probability);
        Assert.Empty(both.ByRecordsAlone!.Dropped);
        Assert.Equal((alone.Verdict, alone.Groups[0].Probability), (both.ByRecordsAlone.Verdict, both.ByRecordsAlone.Probability));
    }

    [Fact]
    public void Base_rates_that_were_set_are_what_the_user_says()
    {
        Observation[] all = [.. Shown("T1190 T1505.003 T1003.001 T1560.001"), .. Observed.Of("S0154")];
        var rates = new AssessmentOptions { Year = 2022, UnknownBaseRate = 0.05, GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0125", 1000) };

        Assessment set = Attributor.Assess(all, rates), usual = Attributor.Assess(all, rates with { UnknownBaseRate = null, GroupFactors = ImmutableSortedDictionary<string, double>.Empty });

        Assert.Equal("G0125", set.Groups[0].Group.Id);
        Assert.Equal((usual.ByRecordsAlone!.Leader, usual.ByRecordsAlone.Probability, usual.ByRecordsAlone.Verdict, usual.ByRecordsAlone.Word),
            (set.ByRecordsAlone!.Leader, set.ByRecordsAlone.Probability, set.ByRecordsAlone.Verdict, set.ByRecordsAlone.Word));
        Assert.NotEqual(Attributor.Assess(all.Take(4), rates).Groups[0].Probability, set.ByRecordsAlone.Probability, 2);
    }

    [Fact]
    public void Evidence_that_nobody_adds_to_and_words_that_no_record_bears_out_have_none()
    {
        Assert.Null(Assess(Shown("S0514 T1190")).ByRecordsAlone);
        Assert.Null(Assess(Observed.Of("S0514 T1190")).ByRecordsAlone);
        Assert.Null(AssessmentSentences.ByRecordsAlone(Assess([])));
    }

    [Fact]
    public void Whom_the_records_alone_name_could_still_be_named_only_where_somebody_is()
    {
        Assessment assessment = Assess([.. Shown("S0514 S0515 S0516 T1190"), .. Observed.Of("T1505.003")]);

        Assert.Equal((Verdict.NamedGroup, Verdict.NamedGroup), (assessment.Verdict, assessment.ByRecordsAlone!.Verdict));
        Assert.EndsWith(": a group could still be named, as \"likely\".", AssessmentSentences.ByRecordsAlone(assessment), StringComparison.Ordinal);
        Assert.EndsWith(": a group could be named, as \"likely\".", AssessmentSentences.ByRecordsAlone(assessment with { Verdict = Verdict.NotEnoughEvidence }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", "Without evil.example, on which the result leans most, nobody leads.", true)]
    [InlineData("evil.example", "evil.example speaks for it.", true)]
    [InlineData("evil.example", "If all of these were misread: x, evil.example: without them", true)]
    [InlineData("evil.example", "It is evil.example.", true)]
    [InlineData("evil.example", "evil.example/a.php speaks for it.", false)]
    [InlineData("evil.example", "www.evil.example speaks for it.", false)]
    [InlineData("evil.example", "evil.example:8080 speaks for it.", false)]
    [InlineData("198.51.100.7", "198.51.100.77 speaks for it.", false)]
    public void A_sentence_names_what_stands_in_it_by_itself(string value, string sentence, bool named) =>
        Assert.Equal(named, VerdictBasis.IsNamed(Observed.Domain(value, "G0016", 2020), sentence));

    // Four things that he gave weigh more than what records show; the records are cited all the same.
    [Fact]
    public void Records_are_cited_however_much_more_weighs_what_the_user_gave()
    {
        Assessment assessment = Assess([.. Shown("S0559 T1190"), .. Observed.Of("S0514 S0515 S0516 S0560 S0562")]);

        Assert.Equal([0, 1], new VerdictBasis(assessment).Records(2));
    }

    // Nothing single says that it was somebody whom nobody knows, least of all a tool of Windows.
    [Fact]
    public void That_no_known_group_fits_rests_on_everything_together()
    {
        Observation[] malware = [.. new[] { "FOO", "BAR", "BAZ" }.Select(static (name, i) => GivenObservations.NewMalware(name)! with { Bases = [Observed.Basis("antivirus: " + name, i)], Events = [i] })];
        Assessment assessment = Attributor.Assess([.. malware, .. Shown("T1622 T1480.002 T1564.012")], new AssessmentOptions { Year = 2020, UnknownBaseRate = 0.6 });

        Assert.Equal(Verdict.UnknownGroup, assessment.Verdict);
        Assert.StartsWith("It rests on everything together, which fits no known group well; what fits them least is ", new VerdictBasis(assessment).Sentence(), StringComparison.Ordinal);
        Assert.NotEmpty(new VerdictBasis(assessment).Records(3));
    }

    private static Assessment Assess(Observation[] observations) => Attributor.Assess(observations, new AssessmentOptions { Year = 2020 });

    // Each by a rule and an event of its own.
    private static Observation[] Shown(string identifiers) => [.. Observed.Of(identifiers).Select(static (o, i) => o with { Bases = [Observed.Basis($"rule: {o.Value}", i)], Events = [i] })];
}
