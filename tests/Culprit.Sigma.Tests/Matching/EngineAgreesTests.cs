using System.Collections.Immutable;
using CsCheck;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Matching;

/// <summary>The engine and the obvious evaluator agree, whatever rules are compiled together and in whatever order events come.</summary>
public sealed class EngineAgreesTests
{
    [Fact]
    public void Rules_compiled_together_match_what_each_of_them_means() =>
        Gen.Select(Generated.Rule.Array[1, 12], Generated.Event.Array[1, 12]).Sample((rules, events) =>
        {
            SigmaSession session = SessionOf(rules);
            SigmaRoute[] routes = Generated.Routes;
            foreach (ReferenceEvent e in events)
            {
                SigmaRoute route = Array.Find(routes, known => known == e.Route)!;
                Assert.Equal(Expected(rules, e), session.Match(route, new ListEvent(e, new object())).ToArray());
            }
        }, iter: 3000);

    [Fact]
    public void A_session_gives_the_same_verdict_however_often_values_were_seen_before() =>
        Gen.Select(Generated.Rule.Array[1, 6], Generated.Event.Array[1, 5]).Sample((rules, events) =>
        {
            SigmaSession session = SessionOf(rules);
            SigmaRoute[] routes = Generated.Routes;
            object[] layouts = Array.ConvertAll(events, _ => new object());
            int[][] expected = Array.ConvertAll(events, e => Expected(rules, e));

            // More rounds than a field needs to get a cache of its values.
            for (int round = 0; round < 150; round++)
            {
                int i = round % events.Length;
                SigmaRoute route = Array.Find(routes, known => known == events[i].Route)!;
                Assert.Equal(expected[i], session.Match(route, new ListEvent(events[i], layouts[i])).ToArray());
            }
        }, iter: 300);

    [Fact]
    public void How_many_rules_are_loaded_never_changes_what_one_rule_matches() =>
        Gen.Select(Generated.Rule, Generated.Rule.Array[0, 12], Generated.Event).Sample((rule, others, e) =>
        {
            bool alone = SessionOf([rule]).Match(e.Route, new ListEvent(e, e)).Length == 1;
            bool together = SessionOf([.. others, rule]).Match(e.Route, new ListEvent(e, e)).Contains(others.Length);
            Assert.Equal(alone, together);
        }, iter: 2000);

    [Fact]
    public void An_explanation_gives_the_verdict_of_the_rule() =>
        Gen.Select(Generated.Rule, Generated.Event).Sample((rule, e) =>
        {
            SigmaEngine engine = EngineOf([rule]);
            SigmaExplanation explanation = engine.Explain(0, e.Route, new ListEvent(e, e));
            Assert.Equal(ReferenceEvaluator.Matches(rule, Generated.BindingsOf(rule.LogSource), e), explanation.Matched);
            Assert.True(explanation.Matched || explanation.MatchedFields.IsEmpty);
            Assert.Equal(explanation.MatchedFields, engine.CreateSession().MatchedFields(0, e.Route, new ListEvent(e, e)));
        }, iter: 3000);

    private static SigmaSession SessionOf(IEnumerable<SigmaRule> rules) =>
        EngineOf([.. rules]).CreateSession();

    private static SigmaEngine EngineOf(ImmutableArray<SigmaRule> rules) =>
        new(new SigmaRuleSet { Rules = rules, Correlations = [], FilterCount = 0, RefusedCount = 0, Diagnostics = [] }, Generated.BindingsOf);

    private static int[] Expected(SigmaRule[] rules, ReferenceEvent e) =>
        [.. Enumerable.Range(0, rules.Length).Where(i => ReferenceEvaluator.Matches(rules[i], Generated.BindingsOf(rules[i].LogSource), e))];
}
