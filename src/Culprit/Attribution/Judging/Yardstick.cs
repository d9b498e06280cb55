using System.Globalization;

namespace Culprit.Attribution.Judging;

/// <summary>Figures to words of the PHIA probability yardstick (UK Professional Head of Intelligence Assessment, 2019).</summary>
internal static class Yardstick
{
    // The published bands, from the lowest on, in the order of the words.
    private static readonly (double From, double To, string Name)[] Bands =
    [
        (0, 0.05, "remote chance"), (0.10, 0.20, "highly unlikely"), (0.25, 0.35, "unlikely"), (0.40, 0.50, "realistic possibility"),
        (0.55, 0.75, "likely"), (0.80, 0.90, "highly likely"), (0.95, 1, "almost certain"),
    ];

    /// <summary>The word for a probability. Between two bands the lower word holds: to say less of a group is the weaker claim. What is no number is a remote chance.</summary>
    public static Likelihood Word(double probability) => (Likelihood)Math.Max(0, Array.FindLastIndex(Bands, b => probability >= b.From));

    /// <summary>The least probability that takes a word.</summary>
    public static double Least(Likelihood word) => Bands[(int)word].From;

    /// <summary>The figures that take a word: its band and the gap above it, which is rounded down to it.</summary>
    public static (double From, double To) Span(Likelihood word) => (Bands[(int)word].From, word == Likelihood.AlmostCertain ? 1 : Bands[(int)word + 1].From);

    /// <summary>A word's band as it is published, such as "55-75%".</summary>
    public static string Band(Likelihood word) => Bands[(int)word] switch
    {
        { From: 0 } band => string.Create(CultureInfo.InvariantCulture, $"up to {band.To * 100:0}%"),
        { To: 1 } band => string.Create(CultureInfo.InvariantCulture, $"{band.From * 100:0}% and more"),
        var band => string.Create(CultureInfo.InvariantCulture, $"{band.From * 100:0}-{band.To * 100:0}%"),
    };

    /// <summary>The word as it stands in a sentence: "it is likely that", "there is a remote chance that".</summary>
    public static string Opening(Likelihood word) => word switch
    {
        Likelihood.RemoteChance => "There is a remote chance that",
        Likelihood.HighlyUnlikely => "It is highly unlikely that",
        Likelihood.Unlikely => "It is unlikely that",
        Likelihood.RealisticPossibility => "There is a realistic possibility that",
        Likelihood.Likely => "It is likely that",
        Likelihood.HighlyLikely => "It is highly likely that",
        _ => "It is almost certain that",
    };

    /// <summary>Words as they begin a sentence.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The word by itself, such as "highly likely".</summary>
    public static string Name(Likelihood word) => Bands[(int)word].Name;
}
