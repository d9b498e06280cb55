using Culprit.Attribution;

namespace Culprit.Tests.Attribution;

/// <summary>What published reports say of likeness, and that the program uses what they say.</summary>
public sealed class LinkingHistoryTests(ITestOutputHelper output)
{
    // The part of history that is whole tells one group from two; what is drawn at random tells less.
    [Fact]
    public void Reports_of_one_group_are_more_alike_than_those_of_two_and_the_weights_in_use_are_those_fitted()
    {
        LinkingHistoryResult result = WholeHistory.OfLinking;

        foreach (LinkingScore score in result.Scores)
        {
            output.WriteLine(score.ToString());
        }

        Assert.Equal(result.Weights.Select(static w => Math.Round(w.Value, 3)), result.InUse.Select(static w => Math.Round(w.Value, 3)));
        Assert.InRange(result.Scores[0].Area, 0.7, 1);
        Assert.True(result.Scores[0].LogLoss < 0.65);
        Assert.All(result.Scores, static s => Assert.InRange(s.CalibrationError, 0, 0.12));
    }

    [Theory]
    [InlineData]
    [InlineData(4)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(3, 3)]
    [InlineData(3, 3, 3)]
    public void Too_little_dated_history_is_not_judged(params int[] reports) =>
        Assert.Null(LinkingHistory.Evaluate(SmallKnowledge.Of(reports), TestContext.Current.CancellationToken));

    [Fact]
    public void Pairs_without_whose_groups_nothing_can_be_fitted_are_left_out_and_counted()
    {
        LinkingHistoryResult whole = LinkingHistory.Evaluate(SmallKnowledge.Of(3, 3, 3, 3, 3), TestContext.Current.CancellationToken)!;
        LinkingHistoryResult part = LinkingHistory.Evaluate(SmallKnowledge.Of(3, 3, 2, 1, 1, 1), TestContext.Current.CancellationToken)!;
        LinkingHistoryResult few = LinkingHistory.Evaluate(SmallKnowledge.Of(3, 3, 1, 1, 1, 1), TestContext.Current.CancellationToken)!;

        Assert.Equal((0, 0), (whole.NotJudged, part.NotJudged));
        Assert.True(few.NotJudged > 0);
        Assert.All(few.Scores, static s => Assert.True(double.IsFinite(s.Area) && double.IsFinite(s.LogLoss) && s.Same > 0 && s.Different > 0));
    }
}
