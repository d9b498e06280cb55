namespace Culprit.Evidence;

/// <summary>What kind of thing a record is; decides how Events reads its header fields.</summary>
public enum RecordKind
{
    /// <summary>A Windows event, whatever file format it came in. Field names are those of the EVTX reader.</summary>
    WindowsEvent,

    /// <summary>A request in a web server's access log. Field names are those of IIS W3C, as Sigma's taxonomy asks.</summary>
    WebRequest,
}

/// <summary>The names of a record's fields, in order. Records of one shape share one instance.</summary>
/// <remarks>
/// How many layouts a run makes is bounded only by its input: text formats start afresh after some thousands, so a
/// cache that is keyed by layout must be able to forget.
/// </remarks>
public sealed class RecordLayout
{
    private static readonly string[] WindowsHostFields = ["Computer"];
    private static readonly string[] WebHostFields = ["s-computername", "s-ip", "cs-host"];
    private readonly bool[]? _isContent;

    /// <summary>A layout of which every field that is not a header field is content.</summary>
    /// <param name="kind">What the records are.</param>
    /// <param name="service">Sigma's service, where the format tells (<c>iis</c>, <c>apache</c>, <c>nginx</c>); empty otherwise.</param>
    /// <param name="fieldNames">The names; they may repeat.</param>
    public RecordLayout(RecordKind kind, string service, IReadOnlyList<string> fieldNames)
        : this(kind, service, fieldNames, isContent: null)
    {
    }

    /// <summary>A layout that tells content from header and rendering.</summary>
    /// <param name="kind">What the records are.</param>
    /// <param name="service">Sigma's service, where the format tells; empty otherwise.</param>
    /// <param name="fieldNames">The names; they may repeat.</param>
    /// <param name="isContent">For each field whether it is the event's own data rather than header or rendering.</param>
    /// <param name="renderings">The fields that hold the event's text where it has no data of its own; null for none.</param>
    internal RecordLayout(RecordKind kind, string service, IReadOnlyList<string> fieldNames, bool[]? isContent, int[]? renderings = null)
    {
        Renderings = renderings ?? [];
        Kind = kind;
        Service = service;
        FieldNames = fieldNames;
        _isContent = isContent;
        HostFields = [.. (kind == RecordKind.WindowsEvent ? WindowsHostFields : WebHostFields)
            .Select(IndexOf).Where(i => i >= 0)];
        ChannelField = IndexOf("Channel");
        ProviderField = IndexOf("Provider_Name");
        EventIdField = IndexOf("EventID");
        RecordIdField = IndexOf("EventRecordID");
        TimeField = IndexOf("TimeCreated");
    }

    /// <summary>What the records are.</summary>
    public RecordKind Kind { get; }

    /// <summary>Sigma's service, where the format tells; empty otherwise.</summary>
    public string Service { get; }

    /// <summary>The names; they may repeat.</summary>
    public IReadOnlyList<string> FieldNames { get; }

    /// <summary>The fields that name the host, best first.</summary>
    internal int[] HostFields { get; }

    internal int ChannelField { get; }

    internal int ProviderField { get; }

    internal int EventIdField { get; }

    internal int RecordIdField { get; }

    internal int TimeField { get; }

    /// <summary>The fields that are the event's own data, by name, so that the order of a shape plays no part.</summary>
    internal int[] ContentByName => field ??= [.. Enumerable.Range(0, FieldNames.Count)
        .Where(i => _isContent is null || _isContent[i])
        .OrderBy(i => FieldNames[i], StringComparer.Ordinal).ThenBy(static i => i)];

    /// <summary>The fields in which the event's text stands where it has no data of its own: the rendered message, values without names. Empty where it has.</summary>
    internal int[] Renderings { get; }

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
