using System.Collections.Immutable;
using Culprit.Events;

namespace Culprit.Incidents.Surroundings;

/// <summary>An event under the names that several sources of the same fact share.</summary>
internal readonly struct EventFacts(string channel, string provider, int eventId, ImmutableArray<EventField> fields)
{
    private readonly ImmutableArray<EventField> _fields = fields;

    public string Channel { get; } = channel;

    public string Provider { get; } = provider;

    public int EventId { get; } = eventId;

    public bool IsSysmon => Provider.EndsWith("-Sysmon", StringComparison.OrdinalIgnoreCase);

    public bool IsSecurity => string.Equals(Channel, "Security", StringComparison.OrdinalIgnoreCase);

    public bool IsProcessStart => (IsSysmon && EventId == 1) || (IsSecurity && EventId == 4688);

    public string Image => this["NewProcessName"] is { Length: > 0 } security ? security : this["Image"];

    public string ParentImage => this["ParentProcessName"] is { Length: > 0 } security ? security : this["ParentImage"];

    /// <summary>The first value of a field; empty where there is none.</summary>
    public string this[string name]
    {
        get
        {
            foreach (EventField field in _fields)
            {
                if (field.Name == name)
                {
                    return field.Value ?? "";
                }
            }

            return "";
        }
    }

    /// <summary>A file's name without its folder.</summary>
    public static string FileName(string path) => path[(path.LastIndexOfAny(['\\', '/']) + 1)..];
}
