using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Incidents;

/// <summary>An event of an incident: one that a rule found, or one around it that belongs to it. Plain data, so that a case can keep it.</summary>
public sealed record IncidentEvent
{
    /// <summary>Its position among the incident's events, 0 for the first; statements cite it by this number.</summary>
    public required int Number { get; init; }

    /// <summary>What the record is.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required EventTime Time { get; init; }

    /// <summary>The host that the record names; empty where it names none.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// The same host under the one name by which the story tells it, where records name it in several ways; where the record names none, the
    /// log that it stands in (<c>the web server of logs/access.log</c>).
    /// </summary>
    public string Machine { get => field.Length > 0 ? field : Host; init; } = "";

    /// <summary>The account that acted, or that logged on; empty where there is none.</summary>
    public required string Account { get; init; }

    /// <summary>The Windows channel; empty otherwise.</summary>
    public required string Channel { get; init; }

    /// <summary>The Windows provider; empty otherwise.</summary>
    public required string Provider { get; init; }

    /// <summary>The Windows event id; 0 otherwise.</summary>
    public required int EventId { get; init; }

    /// <summary>The record's number in its log, or its line; -1 where it has none.</summary>
    public required long RecordId { get; init; }

    /// <summary>Whether it was recovered from damaged or unused space.</summary>
    public required bool Recovered { get; init; }

    /// <summary>The record's values, in its order.</summary>
    public required ImmutableArray<EventField> Fields { get; init; }

    /// <summary>Where the record stands: each copy, by path and offset; at least one.</summary>
    public required ImmutableArray<CitedPlace> Places { get; init; }

    /// <summary>Equal for copies of one record, 32 lower-case hexadecimal digits; see <see cref="Event.Identity"/>.</summary>
    public required string Identity { get; init; }

    /// <summary>The findings that rest on it, by the positions that <see cref="Incident.Findings"/> gives; empty for an event around them.</summary>
    public required ImmutableArray<int> Findings { get; init; }

    /// <summary>The titles of the rules that found it; empty for an event around findings.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>The gravest level of those rules; null where there is none.</summary>
    public required FindingLevel? Level { get; init; }

    /// <summary>The ATT&amp;CK techniques that it shows, by its rules and by what it is.</summary>
    public required ImmutableArray<EventTechnique> Techniques { get; init; }

    /// <summary>Why it belongs to the incident, as a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>What happened, in one line of plain words. Holds text from evidence.</summary>
    public required string Summary { get; init; }

    /// <summary>The first value of a field; empty where the record does not have it.</summary>
    public string Value(string field)
    {
        foreach (EventField own in Fields)
        {
            if (own.Name == field)
            {
                return own.Value ?? "";
            }
        }

        return "";
    }
}

/// <summary>A technique that an event shows.</summary>
/// <param name="Tactic">The tactic, as ATT&amp;CK's URLs spell it; empty where only the technique is known.</param>
/// <param name="Technique">The technique's identifier; empty where only the tactic is known.</param>
/// <param name="Basis">The title of the rule that says so; empty where the kind of event does.</param>
public sealed record EventTechnique(string Tactic, string Technique, string Basis);

/// <summary>Where a record stands in the evidence, as plain data.</summary>
/// <param name="Path">The source as it was given or found; of an archive's entry <c>archive!/entry</c>.</param>
/// <param name="Sha256">The SHA-256 of the source's bytes (of an entry: unpacked), in lower-case hexadecimal; empty where it was not read whole.</param>
/// <param name="Offset">Where in the source the record starts, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="RecordId">Its number where it was first recorded (<c>EventRecordID</c>), or its line, as places of findings have it; -1 where it has none.</param>
public sealed record CitedPlace(string Path, string Sha256, long Offset, int Length, long RecordId);
