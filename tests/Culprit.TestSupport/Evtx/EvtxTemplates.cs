using System.Globalization;

namespace Culprit.TestSupport.Evtx;

/// <summary>
/// The templates that events share. The System template is the one of Windows 7 and later: its eighteen values come
/// in the order Level, Opcode, Task, EventID, Qualifiers, Keywords, time, ActivityID, process, thread, record,
/// Version, user, RelatedActivityID, provider, its GUID, Channel, and last the data as nested BinXML.
/// </summary>
internal sealed class EvtxTemplates
{
    private const string EventNamespace = "http://schemas.microsoft.com/win/2004/08/events/event";
    private const int Data = 17;

    private readonly Dictionary<SystemShape, BinXmlTemplate> _systems = [];
    private readonly Dictionary<int, List<DataShape>> _datas = [];

    /// <summary>The whole event as a template instance.</summary>
    public BinXmlTemplateInstance Instantiate(EvtxEvent e, ulong recordId)
    {
        BinXmlValue content = e switch
        {
            { UserData: { } user } => Nest(user.Data, new Wrapper(user.Element, "xmlns", user.Namespace, HasBinary: false), null),
            _ when ContentOf(e) == Content.None => BinXmlValue.Null(BinXmlType.BinXml),
            _ => Nest(e.Data, new Wrapper("EventData", "Name", e.DataName, e.Binary is not null), e.Binary),
        };

        bool literal = e.ProviderInTemplate || e.EventSourceName is not null;
        BinXmlValue[] values =
        [
            e.Level, e.Opcode, e.Task, e.EventId,
            e.Qualifiers is { } qualifiers ? qualifiers : BinXmlValue.Null(BinXmlType.UInt16),
            BinXmlValue.Hex64(e.Keywords), e.Time, OrNull(e.ActivityId),
            e.ProcessId, e.ThreadId, recordId, e.Version,
            e.UserSid is { } sid ? BinXmlValue.Sid(sid) : BinXmlValue.Null(BinXmlType.Sid),
            OrNull(e.RelatedActivityId),
            literal ? BinXmlValue.Null() : e.Provider,
            literal ? BinXmlValue.Null(BinXmlType.Guid) : OrNull(e.ProviderGuid),
            e.Channel, content,
        ];
        return new BinXmlTemplateInstance(SystemTemplate(e, literal), values);
    }

    private static Content ContentOf(EvtxEvent e) => e switch
    {
        { UserData: not null } => Content.UserData,
        { Data.Count: 0, Binary: null } => Content.None,
        _ => Content.EventData,
    };

    private static BinXmlValue OrNull(Guid? value) => value is { } guid ? guid : BinXmlValue.Null(BinXmlType.Guid);

    private BinXmlTemplate SystemTemplate(EvtxEvent e, bool literal)
    {
        var shape = new SystemShape(
            e.Computer, ContentOf(e), literal ? e.Provider : "", literal ? e.ProviderGuid : null, e.EventSourceName ?? "");
        if (!_systems.TryGetValue(shape, out BinXmlTemplate? template))
        {
            template = new BinXmlTemplate(Event(shape));
            _systems.Add(shape, template);
        }

        return template;
    }

    private static BinXmlElement Event(SystemShape shape)
    {
        BinXmlNode data = new BinXmlSubstitution(Data, BinXmlType.BinXml, Optional: true);
        BinXmlNode[] children = shape.Content switch
        {
            Content.UserData => [System(shape), new BinXmlElement("UserData", data) { Dependency = Data }],
            Content.EventData => [System(shape), data],
            _ => [System(shape)],
        };
        return new BinXmlElement("Event", [new BinXmlAttribute("xmlns", EventNamespace)], children)
        {
            Dependency = shape.Content == Content.EventData ? Data : -1,
        };
    }

    private static BinXmlElement System(SystemShape shape)
    {
        var provider = new List<BinXmlAttribute>();
        if (shape.Provider.Length == 0)
        {
            provider.Add(Attribute("Name", 14, BinXmlType.String));
            provider.Add(Attribute("Guid", 15, BinXmlType.Guid));
        }
        else
        {
            provider.Add(new BinXmlAttribute("Name", shape.Provider));
            if (shape.ProviderGuid is { } guid)
            {
                provider.Add(new BinXmlAttribute("Guid", guid.ToString("B", CultureInfo.InvariantCulture)));
            }
        }

        if (shape.EventSourceName.Length > 0)
        {
            provider.Add(new BinXmlAttribute("EventSourceName", shape.EventSourceName));
        }

        return new BinXmlElement(
            "System",
            new BinXmlElement("Provider", provider, []),
            new BinXmlElement("EventID", [Attribute("Qualifiers", 4, BinXmlType.UInt16)], [Value(3, BinXmlType.UInt16)]) { Dependency = 3 },
            Simple("Version", 11, BinXmlType.UInt8),
            Simple("Level", 0, BinXmlType.UInt8),
            Simple("Task", 2, BinXmlType.UInt16),
            Simple("Opcode", 1, BinXmlType.UInt8),
            Simple("Keywords", 5, BinXmlType.HexInt64),
            new BinXmlElement("TimeCreated", [Attribute("SystemTime", 6, BinXmlType.FileTime)], []),
            Simple("EventRecordID", 10, BinXmlType.UInt64),
            new BinXmlElement(
                "Correlation", [Attribute("ActivityID", 7, BinXmlType.Guid), Attribute("RelatedActivityID", 13, BinXmlType.Guid)], []),
            new BinXmlElement("Execution", [Attribute("ProcessID", 8, BinXmlType.UInt32), Attribute("ThreadID", 9, BinXmlType.UInt32)], []),
            Simple("Channel", 16, BinXmlType.String),
            new BinXmlElement("Computer", shape.Computer),
            new BinXmlElement("Security", [Attribute("UserID", 12, BinXmlType.Sid)], []));
    }

