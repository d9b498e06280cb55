using System.Runtime.CompilerServices;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Events;

/// <summary>
/// What one worker remembers so that an event costs no allocation: routes, host names, accounts. Bounded: where input is
/// made to fill it, it starts afresh.
/// </summary>
public sealed class EventContext
{
    private const int SlotCount = 1024;
    private const int MaxRoutes = 64 * 1024;

    private readonly Slot[] _slots = new Slot[SlotCount];
    private readonly Dictionary<EventRoute, EventRoute> _routes = [];
    private readonly StringPool _strings = new(64 * 1024);

    internal EventIdentity Identities { get; } = new();

    internal ClueReader Clues => field ??= new ClueReader();

    /// <summary>The one string of this text.</summary>
    internal string Intern(ReadOnlySpan<char> text) => text.IsEmpty ? "" : _strings.Get(text);

    /// <summary>The route of a record.</summary>
    internal EventRoute RouteOf(scoped in RecordView record)
    {
        RecordLayout layout = record.Layout;
        int eventId = layout.EventIdField >= 0 && record.TryGetUInt64(layout.EventIdField, out ulong id) && id <= ushort.MaxValue
            ? (int)id
            : 0;
        ReadOnlySpan<char> channel = Text(in record, layout.ChannelField);
        ReadOnlySpan<char> provider = Text(in record, layout.ProviderField);
        ref Slot slot = ref _slots[(RuntimeHelpers.GetHashCode(layout) ^ (eventId * 31)) & (SlotCount - 1)];
        if (ReferenceEquals(slot.Layout, layout) && slot.Route.EventId == eventId
            && channel.SequenceEqual(slot.Route.Channel) && provider.SequenceEqual(slot.Route.Provider))
        {
            return slot.Route;
        }

        EventRoute route = layout.Kind == RecordKind.WindowsEvent
            ? new EventRoute("windows", "", "", Intern(channel), Intern(provider), eventId)
            : new EventRoute("", "webserver", layout.Service, "", "", 0);
        if (!_routes.TryGetValue(route, out EventRoute? known))
        {
            if (_routes.Count >= MaxRoutes)
            {
                _routes.Clear();
            }

            _routes.Add(route, route);
            known = route;
        }

        slot = new Slot { Layout = layout, Route = known };
        return known;
    }

    /// <summary>The host that a record names; empty where it names none.</summary>
    internal string HostOf(scoped in RecordView record)
    {
        foreach (int field in record.Layout.HostFields)
        {
            if (record.TryGetText(field, 0, out ReadOnlySpan<char> host) && host.Length > 0)
            {
                return Intern(host);
            }
        }

        return "";
    }

    private static ReadOnlySpan<char> Text(scoped in RecordView record, int field) =>
        field >= 0 && record.TryGetText(field, 0, out ReadOnlySpan<char> text) ? text : default;

    private struct Slot
    {
        public RecordLayout? Layout;
        public EventRoute Route;
    }
}
