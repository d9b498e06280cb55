namespace Culprit.Attribution.Judging;

/// <summary>Figures to words of the PHIA probability yardstick (UK Professional Head of Intelligence Assessment, 2019).</summary>
internal static class Yardstick
{
    // Between two bands the lower word holds: to say less of a group is the weaker claim.
    private static readonly (Likelihood Word, double From)[] Words =
    [
        (Likelihood.AlmostCertain, 0.95), (Likelihood.HighlyLikely, 0.80), (Likelihood.Likely, 0.55), (Likelihood.RealisticPossibility, 0.40),
        (Likelihood.Unlikely, 0.25), (Likelihood.HighlyUnlikely, 0.10), (Likelihood.RemoteChance, double.NegativeInfinity),
    ];

    /// <summary>The word for a probability.</summary>
    public static Likelihood Word(double probability) => Array.Find(Words, w => probability >= w.From).Word;

    /// <summary>The band of a word: from and to, both of them included.</summary>
    public static (double From, double To) Band(Likelihood word) => word switch
    {
        Likelihood.RemoteChance => (0, 0.05),
        Likelihood.HighlyUnlikely => (0.10, 0.20),
        Likelihood.Unlikely => (0.25, 0.35),
        Likelihood.RealisticPossibility => (0.40, 0.50),
        Likelihood.Likely => (0.55, 0.75),
        Likelihood.HighlyLikely => (0.80, 0.90),
        _ => (0.95, 1),
    };

    /// <summary>The figures that take a word: its band and the gap above it, which is rounded down to it.</summary>
    public static (double From, double To) Span(Likelihood word) => word switch
    {
        Likelihood.RemoteChance => (0, 0.10),
        Likelihood.HighlyUnlikely => (0.10, 0.25),
        Likelihood.Unlikely => (0.25, 0.40),
        Likelihood.RealisticPossibility => (0.40, 0.55),
        Likelihood.Likely => (0.55, 0.80),
        Likelihood.HighlyLikely => (0.80, 0.95),
        _ => (0.95, 1),
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
    public static string Name(Likelihood word) => word switch
    {
        Likelihood.RemoteChance => "remote chance",
        Likelihood.HighlyUnlikely => "highly unlikely",
        Likelihood.Unlikely => "unlikely",
        Likelihood.RealisticPossibility => "realistic possibility",
        Likelihood.Likely => "likely",
        Likelihood.HighlyLikely => "highly likely",
        _ => "almost certain",
    };
}
