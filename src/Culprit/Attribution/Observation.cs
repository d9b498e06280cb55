using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Culprit.Attribution.Observing;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>What was observed.</summary>
public enum ObservationKind
{
    /// <summary>An ATT&amp;CK technique.</summary>
    Technique,

    /// <summary>Malware or a tool that ATT&amp;CK knows.</summary>
    Software,

    /// <summary>An address, domain, URL, hash or path that a list ascribes to a group.</summary>
    Indicator,

    /// <summary>A vulnerability that was exploited, by its CVE identifier.</summary>
    Vulnerability,

    /// <summary>The victim's sector; the user says it.</summary>
    VictimSector,

    /// <summary>The victim's country; the user says it.</summary>
    VictimCountry,

    /// <summary>The hours of the day at which people were at work.</summary>
    WorkingHours,
}

/// <summary>
/// Kinds of evidence that come about independently of one another. Two observations of one line may have one cause (one tool
/// brings five techniques); two lines need two.
/// </summary>
public enum EvidenceLine
{
    /// <summary>How the intruder acts: techniques.</summary>
    Behaviour,

    /// <summary>With what: malware, tools, and files that were seen before.</summary>
    Tooling,

    /// <summary>Through what: addresses, domains and URLs that were seen before.</summary>
    Infrastructure,

    /// <summary>The way in: vulnerabilities.</summary>
    Access,

    /// <summary>Against whom: the victim's sector and country.</summary>
    Victims,

    /// <summary>When: hours of work.</summary>
    Hours,
}

/// <summary>How much it takes to leave a trace on purpose that points at somebody else.</summary>
public enum Spoofability
{
    /// <summary>A setting: a clock, a language.</summary>
    Trivial,

    /// <summary>What anybody can read of and do: a technique, a public tool, a published exploit.</summary>
    Easy,

    /// <summary>What must be had or held: malware that circulates, infrastructure that expired.</summary>
    Moderate,

    /// <summary>What one group alone is known to have.</summary>
    Hard,
}

/// <summary>How an indicator was met, from the strongest on.</summary>
public enum IndicatorContact
{
    /// <summary>It was spoken to, asked for, came, or lay there; or the user says so.</summary>
    Met,

    /// <summary>It stands in what somebody ran or wrote on a machine, such as a command line: that it was spoken to does not follow.</summary>
    Written,

    /// <summary>It stands in what anybody can send from outside, such as a request's query or referer.</summary>
    Sent,
}

/// <summary>Something observed that may tell who it was. Plain data.</summary>
public sealed record Observation
{
    private const int MaxTold = 3;

    // As it was read: which events are one act is known while an incident is observed, and is not kept.
    private readonly bool? _tentative;

    /// <summary>What it is.</summary>
    public required ObservationKind Kind { get; init; }

    /// <summary>Its identifier: <c>T1505.003</c>, <c>S0020</c>, <c>CVE-2019-19781</c>, a domain, a sector, <c>GB</c>, <c>+03:00</c>.</summary>
    public required string Value { get; init; }

    /// <summary>Its name for people; may be text from evidence.</summary>
    public required string Name { get; init; }

    /// <summary>What says that it was observed, each with what it says so by. At least one, each text once.</summary>
    public required ImmutableArray<ObservationBasis> Bases { get; init; }

    /// <summary><see cref="Bases"/> for people, the first three of them; may be text from evidence.</summary>
    [JsonIgnore]
    public string Basis => string.Join("; ", Bases.Take(MaxTold).Select(static b => b.Text)) + (Bases.Length > MaxTold ? $"; and {Bases.Length - MaxTold} more" : "");

    /// <summary>The events of the incident that show it, by their numbers; empty where the user alone says it.</summary>
    public ImmutableArray<int> Events { get; init; } = [];

    /// <summary>The findings that show it, by the positions that the incident gives; empty where the user alone says it.</summary>
    public ImmutableArray<int> Findings { get; init; } = [];

    /// <summary>
    /// Of software: whether rules, names of files and what antivirus guesses by likeness alone say so, nobody (antivirus, the user) having looked at the
    /// thing itself. Whoever can type a command can satisfy a rule for it.
    /// </summary>
    public bool ByName { get; init; }

