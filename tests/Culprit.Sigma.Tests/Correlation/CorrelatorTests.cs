namespace Culprit.Sigma.Tests.Correlation;

public sealed class CorrelatorTests
{
    private static CorrelationFixture Counting(string condition, string timespan = "10s", string rules = "[a]", string groupBy = "[User]") =>
        new(CorrelationFixture.Correlation($"type: event_count\nrules: {rules}\ngroup-by: {groupBy}\ntimespan: {timespan}\ncondition: {condition}"));

    [Fact]
    public void Events_are_counted_within_the_time_span_ends_included()
    {
        CorrelationFixture within = Counting("{gte: 2}");
        within.Add(0, "a", ("User", "x"));
        within.Add(10, "a", ("User", "x"));
        Assert.Equal(["0-10: 0 1"], within.CompleteAsText());

        CorrelationFixture beyond = Counting("{gte: 2}");
        beyond.Add(0, "a", ("User", "x"));
        beyond.Add(10.0000001, "a", ("User", "x"));
        Assert.Empty(beyond.Complete());
    }

    [Fact]
    public void The_window_slides_over_the_borders_of_minutes()
    {
        CorrelationFixture fixture = Counting("{gte: 3}", "1m");
        foreach (double time in (double[])[50, 58, 62, 300])
        {
            fixture.Add(time, "a", ("User", "x"));
        }

        Assert.Equal(["50-62: 0 1 2"], fixture.CompleteAsText());
    }

    [Fact]
    public void A_long_burst_is_one_match_and_two_bursts_are_two()
    {
        CorrelationFixture fixture = Counting("{gte: 3}");
        for (int i = 0; i < 100; i++)
        {
            fixture.Add(i, "a", ("User", "x"));
        }

        for (int i = 0; i < 3; i++)
        {
            fixture.Add(500 + i, "a", ("User", "x"));
        }

        SigmaCorrelationMatch[] matches = fixture.Complete();
        Assert.Equal([100, 3], matches.Select(m => m.EventKeys.Length));
        Assert.Equal([11m, 3m], matches.Select(m => m.Value!.Value));
    }

    [Fact]
    public void Groups_are_counted_apart_without_regard_to_case()
    {
        CorrelationFixture fixture = Counting("{gte: 2}", groupBy: "[User, Host]");
        fixture.Add(0, "a", ("User", "Bob"), ("Host", "h"));
        fixture.Add(1, "a", ("User", "eve"), ("Host", "h"));
        fixture.Add(2, "a", ("User", "BOB"), ("Host", "h"));
        fixture.Add(3, "a", ("User", "Bob"), ("Host", "other"));
        SigmaCorrelationMatch match = Assert.Single(fixture.Complete());
        Assert.Equal(["Bob", "h"], match.GroupValues);
        Assert.Equal([0L, 2L], match.EventKeys);
    }

    [Fact]
    public void An_event_without_the_field_belongs_to_no_group()
    {
        CorrelationFixture fixture = Counting("{gte: 2}");
        fixture.Add(0, "a");
        fixture.Add(1, "a");
        fixture.Add(2, "a", ("User", null));
        Assert.Empty(fixture.Complete());
    }

    [Fact]
    public void Without_group_by_all_events_are_one_group()
    {
        CorrelationFixture fixture = Counting("{gte: 2}", groupBy: "[]");
        fixture.Add(0, "a", ("User", "x"));
        fixture.Add(1, "a");
        SigmaCorrelationMatch match = Assert.Single(fixture.Complete());
        Assert.Empty(match.GroupValues);
    }

    [Fact]
    public void Several_rules_are_counted_together_and_an_event_once()
    {
        CorrelationFixture fixture = Counting("{gte: 2}", rules: "[a, b]");
        fixture.Add(0, "a", ("User", "x"), ("Kind", "b"));
        Assert.Empty(fixture.Complete());
        fixture.Add(1, "b", ("User", "x"));
        Assert.Equal(["0-1: 0 1"], fixture.CompleteAsText());
    }

