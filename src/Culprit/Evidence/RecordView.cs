using Culprit.Primitives;

namespace Culprit.Evidence;

/// <summary>What kind of thing a record is; decides how Events reads its header fields.</summary>
public enum RecordKind
{
    /// <summary>A Windows event, whatever file format it came in. Field names are those of the EVTX reader.</summary>
    WindowsEvent,

    /// <summary>A request in a web server's access log. Field names are those of IIS W3C, as Sigma's taxonomy asks.</summary>
    WebRequest,
}

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

/// <summary>The names of a record's fields, in order. Records of one shape share one instance.</summary>
/// <param name="kind">What the records are.</param>
/// <param name="service">Sigma's service, where the format tells (<c>iis</c>, <c>apache</c>, <c>nginx</c>); empty otherwise.</param>
/// <param name="fieldNames">The names; they may repeat.</param>
public sealed class RecordLayout(RecordKind kind, string service, IReadOnlyList<string> fieldNames)
{
    /// <summary>What the records are.</summary>
    public RecordKind Kind { get; } = kind;

    /// <summary>Sigma's service, where the format tells; empty otherwise.</summary>
    public string Service { get; } = service;

    /// <summary>The names; they may repeat.</summary>
    public IReadOnlyList<string> FieldNames { get; } = fieldNames;

    /// <summary>The position of the first field of this name, or -1. Compared ordinally.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < FieldNames.Count; i++)
        {
            if (string.Equals(FieldNames[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A record as a view over its source's bytes; valid only inside <see cref="IRecordSink.Accept"/>.</summary>
public readonly ref partial struct RecordView
{
}

/// <summary>Receives records. One sink serves one worker thread; it is never called from two at a time.</summary>
public interface IRecordSink
{
    /// <summary>Called for each good record of the work unit.</summary>
    void Accept(scoped in RecordView record);
}
