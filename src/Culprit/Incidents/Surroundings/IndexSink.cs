using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Incidents.Surroundings;

/// <summary>Writes the events of one worker into the index. Records cost no allocation, but for the addresses that they hold.</summary>
internal sealed class IndexSink(EventIndex index) : IRecordSink
{
    private const int BlockLength = 1 << 20;

    // How the programs of web servers and of what runs their pages begin.
    private static readonly string[] WebServers = ["w3wp.", "httpd.", "apache.", "nginx.", "php-cgi.", "php.", "tomcat", "caddy."];

    private readonly EventContext _context = new();
    private readonly ClueBuffer _clues = new();
    private readonly AddressReader _addresses = new(index.Addresses);
    private readonly byte[] _block = new byte[BlockLength];
    private readonly Dictionary<string, int> _hosts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<EventRoute, EventClass> _classes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(int Host, string Channel), LogExtent> _logs = [];
    private readonly long _since = index.Since?.UtcTicks ?? 0;
    private readonly long _until = index.Until?.UtcTicks ?? long.MaxValue;
    private (EventRoute? Route, int Host) _lastLog;
    private LogExtent? _lastExtent;
    private int _used;
    private EvidenceSource? _lastSource;
    private int _lastSourceNumber;

    /// <inheritdoc/>
    public void Accept(scoped in RecordView record)
    {
        if (record.Time.Certainty != TimeCertainty.Unknown && (record.Time.UtcTicks < _since || record.Time.UtcTicks >= _until))
        {
            return;
        }

        var view = new EventView(in record, _context);
        view.ReadClues(_clues);
        string host = view.Host;
        EventClass eventClass = ClassOf(view.Route);
        eventClass = eventClass switch
        {
            EventClass.KernelFile when !Is(in record, "Image", static image => image.Equals("System", StringComparison.OrdinalIgnoreCase)) => EventClass.Other,
            EventClass.WebRequest when Is(in record, "cs-method", static method => method.Equals("POST", StringComparison.OrdinalIgnoreCase)) => EventClass.WebPost,
            EventClass.ProcessStart when Is(in record, "ParentImage", IsWebServer) || Is(in record, "ParentProcessName", IsWebServer) => EventClass.WebStart,
            _ => eventClass,
        };

        int hostNumber = HostNumber(host);
        Count(view.Route, hostNumber, view.Time.UtcTicks, view.RecordId);
        _addresses.Read(in record, host, eventClass);
        if (_clues.Count == 0)
        {
            return;
        }

        if (_block.Length - _used < IndexedEvent.MaxLength)
        {
            Flush();
        }

        _used += IndexedEvent.Write(
            _block.AsSpan(_used), view.Time.UtcTicks, view.Time.Certainty != TimeCertainty.Unknown, hostNumber, SourceNumber(record.Source),
            record.Length, record.Offset, eventClass, _clues);
    }

    /// <summary>Gives the rest to the index. To be called when nothing is read any more.</summary>
    public void Complete()
    {
        Flush();
        _addresses.Complete();
        index.Logs.Add(_logs);
    }

    private delegate bool TextTest(ReadOnlySpan<char> text);

    private static EventClass Classify(EventRoute route)
    {
        if (route.Channel.Length == 0)
        {
            return EventClass.WebRequest;
        }

        if (route.Provider.EndsWith("-Sysmon", StringComparison.OrdinalIgnoreCase))
        {
            return route.EventId switch
            {
                1 => EventClass.ProcessStart,
                3 => EventClass.Connection,
                2 or 11 or 15 or 23 or 26 => EventClass.KernelFile,
                _ => EventClass.Other,
            };
        }

        if (string.Equals(route.Channel, "Security", StringComparison.OrdinalIgnoreCase))
        {
            return route.EventId switch
            {
                4624 or 4625 or 4768 or 4769 or 4770 or 4771 or 4776 or 4778 => EventClass.Logon,
                4648 => EventClass.ExplicitLogon,
                4634 or 4647 or 4672 or 4779 => EventClass.SessionNote,
                4688 => EventClass.ProcessStart,
                5140 or 5142 or 5143 or 5144 or 5145 => EventClass.Share,
                5156 or 5157 or 5158 => EventClass.Connection,
                _ => EventClass.Other,
            };
        }

        bool isTerminal = route.Provider.StartsWith("Microsoft-Windows-TerminalServices-", StringComparison.OrdinalIgnoreCase);
        return isTerminal ? EventClass.Logon : EventClass.Other;
    }

    private static bool Is(scoped in RecordView record, string field, TextTest test) =>
        record.Layout.IndexOf(field) is var at and >= 0 && record.TryGetText(at, 0, out ReadOnlySpan<char> text) && test(text);

    private static bool IsWebServer(ReadOnlySpan<char> image)
    {
        ReadOnlySpan<char> program = image[(image.LastIndexOf('\\') + 1)..];
        foreach (string server in WebServers)
        {
            if (program.StartsWith(server, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private EventClass ClassOf(EventRoute route)
    {
        if (!_classes.TryGetValue(route, out EventClass known))
        {
            _classes.Add(route, known = Classify(route));
        }

        return known;
    }

    // The context gives out one string for equal hosts, so that looking one up compares no characters.
    private int HostNumber(string host)
    {
        if (!_hosts.TryGetValue(host, out int number))
        {
            Span<char> room = stackalloc char[ClueBuffer.MaxName];
            _hosts.Add(host, number = index.Names.HostNumber(ClueText.Machine(host, room).ToString(), host));
        }

        return number;
    }

    private void Count(EventRoute route, int host, long ticks, long recordId)
    {
        if (!ReferenceEquals(route, _lastLog.Route) || host != _lastLog.Host)
        {
            string channel = route.Channel.Length > 0 ? route.Channel : LogExtents.WebRequests;
            ref LogExtent? extent = ref CollectionsMarshal.GetValueRefOrAddDefault(_logs, (host, channel), out _);
            _lastExtent = extent ??= new LogExtent();
            _lastLog = (route, host);
        }

        _lastExtent!.Add(ticks, recordId);
    }

    private int SourceNumber(EvidenceSource source)
    {
        if (!ReferenceEquals(source, _lastSource))
        {
            _lastSourceNumber = index.Names.SourceNumber(source.Path);
            _lastSource = source;
        }

        return _lastSourceNumber;
    }

    private void Flush()
    {
        index.Blocks.Add(_block.AsSpan(0, _used));
        _used = 0;
    }
}
