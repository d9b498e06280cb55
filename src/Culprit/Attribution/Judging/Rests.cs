using System.Collections.Immutable;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>What remains when all that has one cause is left out.</summary>
/// <param name="Cause">The observations that are left out, by position.</param>
/// <param name="Standing">Who stands where then.</param>
/// <param name="Verdict">What it comes to then.</param>
internal sealed record Rest(ImmutableArray<int> Cause, Standing Standing, Verdict Verdict)
{
    /// <summary>Who stands where then by the base rates of history; null where no others were set.</summary>
    public Standing? ByUsualRates { get; init; }

    private Standing[] ByEitherRates => [Standing, ByUsualRates ?? Standing];

    /// <summary>What is said then; null where nothing is judged, or where the figures alone are asked for.</summary>
    public Likelihood? Word { get; init; }

    /// <summary>What the model gives to the explanation that leads then.</summary>
    public double Probability => Standing.Probabilities[Standing.Leader];

    /// <summary>What the model gives to some explanations together, by whichever base rates give them less: nobody's belief makes a judgement sounder.</summary>
    public double Least(IReadOnlyCollection<int> explanations) => ByEitherRates.Min(s => explanations.Sum(e => s.Probabilities[e]));

    /// <summary>Whether another group than these leads with a realistic possibility or more, by either base rates.</summary>
    public bool Contradicts(IReadOnlyCollection<int> groups) => ByEitherRates
        .Any(s => !groups.Contains(s.Leader) && s.Leader < s.Probabilities.Length - 1 && s.Probabilities[s.Leader] >= JudgementRules.Naming);

    /// <summary>The same by name.</summary>
    public Robustness Tell(Explanations explanations) => new(Cause, explanations.Id(Standing.Leader), explanations.Name(Standing.Leader), Probability, Verdict, Word);
}

/// <summary>
/// What remains when each cause is left out once. Only who stands where is kept of each: all weights together are as many as groups times the
/// square of what was observed.
/// </summary>
internal sealed class Rests
{
    private readonly Standing[] _without;

    /// <summary>Sorts them by what is left out.</summary>
    /// <param name="all">A rest for each cause.</param>
    public Rests(ImmutableArray<Rest> all)
    {
        All = all;
        _without = new Standing[all.Sum(static r => r.Cause.Length)];
        foreach (Rest rest in all)
        {
            foreach (int observation in rest.Cause)
            {
                _without[observation] = rest.Standing;
            }
        }
    }

    /// <summary>All of them, by the first observation that is left out.</summary>
    public ImmutableArray<Rest> All { get; }

    /// <summary>Who stands where without an observation and all that has the same cause.</summary>
    public Standing Without(int observation) => _without[observation];

    /// <summary>
    /// What remains without the strongest cause: that without which the leader would not be said, or without which something would be said where nothing is, and
    /// of several such that without which it loses most. Null where nothing was observed.
    /// </summary>
    public Rest? WithoutStrongest(int leader, Verdict verdict) =>
        All.OrderBy(r => r.Verdict == verdict && (verdict == Verdict.NotEnoughEvidence || r.Standing.Leader == leader)).ThenBy(r => r.Standing.Probabilities[leader]).FirstOrDefault();
}
