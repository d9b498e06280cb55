using CsCheck;

namespace Culprit.Sigma.Tests.Correlation;

/// <summary>The correlator agrees with definitions that are tried out one by one.</summary>
public sealed class CorrelationOracleTests
{
    private const int Span = 10;

    private sealed record Item(int Time, string Kind, int Value)
    {
        public long Key { get; init; }
    }

    private static readonly Gen<Item[]> Events = Gen.Select(Gen.Int[0, 60], Gen.OneOf("a", "b", "c"), Gen.Int[0, 4]).Select((t, k, v) => new Item(t, k, v)).Array[0, 14]
        .Select(items => items.Select((item, i) => item with { Key = i }).ToArray());

    [Theory]
    [InlineData("type: event_count\ncondition: {gte: 3}")]
    [InlineData("type: event_count\ncondition: {eq: 2}")]
    [InlineData("type: event_count\ncondition: {lt: 3}")]
    [InlineData("type: value_count\ncondition: {field: V, gt: 2}")]
    [InlineData("type: value_sum\ncondition: {field: V, gte: 6}")]
    [InlineData("type: value_avg\ncondition: {field: V, lt: 2}")]
    [InlineData("type: value_percentile\ncondition: {field: V, percentile: 50, gte: 2}")]
    [InlineData("type: value_percentile\ncondition: {field: V, percentile: 90, eq: 3}")]
    [InlineData("type: temporal")]
    [InlineData("type: temporal\ncondition: {gte: 2}")]
    [InlineData("type: temporal\ncondition: (a or b) and c")]
    [InlineData("type: temporal\ncondition: a and b and not c")]
    public void Windows_are_those_of_the_definition(string section) => Events.Sample(
        items =>
        {
            Item[] sorted = [.. items.OrderBy(i => i.Time).ThenBy(i => i.Key)];
            Assert.Equal(Merge(Windows(sorted).Where(w => Holds(section, w))), Run(section, items));
        },
        iter: 300);

    [Fact]
    public void Chains_are_those_of_the_definition() => Events.Sample(
        items =>
        {
            Item[] sorted = [.. items.OrderBy(i => i.Time).ThenBy(i => i.Key)];
            Assert.Equal(Merge(Chains(sorted)), Run("type: temporal_ordered", items));
        },
        iter: 1_000);

    private static string[] Run(string section, Item[] items)
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation($"{section}\nrules: [a, b, c]\ntimespan: {Span}s"));
        foreach (Item item in items.Reverse())
        {
            fixture.Add(item.Time, item.Key, item.Kind, ("V", item.Value.ToString()));
        }

        return [.. fixture.Complete().Select(m => string.Join(' ', m.EventKeys))];
    }

    // Every window of the time span, without those that lie within another.
    private static IEnumerable<Item[]> Windows(Item[] sorted)
    {
        Item[][] all = [.. sorted.Select(first => sorted.Where(i => i.Time >= first.Time && i.Time <= first.Time + Span).ToArray())];
        return all.Where(w => !all.Any(other => other.Length > w.Length && w.All(other.Contains))).DistinctBy(w => string.Join(' ', w.Select(i => i.Key)));
    }

    // For each event that can end a chain, the chain that starts last, with all events between its ends.
    private static IEnumerable<Item[]> Chains(Item[] sorted)
    {
        for (int last = 0; last < sorted.Length; last++)
        {
            for (int first = last; first >= 0; first--)
            {
                bool chain = sorted[first].Kind == "a" && sorted[last].Kind == "c" && sorted[last].Time - sorted[first].Time <= Span
                    && sorted[(first + 1)..last].Any(i => i.Kind == "b");
                if (chain)
                {
                    yield return sorted[first..(last + 1)];
                    break;
                }
            }
        }
    }

    private static string[] Merge(IEnumerable<Item[]> parts)
    {
        var bursts = new List<SortedSet<(int Time, long Key)>>();
        foreach (Item[] part in parts)
        {
            var burst = new SortedSet<(int Time, long Key)>(part.Select(i => (i.Time, i.Key)));
            foreach (SortedSet<(int Time, long Key)> other in bursts.Where(b => b.Overlaps(burst)).ToArray())
            {
                burst.UnionWith(other);
                bursts.Remove(other);
            }

            bursts.Add(burst);
        }

        return [.. bursts.OrderBy(b => b.Min).Select(b => string.Join(' ', b.Select(i => i.Key)))];
    }

    private static bool Holds(string section, Item[] window)
    {
        int[] values = [.. window.Select(i => i.Value).Order()];
        bool a = window.Any(i => i.Kind == "a"), b = window.Any(i => i.Kind == "b"), c = window.Any(i => i.Kind == "c");
        return section switch
        {
            var s when s.Contains("event_count") && s.Contains("gte: 3") => window.Length >= 3,
            var s when s.Contains("eq: 2") => window.Length == 2,
            var s when s.Contains("lt: 3") => window.Length < 3,
            var s when s.Contains("value_count") => values.Distinct().Count() > 2,
            var s when s.Contains("value_sum") => values.Sum() >= 6,
            var s when s.Contains("value_avg") => values.Sum() / (decimal)values.Length < 2,
            var s when s.Contains("percentile: 50") => Percentile(values, 50) >= 2,
            var s when s.Contains("percentile: 90") => Percentile(values, 90) == 3,
            var s when s.Contains("gte: 2") => window.Select(i => i.Kind).Distinct().Count() >= 2,
            var s when s.Contains("(a or b)") => (a || b) && c,
            var s when s.Contains("not c") => a && b && !c,
            _ => a && b && c,
        };
    }

    // The smallest value that at least so many per cent of the values do not exceed.
    private static int Percentile(int[] values, int percentile) => values.First(v => 100 * values.Count(x => x <= v) >= percentile * values.Length);
}
