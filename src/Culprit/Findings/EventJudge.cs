using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Primitives;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>A rule that a kept event satisfies.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Event">The event, by the number that it was given; of a correlation the first.</param>
/// <param name="Events">Every event that satisfies the rule, in order of time.</param>
/// <param name="Matched">The values that satisfy it.</param>
public sealed record EventVerdict(RuleInfo Rule, long Event, ImmutableArray<long> Events, ImmutableArray<MatchedValue> Matched);

/// <summary>
/// Judges events that were kept, as an investigation judges records. One thing it cannot know: which values of a record were text and
/// which were numbers, so that a rule that searches for words in every field looks at all of them. Not thread-safe.
/// </summary>
public sealed class EventJudge
{
    private readonly RuleCatalog _rules;
    private readonly SigmaSession _session;
    private readonly SigmaCorrelator _correlator;
    private readonly RouteTable _routes = new();
    private readonly Dictionary<string, string[]> _layouts = new(StringComparer.Ordinal);

    /// <summary>Judges by <paramref name="rules"/>.</summary>
    public EventJudge(RuleCatalog rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        _session = rules.Engine.CreateSession();
        _correlator = new SigmaCorrelator(rules.RuleSet);
    }

    /// <summary>Judges an event.</summary>
    /// <param name="number">What the event is called in verdicts.</param>
    /// <param name="route">Where it comes from.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="fields">Its values, in the record's order.</param>
    /// <param name="any">Whether it satisfies any rule, be it one that only a correlation asks for.</param>
    /// <returns>The rules that it satisfies by itself, by their position in the catalogue.</returns>
    public ImmutableArray<EventVerdict> Judge(long number, EventRoute route, EventTime time, ImmutableArray<EventField> fields, out bool any)
    {
        ArgumentNullException.ThrowIfNull(route);
        SigmaRoute source = _routes.Of(route);
        var judged = new KeptEvent(Layout(fields), fields);
        int[] matching = [.. _session.Match(source, in judged)];
        any = matching.Length > 0;
        var verdicts = ImmutableArray.CreateBuilder<EventVerdict>();
        foreach (int rule in matching)
        {
            // What has no time cannot lie in a window of time.
            if (_correlator.IsNeeded(rule) && time.Certainty != TimeCertainty.Unknown)
            {
                _correlator.Add(rule, time.UtcTicks, number, [.. _correlator.FieldsNeeded(rule).Select(f => _rules.Engine.FieldText(rule, source, judged, f))]);
            }

            if (_rules.RuleSet.Rules[rule].Reported)
            {
                verdicts.Add(new EventVerdict(_rules.Rules[rule], number, [number],
                    [.. _session.MatchedFields(rule, source, in judged).Select(static m => new MatchedValue(m.Identifier, m.Field, m.Value, m.Test))]));
            }
        }

        return verdicts.ToImmutable();
    }

    /// <summary>What correlations say of all events that were judged, by time.</summary>
    public ImmutableArray<EventVerdict> Complete() =>
    [
        .. _correlator.Complete().Select(match => new EventVerdict(
            _rules.Correlations[match.CorrelationIndex],
            match.EventKeys[0],
            match.EventKeys,
            [.. _rules.RuleSet.Correlations[match.CorrelationIndex].GroupBy.Zip(
                match.GroupValues, static (field, value) => new MatchedValue("group-by", field, value, "is the same in all events"))])),
    ];

    // The matcher works out once for each layout where a rule's fields stand in it.
    private string[] Layout(ImmutableArray<EventField> fields)
    {
        const int mostLayouts = 4096;
        string key = string.Join('\0', fields.Select(static f => f.Name));
        if (!_layouts.TryGetValue(key, out string[]? names))
        {
            if (_layouts.Count >= mostLayouts)
            {
                _layouts.Clear();
            }

            _layouts.Add(key, names = [.. fields.Select(static f => f.Name)]);
        }

        return names;
    }

    private readonly struct KeptEvent(string[] names, ImmutableArray<EventField> fields) : ISigmaEvent
    {
        public object Layout => names;

        public int FieldCount => names.Length;

        public string FieldName(int ordinal) => names[ordinal];

        public FieldState StateOf(int ordinal) => fields[ordinal].Value is null ? FieldState.Null : FieldState.Present;

        public bool IsText(int ordinal) => true;

        public bool IsConstant(int ordinal) => false;

        public bool TryGetRaw(out ReadOnlySpan<byte> bytes)
        {
            bytes = default;
            return false;
        }

        public bool TryGetText(int ordinal, int index, out ReadOnlySpan<char> text)
        {
            text = fields[ordinal].Value;
            return index == 0 && fields[ordinal].Value is not null;
        }
    }
}
