using System.Text;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.TestSupport.Evtx;

namespace Culprit.Tests.Evidence;

/// <summary>A folder of evidence that a test makes and that goes away with it.</summary>
internal sealed class EvidenceFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("culprit-test-");

    public string Path => _folder.FullName.Replace('\\', '/');

    public string Of(string name) => Path + "/" + name;

    public string Add(string name, byte[] content)
    {
        string path = Of(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    /// <summary>An event log of so many Sysmon-like events, one a second.</summary>
    public static byte[] EventLog(int count, string computer = "pc1.example", int first = 0) => EvtxWriter.ToBytes(writer =>
    {
        for (int i = first; i < first + count; i++)
        {
            writer.Write(SysmonEvent(i, computer));
        }
    });

    public static EvtxEvent SysmonEvent(int i, string computer = "pc1.example") => new()
    {
        Provider = "Microsoft-Windows-Sysmon",
        ProviderGuid = new Guid("5770385f-c22a-43e0-bf4c-06f5698ffbd9"),
        EventId = 1,
        Time = new DateTime(2020, 7, 1, 8, 0, 0, DateTimeKind.Utc).AddSeconds(i),
        RecordId = (ulong)i + 1,
        Channel = "Microsoft-Windows-Sysmon/Operational",
        Computer = computer,
        Data =
        [
            ("RuleName", "-"),
            ("Image", $@"C:\Windows\System32\tool{i % 7}.exe"),
            ("CommandLine", $"tool{i % 7}.exe /run {i}"),
            ("ProcessId", (uint)(1000 + i)),
            ("User", @"EXAMPLE\anna"),
        ],
    };

    public void Dispose()
    {
        // Tests take permissions away.
        if (!OperatingSystem.IsWindows())
        {
            foreach (FileSystemInfo entry in _folder.EnumerateFileSystemInfos("*", SearchOption.TopDirectoryOnly))
            {
                if (entry is { LinkTarget: null })
                {
                    entry.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                }
            }
        }

        _folder.Delete(recursive: true);
    }
}

/// <summary>Keeps a copy of every record.</summary>
internal sealed class Collector
{
    private readonly List<Sink> _sinks = [];

    /// <summary>The events, in an order that does not depend on threads.</summary>
    public List<Event> Events =>
        [.. _sinks.SelectMany(static s => s.Events)
            .OrderBy(static e => e.Place.Source.Path, StringComparer.Ordinal).ThenBy(static e => e.Place.Offset)];

    public IRecordSink NewSink()
    {
        var sink = new Sink();
        _sinks.Add(sink);
        return sink;
    }

    public static (Coverage Coverage, List<Event> Events) Read(EvidenceOptions options, params string[] paths)
    {
        var collector = new Collector();
        Coverage coverage = new EvidenceReader(options).Read(paths, collector.NewSink, progress: null, TestContext.Current.CancellationToken);
        return (coverage, collector.Events);
    }

    public static (Coverage Coverage, List<Event> Events) Read(params string[] paths) => Read(new EvidenceOptions { Threads = 1 }, paths);

    private sealed class Sink : IRecordSink
    {
        private readonly EventContext _context = new();

        public List<Event> Events { get; } = [];

        public void Accept(scoped in RecordView record) => Events.Add(new EventView(in record, _context).ToEvent());
    }
}

internal static class EventValues
{
    /// <summary>The first value of a field; null where the event does not have it.</summary>
    public static string? Get(this Event e, string field) =>
        e.Fields.Where(f => f.Name == field).Select(static f => f.Value).FirstOrDefault();

    /// <summary>All values of a field.</summary>
    public static string?[] All(this Event e, string field) => [.. e.Fields.Where(f => f.Name == field).Select(static f => f.Value)];
}
