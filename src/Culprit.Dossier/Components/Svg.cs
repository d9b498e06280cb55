using System.Globalization;
using Culprit.Dossier.Pictures;

namespace Culprit.Dossier.Components;

/// <summary>Numbers and shapes as SVG writes them.</summary>
internal static class Svg
{
    /// <summary>A number with at most one decimal.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The outline of a family's shape around a point.</summary>
    public static string Shape(TacticFamily family, double x, double y, double r)
    {
        string At(double dx, double dy) => Number(x + (dx * r)) + " " + Number(y + (dy * r));
        return family switch
        {
            TacticFamily.Entry => $"M{At(-1.1, -0.9)}L{At(1.1, -0.9)}L{At(0, 1.1)}Z",
            TacticFamily.Hold => $"M{At(-0.9, -0.9)}L{At(0.9, -0.9)}L{At(0.9, 0.9)}L{At(-0.9, 0.9)}Z",
            TacticFamily.Hiding => $"M{At(-1, -0.55)}L{At(-0.55, -1)}L{At(0, -0.45)}L{At(0.55, -1)}L{At(1, -0.55)}L{At(0.45, 0)}L{At(1, 0.55)}L{At(0.55, 1)}L{At(0, 0.45)}L{At(-0.55, 1)}L{At(-1, 0.55)}L{At(-0.45, 0)}Z",
            TacticFamily.Knowing => $"M{At(0, -1.2)}L{At(1.2, 0)}L{At(0, 1.2)}L{At(-1.2, 0)}Z",
            TacticFamily.Movement => $"M{At(-0.9, -1.1)}L{At(1.1, 0)}L{At(-0.9, 1.1)}Z",
            TacticFamily.Taking => $"M{At(0, -1.2)}L{At(1.05, -0.6)}L{At(1.05, 0.6)}L{At(0, 1.2)}L{At(-1.05, 0.6)}L{At(-1.05, -0.6)}Z",
            TacticFamily.Around => Circle(x, y, r * 0.55),
            _ => Circle(x, y, r),
        };
    }

    private static string Circle(double x, double y, double r) =>
        $"M{Number(x - r)} {Number(y)}a{Number(r)} {Number(r)} 0 1 0 {Number(2 * r)} 0a{Number(r)} {Number(r)} 0 1 0 {Number(-2 * r)} 0Z";
}
