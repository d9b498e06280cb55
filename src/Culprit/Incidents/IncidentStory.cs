using System.Collections.Immutable;
using Culprit.Primitives;

namespace Culprit.Incidents;

/// <summary>
/// What happened in one incident, as far as its events say. Every sentence cites the events that carry it
/// (<see cref="IncidentEvent.Number"/>) or is marked as a judgement. Parts of which nothing is known are empty.
/// </summary>
public sealed record IncidentStory
{
    /// <summary>How it began and through what; at least one sentence, which says so where the evidence does not carry an answer.</summary>
    public required ImmutableArray<Statement> Entry { get; init; }

    /// <summary>The story in order of time, a few sentences for each phase.</summary>
    public required ImmutableArray<Statement> Told { get; init; }

    /// <summary>How each host came to be part of it, in the order in which they fell. The first is patient zero, as far as these logs tell.</summary>
    public required ImmutableArray<HostFall> HostsFallen { get; init; }

    /// <summary>How each account was used, in the order of their first use.</summary>
    public required ImmutableArray<AccountUse> AccountsUsed { get; init; }

    /// <summary>Movements from host to host, by time.</summary>
    public required ImmutableArray<Movement> Movements { get; init; }

    /// <summary>Process trees, each with its root first and children in order of time.</summary>
    public required ImmutableArray<ProcessTree> Processes { get; init; }

    /// <summary>Tools and malware that are named by what they did or are called.</summary>
    public required ImmutableArray<NamedTool> Tools { get; init; }

    /// <summary>Addresses and names outside of the network through which the intruder came or spoke to its tools.</summary>
    public required ImmutableArray<CommandChannel> Channels { get; init; }

    /// <summary>What was gathered, packed and taken, with bounds.</summary>
    public required ImmutableArray<TakenData> Taken { get; init; }

    /// <summary>What was hidden: logs cleared, gaps, changed times, files deleted.</summary>
    public required ImmutableArray<Statement> Hidden { get; init; }

    /// <summary>Whether the intruder came back, and when; at least one sentence.</summary>
    public required ImmutableArray<Statement> Returned { get; init; }

    /// <summary>What this evidence cannot tell, each with the log that would have told.</summary>
    public required ImmutableArray<Limit> Limits { get; init; }

    /// <summary>Explanations other than an intrusion, each weighed.</summary>
    public required ImmutableArray<BenignExplanation> Benign { get; init; }

    /// <summary>What can be looked for elsewhere: addresses, hashes, file names, accounts, services, tasks.</summary>
    public required ImmutableArray<IncidentIndicator> Indicators { get; init; }
}

/// <summary>A sentence. It holds text from evidence, which is hostile.</summary>
/// <param name="Text">The sentence, with its full stop.</param>
/// <param name="IsJudgement">Whether it says more than the cited events do.</param>
/// <param name="Events">The events that carry it, by number, in order of time.</param>
public sealed record Statement(string Text, bool IsJudgement, ImmutableArray<int> Events);

/// <summary>How a host became part of the incident.</summary>
/// <param name="Host">The host.</param>
/// <param name="First">The first sign on it.</param>
/// <param name="How">A sentence.</param>
public sealed record HostFall(string Host, EventTime First, Statement How);

/// <summary>How an account was used.</summary>
/// <param name="Account">The account, without its domain.</param>
/// <param name="First">Its first use.</param>
/// <param name="How">A sentence.</param>
public sealed record AccountUse(string Account, EventTime First, Statement How);

/// <summary>A movement from one host to another.</summary>
/// <param name="From">The host, or an address where the host is not known.</param>
/// <param name="To">The host.</param>
/// <param name="Account">The account that was used; empty where it is not known.</param>
/// <param name="Means">By what: <c>SMB</c>, <c>RDP</c>, <c>WinRM</c>, <c>WMI</c>, <c>service</c>, <c>scheduled task</c>, <c>web request</c>, <c>logon</c>.</param>
/// <param name="Time">The first time.</param>
/// <param name="Events">What says so: on both hosts where both have logs.</param>
public sealed record Movement(string From, string To, string Account, string Means, EventTime Time, ImmutableArray<int> Events);

/// <summary>A process and those that it started.</summary>
/// <param name="Host">Where it ran.</param>
/// <param name="Image">Its program, as the record writes it.</param>
/// <param name="CommandLine">Its command line; empty where no record has it.</param>
/// <param name="Account">Under which account; empty where not known.</param>
/// <param name="Time">When it started; unknown where only its children were recorded.</param>
/// <param name="Events">What says so.</param>
/// <param name="Children">The processes that it started, by time.</param>
public sealed record ProcessTree(
    string Host, string Image, string CommandLine, string Account, EventTime Time, ImmutableArray<int> Events, ImmutableArray<ProcessTree> Children);

/// <summary>A tool or malware.</summary>
/// <param name="Name">Its name in the field, such as <c>China Chopper</c> or <c>ProcDump</c>.</param>
/// <param name="Kind"><c>tool</c> or <c>malware</c>.</param>
/// <param name="Basis">A sentence: by what it is told.</param>
public sealed record NamedTool(string Name, string Kind, Statement Basis);

/// <summary>An address or name through which the intruder came or spoke to tools.</summary>
/// <param name="Value">The address or name.</param>
/// <param name="Role">A sentence: how it was used.</param>
/// <param name="First">First seen.</param>
/// <param name="Last">Last seen.</param>
public sealed record CommandChannel(string Value, Statement Role, EventTime First, EventTime Last);

/// <summary>How far data got.</summary>
public enum TakenState
{
    /// <summary>It was gathered or packed; nothing says that it left.</summary>
    Staged,

    /// <summary>It left the network, by what the logs say.</summary>
    Taken,
}

/// <summary>Data that was gathered or taken.</summary>
/// <param name="What">The file, archive or folder, as the records name it.</param>
/// <param name="Host">Where it was, or through which host it left.</param>
/// <param name="State">How far it got.</param>
/// <param name="Time">When.</param>
/// <param name="AtLeastBytes">What certainly left or was packed, in bytes; null where no record tells.</param>
/// <param name="AtMostBytes">What can have left at most, in bytes; null where no record bounds it.</param>
/// <param name="How">A sentence.</param>
public sealed record TakenData(
    string What, string Host, TakenState State, EventTime Time, long? AtLeastBytes, long? AtMostBytes, Statement How);

/// <summary>Something that this evidence cannot tell.</summary>
/// <param name="Question">What stays open, as a sentence.</param>
/// <param name="WouldHaveTold">The log or record that would have told, as a sentence.</param>
public sealed record Limit(string Question, string WouldHaveTold);

/// <summary>An explanation other than an intrusion.</summary>
/// <param name="Explanation">Such as <c>An administrator at work</c>.</param>
/// <param name="For">What speaks for it.</param>
/// <param name="Against">What speaks against it.</param>
/// <param name="Verdict">A judgement in one sentence.</param>
public sealed record BenignExplanation(string Explanation, ImmutableArray<Statement> For, ImmutableArray<Statement> Against, Statement Verdict);

/// <summary>Something that can be looked for in other logs and other networks.</summary>
/// <param name="Kind"><c>ipv4</c>, <c>ipv6</c>, <c>domain</c>, <c>url-path</c>, <c>sha256</c>, <c>md5</c>, <c>file-name</c>, <c>service</c>, <c>scheduled-task</c>, <c>account</c>.</param>
/// <param name="Value">The value as the records write it.</param>
/// <param name="Events">Where it was seen.</param>
public sealed record IncidentIndicator(string Kind, string Value, ImmutableArray<int> Events);
