using Culprit.Evidence.Formats;

namespace Culprit.Evidence.Reading;

/// <summary>Where parsers put what they find: counts it, and hands the records to the worker's sink.</summary>
internal sealed class UnitOutput(IRecordSink sink, UnitTally tally)
{
    public UnitTally Tally { get; } = tally;

    /// <summary>Whether the sink is at work, so that its faults are told from a parser's.</summary>
    public bool InSink { get; private set; }

    /// <summary>Hands a good record on.</summary>
    public void Accept(scoped in RecordView record)
    {
        Tally.Count(in record);
        InSink = true;
        sink.Accept(in record);
        InSink = false;
    }
}

/// <summary>Reads units until there are none. One thread.</summary>
internal sealed class Worker
{
    private readonly EvidenceRun _run;
    private readonly UnitTally _tally;
    private readonly UnitOutput _output;
    private readonly UnitParsers _parsers;

    public Worker(EvidenceRun run, IRecordSink sink)
    {
        _run = run;
        _tally = new UnitTally(run.Options);
        _output = new UnitOutput(sink, _tally);
        _parsers = new UnitParsers(run.Layouts, run.Options);
    }

    /// <summary>Works until nothing is left. A fault ends the whole run, which tells it.</summary>
    public void Work()
    {
        try
        {
            EvidenceRun.Root? root = null;
            while (_run.TryNext(ref root, out WorkUnit unit))
            {
                Parse(unit);
                _run.Units.Return(unit);
            }
        }
        catch (Exception e)
        {
            _run.Fail(e);
        }
    }

    private void Parse(WorkUnit unit)
    {
        _tally.Clear();
        try
        {
            _parsers.Parse(unit, _output);
        }
        catch (Exception e) when (!_output.InSink)
        {
            // Evidence that finds a fault in a parser costs the unit, which is told, and not the run.
            _tally.CountBad(unit.Offset, $"the rest of this stretch of {unit.Length} bytes is not read: {ReadFault.Describe(e)}");
        }

        unit.State.Merge(_tally);
        _run.CountRecords(_tally.Good + _tally.Recovered);
    }
}
