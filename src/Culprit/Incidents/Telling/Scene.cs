using System.Collections.Immutable;
using System.Globalization;
using Culprit.Events;
using Culprit.Incidents.Surroundings;
using Culprit.Primitives;

namespace Culprit.Incidents.Telling;

/// <summary>An incident's events with what those who tell of them ask again and again.</summary>
internal sealed class Scene
{
    /// <summary>How many events one statement cites at most: the first of them. More would not be read.</summary>
    public const int MaxCited = 24;

    private const int MaxQuote = 160;

    private readonly EventFacts[] _facts;

    public Scene(Incident incident, HostNames names)
    {
        Incident = incident;
        Events = incident.Events;
        Names = names;
        _facts = [.. Events.Select(static one => new EventFacts(one.Channel, one.Provider, one.EventId, one.Fields))];
    }

    public Incident Incident { get; }

    public ImmutableArray<IncidentEvent> Events { get; }

    public HostNames Names { get; }

    /// <summary>The events that have a time, in its order.</summary>
    public IEnumerable<IncidentEvent> Timed => Events.Where(static one => one.Time.Certainty != TimeCertainty.Unknown);

    public EventFacts Facts(IncidentEvent one) => _facts[one.Number];

    /// <summary>The host under its one name.</summary>
    public string Host(IncidentEvent one) => one.Machine;

    /// <summary>The account without its domain; empty for those of Windows and of machines.</summary>
    public static string Account(string account)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        ReadOnlySpan<char> name = ClueText.Account(account, room);
        return name[(name.LastIndexOf('\\') + 1)..].ToString();
    }

    /// <summary>The other host that an event names as its origin; empty where it names none but its own.</summary>
    public string Origin(IncidentEvent one)
    {
        EventFacts facts = Facts(one);
        foreach (string field in (ReadOnlySpan<string>)["IpAddress", "Address", "Param3", "ClientAddress", "WorkstationName", "Workstation"])
        {
            if (facts[field] is { Length: > 1 } value && Address(value) is var address && (address.Length > 0 || !value.Contains('.', StringComparison.Ordinal) || field.StartsWith("Work", StringComparison.Ordinal)))
            {
                string origin = Names.Of(address.Length > 0 ? address : value);
                if (ClueText.HostName(value).Length > 0 && origin != Host(one))
                {
                    return origin;
                }
            }
        }

        return "";
    }

    /// <summary>An address in its shortest form; empty where it is none, or one of the machine itself.</summary>
    public static string Address(string text)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        return ClueText.Address(text, room).ToString();
    }

    /// <summary>Whether an address lies outside of everybody's own networks and is none of a host known here.</summary>
    public bool IsOutside(string address) => address.Length > 0 && !AddressRange.IsPrivate(address) && !Names.IsRecorded(address);

    /// <summary>A sentence that its events carry.</summary>
    public static Statement Fact(FormattableString text, params IEnumerable<IncidentEvent> events) => Make(text, judgement: false, events);

    /// <summary>A sentence that says more than its events do.</summary>
    public static Statement Judgement(FormattableString text, params IEnumerable<IncidentEvent> events) => Make(text, judgement: true, events);

    /// <summary>A value of a record, within quotation marks, cut where it is long.</summary>
    public static string Quote(string value) => value.Length > MaxQuote ? $"'{value[..MaxQuote]}...'" : $"'{value}'";

    /// <summary>A time to the second.</summary>
    public static string When(EventTime time) => time.Certainty switch
    {
        TimeCertainty.Unknown => "at an unknown time",
        TimeCertainty.Exact => Text(time.Utc, "yyyy-MM-dd HH:mm:ss 'UTC'"),
        _ => Text(time.Utc, "yyyy-MM-dd HH:mm:ss '(zone assumed)'"),
    };

    public static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Names in a row: a, b and c; the rest counted.</summary>
    public static string List(IEnumerable<string> names, int most = 6)
    {
        string[] all = [.. names];
        string[] shown = [.. all.Take(most)];
        string rest = all.Length > shown.Length ? Text($" and {all.Length - shown.Length} more") : "";
        return rest.Length > 0 ? string.Join(", ", shown) + rest
            : shown.Length < 2 ? string.Join("", shown)
            : $"{string.Join(", ", shown[..^1])} and {shown[^1]}";
    }

    private static Statement Make(FormattableString text, bool judgement, IEnumerable<IncidentEvent> events) =>
        new(Text(text), judgement, [.. events.Select(static one => one.Number).Distinct().Order().Take(MaxCited)]);
}
