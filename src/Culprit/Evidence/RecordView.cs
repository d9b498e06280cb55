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

/// <summary>What a parser knows of the record at hand, besides its bytes. Used again for record after record; one thread.</summary>
internal sealed class RecordFrame
{
    public EvidenceSource Source { get; private set; } = null!;

    public RecordLayout Layout { get; private set; } = null!;

    public long Offset { get; private set; }

    public int Length { get; private set; }

    public long RecordId { get; private set; }

    public bool Recovered { get; private set; }

    public EventTime Time { get; private set; }

    /// <summary>Room for values of an event log's record that are not text.</summary>
    public EvtxTextBuffer Buffer { get; } = new();

    /// <summary>The record of a text log; null where it is an event log's.</summary>
    public TextRecord? Text { get; private set; }

    /// <summary>The view of a record of a text log.</summary>
    public RecordView View(EvidenceSource source, TextRecord text, long offset, int length, long recordId, EventTime time)
    {
        Source = source;
        Layout = text.Layout;
        Offset = offset;
        Length = length;
        RecordId = recordId;
        Recovered = false;
        Time = time;
        Text = text;
        return new RecordView(this, default);
    }

    /// <summary>The view of a record of an event log.</summary>
    public RecordView View(EvidenceSource source, RecordLayout layout, EvtxRecord record, EventTime time)
    {
        Source = source;
        Layout = layout;
        Offset = record.Offset;
        Length = record.Length;
        RecordId = record.RecordId <= long.MaxValue ? (long)record.RecordId : -1;
        Recovered = record.IsSlack;
        Time = time;
        Text = null;
        Buffer.Reset();
        return new RecordView(this, record);
    }
}

/// <summary>A record as a view over its source's bytes; valid only inside <see cref="IRecordSink.Accept"/>.</summary>
public readonly ref struct RecordView
{
    private readonly EvtxRecord _evtx;
    private readonly RecordFrame _frame;

    internal RecordView(RecordFrame frame, EvtxRecord record)
    {
        _frame = frame;
        _evtx = record;
    }

    /// <summary>The record's fields.</summary>
    public RecordLayout Layout => _frame.Layout;

    /// <summary>Where it was read from.</summary>
    public EvidenceSource Source => _frame.Source;

    /// <summary>Where in the source (of an archive's entry: in the unpacked bytes) it starts.</summary>
    public long Offset => _frame.Offset;

    /// <summary>Its length in the source, in bytes.</summary>
    public int Length => _frame.Length;

    /// <summary>Its number in the source: the event record id, or a text log's line number; -1 where it has none.</summary>
    public long RecordId => _frame.RecordId;

    /// <summary>Whether it was recovered: where the log is damaged, or from space that it no longer uses.</summary>
    public bool Recovered => _frame.Recovered;

    /// <summary>When it happened, as far as the record tells.</summary>
    public EventTime Time => _frame.Time;

    private TextRecord? Text => _frame.Text;

    /// <summary>Whether the record has a field.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    public FieldPresence PresenceOf(int field) => Text is { } text ? text.PresenceOf(field)
        : _evtx.IsPresent(field) ? FieldPresence.Present : FieldPresence.Absent;

    /// <summary>Whether the field's values are text in the source itself, rather than computed from numbers, times, identifiers or bytes.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    public bool IsText(int field) => Text is not null || _evtx.IsText(field);

    /// <summary>Whether the field's value is the same in every record of the layout.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    internal bool IsConstant(int field) => Text is null && _evtx.IsConstant(field);

    /// <summary>The record's bytes, if all its text that is not constant stands there as UTF-16LE, each value in one piece.</summary>
    internal bool TryGetRawText(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return Text is null && _evtx.TryGetRawText(out bytes);
    }

    /// <summary>A value of a field as text, valid as long as the view is.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    /// <param name="index">Which of its values; most fields have one.</param>
    /// <param name="text">The value.</param>
    /// <returns>False past the last value, and for a field that is absent or null.</returns>
    public bool TryGetText(int field, int index, out ReadOnlySpan<char> text) => Text is { } record
        ? record.TryGetText(field, index, out text)
        : _evtx.TryGetText(field, index, _frame.Buffer, out text);

    /// <summary>The value of a field that is a single text which stands in the record as it is; false for everything else, which <see cref="TryGetText"/> gives.</summary>
    /// <param name="field">Position in <see cref="RecordLayout.FieldNames"/>.</param>
    /// <param name="text">The value, valid as long as the view is.</param>
    internal bool TryGetPlainText(int field, out ReadOnlySpan<char> text)
    {
        text = default;
        return Text is null && _evtx.TryGetPlainText(field, out text);
    }

    /// <summary>Writes the whole record as one JSON value: a Windows event in the shape of evtx_dump, a request as one flat object.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        if (Text is null)
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
        if (Text is null)
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
        if (Text is null)
        {
            return _evtx.TryGetUInt64(field, out value);
        }

        value = 0;
        return Text.TryGetText(field, 0, out ReadOnlySpan<char> text)
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
