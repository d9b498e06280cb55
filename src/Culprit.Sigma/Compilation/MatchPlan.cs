using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>How an atom's truth is found.</summary>
internal enum AtomMode : byte
{
    /// <summary>By the pass over its field's values.</summary>
    Scanned,

    /// <summary>By running its test on each value, when a condition asks.</summary>
    Tested,

    /// <summary>Whether the field is absent or null.</summary>
    IsNull,

    /// <summary>Whether the field is there.</summary>
    Exists,

    /// <summary>Whether the field is not there.</summary>
    ExistsNot,

    /// <summary>By comparing with another field of the same event.</summary>
    FieldReference,
}

/// <summary>An atom of a plan.</summary>
/// <param name="Field">Its field, as a position in <see cref="MatchPlan.Fields"/>.</param>
/// <param name="Mode">How its truth is found.</param>
/// <param name="Test">For <see cref="AtomMode.Tested"/>.</param>
/// <param name="OtherField">For <see cref="AtomMode.FieldReference"/>: the other field; -1 otherwise.</param>
/// <param name="Reference">For <see cref="AtomMode.FieldReference"/>.</param>
internal readonly record struct PlanAtom(
    int Field, AtomMode Mode, CompiledTest? Test, int OtherField, ValueTest.FieldReference? Reference);

/// <summary>A field that the plan looks at.</summary>
/// <param name="Name">Its name in events; null for keywords, which look at all fields.</param>
/// <param name="Matcher">The pass over its values; null where no test of it begins with a literal.</param>
/// <param name="WithKeywords">The same pass that looks for keywords as well; null where neither is to be found.</param>
/// <param name="WordsAlone">For keywords: none of them can stand in a text that is computed from a number, time or identifier.</param>
internal sealed record PlanField(string? Name, FieldMatcher? Matcher, FieldMatcher? WithKeywords, bool WordsAlone);

/// <summary>A node of the plan's condition program.</summary>
/// <param name="Kind">And, Or, Not or Atom.</param>
/// <param name="First">The first child in <see cref="MatchPlan.Children"/>; for an atom, its position in <see cref="MatchPlan.Atoms"/>.</param>
/// <param name="Count">The number of children.</param>
/// <param name="IsShared">Whether several conditions hold this node, so that its value is worth keeping for the event.</param>
internal readonly record struct PlanNode(NodeKind Kind, int First, int Count, bool IsShared);

/// <summary>
/// The rules that can speak of one kind of event, compiled together. Immutable; shared by threads and by all routes
/// for which the same conditions remain.
/// </summary>
internal sealed class MatchPlan
{
    /// <summary>No rule can match.</summary>
    public static readonly MatchPlan Nothing = new()
    {
        Atoms = [],
        Fields = [],
        KeywordField = -1,
        Keywords = null,
        Nodes = [],
        Children = [],
        Roots = [],
        Rules = [],
        Always = [],
        WitnessStart = [0],
        WitnessOf = [],
        WitnessFields = [],
    };

    public required PlanAtom[] Atoms { get; init; }

    public required PlanField[] Fields { get; init; }

    /// <summary>
    /// The field that stands for keywords, or -1. Its atoms are in the passes with keywords of all other fields too: whoever asks
    /// for them has all fields scanned, each once.
    /// </summary>
    public required int KeywordField { get; init; }

    /// <summary>Tells of events that hold no keyword; null where nothing can.</summary>
    public required KeywordFilter? Keywords { get; init; }

    public required PlanNode[] Nodes { get; init; }

    public required int[] Children { get; init; }

    /// <summary>For each entry of the plan, the node of its condition.</summary>
    public required int[] Roots { get; init; }

    /// <summary>For each entry of the plan, its rule's position in the rule set; rising.</summary>
    public required int[] Rules { get; init; }

    /// <summary>Entries whose condition must be tried for every event, because nothing needs to be there for it to hold.</summary>
    public required int[] Always { get; init; }

    /// <summary>For each atom, where its entries in <see cref="WitnessOf"/> begin; one more at the end.</summary>
    public required int[] WitnessStart { get; init; }

    /// <summary>Entries that are tried only where one of their witnesses is found.</summary>
    public required int[] WitnessOf { get; init; }

    /// <summary>Fields that hold witnesses; the others are looked at when a condition asks for them.</summary>
    public required int[] WitnessFields { get; init; }
}
