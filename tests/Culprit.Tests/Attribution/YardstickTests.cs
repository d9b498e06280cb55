using System.Globalization;
using Culprit.Attribution;
using Culprit.Attribution.Judging;
using Culprit.Knowledge;

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

    // What stands between two published bands goes to the lower one, so that every figure has a word.
    [Theory]
    [InlineData(Likelihood.RemoteChance, 0, 0.10)]
    [InlineData(Likelihood.HighlyUnlikely, 0.10, 0.25)]
    [InlineData(Likelihood.Unlikely, 0.25, 0.40)]
    [InlineData(Likelihood.RealisticPossibility, 0.40, 0.55)]
    [InlineData(Likelihood.Likely, 0.55, 0.80)]
    [InlineData(Likelihood.HighlyLikely, 0.80, 0.95)]
    [InlineData(Likelihood.AlmostCertain, 0.95, 1)]
    public void A_word_spans_its_band_and_the_gap_above_it(Likelihood word, double from, double to)
    {
        Assert.Equal((from, to), Yardstick.Span(word));
        Assert.Equal(from, Yardstick.Least(word));
        Assert.Equal((word, word), (Yardstick.Word(from), Yardstick.Word(Math.BitDecrement(to))));
        Assert.Equal(word == Likelihood.AlmostCertain ? word : word + 1, Yardstick.Word(to));
    }

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.004, "<1%")]
    [InlineData(0.016, "2%")]
    [InlineData(0.0996, "9%")]
    [InlineData(0.3999, "39%")]
    [InlineData(0.4, "40%")]
    [InlineData(0.5, "50%")]
    [InlineData(0.546, "54%")]
    [InlineData(0.557, "56%")]
    [InlineData(0.9499, "94%")]
    [InlineData(0.995, ">99%")]
    [InlineData(1, "100%")]
    public void A_figure_is_never_rounded_up_to_a_stronger_word(double probability, string told) => Assert.Equal(told, AssessmentSentences.Percent(probability));

    // docs/dossier.md has the bands as published, each five hundredths from the next.
    [Fact]
    public void The_bands_that_the_document_on_the_dossier_tells_are_those_by_which_words_are_chosen()
    {
        const double gap = 0.05;
        Likelihood[] words = Enum.GetValues<Likelihood>();
        string[][] rows = [.. new Document("dossier.md").Rows("severity")];
        Assert.Equal(["critical", "high", "medium", "low"], rows.Select(static r => r[0]));
        Assert.All(rows.SelectMany(static r => r.Skip(1)), cell =>
        {
            string[] parts = cell.TrimEnd(')').Split(" (");
            Likelihood word = words.Single(w => Yardstick.Name(w) == parts[0]);
            double[] told = [.. parts.Skip(1).SelectMany(static p => p.Split('%')[0].Split('-')).Select(static n => double.Parse(n, CultureInfo.InvariantCulture) / 100)];
            Assert.All(told.Take(1), from => Assert.Equal(Yardstick.Least(word), from));
            Assert.All(told.Skip(1), to => Assert.Equal(Yardstick.Span(word).To - gap, to, 9));
        });
    }

    [Theory]
    [InlineData(0.1, "10%")]
    [InlineData(0.125, "12.5%")]
    [InlineData(0.1 / 499, "0.02%")]
    [InlineData(0.000001, "<0.001%")]
    [InlineData(0.9999, "99.99%")]
    [InlineData(0.999999, ">99.999%")]
    public void A_base_rate_keeps_the_digits_that_say_something(double rate, string text) => Assert.Equal(text, AssessmentSentences.Rate(rate));

    [Theory]
    [InlineData(0.401728, "40.2%")]
    [InlineData(0.5, "50%")]
    [InlineData(0.0003, "0.03%")]
    [InlineData(0.012345, "1.23%")]
    [InlineData(0.9997, "99.97%")]
    [InlineData(0.000001, "<0.001%")]
    public void The_rate_of_unknown_groups_keeps_three_digits_and_is_never_told_as_none(double rate, string text)
    {
        Assessment assessment = IncidentAssessor.Assess(new AssessmentRequest { Given = [GivenObservations.VictimSector("health")] }, KnowledgeBase.Embedded).Incidents[0].Assessment;

        Assert.Equal(text, AssessmentSentences.UnknownRate(assessment with { UnknownBaseRate = rate }));
    }
}
