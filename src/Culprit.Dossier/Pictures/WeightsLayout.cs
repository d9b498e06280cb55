using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Dossier.Model;

namespace Culprit.Dossier.Pictures;

/// <summary>A bar: one observation's weight for one explanation.</summary>
/// <param name="Explanation">Which of the compared explanations, 0 for the first.</param>
/// <param name="X">Its left end.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">Its length; at least a line, so that nothing is seen where nothing was weighed.</param>
/// <param name="Weight">The weight, as it is written beside it.</param>
/// <param name="TextX">Where that stands.</param>
/// <param name="IsNegative">Whether it speaks against; the text then stands to the left.</param>
public sealed record WeightBar(int Explanation, double X, double Y, double Width, string Weight, double TextX, bool IsNegative);

/// <summary>An observation of the picture.</summary>
/// <param name="Observation">Its position among the assessment's observations.</param>
/// <param name="Y">The line on which its name stands.</param>
/// <param name="Bars">One for each of the compared explanations.</param>
public sealed record WeightRow(int Observation, double Y, ImmutableArray<WeightBar> Bars);

/// <summary>Weights as bars around a middle line: to the right what speaks for an explanation, to the left what speaks against it.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Height">The height of the picture.</param>
/// <param name="Ticks">Where on the axis a whole number stands, with that number.</param>
public sealed record WeightsLayout(ImmutableArray<WeightRow> Rows, double Height, ImmutableArray<(double X, int Value)> Ticks)
{
    /// <summary>The width of the picture.</summary>
    public const int Width = 560;

    /// <summary>Where 0 stands.</summary>
    public const double Middle = 250;

    /// <summary>How tall a bar is.</summary>
    public const double BarHeight = 11;

    /// <summary>Where the rows begin.</summary>
    public const double Top = 26;

    private const int MostRows = 12;
    private const double Half = 200, NameHeight = 18, BarStep = 14, Gap = 12, Line = 1;

    /// <summary>The layout of what tells most.</summary>
    public static WeightsLayout Of(WhoModel who)
    {
        ArgumentNullException.ThrowIfNull(who);
        int[] shown = [.. who.Rows.Where(row => who.Compared.Any(c => Math.Abs(c.Weights[row].LogLikelihoodRatio) >= ObservationWeight.NextToNothing)).Take(MostRows)];
        double most = shown.Length == 0 ? 1 : Math.Max(1, shown.Max(row => who.Compared.Max(c => Math.Abs(c.Weights[row].LogLikelihoodRatio))));
        double scale = Half / most, y = Top;
        var rows = ImmutableArray.CreateBuilder<WeightRow>(shown.Length);
        foreach (int row in shown)
        {
            double name = y + 13;
            var bars = ImmutableArray.CreateBuilder<WeightBar>(who.Compared.Length);
            for (int i = 0; i < who.Compared.Length; i++)
            {
                double weight = who.Compared[i].Weights[row].LogLikelihoodRatio, length = Math.Max(Line, Math.Abs(weight) * scale);
                bool negative = weight < 0;
                bars.Add(new WeightBar(
                    i, negative ? Middle - length : Middle, y + NameHeight + (i * BarStep), length, AssessmentSentences.Weight(weight),
                    negative ? Middle - length - 5 : Middle + length + 5, negative));
            }

            rows.Add(new WeightRow(row, name, bars.ToImmutable()));
            y += NameHeight + (who.Compared.Length * BarStep) + Gap;
        }

        int whole = (int)Math.Floor(most);
        return new WeightsLayout(rows.ToImmutable(), y, [.. Enumerable.Range(-whole, (2 * whole) + 1).Where(v => whole <= 4 || v % 2 == 0).Select(v => (Middle + (v * scale), v))]);
    }
}
