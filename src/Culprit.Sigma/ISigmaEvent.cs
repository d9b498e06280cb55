namespace Culprit.Sigma;

/// <summary>Whether an event has a field.</summary>
public enum FieldState
{
    /// <summary>The event does not have the field.</summary>
    Absent,

    /// <summary>The event has the field, and its value is null.</summary>
    Null,

    /// <summary>The event has the field with a value, which may be empty.</summary>
    Present,
}

/// <summary>
/// An event as the matcher sees it. Implemented by a (ref) struct over whatever holds the event, so that the
/// matcher is compiled for it and nothing is copied or allocated.
/// </summary>
public interface ISigmaEvent
{
    /// <summary>Identity of the set of field names: events with the same instance have the same names in the same order.</summary>
    object Layout { get; }

    /// <summary>How many fields the layout has.</summary>
    int FieldCount { get; }

    /// <summary>The name of the field at <paramref name="ordinal"/>; names may repeat (all of their values count).</summary>
    string FieldName(int ordinal);

    /// <summary>Whether the field at <paramref name="ordinal"/> is there in this event.</summary>
    FieldState StateOf(int ordinal);

    /// <summary>
    /// Whether the field's values are text in the source itself. False promises that they are computed from a number, a
    /// truth value, a time, an identifier or bytes, so that a search for words may pass over them. When in doubt, true.
    /// </summary>
    bool IsText(int ordinal);

    /// <summary>Whether the field's value is the same in every event of the layout. When in doubt, false.</summary>
    bool IsConstant(int ordinal);

    /// <summary>
    /// The event as its source has it, if every value for which <see cref="IsText"/> holds stands there in one piece as UTF-16LE
    /// (at any byte, even or odd), but for those for which <see cref="IsConstant"/> holds: a search for words then passes over the
    /// whole event at once. False where there are no such bytes.
    /// </summary>
    bool TryGetRaw(out ReadOnlySpan<byte> bytes);

    /// <summary>
    /// The <paramref name="index"/>-th value of the field as text (UTF-16). A field has one value as a rule, several
    /// where the source repeats it. False past the last one, and for a field that is absent or null.
    /// </summary>
    bool TryGetText(int ordinal, int index, out ReadOnlySpan<char> text);
}

/// <summary>
/// What decides which rules can speak of an event at all: its log source. Sources with a Windows channel give
/// <see cref="Channel"/>, <see cref="Provider"/> and <see cref="EventId"/>; others give Sigma's own triple.
/// Compared without regard to case.
/// </summary>
/// <param name="Product">Sigma product, such as <c>windows</c>; empty where not known.</param>
/// <param name="Category">Sigma category, such as <c>webserver</c>; empty for Windows channels, where the map decides.</param>
/// <param name="Service">Sigma service, such as <c>iis</c>; empty for Windows channels, where the map decides.</param>
/// <param name="Channel">Windows channel, such as <c>Security</c>; empty otherwise.</param>
/// <param name="Provider">Windows provider's name; empty otherwise.</param>
/// <param name="EventId">Windows event id, 0 to 65535; 0 otherwise.</param>
public sealed record SigmaRoute(
    string Product, string Category, string Service, string Channel, string Provider, int EventId);
