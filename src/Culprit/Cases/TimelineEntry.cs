using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Cases;

/// <summary>One line of a case's timeline: an event of an incident, or a finding that stands for its record. It holds text from evidence.</summary>
public sealed record TimelineEntry
{
    /// <summary>When it happened.</summary>
    public required EventTime Time { get; init; }

    /// <summary>The host that the record names; empty where it names none.</summary>
    public required string Host { get; init; }

    /// <summary>The same host under the one name by which its incident's story tells it; see <see cref="IncidentEvent.Machine"/>.</summary>
    public string Machine { get => field.Length > 0 ? field : Host; init; } = "";

    /// <summary>The account that acted, or that logged on; empty where there is none.</summary>
    public required string Account { get; init; }

    /// <summary>The gravest level of the rules that found it; null where none did.</summary>
    public required FindingLevel? Level { get; init; }

    /// <summary>The rules that found it, gravest first; empty for an event around findings.</summary>
    public required ImmutableArray<TimelineRule> Rules { get; init; }

    /// <summary>ATT&amp;CK tactics as ATT&amp;CK's URLs spell them, in the order of ATT&amp;CK's matrix.</summary>
    public required ImmutableArray<string> Tactics { get; init; }

    /// <summary>ATT&amp;CK techniques, sorted.</summary>
    public required ImmutableArray<string> Techniques { get; init; }

    /// <summary>What happened, in one line.</summary>
    public required string Message { get; init; }

    /// <summary>Why it belongs to its incident, as a sentence; empty for a finding.</summary>
    public required string Why { get; init; }

    /// <summary>The number of the incident; 0 where it is in none.</summary>
    public required int Incident { get; init; }

    /// <summary>The number of the event within the incident; -1 for a finding.</summary>
    public required int Event { get; init; }

    /// <summary>The numbers of the findings, 1 for the first of the case.</summary>
    public required ImmutableArray<long> Findings { get; init; }

    /// <summary>The Windows channel; empty otherwise.</summary>
    public required string Channel { get; init; }

    /// <summary>The Windows provider; empty otherwise.</summary>
    public required string Provider { get; init; }

    /// <summary>The Windows event id; 0 otherwise.</summary>
    public required int EventId { get; init; }

    /// <summary>The record's number in its log, or its line; -1 where it has none.</summary>
    public required long RecordId { get; init; }

    /// <summary>Whether the record was recovered from damaged or unused space.</summary>
    public required bool Recovered { get; init; }

    /// <summary>Where the record stands: its first copy.</summary>
    public required CitedPlace Place { get; init; }

    /// <summary>How many copies of the record there are.</summary>
    public required long PlaceCount { get; init; }

    /// <summary>Equal for copies of one record, 32 hexadecimal digits; empty for a finding.</summary>
    public required string Identity { get; init; }

    /// <summary>Tags that people gave the event, oldest first.</summary>
    public required ImmutableArray<string> Tags { get; init; }
}

/// <summary>A rule of a line of a timeline.</summary>
/// <param name="Id">Its id; empty where it has none.</param>
/// <param name="Title">Its title.</param>
/// <param name="Level">Its level.</param>
public sealed record TimelineRule(string Id, string Title, FindingLevel Level);
