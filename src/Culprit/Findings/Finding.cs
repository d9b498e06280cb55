using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Primitives;

namespace Culprit.Findings;

/// <summary>How grave a finding is, as its rule's author judged; Sigma's levels.</summary>
public enum FindingLevel
{
    /// <summary>Context for other findings; also a rule that gives no level.</summary>
    Informational,

    /// <summary>Notable, rarely an incident.</summary>
    Low,

    /// <summary>To be reviewed regularly.</summary>
    Medium,

    /// <summary>To be reviewed promptly.</summary>
    High,

    /// <summary>To be reviewed at once.</summary>
    Critical,
}

/// <summary>Something suspicious: one rule that one record (or, for a correlation, several) satisfies.</summary>
public sealed record Finding
{
    /// <summary>The rule.</summary>
    public required RuleInfo Rule { get; init; }

    /// <summary>When it was recorded; for a correlation, when the first of its events was.</summary>
    public required EventTime Time { get; init; }

    /// <summary>For a correlation, when the last of its events was recorded; otherwise the same as <see cref="Time"/>.</summary>
    public required EventTime LastTime { get; init; }

    /// <summary>The computer, as the record says; empty where it does not, or where a correlation spans several.</summary>
    public required string Host { get; init; }

    /// <summary>The account that acted; empty where the record names none.</summary>
    public required string Account { get; init; }

    /// <summary>The Windows channel; empty otherwise.</summary>
    public required string Channel { get; init; }

    /// <summary>The Windows provider; empty otherwise.</summary>
    public required string Provider { get; init; }

    /// <summary>The Windows event id; 0 otherwise.</summary>
    public required int EventId { get; init; }

    /// <summary>The record's number in its log; -1 where it has none.</summary>
    public required long RecordId { get; init; }

    /// <summary>Whether the only copies of the record lie in slack space.</summary>
    public bool Recovered { get; init; }

    /// <summary>The fields that satisfied the rule, and what was asked of them.</summary>
    public required ImmutableArray<MatchedValue> Matched { get; init; }

    /// <summary>What the record, or a correlation's records, may have in common with others; at most <see cref="MaxClues"/>.</summary>
    public ImmutableArray<EventClue> Clues { get; init; } = [];

    /// <summary>Where the record stands, by path and offset: each copy of it. At most <see cref="MaxPlaces"/> are kept.</summary>
    public required ImmutableArray<EvidencePlace> Places { get; init; }

    /// <summary>How many places there are.</summary>
    public required long PlaceCount { get; init; }

    /// <summary>For a correlation, the events that it rests on, by time, at most <see cref="MaxEvents"/>; otherwise empty.</summary>
    public ImmutableArray<CorrelatedEvent> Events { get; init; } = [];

    /// <summary>For a correlation, how many events it rests on.</summary>
    public long EventCount { get; init; }

    /// <summary>For a correlation, the fields by which events were grouped, with the values of this group.</summary>
    public ImmutableArray<MatchedValue> Group { get; init; } = [];

    /// <summary>How many places of one record are kept; <see cref="PlaceCount"/> stays exact beyond it.</summary>
    public const int MaxPlaces = 10_000;

    /// <summary>How many events of one correlation are kept; <see cref="EventCount"/> stays exact beyond it.</summary>
    public const int MaxEvents = 1_000;

    /// <summary>How many clues are kept.</summary>
    public const int MaxClues = 64;

    /// <summary>Whether it rests on several events.</summary>
    public bool IsCorrelation => EventCount > 0;
}

/// <summary>A field that satisfied a part of a rule.</summary>
/// <param name="Identifier">The part of the rule, by the name that the rule gives it.</param>
/// <param name="Field">The field, as the rule names it; empty where the rule looks at every field.</param>
/// <param name="Value">The record's value; cut past <see cref="MaxLength"/> characters, and then it says so.</param>
/// <param name="Test">What the rule asks, in words, such as <c>ends with '\rar.exe'</c>.</param>
public sealed record MatchedValue(string Identifier, string Field, string Value, string Test)
{
    /// <summary>The longest value that is kept whole, in characters. The record itself holds the rest.</summary>
    public const int MaxLength = 4096;
}

/// <summary>One of the events that a correlation rests on.</summary>
/// <param name="RuleId">The rule that the event satisfied.</param>
/// <param name="RuleTitle">Its title.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Host">The computer, as the record says.</param>
/// <param name="Account">The account that acted.</param>
/// <param name="RecordId">The record's number in its log; -1 where it has none.</param>
/// <param name="Place">The first of its places.</param>
public sealed record CorrelatedEvent(
    string RuleId, string RuleTitle, EventTime Time, string Host, string Account, long RecordId, EvidencePlace Place);
