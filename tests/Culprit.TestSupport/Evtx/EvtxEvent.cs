namespace Culprit.TestSupport.Evtx;

/// <summary>
/// An event as a publisher would log it. <see cref="EvtxWriter.Write(EvtxEvent)"/> gives it the System template with the
/// well-known order of substitutions and, nested in it, a template for its data, as Windows does.
/// </summary>
public sealed record EvtxEvent
{
    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's identifier; absent for classic sources.</summary>
    public Guid? ProviderGuid { get; init; }

    /// <summary>The classic source's name, where a manifest provider has one too (Service Control Manager).</summary>
    public string? EventSourceName { get; init; }

    /// <summary>Whether provider name and identifier stand in the template as text rather than in the values.</summary>
    public bool ProviderInTemplate { get; init; }

    /// <summary>The event identifier.</summary>
    public required ushort EventId { get; init; }

    /// <summary>The upper half of a classic event identifier.</summary>
    public ushort? Qualifiers { get; init; }

    /// <summary>The version of the event's definition.</summary>
    public byte Version { get; init; }

    /// <summary>0 log always, 1 critical, 2 error, 3 warning, 4 information, 5 verbose.</summary>
    public byte Level { get; init; } = 4;

    /// <summary>The task (Security: the audit subcategory).</summary>
    public ushort Task { get; init; }

    /// <summary>The opcode.</summary>
    public byte Opcode { get; init; }

    /// <summary>The keywords (Security: 0x8020000000000000 success, 0x8010000000000000 failure).</summary>
    public ulong Keywords { get; init; } = 0x8000000000000000;

    /// <summary>When it happened, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>When the event service wrote the record; null: the same.</summary>
    public DateTime? Written { get; init; }

    /// <summary>The record identifier; null: one more than the last.</summary>
    public ulong? RecordId { get; init; }

    /// <summary>The activity that the event belongs to.</summary>
    public Guid? ActivityId { get; init; }

    /// <summary>The related activity.</summary>
    public Guid? RelatedActivityId { get; init; }

    /// <summary>The process that logged the event.</summary>
    public uint ProcessId { get; init; }

    /// <summary>The thread that logged the event.</summary>
    public uint ThreadId { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The computer.</summary>
    public required string Computer { get; init; }

    /// <summary>The security identifier under which the event was logged; null leaves the attribute out.</summary>
    public string? UserSid { get; init; }

    /// <summary>EventData: names and values. A value without a name gives a <c>Data</c> element without one.</summary>
    public IReadOnlyList<(string Name, BinXmlValue Value)> Data { get; init; } = [];

    /// <summary>The <c>Name</c> attribute that some providers give EventData; null: none.</summary>
    public string? DataName { get; init; }

    /// <summary>The <c>Binary</c> element of a classic event.</summary>
    public byte[]? Binary { get; init; }

    /// <summary>UserData in the place of EventData.</summary>
    public EvtxUserData? UserData { get; init; }
}

/// <summary>The UserData of an event: one element with a namespace and a child element a value.</summary>
/// <param name="Element">The element's name.</param>
/// <param name="Namespace">Its default namespace.</param>
/// <param name="Data">Names and values of its children.</param>
public sealed record EvtxUserData(string Element, string Namespace, IReadOnlyList<(string Name, BinXmlValue Value)> Data);
