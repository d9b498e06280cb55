using Culprit.Evtx.BinXml;

namespace Culprit.Evtx;

/// <summary>Where in an event a field stands.</summary>
public enum EvtxFieldOrigin
{
    /// <summary>Below <c>Event/System</c>.</summary>
    System,

    /// <summary>Below <c>Event/EventData</c>.</summary>
    EventData,

    /// <summary>Below <c>Event/UserData</c>.</summary>
    UserData,

    /// <summary>Anywhere else (<c>RenderingInfo</c>, <c>ProcessingErrorData</c>, ...).</summary>
    Other,
}

/// <summary>One field of a <see cref="EvtxLayout"/>.</summary>
/// <param name="Name">
/// The field's flat name, as Sigma rules use it. System: <c>Provider_Name</c>, <c>Provider_Guid</c>, <c>EventID</c>,
/// <c>EventID_Qualifiers</c>, <c>Version</c>, <c>Level</c>, <c>Task</c>, <c>Opcode</c>, <c>Keywords</c>,
/// <c>TimeCreated</c>, <c>EventRecordID</c>, <c>Correlation_ActivityID</c>, <c>Correlation_RelatedActivityID</c>,
/// <c>Execution_ProcessID</c>, <c>Execution_ThreadID</c>, <c>Channel</c>, <c>Computer</c>, <c>Security_UserID</c>.
/// EventData: the <c>Name</c> attribute of <c>Data</c>, or <c>Data</c> where it has none; otherwise the element's name.
/// UserData: the name of the leaf element, or <c>Element_Attribute</c> for an attribute. Names may repeat.
/// </param>
/// <param name="Path">Element names from the root, joined with '/', attributes with '@'.</param>
/// <param name="Origin">The section that it stands in.</param>
public sealed record EvtxField(string Name, string Path, EvtxFieldOrigin Origin);

/// <summary>
/// The compiled form of a BinXML template (or of a template together with the templates nested in it, or of a
/// fragment without templates): which fields a record has, in document order, and where each one's value is found.
/// Layouts are interned by content, so that equal templates in any chunk, file or thread give the same instance.
/// </summary>
public sealed class EvtxLayout
{
    private readonly EvtxField[] _fields;

    internal EvtxLayout(Shape shape, EvtxField[] fields, FieldSource[] sources)
    {
        Shape = shape;
        _fields = fields;
        Sources = sources;
        HasComposites = Array.Exists(sources, static source => source.Slot == FieldSource.Composite);
        ProviderName = SystemIndexOf("Provider_Name");
        EventId = SystemIndexOf("EventID");
        Channel = SystemIndexOf("Channel");
        Computer = SystemIndexOf("Computer");
        TimeCreated = SystemIndexOf("TimeCreated");
        EventRecordId = SystemIndexOf("EventRecordID");
        UserId = SystemIndexOf("Security_UserID");
    }

    /// <summary>The fields in document order. A field may be absent from one record (optional substitution).</summary>
    public IReadOnlyList<EvtxField> Fields => _fields;

    /// <summary>The position of <c>Provider_Name</c>, or -1.</summary>
    public int ProviderName { get; }

    /// <summary>The position of <c>EventID</c>, or -1.</summary>
    public int EventId { get; }

    /// <summary>The position of <c>Channel</c>, or -1.</summary>
    public int Channel { get; }

    /// <summary>The position of <c>Computer</c>, or -1.</summary>
    public int Computer { get; }

    /// <summary>The position of <c>TimeCreated</c>, or -1.</summary>
    public int TimeCreated { get; }

    /// <summary>The position of <c>EventRecordID</c>, or -1.</summary>
    public int EventRecordId { get; }

    /// <summary>The position of <c>Security_UserID</c>, or -1.</summary>
    public int UserId { get; }

    internal Shape Shape { get; }

    internal FieldSource[] Sources { get; }

    /// <summary>Whether a value is put together from several pieces.</summary>
    internal bool HasComposites { get; }

    /// <summary>The position of the first field of this name, or -1. Names are compared ordinally.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (string.Equals(_fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private int SystemIndexOf(string name)
    {
        int i = IndexOf(name);
        return i >= 0 && _fields[i].Origin == EvtxFieldOrigin.System ? i : -1;
    }
}
