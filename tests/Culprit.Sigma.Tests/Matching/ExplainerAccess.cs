using Culprit.Sigma.Matching;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Matching;

internal static class ExplainerAccess
{
    public static SigmaExplanation Explain(SigmaRule rule, ReferenceEvent e)
    {
        var listEvent = new ListEvent(e, e);
        return Explainer.Explain(rule, Generated.BindingsOf(rule.LogSource), e.Route, ref listEvent);
    }
}
