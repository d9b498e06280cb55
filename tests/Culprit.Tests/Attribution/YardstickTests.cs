using Culprit.Attribution;
using Culprit.Attribution.Judging;

namespace Culprit.Tests.Attribution;

/// <summary>The PHIA probability yardstick as published: its bands, and gaps that go to the weaker claim.</summary>
public sealed class YardstickTests
{
    [Theory]
    [InlineData(0.00, Likelihood.RemoteChance)]
    [InlineData(0.05, Likelihood.RemoteChance)]
    [InlineData(0.07, Likelihood.RemoteChance)]
    [InlineData(0.10, Likelihood.HighlyUnlikely)]
    [InlineData(0.20, Likelihood.HighlyUnlikely)]
    [InlineData(0.22, Likelihood.HighlyUnlikely)]
    [InlineData(0.25, Likelihood.Unlikely)]
    [InlineData(0.35, Likelihood.Unlikely)]
    [InlineData(0.38, Likelihood.Unlikely)]
    [InlineData(0.40, Likelihood.RealisticPossibility)]
    [InlineData(0.49, Likelihood.RealisticPossibility)]
    [InlineData(0.52, Likelihood.RealisticPossibility)]
    [InlineData(0.55, Likelihood.Likely)]
    [InlineData(0.75, Likelihood.Likely)]
    [InlineData(0.78, Likelihood.Likely)]
    [InlineData(0.80, Likelihood.HighlyLikely)]
    [InlineData(0.90, Likelihood.HighlyLikely)]
    [InlineData(0.93, Likelihood.HighlyLikely)]
    [InlineData(0.95, Likelihood.AlmostCertain)]
    [InlineData(1.00, Likelihood.AlmostCertain)]
    public void A_figure_has_the_word_of_its_band_or_of_the_one_below(double probability, Likelihood word)
    {
        Assert.Equal(word, Yardstick.Word(probability));
        (double from, double to) = Yardstick.Span(word);
        Assert.InRange(probability, from, to);
    }

    [Fact]
    public void Words_span_everything_without_overlap()
    {
        Likelihood[] words = Enum.GetValues<Likelihood>();
        for (int i = 1; i < words.Length; i++)
        {
            Assert.Equal(Yardstick.Span(words[i - 1]).To, Yardstick.Span(words[i]).From);
        }
    }
}
