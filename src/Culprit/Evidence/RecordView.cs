using System.Globalization;
using System.Text.Json;
using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Formats;
using Culprit.Evtx;
using Culprit.Primitives;

namespace Culprit.Evidence;

/// <summary>Whether a record has a field.</summary>
public enum FieldPresence
{
    /// <summary>The record does not have it.</summary>
    Absent,

    /// <summary>The record has it as null.</summary>
    Null,

    /// <summary>The record has it with a value, which may be empty.</summary>
    Present,
}

/// <summary>A record as a view over its source's bytes; valid only inside <see cref="IRecordSink.Accept"/>.</summary>
public readonly ref struct RecordView
{
    private readonly EvtxRecord _evtx;
    private readonly EvtxTextBuffer? _buffer;
    private readonly TextRecord? _text;

    internal RecordView(EvidenceSource source, TextRecord text, long offset, int length, long recordId, EventTime time)
    {
        Source = source;
        Layout = text.Layout;
        Offset = offset;
        Length = length;
        RecordId = recordId;
        Time = time;
        _text = text;
    }

    internal RecordView(
        EvidenceSource source, RecordLayout layout, scoped in EvtxRecord record, EvtxTextBuffer buffer, EventTime time)
    {
        Source = source;
        Layout = layout;
        Offset = record.Offset;
        Length = record.Length;
        RecordId = record.RecordId <= long.MaxValue ? (long)record.RecordId : -1;
        Recovered = record.IsSlack;
        Time = time;
        _evtx = record;
        _buffer = buffer;
    }

    /// <summary>The record's fields.</summary>
    public RecordLayout Layout { get; }

    /// <summary>Where it was read from.</summary>
    public EvidenceSource Source { get; }

    /// <summary>Where in the source (of an archive's entry: in the unpacked bytes) it starts.</summary>
    public long Offset { get; }

    /// <summary>Its length in the source, in bytes.</summary>
    public int Length { get; }

    /// <summary>Its number in the source: the event record id, or a text log's line number; -1 where it has none.</summary>
    public long RecordId { get; }

    /// <summary>Whether it was recovered: where the log is damaged, or from space that it no longer uses.</summary>
    public bool Recovered { get; }

    /// <summary>When it happened, as far as the record tells.</summary>
    public EventTime Time { get; }

    /// <summary>Whether the record has a field.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    public FieldPresence PresenceOf(int field) => _text is not null ? _text.PresenceOf(field)
        : _evtx.IsPresent(field) ? FieldPresence.Present : FieldPresence.Absent;

    /// <summary>Whether the field's values are text in the source itself, rather than computed from numbers, times, identifiers or bytes.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    public bool IsText(int field) => _text is not null || _evtx.IsText(field);

    /// <summary>A value of a field as text, valid as long as the view is.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    /// <param name="index">Which of its values; most fields have one.</param>
    /// <param name="text">The value.</param>
    /// <returns>False past the last value, and for a field that is absent or null.</returns>
    public bool TryGetText(int field, int index, out ReadOnlySpan<char> text) => _text is not null
        ? _text.TryGetText(field, index, out text)
        : _evtx.TryGetText(field, index, _buffer!, out text);

    /// <summary>Writes the whole record as one JSON value: a Windows event in the shape of evtx_dump, a request as one flat object.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        if (_text is null)
        {
            _evtx.WriteJson(writer);
        }
        else
        {
            TextRecordWriter.WriteJson(in this, writer);
        }
    }

    /// <summary>Writes the whole record as XML: a Windows event as the event viewer shows it, a request with one <c>Data</c> element for each field.</summary>
    public void WriteXml(TextWriter writer)
    {
        if (_text is null)
        {
            _evtx.WriteXml(writer);
        }
        else
        {
            TextRecordWriter.WriteXml(in this, writer);
        }
    }

    /// <summary>The only value of a field as a number that is not negative: an integer, or its text in decimal or after 0x.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    /// <param name="value">The number.</param>
    internal bool TryGetUInt64(int field, out ulong value)
    {
        if (_text is null)
        {
            return _evtx.TryGetUInt64(field, out value);
        }

        value = 0;
        return _text.TryGetText(field, 0, out ReadOnlySpan<char> text)
            && (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value));
    }
}

/// <summary>Receives records. One sink serves one worker thread; it is never called from two at a time.</summary>
public interface IRecordSink
{
    /// <summary>Called for each good record of the work unit.</summary>
    void Accept(scoped in RecordView record);
}
