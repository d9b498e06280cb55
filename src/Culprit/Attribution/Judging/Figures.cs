using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>What the model gives to a group, or to several together, as probabilities.</summary>
/// <param name="All">By all that was observed.</param>
/// <param name="Material">Without the victim and the hours.</param>
/// <param name="Unoffered">Without malware that is sold, rented, given away or used by many, or without that and public tools, where that is less.</param>
/// <param name="Unbrought">Without techniques that software brings along which the group is not known for.</param>
internal readonly record struct Figures(double All, double Material, double Unoffered, double Unbrought);

/// <summary>Who stands where by all that was observed, and without what carries no strong word by itself.</summary>
/// <param name="All">By all that was observed.</param>
/// <param name="Material">Without the victim and the hours.</param>
/// <param name="Unsold">Without malware that is sold, rented, given away or used by many.</param>
/// <param name="Untooled">Without that and tools that anybody can have. These may speak against the group that the malware points at, and hide no more than the malware by itself.</param>
/// <param name="Unbrought">Without techniques that software brings along which the leader is not known for.</param>
internal sealed record Standings(Balance All, Standing Material, Standing Unsold, Standing Untooled, Standing Unbrought)
{
    /// <summary>What they give to some explanations together.</summary>
    public Figures Of(params int[] explanations)
    {
        double Together(Standing standing) => explanations.Sum(e => standing.Probabilities[e]);
        return new Figures(Together(All), Together(Material), Math.Min(Together(Unsold), Together(Untooled)), Together(Unbrought));
    }
}