    /// <summary>
    /// Of software <see cref="ByName"/>: whether one thing that happened shows it, however many rules say so. What a rule takes for malware,
    /// harmless programs do too.
    /// </summary>
    public bool Tentative { get => _tentative ?? (ByName && Signs.Of([this], enough: 2) < 2); init => _tentative = value; }

    /// <summary>Of an indicator: what shows that anybody had to do with it.</summary>
    public IndicatorContact Contact { get; init; }

    /// <summary>
    /// Of an indicator: whether it is a domain or URL below the registered domain of a computer of the case. The victim's own names say nothing of who
    /// attacked it, so that it weighs nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OfVictim { get; init; }

    /// <summary>
    /// Of a technique: how many techniques the very same rules show in the very same events, this one among them, whatever else shows the others. They are one thing that
    /// happened, so that n of them count as the root of n.
    /// </summary>
    public int Together { get; init; } = 1;

    /// <summary>Whether it is malware that the knowledge base does not hold, by the word of the user: no group is known for it.</summary>
    public bool NewMalware { get; init; }

    /// <summary>Of an indicator: the lists that hold it. Otherwise empty.</summary>
    public ImmutableArray<IndicatorClaim> Indicators { get; init; } = [];
}

/// <summary>What says that something was observed.</summary>
/// <param name="Text">A rule by its title, what antivirus calls it (text from evidence), or that the user gave it (<see cref="GivenObservations.Basis"/>).</param>
/// <param name="Events">The first of the events by which it says so, by their numbers, at most <see cref="MaxShown"/>; empty where the user says it, or evidence was not read again.</param>
/// <param name="Findings">The first of the findings by which it says so, at most <see cref="MaxShown"/>; empty where there are none.</param>
public sealed record ObservationBasis(string Text, ImmutableArray<int> Events, ImmutableArray<int> Findings)
{
    /// <summary>How many events, and how many findings, of one basis are kept: more than have to be told apart.</summary>
    public const int MaxShown = 20;

    /// <summary>How the text begins where a rule says so; its title follows.</summary>
    internal const string OfRule = "rule: ";

    /// <summary>How the text begins where the name of a file says so; the name follows.</summary>
    internal const string OfFileName = "a program called ";

    /// <summary>How the text begins where antivirus says so; what it calls it follows.</summary>
    internal const string OfAntivirus = "antivirus: ";

    /// <summary>How the text begins where antivirus guesses by likeness; what it calls it follows.</summary>
    internal const string OfGuess = "antivirus, by likeness: ";

    /// <summary>
    /// Of software: whether it looked at what the thing did or is called, as rules and names of files do, and not at the thing itself. Told by the text,
    /// which is kept, so that nothing besides need be.
    /// </summary>
    internal bool IsByName => Text.StartsWith(OfRule, StringComparison.Ordinal) || Text.StartsWith(OfFileName, StringComparison.Ordinal) || Text.StartsWith(OfGuess, StringComparison.Ordinal);

    // Which events tell of one act; null where that is not known.
    internal EventActs? Acts { get; init; }

    /// <summary>What that shows is counted by: acts of events, and findings where there is no event, which are numbered by themselves: no act has a negative number.</summary>
    internal IEnumerable<int> Shown => Events.IsEmpty ? Findings.Select(static f => ~f) : Acts is null ? Events : Events.Select(Acts.Of);

    /// <summary>What says so without anything that shows it.</summary>
    public static ObservationBasis Of(string text) => new(text, [], []);
}

/// <summary>That a list ascribes an indicator to a group.</summary>
/// <param name="List">The list's name.</param>
/// <param name="GroupIds">The groups of the knowledge base that the list means, by identifier; empty where it means none of them.</param>
/// <param name="Source">The report that the list names; null where it names none.</param>
/// <param name="Year">The year of that report; null where it is not known.</param>
/// <param name="Kind">What the indicator is.</param>
/// <param name="Shared">Whether many unrelated people use what it names.</param>
/// <param name="ListCount">How many lists of different groups hold the same value.</param>
public sealed record IndicatorClaim(
    string List, ImmutableArray<string> GroupIds, string? Source, int? Year, IndicatorKind Kind, bool Shared, int ListCount);
