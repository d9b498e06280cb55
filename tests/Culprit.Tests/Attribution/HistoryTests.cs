using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Attribution judged by published history, against a plain conditional logit that was measured on the same cases.</summary>
public sealed class HistoryTests(HistoryTests.Run run) : IClassFixture<HistoryTests.Run>
{
    [Fact]
    public void The_cases_are_those_that_can_be_counted_by_hand()
    {
        HistoryScore full = run.Score("reports, full");

        Assert.Equal((277, 186), (full.Known, full.New));
    }

    [Fact]
    public void Reports_are_told_better_than_by_the_plain_model()
    {
        HistoryScore full = run.Score("reports, full"), detectable = run.Score("reports, detectable");

        Assert.True(full.Top1 > 0.46 && full.Top3 > 0.63 && full.Top5 > 0.69 && full.Top10 > 0.78, full.ToString());
        Assert.True(detectable.Top1 > 0.39 && detectable.Top3 > 0.52, detectable.ToString());
        Assert.True(detectable.Coverage > 0.14 && detectable.CoverageAmongAll > 0.14, detectable.ToString());
        Assert.True(detectable.NewNamed < 0.032, detectable.ToString());
        Assert.True(detectable.CalibrationError < 0.037, detectable.ToString());
        Assert.True(detectable.CountryTop1 > 0.60, detectable.ToString());
    }

    // Cluster, group and sponsor are judgements of their own, and history judges each: who draws the border of a group differently
    // is seldom wrong about its family, and hardly ever about its country.
    [Theory]
    [InlineData("reports, full")]
    [InlineData("reports, detectable")]
    [InlineData("years, detectable")]
    public void Of_a_named_group_the_cluster_is_right_more_often_and_the_country_too(string cases)
    {
        HistoryScore score = run.Score(cases);

        double group = (double)score.NamedRight / score.Named, cluster = (double)score.NamedCluster / score.Named;
        double country = (double)score.NamedCountriesRight / score.NamedCountries;
        Assert.True(group > 0.85 && cluster > 0.9 && country > 0.93, score.ToString());
    }

    // With every rule applied: no word is stronger than it was right, and confidence says what it promises.
    [Theory]
    [InlineData("reports, detectable")]
    [InlineData("years, detectable")]
    public void What_would_have_been_said_was_right_as_often_as_it_says(string cases)
    {
        double Rate(string said) => run.Result.Said.Single(s => s.Set == cases && s.Said == said) is var s ? (double)s.Right / s.Count : 0;

        Assert.True(Rate("group: likely") > 0.75 && Rate("cluster: likely") > Rate("group: likely") && Rate("state: likely") > 0.9);
        Assert.True(Rate("group: almost certain") >= 0.95);
        Assert.True(Rate("group: moderate confidence") > Rate("group: low confidence"));
        Assert.True(Rate("a group that is not known") > 0.5);
    }

    [Fact]
    public void Less_evidence_names_fewer()
    {
        Assert.True(run.Score("reports, random quarter").Top1 < run.Score("reports, random half").Top1);
        Assert.True(run.Score("reports, random half").Top1 < run.Score("reports, full").Top1);
        Assert.True(run.Score("reports, full").Top1 < run.Score("years, full").Top1);
    }

    [Fact]
    public void A_word_whose_rate_falls_outside_its_band_is_not_used()
    {
        foreach (WordReliability word in run.Result.Model.Words)
        {
            (double from, double to) = Culprit.Attribution.Judging.Yardstick.Span(word.Likelihood);
            Assert.Equal(word.Rate >= from && word.Rate <= to, word.Usable);
            Assert.InRange(word.Rate, word.Low, word.High);
        }
    }

    [Fact]
    public void What_ships_was_fitted_on_what_ships()
    {
        AttributionModel shipped = AttributionModel.Embedded, fitted = run.Result.Model;

        Assert.Equal(KnowledgeBase.Embedded.Sha256, shipped.KnowledgeSha256);
        Assert.Equal(fitted.UnknownRate, shipped.UnknownRate, 5);
        Assert.All(Enumerable.Range(0, fitted.Weights.Length), i => Assert.Equal(fitted.Weights[i], shipped.Weights[i], 3));
        Assert.Equal(fitted.Words.Select(static w => (w.Likelihood, w.Usable)), shipped.Words.Select(static w => (w.Likelihood, w.Usable)));
    }

    [Fact]
    public void False_flags_of_technique_tool_or_domain_name_hardly_anyone()
    {
        Assert.All(run.Result.FalseFlags, f => Assert.True(f.PlantedStrong <= f.PlantedNamed && f.Cases > 200, f.ToString()));
        Assert.All(run.Result.FalseFlags.Take(3), static f => Assert.Equal(0, f.PlantedStrong));
    }

    [Fact]
    public void A_model_survives_being_written_and_read()
    {
        using var stream = new MemoryStream();
        run.Result.Model.Write(stream);
        stream.Position = 0;

        Assert.Equal(run.Result.Model.Sha256, AttributionModel.Read(stream).Sha256);
        Assert.Throws<InvalidDataException>(() => AttributionModel.Read(new MemoryStream("weight\tx\t1"u8.ToArray())));
        Assert.Throws<InvalidDataException>(() => AttributionModel.Read(new MemoryStream("culprit-attribution-model\t1\nweight\treports\tNaN\n"u8.ToArray())));
    }

    [Theory]
    [InlineData]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1, 1, 1)]
    [InlineData(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4)]
    public void Too_little_dated_history_is_not_judged(params int[] reports) =>
        Assert.Null(AttributionHistory.Evaluate(SmallKnowledge.Of(reports), TestContext.Current.CancellationToken));

    [Fact]
    public void History_without_dates_is_not_judged() =>
        Assert.Null(AttributionHistory.Evaluate(SmallKnowledge.Of(isDated: false, 4, 4, 4, 4), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 3, 1)]
    [InlineData(4, 4, 4, 4, 4, 4)]
    public void A_little_dated_history_is_judged(params int[] reports)
    {
        HistoryResult result = AttributionHistory.Evaluate(SmallKnowledge.Of(reports), TestContext.Current.CancellationToken)!;

        Assert.All(result.Cases, static c => Assert.True(double.IsFinite(c.Probability)));
        Assert.NotEmpty(result.Cases);
    }

    public sealed class Run
    {
        public HistoryResult Result { get; } = AttributionHistory.Evaluate(KnowledgeBase.Embedded)!;

        public HistoryScore Score(string name) => Result.Scores.Single(s => s.Name == name);
    }
}
