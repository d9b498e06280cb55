namespace Culprit.Evtx.BinXml;

/// <summary>What a record's header says, and where the record stands.</summary>
internal readonly record struct RecordPlace(ulong RecordId, long WrittenFileTime, long Offset, int Length, bool IsSlack);
