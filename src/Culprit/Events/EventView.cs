using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Events;

/// <summary>
/// A record seen as an event: where it comes from, when and on which host it happened, and who acted. Valid only as long
/// as the record is.
/// </summary>
public readonly ref struct EventView
{
    private readonly EventContext _context;

    /// <summary>Looks at a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">What the worker remembers; always the same one on a thread.</param>
    public EventView(scoped in RecordView record, EventContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Record = record;
        _context = context;
        Route = context.RouteOf(in record);
    }

    /// <summary>The record.</summary>
    public RecordView Record { get; }

    /// <summary>Where the event comes from.</summary>
    public EventRoute Route { get; }

    /// <summary>
    /// When it happened: <c>TimeCreated</c> of a Windows event, or when the log wrote it where that is missing.
    /// </summary>
    public EventTime Time => Record.Time;

    /// <summary>
    /// The host that the record names, never what a file or folder is called: <c>Computer</c> of a Windows event; of a
    /// request <c>s-computername</c>, <c>s-ip</c> or <c>cs-host</c>, whichever is there first. Empty where it names none.
    /// </summary>
    public string Host => _context.HostOf(Record);

    /// <summary>
    /// The account that the event is about, with its domain where the record gives one. For logons and authentication
    /// it is the one that logs on (<c>TargetUserName</c>), otherwise the one that acts: <c>SubjectUserName</c>, Sysmon's
    /// <c>User</c> or <c>SourceUser</c>, <c>TargetUserName</c>, <c>UserName</c>, <c>AccountName</c>, and at last the
    /// security identifier of the header. Of a request it is <c>cs-username</c>. Empty where there is none.
    /// </summary>
    public string Account => EventAccount.Of(Record, Route, _context);

    /// <summary>Its number where it was first recorded (<c>EventRecordID</c>), or its line; -1 where it has none.</summary>
    public long RecordId =>
        Record.Layout.RecordIdField >= 0 && Record.TryGetUInt64(Record.Layout.RecordIdField, out ulong id) && id <= long.MaxValue ? (long)id : Record.RecordId;

    /// <summary>Equal for copies of one record; see <see cref="Event.Identity"/>.</summary>
    public UInt128 Identity => _context.Identities.Of(Record, Route, Host);

    /// <summary>Reads what the event may have in common with others.</summary>
    public void ReadClues(ClueBuffer clues)
    {
        ArgumentNullException.ThrowIfNull(clues);
        clues.Clear();
        _context.Clues.Read(Record, Host, clues);
    }

    /// <summary>A copy to keep.</summary>
    public Event ToEvent()
    {
        string host = Host;
        var fields = ImmutableArray.CreateBuilder<EventField>(Record.Layout.FieldNames.Count);
        for (int field = 0; field < Record.Layout.FieldNames.Count; field++)
        {
            string name = Record.Layout.FieldNames[field];
            if (Record.PresenceOf(field) == FieldPresence.Null)
            {
                fields.Add(new EventField(name, null));
                continue;
            }

            for (int i = 0; Record.TryGetText(field, i, out ReadOnlySpan<char> text); i++)
            {
                fields.Add(new EventField(name, text.ToString()));
            }
        }

        return new Event
        {
            Kind = Record.Layout.Kind,
            Route = Route,
            Time = Time,
            Host = host,
            Account = Account,
            RecordId = RecordId,
            Fields = fields.DrainToImmutable(),
            Place = new EvidencePlace(Record.Source, Record.Offset, Record.Length, Record.RecordId),
            Recovered = Record.Recovered,
            Identity = Identity,
        };
    }
}