    [Fact]
    public void The_same_event_added_twice_counts_once()
    {
        CorrelationFixture fixture = Counting("{gte: 2}");
        fixture.Add(0, 7, "a", ("User", "x"));
        fixture.Add(0, 7, "a", ("User", "x"));
        Assert.Empty(fixture.Complete());
    }

    [Theory]
    [InlineData("{gt: 2}", 3, true)]
    [InlineData("{gt: 2}", 2, false)]
    [InlineData("{gt: 2, lte: 4}", 4, true)]
    [InlineData("{gt: 2, lte: 4}", 5, false)]
    [InlineData("{lt: 3}", 2, true)]
    [InlineData("{lt: 3}", 3, false)]
    [InlineData("{lte: 3}", 3, true)]
    [InlineData("{eq: 3}", 3, true)]
    [InlineData("{eq: 3}", 4, false)]
    [InlineData("{neq: 3}", 4, true)]
    [InlineData("{neq: 3}", 3, false)]
    public void Bounds_are_compared_with_the_whole_window(string condition, int events, bool expected)
    {
        CorrelationFixture fixture = Counting(condition);
        for (int i = 0; i < events; i++)
        {
            fixture.Add(i, "a", ("User", "x"));
        }

        Assert.Equal(expected, fixture.Complete().Length == 1);
    }

