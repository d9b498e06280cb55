using System.Collections.Immutable;
using System.Globalization;
using Culprit.Sigma.Syntax;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Docs;

/// <summary>An example of docs/sigma-semantics.md: documents, then what is expected of them.</summary>
internal sealed class SemanticsExample
{
    private readonly YamlMapping _expected;

    public SemanticsExample(string text)
    {
        int last = text.LastIndexOf("\n---\n", StringComparison.Ordinal);
        string rules = text[..last] + "\n";
        if (!rules.Contains("title:", StringComparison.Ordinal))
        {
            rules = "title: Example\nlogsource: {category: webserver}\n" + rules;
        }

        var sink = new DiagnosticSink("example");
        _expected = (YamlMapping)new YamlDocuments(text[(last + 5)..], sink).Next()!;
        Assert.Empty(sink.Diagnostics);
        Assert.All(_expected.Entries, e => Assert.Contains(e.Key.Value, (string[])["placeholders", "diagnostics", "matches", "differs", "events", "bursts"]));
        Loaded = Rules.Load(rules, Placeholders());
    }

    public SigmaRuleSet Loaded { get; }

    public void Check()
    {
        string[] codes = [.. Items("diagnostics").Select(i => ((YamlScalar)i).Value)];
        Assert.Equal(codes, Loaded.Diagnostics.Where(d => d.Code != "SIG0111").Select(d => d.Code));
        foreach (YamlMapping e in Items("matches").Cast<YamlMapping>())
        {
            Assert.True(Matches(e), $"does not match {Describe(e)}");
        }

        foreach (YamlMapping e in Items("differs").Cast<YamlMapping>())
        {
            Assert.False(Matches(e), $"matches {Describe(e)}");
        }

        Assert.Equal(Items("bursts").Select(b => ((YamlScalar)b).Value), Bursts());
    }

    private SigmaLoadOptions Placeholders()
    {
        var options = new SigmaLoadOptions();
        if (_expected["placeholders"] is YamlMapping given)
        {
            foreach ((YamlScalar name, YamlNode values) in given.Entries)
            {
                ImmutableArray<string> texts = [.. ((YamlSequence)values).Items.Select(v => ((YamlScalar)v).Value)];
                options = options with { Placeholders = options.Placeholders.Add(name.Value, texts) };
            }
        }

        return options;
    }

    private bool Matches(YamlMapping fields)
    {
        SigmaRule rule = Assert.Single(Loaded.Rules);
        ReferenceEvent e = ToEvent(fields);
        return fields.Contains("@channel")
            ? ReferenceEvaluator.Matches(rule, LogSourceMap.Default.Resolve(rule.LogSource), e)
            : ReferenceEvaluator.Holds(rule.Detection, e, binding: null);
    }

    private IEnumerable<string> Bursts()
    {
        var correlator = new SigmaCorrelator(Loaded);
        int key = 0;
        foreach (YamlMapping fields in Items("events").Cast<YamlMapping>())
        {
            ReferenceEvent e = ToEvent(fields);
            long ticks = long.Parse(((YamlScalar)fields["at"]!).Value, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond;
            for (int rule = 0; rule < Loaded.Rules.Length; rule++)
            {
                if (correlator.IsNeeded(rule) && ReferenceEvaluator.Holds(Loaded.Rules[rule].Detection, e, binding: null))
                {
                    correlator.Add(rule, ticks, key, [.. correlator.FieldsNeeded(rule).Select(f => ReferenceEvaluator.Values(f, e, binding: null).FirstOrDefault())]);
                }
            }

            key++;
        }

        return correlator.Complete().Select(m =>
            $"{m.FirstTicks / TimeSpan.TicksPerSecond}-{m.LastTicks / TimeSpan.TicksPerSecond}: {string.Join(' ', m.EventKeys)}");
    }

    private static ReferenceEvent ToEvent(YamlMapping fields)
    {
        var route = new SigmaRoute(
            "windows", "", "", Text("@channel"), Text("@provider"), int.Parse(Text("@event").PadLeft(1, '0'), CultureInfo.InvariantCulture));
        List<(string, string?)> values = [];
        foreach ((YamlScalar name, YamlNode value) in fields.Entries.Where(f => f.Key.Value[0] != '@' && f.Key.Value != "at"))
        {
            IEnumerable<YamlNode> items = value is YamlSequence list ? list.Items : [value];
            values.AddRange(items.Cast<YamlScalar>().Select(v => (name.Value, v.IsNull ? null : v.Value)));
        }

        return ReferenceEvent.Of(route, [.. values]);

        string Text(string key) => (fields[key] as YamlScalar)?.Value ?? "";
    }

    private IReadOnlyList<YamlNode> Items(string key) => (_expected[key] as YamlSequence)?.Items ?? [];

    private static string Describe(YamlMapping e) => string.Join(", ", e.Entries.Select(f => $"{f.Key.Value}: {f.Value.Describe()}"));
}
