using System.Text;
using System.Text.Json;
using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Reading;
using Culprit.Primitives;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>Reads Windows events in JSON, one object at a time. One parser serves one thread.</summary>
internal sealed class WindowsJsonParser(EvidenceOptions options)
{
    private const int MaxShapes = 4096;
    private const string ZoneFromReceipt =
        "local times without a zone: the zone is taken from the difference between EventReceivedTime and @timestamp";


    // A time of zero, as Windows counts, is none.
    private const long FileTimeZero = 504911232000000000;

    private const string NoZone = "times without a zone: taken as UTC";

    private readonly RecordFrame _frame = new();
    private readonly JsonPaths _paths = new();
    private readonly Dictionary<ulong, JsonShape> _shapes = [];
    private readonly JsonRecordReader _reader = new(options);
    private byte[] _recoded = [];

    /// <summary>Reads a unit of whole lines.</summary>
    public void ParseLines(WorkUnit unit, UnitOutput output)
    {
        var lines = new LineReader(unit);
        while (lines.MoveNext())
        {
            ReadOnlySpan<byte> line = lines.Line;
            ReadOnlySpan<byte> text = ToUtf8(line, unit.State.Encoding).Trim(" \t"u8);
            if (text.Length > 0)
            {
                Parse(text, unit, unit.Offset + lines.Start, line.Length, output);
            }
        }
    }

    /// <summary>Reads a unit whose pieces are objects.</summary>
    public void ParseObjects(WorkUnit unit, UnitOutput output)
    {
        foreach (Piece piece in unit.Pieces)
        {
            Parse(ToUtf8(unit.Bytes.Slice(piece.Start, piece.Length), unit.State.Encoding), unit, piece.Offset, piece.Length, output);
        }
    }

    private void Parse(ReadOnlySpan<byte> text, WorkUnit unit, long offset, int length, UnitOutput output)
    {
        if (text.Length > options.MaxRecordBytes)
        {
            output.Tally.CountBad(offset, $"an object of more than {options.MaxRecordBytes} bytes");
            return;
        }

        if (_paths.IsFull || _shapes.Count >= MaxShapes)
        {
            _paths.Clear();
            _shapes.Clear();
            _reader.Forget();
        }

        if (!_reader.TryRead(text, _paths, out string problem))
        {
            output.Tally.CountBad(offset, problem);
            return;
        }

        JsonShape shape = Shape();
        if (!shape.IsWindowsEvent)
        {
            output.Tally.CountBad(offset, "not a Windows event: no event id, or neither channel nor provider");
            return;
        }

        TextRecord record = _reader.Record;
        _reader.Arrange(shape);
        if (!shape.HasNamedData && (shape.HasPositions || HasTemplate(shape, record)))
        {
            output.Tally.CountNameless();
        }

        EventTime time = Time(shape, record, output.Tally);
        long recordId = shape.Layout.RecordIdField >= 0
            && record.TryGetText(shape.Layout.RecordIdField, 0, out ReadOnlySpan<char> id) && long.TryParse(id, out long number)
            ? number
            : -1;
        RecordView view = _frame.View(unit.State.Source, record, offset, length, recordId, time);
        output.Accept(in view);
    }

    // What Windows records with names, and an export without.
    private static bool HasTemplate(JsonShape shape, TextRecord record) =>
        shape.Layout.ProviderField >= 0 && record.TryGetText(shape.Layout.ProviderField, 0, out ReadOnlySpan<char> provider)
        && record.TryGetText(shape.Layout.EventIdField, 0, out ReadOnlySpan<char> id) && int.TryParse(id, out int eventId) && EventTemplates.Has(provider, eventId);

    private JsonShape Shape()
    {
        if (_shapes.TryGetValue(_reader.ShapeHash, out JsonShape? shape) && shape.Has(_reader.Paths))
        {
            return shape;
        }

        shape = new JsonShape(_reader.Paths, _paths);
        _shapes[_reader.ShapeHash] = shape;
        return shape;
    }

    private static EventTime Time(JsonShape shape, TextRecord record, UnitTally tally)
    {
        if (shape.Layout.TimeField >= 0 && record.TryGetText(shape.Layout.TimeField, 0, out ReadOnlySpan<char> text)
            && TimeText.TryParse(text, shape.TimeIsUtc, out EventTime time) && time.UtcTicks > FileTimeZero)
        {
            if (time.Certainty == TimeCertainty.ZoneAssumed)
            {
                tally.Assume(NoZone);
            }

            return time;
        }

        if (!TryTime(record, shape.LocalTimeField, out EventTime local))
        {
            return TryTime(record, shape.ReceivedField, out EventTime received) ? received : EventTime.Unknown;
        }

        if (local.Certainty == TimeCertainty.Exact)
        {
            return local;
        }

        if (TryTime(record, shape.LocalReceivedField, out EventTime localReceived)
            && TryTime(record, shape.ReceivedField, out EventTime utcReceived)
            && TryZone(utcReceived.UtcTicks - localReceived.UtcTicks, out long zone))
        {
            tally.Assume(ZoneFromReceipt);
            return new EventTime(local.UtcTicks + zone, TimeCertainty.ZoneAssumed);
        }

        tally.Assume(NoZone);
        return local;
    }

    private static bool TryTime(TextRecord record, int field, out EventTime time)
    {
        time = EventTime.Unknown;
        return field >= 0 && record.TryGetText(field, 0, out ReadOnlySpan<char> text)
            && TimeText.TryParse(text, utcByDefinition: false, out time);
    }

    // Zones are whole quarters of an hour; the collector may take a while to take an event in.
    private static bool TryZone(long difference, out long zone)
    {
        const long Quarter = 15 * TimeSpan.TicksPerMinute;
        const long Slack = 5 * TimeSpan.TicksPerMinute;
        zone = (long)Math.Floor((difference + (Quarter / 3.0)) / Quarter) * Quarter;
        return Math.Abs(difference - zone) <= Slack && Math.Abs(zone) <= 14 * TimeSpan.TicksPerHour;
    }

    private ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> text, TextEncoding encoding)
    {
        if (encoding == TextEncoding.Utf8)
        {
            return text;
        }

        int most = Encoding.UTF8.GetMaxByteCount(text.Length / 2);
        if (_recoded.Length < most)
        {
            _recoded = new byte[most];
        }

        TextRecord scratch = _reader.Record;
        scratch.Clear();
        int count = TextUnits.Decode(text, encoding, scratch, out int start);
        return _recoded.AsSpan(0, Encoding.UTF8.GetBytes(scratch.Text(start, count), _recoded));
    }
}
