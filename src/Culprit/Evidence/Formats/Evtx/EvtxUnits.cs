using Culprit.Evidence.Reading;
using Culprit.Evtx;

namespace Culprit.Evidence.Formats.Evtx;

/// <summary>Cuts an event log into units of a few chunks.</summary>
internal static class EvtxUnits
{
    private const int ChunksPerUnit = 4;
    private const int UnitSize = ChunksPerUnit * EvtxFormat.ChunkSize;

    /// <summary>The units of a source. Space that the log has not used is read but holds nothing.</summary>
    public static IEnumerable<WorkUnit> Read(SourceStream stream, SourceState state, EvidenceRun run)
    {
        var reader = new EvtxStreamReader(stream);
        bool hasChunk = false;
        bool more = true;
        while (more)
        {
            WorkUnit unit = run.Units.Rent(state, UnitKind.Evtx, UnitSize);
            more = Fill(unit, reader, ref hasChunk);
            if (unit.Pieces.Count > 0)
            {
                yield return unit;
            }
            else
            {
                run.Units.Return(unit);
            }
        }

        foreach (EvtxProblem problem in reader.Problems)
        {
            state.AddProblem(problem.Offset, problem.Message);
        }

        if (!hasChunk && !stream.Failed)
        {
            state.AddProblem(0, "the file starts like an event log, but no chunk of one is in it");
        }
    }

    private static bool Fill(WorkUnit unit, EvtxStreamReader reader, ref bool hasChunk)
    {
        int used = 0;
        while (unit.Pieces.Count < ChunksPerUnit && used + EvtxFormat.ChunkSize <= UnitSize)
        {
            if (!reader.TryReadUnit(unit.Buffer.AsSpan(used), out EvtxUnit part))
            {
                unit.Length = used;
                return false;
            }

            if (part.Kind is EvtxUnitKind.Chunk or EvtxUnitKind.Damaged)
            {
                hasChunk |= part.Kind == EvtxUnitKind.Chunk;
                if (unit.Pieces.Count == 0)
                {
                    unit.Offset = part.Offset;
                }

                unit.Pieces.Add(new Piece(used, part.Length, part.Offset, part.Kind == EvtxUnitKind.Damaged));
                used += part.Length;
            }
        }

        unit.Length = used;
        return true;
    }
}
