using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings.Store;
using Culprit.Knowledge;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>What the sinks of a run share; all of it may be used from several threads.</summary>
internal sealed record SinkShared(
    RuleCatalog Rules, IndicatorRules ByRank, SigmaCorrelator Correlator, TimeRange Range, RouteTable Routes, SourceTable Sources, ExplainedFindings Explained);

/// <summary>Judges the records of one thread. A record that matches nothing allocates nothing.</summary>
internal sealed class FindingSink : IRecordSink
{
    // A rule of many alternatives may be satisfied by very many of them; the first say enough.
    private const int MaxMatched = 64;

    private readonly SinkShared _shared;
    private readonly FindingStore.Shard _shard;
    private readonly SigmaSession _session;
    private readonly IndicatorJudge? _indicators;
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
        _indicators = shared.Rules.Indicators.Count == 0 ? null : new IndicatorJudge(shared.Rules.Indicators);
    }

    /// <summary>How many records were not judged because of their time.</summary>
    public long OutsideTimeRange { get; private set; }

    /// <summary>How many records hold more indicators than are looked at in one.</summary>
    public long WithMoreIndicators { get; private set; }

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

        if (_indicators is not null && _indicators.Judge(in record) is { IsEmpty: false } hits)
        {
            WithMoreIndicators += _indicators.HadMore ? 1 : 0;
            KeepIndicators(in view, in record, route, hits);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepIndicators(scoped in EventView view, scoped in RecordView record, SigmaRoute route, ReadOnlySpan<IndicatorHit> hits)
    {
        UInt128 identity = view.Identity;
        int source = SourceNumber(record.Source);
        for (int i = 0; i < hits.Length; i++)
        {
            RuleInfo info = _shared.ByRank.Of(hits[i], record.Time);
            if (info.Level < _shared.Rules.MinimumLevel || IsAmong(hits[i].Index, hits[..i]))
            {
                continue;
            }

            bool detailed = _shared.Explained.IsFirst(identity, info.Rank);
            EntryWriter writer = _shard.Begin();
            writer.Key(
                new EntryKey(record.Time, info.Rank, view.Host, route.Channel, view.RecordId, identity, source, record.Offset, record.Length, record.Recovered),
                detailed);
            if (detailed)
            {
                writer.Text(view.Account);
                writer.Text(route.Provider);
                writer.Int32(route.EventId);
                WriteHits(writer, info, in record, hits[i..]);
                writer.Int32(0);
                WriteClues(writer, in view);
            }

            _shard.End();
        }
    }

    private static bool IsAmong(int indicator, ReadOnlySpan<IndicatorHit> hits)
    {
        foreach (IndicatorHit hit in hits)
        {
            if (hit.Index == indicator)
            {
                return true;
            }
        }

        return false;
    }

    // The fields that hold the indicator of the first hit.
    private static void WriteHits(EntryWriter writer, RuleInfo info, scoped in RecordView record, ReadOnlySpan<IndicatorHit> hits)
    {
        int count = 0;
        foreach (IndicatorHit hit in hits)
        {
            count += hit.Index == hits[0].Index ? 1 : 0;
        }

        writer.Int32(count);
        foreach (IndicatorHit hit in hits)
        {
            if (hit.Index == hits[0].Index)
            {
                writer.Text("indicator");
                writer.Text(record.Layout.FieldNames[hit.Field]);
                writer.Text(Around(in record, hit));
                writer.Text($"holds the {IndicatorWords.Of(info.Indicator!.Kind)} '{info.Indicator.Value}'");
            }
        }
    }

    // The value, or of a long one what stands around the indicator.
    private static string Around(scoped in RecordView record, IndicatorHit hit)
    {
        const int before = 512;
        return record.TryGetText(hit.Field, hit.Value, out ReadOnlySpan<char> text)
            ? QuotedText.Of(text, text.Length <= MatchedValue.MaxLength ? 0 : Math.Max(0, hit.Start - before))
            : "";
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
            writer.Text(QuotedText.Of(field.Value));
            writer.Text(QuotedText.Of(field.Test));
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
}
