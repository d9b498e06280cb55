using System.Collections.Immutable;
using Culprit.Incidents;

namespace Culprit.Attribution;

/// <summary>
/// Kinds of evidence by which two incidents may be one campaign, and that come about independently of one another. Those from
/// <see cref="Ascribed"/> on are soft: anybody may share them.
/// </summary>
public enum LinkLine
{
    /// <summary>Addresses and domains outside through which the intruder came, or to which its programs spoke.</summary>
    Infrastructure,

    /// <summary>Files by their hashes and names; services and scheduled tasks.</summary>
    Files,

    /// <summary>Malware and tools that ATT&amp;CK knows.</summary>
    Tooling,

    /// <summary>What the intruder's requests say of themselves: user agents and paths of web shells.</summary>
    Requests,

    /// <summary>Accounts that the intruder created.</summary>
    Accounts,

    /// <summary>What lists and reports of others ascribe what was seen to.</summary>
    Ascribed,

    /// <summary>Techniques and their order.</summary>
    Behaviour,

    /// <summary>The vulnerabilities through which it came.</summary>
    Access,

    /// <summary>Hours of work.</summary>
    Hours,

    /// <summary>The victims' sectors and countries.</summary>
    Victims,

    /// <summary>How far apart in time.</summary>
    Time,
}

/// <summary>An incident to be compared with others.</summary>
public sealed record LinkedIncident
{
    /// <summary>The case that it belongs to, by a name that no other case has. May be text from evidence.</summary>
    public required string Case { get; init; }

    /// <summary>The incident, with its events where there are any.</summary>
    public required Incident Incident { get; init; }

    /// <summary>What was observed in it; may be empty.</summary>
    public ImmutableArray<Observation> Observations { get; init; } = [];

    /// <summary>
    /// The victim's computers as its findings name them (<see cref="IncidentObservations.ComputersOf"/>), for an incident whose evidence was not read again; its events
    /// name them too.
    /// </summary>
    public ImmutableArray<string> Computers { get; init; } = [];

    /// <summary>Its number in its case.</summary>
    public int Number => Incident.Number;
}

/// <summary>What two incidents have in common, or what keeps them apart.</summary>
public sealed record LinkItem
{
    /// <summary>The line of evidence.</summary>
    public required LinkLine Line { get; init; }

    /// <summary>What it is, in words, such as <c>address</c>; see <c>docs/cli.md</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Which one; may be text from evidence. Empty where <see cref="Kind"/> says all.</summary>
    public required string Value { get; init; }

    /// <summary>
    /// What it adds to the logarithm of the odds that both are one campaign (natural logarithm), against unrelated intrusions: as it
    /// counts in this pair, age, rarity and what it depends on considered.
    /// </summary>
    public required double LogLikelihoodRatio { get; init; }

    /// <summary>How easily it is left on purpose.</summary>
    public required Spoofability Spoofability { get; init; }

    /// <summary>Why it weighs what it does, as a sentence; empty where the kind says all.</summary>
    public required string Note { get; init; }

    /// <summary>The events of the first incident that show it, by number; empty where no event is known.</summary>
    public ImmutableArray<int> FirstEvents { get; init; } = [];

    /// <summary>Those of the second incident.</summary>
    public ImmutableArray<int> SecondEvents { get; init; } = [];

    /// <summary>
    /// Of malware and tools: whether on one side at least rules and names of files alone say so (<see cref="Observation.ByName"/>). Its kind says
    /// so too, and it is no line of its own.
    /// </summary>
    public bool ByName { get; init; }

    /// <summary>
    /// Of an address or domain: what it is one thing with, which is the registered domain that it lies below or was the answer to, or itself. Empty for all else.
    /// </summary>
    public string Whole { get; init; } = "";

    /// <summary>Whether it is an indicator that a list ascribes to a group that is named, and was met (<see cref="IndicatorContact.Met"/>).</summary>
    public bool OfGroup { get; init; }

    /// <summary>
    /// Of an address or domain: whether on one side at least it only stands in what somebody ran, and nothing shows that it was spoken to. It is no line of
    /// its own, and bears nothing out.
    /// </summary>
    public bool OnlyWritten { get; init; }

    /// <summary>Whether it comes from the same events as an item of another line, so that it is no line of its own.</summary>
    public bool Dependent { get; init; }
}

/// <summary>Whether two incidents are likely one campaign. Likelihood and confidence are two things and never share a sentence.</summary>
public sealed record IncidentLink
{
    /// <summary>Position of the first incident in <see cref="CampaignLinks.Incidents"/>.</summary>
    public required int First { get; init; }

    /// <summary>Position of the second one; greater than <see cref="First"/>.</summary>
    public required int Second { get; init; }

