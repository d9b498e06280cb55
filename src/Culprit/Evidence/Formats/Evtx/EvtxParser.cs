using Culprit.Evidence.Reading;
using Culprit.Evtx;
using Culprit.Primitives;

namespace Culprit.Evidence.Formats.Evtx;

/// <summary>Reads event log chunks. One parser serves one thread.</summary>
internal sealed class EvtxParser(EvtxLayoutCache layouts, EvidenceOptions options)
{
    private const int MaxLayouts = 16 * 1024;

    private readonly EvtxChunkReader _reader = new(layouts, new EvtxOptions { IncludeSlack = options.IncludeSlack });
    private readonly Dictionary<EvtxLayout, RecordLayout> _known = new(ReferenceEqualityComparer.Instance);
    private readonly RecordFrame _frame = new();
    private readonly List<EvtxProblem> _problems = [];
    private EvtxLayout? _lastKey;
    private RecordLayout _last = null!;

    /// <summary>Reads a unit whose pieces are chunks.</summary>
    public void Parse(WorkUnit unit, UnitOutput output)
    {
        var visitor = new Visitor(this, unit.State.Source, output);
        foreach (Piece piece in unit.Pieces)
        {
            _problems.Clear();
            EvtxChunkResult result = _reader.Read(unit.Bytes.Slice(piece.Start, piece.Length), piece.Offset, ref visitor, _problems);
            output.Tally.CountBad(result.Bad);
            foreach (EvtxProblem problem in _problems)
            {
                output.Tally.AddProblem(problem.Offset, problem.Message);
            }

            if (piece.IsDamaged && result.Good + result.Slack == 0)
            {
                output.Tally.CountLost(piece.Length);
            }
        }
    }

    private RecordLayout LayoutOf(EvtxLayout layout)
    {
        if (ReferenceEquals(layout, _lastKey))
        {
            return _last;
        }

        if (!_known.TryGetValue(layout, out RecordLayout? known))
        {
            if (_known.Count >= MaxLayouts)
            {
                _known.Clear();
            }

            known = new RecordLayout(
                RecordKind.WindowsEvent,
                "",
                [.. layout.Fields.Select(static f => f.Name)],
                [.. layout.Fields.Select(static f => f.Origin is EvtxFieldOrigin.EventData or EvtxFieldOrigin.UserData)]);
            _known.Add(layout, known);
        }

        _lastKey = layout;
        _last = known;
        return known;
    }

    // The event's own time; where it has none, when the log wrote it.
    private static EventTime TimeOf(scoped in EvtxRecord record, int field)
    {
        const long FileTimeEpoch = 504911232000000000;
        const long Last = 3155378975999999999 - FileTimeEpoch;
        if (field < 0 || !record.TryGetFileTime(field, out long time) || time <= 0)
        {
            time = record.WrittenFileTime;
        }

        return time is > 0 and <= Last ? new EventTime(time + FileTimeEpoch, TimeCertainty.Exact) : EventTime.Unknown;
    }

    private readonly struct Visitor(EvtxParser parser, EvidenceSource source, UnitOutput output) : IEvtxVisitor
    {
        public void Visit(scoped in EvtxRecord record)
        {
            RecordLayout layout = parser.LayoutOf(record.Layout);
            RecordView view = parser._frame.View(source, layout, record, TimeOf(in record, layout.TimeField));
            output.Accept(in view);
        }
    }
}
