using System.Collections.Concurrent;
using System.Collections.Immutable;
using Culprit.Sigma.Tests.Matching;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Corpus;

/// <summary>On real records, with all public rules loaded, the engine and the obvious evaluator agree on every verdict.</summary>
[Trait("needs", "corpus")]
public sealed class EngineOnCorpusTests
{
    /// <summary>
    /// The obvious evaluator takes milliseconds for a record. Of one route in one file the first records are judged;
    /// CULPRIT_EVERY_RECORD=1 judges them all.
    /// </summary>
    private static readonly int MostOfOneRoute = Environment.GetEnvironmentVariable("CULPRIT_EVERY_RECORD") == "1" ? int.MaxValue : 12;

    [Fact]
    public void The_engine_agrees_with_the_obvious_evaluator_on_every_file()
    {
        PublicRules.SkipUnlessThere();
        ImmutableArray<SigmaRule> rules = PublicRules.Loaded.Rules;
        ImmutableArray<LogSourceBinding>[] bindings = [.. rules.Select(rule => LogSourceMap.Default.Resolve(rule.LogSource))];
        SigmaEngine engine = SigmaEngine.Compile(PublicRules.Loaded, LogSourceMap.Default);
        var candidates = new ConcurrentDictionary<SigmaRoute, int[]>();
        long events = 0;
        long matches = 0;

        Parallel.ForEach(EvtxEvents.Files("corpus", "evtx").Concat(EvtxEvents.Files("suites", "sigma-regression")), file =>
        {
            SigmaSession session = engine.CreateSession();
            foreach (ReferenceEvent e in EvtxEvents.Of(file).GroupBy(e => e.Route).SelectMany(route => route.Take(MostOfOneRoute)))
            {
                int[] possible = candidates.GetOrAdd(
                    e.Route, route => [.. Enumerable.Range(0, rules.Length).Where(i => bindings[i].Any(binding => binding.Accepts(route)))]);
                int[] expected = [.. possible.Where(i => ReferenceEvaluator.Matches(rules[i], bindings[i], e))];
                int[] actual = session.Match(e.Route, new ListEvent(e, new object())).ToArray();
                Assert.True(
                    expected.SequenceEqual(actual),
                    $"{file}: expected {Titles(expected)}, got {Titles(actual)} for\n{string.Join('\n', e.Fields.Select(f => f.Key + " = " + string.Join(" | ", f.Value)))}");
                Interlocked.Increment(ref events);
                Interlocked.Add(ref matches, actual.Length);
            }
        });

        Assert.True(events > 1000 && matches > 500, $"{events} events, {matches} matches: too few to mean anything");

        string Titles(int[] indices) => "[" + string.Join("; ", indices.Select(i => rules[i].Title)) + "]";
    }
}
