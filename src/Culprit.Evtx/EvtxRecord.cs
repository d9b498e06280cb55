namespace Culprit.Evtx;

/// <summary>A record as a view over its chunk's bytes; valid inside the visitor's call only.</summary>
public readonly ref partial struct EvtxRecord
{
}

/// <summary>Receives the records of a chunk, one at a time.</summary>
public interface IEvtxVisitor
{
    /// <summary>Called for each good record, in the order of the chunk.</summary>
    void Visit(scoped in EvtxRecord record);
}
