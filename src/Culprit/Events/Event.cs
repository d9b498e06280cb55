using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Events;

/// <summary>Where in the evidence an event stands, so that a second person can look.</summary>
/// <param name="Source">The file, or the entry of an archive.</param>
/// <param name="Offset">Where in the source (of an archive's entry: in the unpacked bytes) it starts.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="RecordId">Its number in the source; -1 where it has none.</param>
public readonly record struct EvidencePlace(EvidenceSource Source, long Offset, int Length, long RecordId);

/// <summary>A value of an event.</summary>
/// <param name="Name">The field's name. It repeats where a field has several values.</param>
/// <param name="Value">The value; null where the record says null.</param>
public readonly record struct EventField(string Name, string? Value);

/// <summary>An event that is kept: a copy of what one record says.</summary>
public sealed record Event
{
    /// <summary>What the record is.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>Where it comes from.</summary>
    public required EventRoute Route { get; init; }

    /// <summary>When it happened.</summary>
    public required EventTime Time { get; init; }

    /// <summary>The host that the record names; empty where it names none.</summary>
    public required string Host { get; init; }

    /// <summary>The account that acted, or that logged on; see <see cref="EventView.Account"/>. Empty where there is none.</summary>
    public required string Account { get; init; }

    /// <summary>Its number where it was first recorded (<c>EventRecordID</c>), or its line; -1 where it has none.</summary>
    public required long RecordId { get; init; }

    /// <summary>The values, in the record's order; absent fields are left out.</summary>
    public required ImmutableArray<EventField> Fields { get; init; }

    /// <summary>Where it was found.</summary>
    public required EvidencePlace Place { get; init; }

    /// <summary>Whether it was recovered: where the log is damaged, or from space that it no longer uses.</summary>
    public required bool Recovered { get; init; }

    /// <summary>
    /// Equal for copies of one record, wherever they were found: in a second copy of the log, in a shadow copy, or
    /// forwarded to another machine. It is made (SHA-256, cut to 128 bits) of host, channel, provider, event id, record
    /// id, time and the event's own data. A record without a number of its own counts as a copy only at the same offset.
    /// </summary>
    public required UInt128 Identity { get; init; }
}
