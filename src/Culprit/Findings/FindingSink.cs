using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings.Store;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>What the sinks of a run share; all of it may be used from several threads.</summary>
internal sealed record SinkShared(
    RuleCatalog Rules, SigmaCorrelator Correlator, TimeRange Range, RouteTable Routes, SourceTable Sources, ExplainedFindings Explained);

/// <summary>Judges the records of one thread. A record that matches nothing allocates nothing.</summary>
internal sealed class FindingSink : IRecordSink
{
    // A rule of many alternatives may be satisfied by very many of them; the first say enough.
    private const int MaxMatched = 64;

    private readonly SinkShared _shared;
    private readonly FindingStore.Shard _shard;
    private readonly SigmaSession _session;
    private readonly EventContext _context = new();
    private readonly Dictionary<EventRoute, SigmaRoute> _routes = new(ReferenceEqualityComparer.Instance);
    private readonly ClueBuffer _clues = new();
    private EventRoute? _lastRoute;
    private SigmaRoute? _lastSigmaRoute;
    private EvidenceSource? _lastSource;
    private int _lastSourceNumber;

    public FindingSink(SinkShared shared, FindingStore.Shard shard)
    {
        _shared = shared;
        _shard = shard;
        _session = shared.Rules.Engine.CreateSession();
    }

    /// <summary>How many records were not judged because of their time.</summary>
    public long OutsideTimeRange { get; private set; }

    /// <inheritdoc/>
    public void Accept(scoped in RecordView record)
    {
        if (!_shared.Range.Includes(record.Time))
        {
            OutsideTimeRange++;
            return;
        }

        var view = new EventView(in record, _context);
        SigmaRoute route = RouteOf(view.Route);
        var judged = new RecordEvent(in record);
        ReadOnlySpan<int> rules = _session.Match(route, in judged);
        if (!rules.IsEmpty)
        {
            Keep(in view, in record, in judged, route, rules);
        }
    }

    private SigmaRoute RouteOf(EventRoute route)
    {
        if (ReferenceEquals(route, _lastRoute))
        {
            return _lastSigmaRoute!;
        }

        if (!_routes.TryGetValue(route, out SigmaRoute? known))
        {
            known = _shared.Routes.Of(route);
            _routes.Add(route, known);
        }

        (_lastRoute, _lastSigmaRoute) = (route, known);
        return known;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Keep(scoped in EventView view, scoped in RecordView record, scoped in RecordEvent judged, SigmaRoute route, ReadOnlySpan<int> rules)
    {
        UInt128 identity = view.Identity;
        int source = SourceNumber(record.Source);
        long recordId = view.RecordId;
        string? account = null;
        foreach (int rule in rules)
        {
            RuleInfo info = _shared.Rules.Rules[rule];
            bool detailed = _shared.Explained.IsFirst(identity, rule);
            EntryWriter writer = _shard.Begin();
            writer.Key(
                new EntryKey(record.Time, info.Rank, view.Host, route.Channel, recordId, identity, source, record.Offset, record.Length, record.Recovered),
                detailed);
            if (detailed)
            {
                account ??= view.Account;
                writer.Text(account);
                writer.Text(route.Provider);
                writer.Int32(route.EventId);
                WriteMatched(writer, rule, route, in judged);
                WriteCaptured(writer, rule, route, in judged);
                WriteClues(writer, in view);
            }

            _shard.End();
        }
    }

    private int SourceNumber(EvidenceSource source)
    {
        if (!ReferenceEquals(source, _lastSource))
        {
            _lastSourceNumber = _shared.Sources.NumberOf(source);
            _lastSource = source;
        }

        return _lastSourceNumber;
    }

    private void WriteMatched(EntryWriter writer, int rule, SigmaRoute route, scoped in RecordEvent judged)
    {
        if (!_shared.Rules.RuleSet.Rules[rule].Reported)
        {
            writer.Int32(0);
            return;
        }

        ImmutableArray<MatchedField> matched = _session.MatchedFields(rule, route, in judged);
        int count = Math.Min(matched.Length, MaxMatched);
        writer.Int32(count);
        foreach (MatchedField field in matched.AsSpan(0, count))
        {
            writer.Text(field.Identifier);
            writer.Text(field.Field);
            writer.Text(Shorten(field.Value));
            writer.Text(Shorten(field.Test));
        }
    }

    // The values by which correlations group and count, for the rules that one of them needs.
    private void WriteCaptured(EntryWriter writer, int rule, SigmaRoute route, scoped in RecordEvent judged)
    {
        if (!_shared.Correlator.IsNeeded(rule))
        {
            writer.Int32(0);
            return;
        }

        ImmutableArray<string> fields = _shared.Correlator.FieldsNeeded(rule);
        writer.Int32(fields.Length);
        foreach (string field in fields)
        {
            writer.Text(_shared.Rules.Engine.FieldText(rule, route, in judged, field));
        }
    }

    private void WriteClues(EntryWriter writer, scoped in EventView view)
    {
        view.ReadClues(_clues);
        int count = Math.Min(_clues.Count, Finding.MaxClues);
        writer.Int32(count);
        for (int i = 0; i < count; i++)
        {
            writer.Clue(_clues.KindOf(i), _clues.NameOf(i), _clues.KeyOf(i));
        }
    }

    private static string Shorten(string value)
    {
        if (value.Length <= MatchedValue.MaxLength)
        {
            return value;
        }

        int cut = char.IsHighSurrogate(value[MatchedValue.MaxLength - 1]) ? MatchedValue.MaxLength - 1 : MatchedValue.MaxLength;
        return string.Create(CultureInfo.InvariantCulture, $"{value.AsSpan(0, cut)}... [{value.Length - cut} more characters]");
    }
}