    private static BinXmlElement Simple(string name, int index, BinXmlType type) =>
        new(name, Value(index, type)) { Dependency = index };

    private static BinXmlAttribute Attribute(string name, int index, BinXmlType type) => new(name, Value(index, type));

    private static BinXmlSubstitution Value(int index, BinXmlType type) => new(index, type, Optional: true);

    private BinXmlValue Nest(IReadOnlyList<(string Name, BinXmlValue Value)> data, Wrapper wrapper, byte[]? binary)
    {
        var values = new BinXmlValue[data.Count + (binary is null ? 0 : 1)];
        for (int i = 0; i < data.Count; i++)
        {
            values[i] = data[i].Value;
        }

        if (binary is not null)
        {
            values[^1] = BinXmlValue.Binary(binary);
        }

        return BinXmlValue.Nested(new BinXmlTemplateInstance(DataTemplate(data, wrapper), values));
    }

    private BinXmlTemplate DataTemplate(IReadOnlyList<(string Name, BinXmlValue Value)> data, Wrapper wrapper)
    {
        var hash = default(HashCode);
        hash.Add(wrapper);
        foreach ((string name, BinXmlValue value) in data)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add((int)value.DeclaredType);
        }

        int key = hash.ToHashCode();
        if (!_datas.TryGetValue(key, out List<DataShape>? shapes))
        {
            shapes = [];
            _datas.Add(key, shapes);
        }

        foreach (DataShape shape in shapes)
        {
            if (shape.Fits(data, wrapper))
            {
                return shape.Template;
            }
        }

        DataShape made = DataShape.Make(data, wrapper);
        shapes.Add(made);
        return made.Template;
    }

    private enum Content
    {
        None,
        EventData,
        UserData,
    }

    private sealed record SystemShape(string Computer, Content Content, string Provider, Guid? ProviderGuid, string EventSourceName);

    /// <summary>The element around the values: EventData, perhaps with a name, or UserData's own, with its namespace.</summary>
    private sealed record Wrapper(string Element, string Attribute, string? AttributeValue, bool HasBinary);

    private sealed record DataShape(Wrapper Wrapper, string[] Names, BinXmlType[] Types, BinXmlTemplate Template)
    {
        public static DataShape Make(IReadOnlyList<(string Name, BinXmlValue Value)> data, Wrapper wrapper)
        {
            bool isEventData = wrapper.Element == "EventData";
            var children = new List<BinXmlNode>();
            for (int i = 0; i < data.Count; i++)
            {
                BinXmlNode value = new BinXmlSubstitution(i, data[i].Value.DeclaredType);
                children.Add((isEventData, data[i].Name) switch
                {
                    (false, _) => new BinXmlElement(data[i].Name, value),
                    (true, "") => new BinXmlElement("Data", value),
                    _ => new BinXmlElement("Data", [new BinXmlAttribute("Name", data[i].Name)], [value]),
                });
            }

            if (wrapper.HasBinary)
            {
                children.Add(new BinXmlElement("Binary", new BinXmlSubstitution(data.Count, BinXmlType.Binary)));
            }

            BinXmlAttribute[] attributes =
                wrapper.AttributeValue is { } text ? [new BinXmlAttribute(wrapper.Attribute, text)] : [];
            return new DataShape(
                wrapper,
                [.. data.Select(d => d.Name)],
                [.. data.Select(d => d.Value.DeclaredType)],
                new BinXmlTemplate(new BinXmlElement(wrapper.Element, attributes, children)));
        }

        public bool Fits(IReadOnlyList<(string Name, BinXmlValue Value)> data, Wrapper wrapper)
        {
            if (data.Count != Names.Length || wrapper != Wrapper)
            {
                return false;
            }

            for (int i = 0; i < Names.Length; i++)
            {
                if (data[i].Value.DeclaredType != Types[i] || !string.Equals(data[i].Name, Names[i], StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
