namespace Culprit.Evtx.Tests;

/// <summary>Reads whole files, as an evidence reader does.</summary>
internal static class EvtxFiles
{
    public static EvtxChunkResult Read(string path, IEvtxVisitor visitor, EvtxOptions options, List<EvtxProblem> problems)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, visitor, options, problems);
    }

    public static EvtxChunkResult Read(Stream stream, IEvtxVisitor visitor, EvtxOptions options, List<EvtxProblem> problems)
    {
        var chunks = new EvtxChunkReader(new EvtxLayoutCache(), options);
        var units = new EvtxStreamReader(stream);
        byte[] buffer = new byte[EvtxFormat.ChunkSize];
        var total = default(EvtxChunkResult);
        while (units.TryReadUnit(buffer, out EvtxUnit unit))
        {
            if (unit.Kind is EvtxUnitKind.Chunk or EvtxUnitKind.Damaged)
            {
                EvtxChunkResult one = chunks.Read(buffer.AsSpan(0, unit.Length), unit.Offset, visitor, problems);
                total = new EvtxChunkResult(total.Good + one.Good, total.Bad + one.Bad, total.Slack + one.Slack);
            }
        }

        problems.AddRange(units.Problems);
        return total;
    }
}