    [Fact]
    public void Distinct_values_are_counted()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation(
            "type: value_count\nrules: a\ngroup-by: [Host]\ntimespan: 1m\ncondition:\n  field: User\n  gte: 3"));
        foreach (string? user in (string?[])["x", "y", "X", null, "y"])
        {
            fixture.Add(0, "a", ("Host", "h"), ("User", user));
        }

        Assert.Empty(fixture.Complete());
        fixture.Add(30, "a", ("Host", "h"), ("User", "z"));
        SigmaCorrelationMatch match = Assert.Single(fixture.Complete());
        Assert.Equal(3m, match.Value);
    }

    [Fact]
    public void Several_fields_are_one_value_together()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation(
            "type: value_count\nrules: a\ntimespan: 1m\ncondition:\n  field: [User, Port]\n  gte: 2"));
        fixture.Add(0, "a", ("User", "x"), ("Port", "1"));
        fixture.Add(1, "a", ("User", "x"));
        fixture.Add(2, "a", ("User", "x"), ("Port", "1"));
        Assert.Empty(fixture.Complete());
        fixture.Add(3, "a", ("User", "x"), ("Port", "2"));
        Assert.Single(fixture.Complete());
    }

    [Theory]
    [InlineData("value_sum", "gt: 100", "40 40 30", true)]
    [InlineData("value_sum", "gt: 100", "40 40 20", false)]
    [InlineData("value_sum", "gte: 16", "0x10 none", true)]
    [InlineData("value_sum", "gte: 0", "none", false)]
    [InlineData("value_avg", "gt: 500", "400 700", true)]
    [InlineData("value_avg", "gt: 500", "400 500 none 600", false)]
    [InlineData("value_percentile", "percentile: 50, gte: 3", "1 2 3 4 5", true)]
    [InlineData("value_percentile", "percentile: 50, gte: 3", "1 2 3 4", false)]
    [InlineData("value_percentile", "percentile: 90, gte: 9", "1 2 3 4 5 6 7 8 9 10", true)]
    [InlineData("value_percentile", "percentile: 90, gt: 9", "1 2 3 4 5 6 7 8 9 10", false)]
    [InlineData("value_percentile", "percentile: 0, eq: 1", "5 1 3", true)]
    [InlineData("value_percentile", "percentile: 100, eq: 5", "5 1 3", true)]
    [InlineData("value_median", "eq: 3", "5 1 3", true)]
    public void Numbers_are_taken_together(string type, string condition, string values, bool expected)
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation(
            $"type: {type}\nrules: [a]\ngroup-by: [User]\ntimespan: 1h\ncondition: {{field: Size, {condition}}}"));
        foreach (string value in values.Split(' '))
        {
            fixture.Add(1, "a", ("User", "x"), ("Size", value));
        }

        Assert.Equal(expected, fixture.Complete().Length == 1);
    }

    [Fact]
    public void Without_a_percentile_the_share_of_each_value_is_compared()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation(
            "type: value_percentile\nrules: [a]\ngroup-by: [Host]\ntimespan: 24h\ncondition: {field: Image, lte: 1}"));
        for (int i = 0; i < 99; i++)
        {
            fixture.Add(i, "a", ("Host", "h"), ("Image", "common.exe"));
        }

        long rare = fixture.Add(99, "a", ("Host", "h"), ("Image", "rare.exe"));
        SigmaCorrelationMatch match = Assert.Single(fixture.Complete());
        Assert.Equal([rare], match.EventKeys);
        Assert.Equal(1m, match.Value);
    }

    [Fact]
    public void All_rules_must_match_in_any_order()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation("type: temporal\nrules: [a, b, c]\ngroup-by: [Host]\ntimespan: 5m"));
        fixture.Add(0, "c", ("Host", "h"));
        fixture.Add(100, "a", ("Host", "h"));
        fixture.Add(150, "b", ("Host", "other"));
        fixture.Add(300, "b", ("Host", "h"));
        fixture.Add(1000, "a", ("Host", "h"));
        fixture.Add(1001, "b", ("Host", "h"));
        Assert.Equal(["0-300: 0 1 3"], fixture.CompleteAsText());
    }

    [Fact]
    public void A_temporal_correlation_may_ask_for_some_of_the_rules()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation(
            "type: temporal\nrules: [a, b, c]\ngroup-by: [Host]\ntimespan: 5m\ncondition: {gte: 2}"));
        fixture.Add(0, "c", ("Host", "h"));
        fixture.Add(1, "c", ("Host", "h"));
        Assert.Empty(fixture.Complete());
        fixture.Add(2, "a", ("Host", "h"));
        Assert.Equal(2m, Assert.Single(fixture.Complete()).Value);
    }

    [Theory]
    [InlineData("a and b", "a b", true)]
    [InlineData("a and (b or c)", "a c", true)]
    [InlineData("a and (b or c)", "b c", false)]
    [InlineData("a and b and not c", "a b", true)]
    [InlineData("a and b and not c", "a b c", false)]
    [InlineData("a and b and not c", "c a b", false)]
    public void An_extended_condition_speaks_of_rules(string condition, string events, bool expected)
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation($"type: temporal\ngroup-by: [Host]\ntimespan: 5m\ncondition: {condition}"));
        foreach (string kind in events.Split(' '))
        {
            fixture.Add(0, kind, ("Host", "h"));
        }

        Assert.Equal(expected, fixture.Complete().Length == 1);
    }

    [Theory]
    [InlineData("", "a b c", true)]
    [InlineData("", "a a b b c", true)]
    [InlineData("", "b a c", false)]
    [InlineData("", "b a c b c", true)]
    [InlineData("condition: {gte: 2}", "b a c", true)]
    [InlineData("condition: {gte: 2}", "c b a", false)]
    [InlineData("condition: a and b and c", "a b c", true)]
    [InlineData("condition: a and (b or c)", "b a c", true, "[a, b, c]")]
    [InlineData("condition: a and (b or c)", "b c a", false, "[a, b, c]")]
    [InlineData("condition: a and c and not b", "a c", true, "[a, b, c]")]
    [InlineData("condition: a and c and not b", "a b c", false, "[a, b, c]")]
    [InlineData("condition: a and c and not b", "b a c", true, "[a, b, c]")]
    public void Rules_must_match_in_the_order_of_the_list(string condition, string events, bool expected, string rules = "[a, b, c]")
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation(
            $"type: temporal_ordered\nrules: {rules}\ngroup-by: [Host]\ntimespan: 5m\n{condition}"));
        int time = 0;
        foreach (string kind in events.Split(' '))
        {
            fixture.Add(time++, kind, ("Host", "h"));
        }

        Assert.Equal(expected, fixture.Complete().Length == 1);
    }

    [Fact]
    public void One_event_is_one_step_and_events_of_one_time_go_by_key()
    {
        string ordered = CorrelationFixture.Correlation("type: temporal_ordered\nrules: [a, b]\ntimespan: 5m");
        var same = new CorrelationFixture(ordered);
        same.Add(0, "a", ("Kind", "b"));
        Assert.Empty(same.Complete());

        var tied = new CorrelationFixture(ordered);
        tied.Add(0, 1, "b");
        tied.Add(0, 0, "a");
        Assert.Equal(["0-0: 0 1"], tied.CompleteAsText());
    }

    [Fact]
    public void The_chain_must_fit_the_time_span_but_its_latest_start_counts()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation("type: temporal_ordered\nrules: [a, b]\ntimespan: 10s"));
        fixture.Add(0, "a");
        fixture.Add(8, "a");
        fixture.Add(15, "b");
        Assert.Equal(["8-15: 1 2"], fixture.CompleteAsText());
    }

    [Fact]
    public void Aliases_join_fields_of_different_names()
    {
        var fixture = new CorrelationFixture(CorrelationFixture.Correlation("""
            type: temporal
            rules: [a, b]
            group-by: [internal_ip, remote_ip]
            timespan: 10s
            aliases:
              internal_ip: {a: destination.ip, b: source.ip}
              remote_ip: {a: source.ip, b: destination.ip}
            """));
        fixture.Add(0, "a", ("source.ip", "9.9.9.9"), ("destination.ip", "10.0.0.1"));
        fixture.Add(1, "b", ("source.ip", "9.9.9.9"), ("destination.ip", "10.0.0.1"));
        Assert.Empty(fixture.Complete());
        fixture.Add(2, "b", ("source.ip", "10.0.0.1"), ("destination.ip", "9.9.9.9"));
        SigmaCorrelationMatch match = Assert.Single(fixture.Complete());
        Assert.Equal([0L, 2L], match.EventKeys);
        Assert.Equal(["10.0.0.1", "9.9.9.9"], match.GroupValues);
    }

    [Fact]
    public void Correlations_are_chained_by_what_their_events_say()
    {
        // The inner correlation groups by host, the outer one by user alone.
        var fixture = new CorrelationFixture(
            CorrelationFixture.Correlation("type: event_count\nrules: [a]\ngroup-by: [Host]\ntimespan: 1m\ncondition: {gte: 3}", "inner"),
            CorrelationFixture.Correlation("type: temporal_ordered\nrules: [inner, b]\ngroup-by: [User]\ntimespan: 10m"));
        foreach ((string user, int time) in ((string, int)[])[("x", 0), ("y", 1), ("x", 2)])
        {
            fixture.Add(time, "a", ("Host", "h"), ("User", user));
        }

        fixture.Add(30, "b", ("User", "z"));
        Assert.Empty(fixture.Complete());
        fixture.Add(31, "b", ("User", "y"));
        SigmaCorrelationMatch match = Assert.Single(fixture.Complete());
        Assert.Equal(["y"], match.GroupValues);
        Assert.Equal([0L, 1L, 2L, 4L], match.EventKeys);
    }

    [Fact]
    public void A_burst_stands_in_order_at_every_instant_at_which_it_holds()
    {
        string[] documents =
        [
            CorrelationFixture.Correlation("type: event_count\nrules: [a]\ngroup-by: [User]\ntimespan: 10s\ncondition: {gte: 3}", "inner"),
            CorrelationFixture.Correlation("type: temporal_ordered\nrules: [inner, b]\ngroup-by: [User]\ntimespan: 10s"),
        ];
        // Success in the middle of a long burst, and soon after its end.
        foreach (double success in (double[])[5.5, 108])
        {
            var fixture = new CorrelationFixture(documents);
            for (int i = 0; i < 100; i++)
            {
                fixture.Add(i, "a", ("User", "x"));
            }

            fixture.Add(success, "b", ("User", "x"));
            Assert.Single(fixture.Complete());
        }

        var early = new CorrelationFixture(documents);
        early.Add(1.5, "b", ("User", "x"));
        for (int i = 0; i < 5; i++)
        {
            early.Add(i, "a", ("User", "x"));
        }

        Assert.Empty(early.Complete());
    }

    [Fact]
    public void Bursts_are_counted_as_one_each()
    {
        var fixture = new CorrelationFixture(
            CorrelationFixture.Correlation("type: event_count\nrules: [a]\ngroup-by: [User]\ntimespan: 10s\ncondition: {gte: 2}", "inner"),
            CorrelationFixture.Correlation("type: event_count\nrules: [inner]\ntimespan: 1h\ncondition: {gte: 2}"));
        for (int i = 0; i < 50; i++)
        {
            fixture.Add(i, "a", ("User", "x"));
        }

        Assert.Empty(fixture.Complete());
        fixture.Add(500, "a", ("User", "y"));
        fixture.Add(501, "a", ("User", "y"));
        Assert.Single(fixture.Complete());
    }

    [Fact]
    public void Events_may_come_in_any_order()
    {
        (double Time, string Kind)[] events = [(5, "b"), (0, "a"), (3, "c"), (40, "b"), (4, "a"), (20, "c"), (41, "c")];
        var random = new Random(1);
        string[]? first = null;
        for (int round = 0; round < 20; round++)
        {
            var fixture = new CorrelationFixture(
                CorrelationFixture.Correlation("type: temporal_ordered\nrules: [a, c, b]\ntimespan: 10s", "o1"),
                CorrelationFixture.Correlation("type: temporal\nrules: [a, c, b]\ntimespan: 10s", "o2"),
                CorrelationFixture.Correlation("type: event_count\nrules: [a, c, b]\ntimespan: 10s\ncondition: {gte: 2}", "o3"));
            int[] order = [.. Enumerable.Range(0, events.Length)];
            random.Shuffle(order);
            foreach (int i in order)
            {
                fixture.Add(events[i].Time, i, events[i].Kind);
            }

            string[] matches = fixture.CompleteAsText();
            first ??= matches;
            Assert.Equal(first, matches);
        }

        Assert.Equal(["0-5: 1 2 4 0", "0-5: 1 2 4 0", "0-5: 1 2 4 0", "40-41: 3 6"], first!.Select(t => t));
    }

    [Fact]
    public void Rules_and_correlations_that_others_use_are_reported_only_when_asked()
    {
        string inner = "type: event_count\nrules: [a]\ntimespan: 10s\ncondition: {gte: 1}";
        var silent = new CorrelationFixture(
            CorrelationFixture.Correlation(inner, "inner"), CorrelationFixture.Correlation("type: temporal\nrules: [inner, b]\ntimespan: 10s"));
        Assert.Equal([false, false, true], silent.RuleSet.Rules.Select(r => r.Reported));
        Assert.Equal([false, true], silent.RuleSet.Correlations.Select(c => c.Reported));
        silent.Add(0, "a");
        Assert.Empty(silent.Complete());

        var loud = new CorrelationFixture(
            CorrelationFixture.Correlation(inner + "\ngenerate: true", "inner"), CorrelationFixture.Correlation("type: temporal\nrules: [inner, b]\ntimespan: 10s\ngenerate: true"));
        Assert.All(loud.RuleSet.Rules, r => Assert.True(r.Reported));
        loud.Add(0, "a");
        Assert.Equal(0, Assert.Single(loud.Complete()).CorrelationIndex);
    }
}
