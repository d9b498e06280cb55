using System.Collections.Immutable;
using Culprit.Sigma;
using Culprit.Sigma.Semantics;

namespace Culprit.Findings;

/// <summary>Narrows a rule set to a level, so that rules that nobody wants to hear of cost nothing.</summary>
internal static class RuleLevels
{
    // Positions stay as they are, because correlations refer to them: a rule that is left out becomes one that never holds.
    public static SigmaRuleSet Narrow(SigmaRuleSet set, FindingLevel minimum)
    {
        var neededRules = new HashSet<int>();
        var neededCorrelations = new HashSet<int>();
        var pending = new Stack<int>();
        for (int i = 0; i < set.Correlations.Length; i++)
        {
            if ((FindingLevel)set.Correlations[i].Level >= minimum && neededCorrelations.Add(i))
            {
                pending.Push(i);
            }
        }

        while (pending.TryPop(out int index))
        {
            foreach (CorrelationReference reference in set.Correlations[index].Rules)
            {
                if (!reference.IsCorrelation)
                {
                    neededRules.Add(reference.Index);
                }
                else if (neededCorrelations.Add(reference.Index))
                {
                    pending.Push(reference.Index);
                }
            }
        }

        ImmutableArray<SigmaRule> rules =
        [
            .. set.Rules.Select((r, i) => (FindingLevel)r.Level >= minimum
                ? r
                : r with { Reported = false, Detection = neededRules.Contains(i) ? r.Detection : new Expression.Constant(Value: false) }),
        ];
        ImmutableArray<SigmaCorrelation> correlations =
            [.. set.Correlations.Select(c => (FindingLevel)c.Level >= minimum ? c : c with { Reported = false })];
        return set with { Rules = rules, Correlations = correlations };
    }
}
