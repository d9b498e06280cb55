using System.Collections.Immutable;

namespace Culprit.Dossier.Measures;

/// <summary>How soon a measure is to be taken.</summary>
public enum Urgency
{
    /// <summary>Within hours.</summary>
    Now,

    /// <summary>Within days.</summary>
    ThisWeek,

    /// <summary>When the incident is over.</summary>
    Later,
}

/// <summary>A part of the story that calls for a measure by being there.</summary>
public enum StoryPart
{
    /// <summary>None: techniques and tools decide.</summary>
    None,

    /// <summary>Hosts fell.</summary>
    Hosts,

    /// <summary>Accounts of people or services were used.</summary>
    Accounts,

    /// <summary>Addresses or names through which the intruder came.</summary>
    Channels,

    /// <summary>Data left the network.</summary>
    Taken,

    /// <summary>Data was gathered, and nothing says that it left.</summary>
    Staged,

    /// <summary>Something was hidden.</summary>
    Hidden,

    /// <summary>The intruder came back.</summary>
    Returned,

    /// <summary>Indicators that can be looked for.</summary>
    Indicators,

    /// <summary>Movements from host to host.</summary>
    Movements,

    /// <summary>Questions that this evidence leaves open.</summary>
    Limits,

    /// <summary>Services that are indicators.</summary>
    Services,

    /// <summary>Scheduled tasks that are indicators.</summary>
    Tasks,
}

/// <summary>One row of the table of measures: what calls for it, what to do, how soon and why.</summary>
/// <param name="Id">A short name that does not change.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Techniques">It is called for where one of these, or a sub-technique of one, was seen.</param>
/// <param name="Tools">Or where a tool of one of these names was seen.</param>
/// <param name="Part">Or where the story has this part.</param>
/// <param name="Text">
/// What to do, with places for <c>{hosts}</c>, <c>{accounts}</c>, <c>{channels}</c>, <c>{files}</c>, <c>{services}</c>,
/// <c>{tasks}</c> and <c>{taken}</c>; after a bar stands what is written where none is known.
/// </param>
/// <param name="Why">Why, as a sentence of its own.</param>
public sealed record MeasureRule(
    string Id, Urgency Urgency, ImmutableArray<string> Techniques, ImmutableArray<string> Tools, StoryPart Part, string Text, string Why);