    /// <summary>What weighs for and against, strongest first; of very many the strongest (<see cref="ItemsLeftOut"/>).</summary>
    public required ImmutableArray<LinkItem> Items { get; init; }

    /// <summary>
    /// How many more weigh for or against, none of them more than those of <see cref="Items"/>: keeping all of all pairs would take more memory than
    /// there is. Everything else that is said of the pair and its campaign considers them.
    /// </summary>
    public int ItemsLeftOut { get; init; }

    /// <summary>The probability that both are one campaign, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>The word, after every cap.</summary>
    public required Likelihood Likelihood { get; init; }

    /// <summary>How sound the basis is.</summary>
    public required AnalyticConfidence Confidence { get; init; }

    /// <summary>The judgement as a sentence.</summary>
    public required string LikelihoodSentence { get; init; }

    /// <summary>The confidence as a sentence of its own.</summary>
    public required string ConfidenceSentence { get; init; }

    /// <summary>Why the word is weaker than the figure, as sentences.</summary>
    public required ImmutableArray<string> Caps { get; init; }

    /// <summary>What shows that both have one victim, as a sentence with text from evidence; empty where nothing does.</summary>
    public required string SameVictim { get; init; }

    /// <summary>
    /// What shows that incidents of two cases rest on the same records, as a sentence with text from evidence; empty where nothing does.
    /// </summary>
    public required string SameEvidence { get; init; }

    /// <summary>Whether the records that are the same are at least half of the events of one of the two, so that both are one piece of evidence and no campaign.</summary>
    public required bool IsSameEvidence { get; init; }

    /// <summary>The probability without the strongest shared item; equal to <see cref="Probability"/> where nothing is shared.</summary>
    public required double ProbabilityWithoutStrongest { get; init; }

    /// <summary>The word for that, after every cap but that it hold without the strongest item in its turn.</summary>
    public required Likelihood LikelihoodWithoutStrongest { get; init; }

    /// <summary>What would change the judgement, as sentences.</summary>
    public required ImmutableArray<string> WouldChange { get; init; }
}

/// <summary>Incidents that are likely one campaign: each of them is likely linked to more than half of the others.</summary>
/// <param name="Members">Positions in <see cref="CampaignLinks.Incidents"/>, ascending; at least two.</param>
/// <param name="Links">How many of the pairs among them are likely links.</param>
/// <param name="Shared">What pairs of them share and has a value of its own, and who has it: by how many have it times the most that it adds to a pair, at most twenty.</param>
/// <param name="StrongestShared">What carries most weight in all pairs of them together, as its kind and value, such as <c>address 203.0.113.77</c>; its kind alone where that says all. Empty where nothing is shared.</param>
/// <param name="WithoutStrongest">The groups that remain when that is left out everywhere: members as above; single incidents are left out.</param>
/// <param name="WithoutStrongestCaps">Why pairs of them are less than likely then though their figure is not, as sentences, each once.</param>
public sealed record CampaignCluster(
    ImmutableArray<int> Members, int Links, ImmutableArray<ClusterItem> Shared, string StrongestShared, ImmutableArray<ImmutableArray<int>> WithoutStrongest,
    ImmutableArray<string> WithoutStrongestCaps);

/// <summary>Something that several incidents of a campaign have.</summary>
/// <param name="Line">The line of evidence.</param>
/// <param name="Kind">As <see cref="LinkItem.Kind"/>.</param>
/// <param name="Value">As <see cref="LinkItem.Value"/>.</param>
/// <param name="Members">Who has it.</param>
/// <param name="Weight">The most that it adds to any pair.</param>
public sealed record ClusterItem(LinkLine Line, string Kind, string Value, ImmutableArray<int> Members, double Weight);

/// <summary>Which incidents are likely the same campaign. Plain data; the same incidents in any order give the same result.</summary>
public sealed record CampaignLinks
{
    /// <summary>SHA-256 of the knowledge that was used.</summary>
    public required string KnowledgeSha256 { get; init; }

    /// <summary>How likely an incident has a companion among those compared, before anything is compared; 0 to 1.</summary>
    public required double BaseRate { get; init; }

    /// <summary>What follows for one pair: the base rate divided among all other incidents.</summary>
    public required double PairPrior { get; init; }

    /// <summary>The incidents, by case and number.</summary>
    public required ImmutableArray<LinkedIncident> Incidents { get; init; }

    /// <summary>Every pair: the strongest word first, of one word the most probable. A cap may put a pair below another that is less probable.</summary>
    public required ImmutableArray<IncidentLink> Pairs { get; init; }

    /// <summary>The campaigns, largest first.</summary>
    public required ImmutableArray<CampaignCluster> Campaigns { get; init; }

    /// <summary>What this cannot know, as sentences.</summary>
    public required ImmutableArray<string> Limits { get; init; }
}
