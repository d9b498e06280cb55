using System.Globalization;
using System.Xml.Linq;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Writer;

/// <summary>Events for tests of the writer, and how to look into what a reader made of them.</summary>
internal static class WriterEvents
{
    public static readonly DateTime Start = new(2020, 2, 3, 7, 30, 0, DateTimeKind.Utc);
    public static readonly Guid Sysmon = new("5770385F-C22A-43E0-BF4C-06F5698FFBD9");

    public static EvtxEvent Process(int i) => new()
    {
        Provider = "Microsoft-Windows-Sysmon",
        ProviderGuid = Sysmon,
        EventId = 1,
        Version = 5,
        Task = 1,
        Channel = "Microsoft-Windows-Sysmon/Operational",
        Computer = "ws-01.lab.example",
        UserSid = "S-1-5-18",
        Time = Start.AddSeconds(i).AddTicks(i),
        ProcessId = 2012,
        ThreadId = 300,
        Data =
        [
            ("RuleName", ""),
            ("UtcTime", Start.AddSeconds(i).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
            ("ProcessGuid", new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
            ("ProcessId", (uint)(4000 + i)),
            ("Image", @"C:\Windows\System32\cmd.exe"),
            ("CommandLine", CommandLine(i)),
            ("LogonId", BinXmlValue.Hex64(0x3e7)),
            ("TerminalSessionId", 1u),
        ],
    };

    public static string CommandLine(int i) => $"cmd.exe /c \"echo {i} > C:\\Temp\\ä & < > ' \ud83d\ude00.txt \"";

    public static EvtxEvent With(params (string Name, BinXmlValue Value)[] data) => new()
    {
        Provider = "Lab-Test",
        ProviderGuid = new Guid("11111111-2222-3333-4444-555555555555"),
        EventId = 77,
        Channel = "Lab/Test",
        Computer = "ws-01.lab.example",
        Time = Start,
        Data = data,
    };

    public static Dictionary<string, string> System(XElement e)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement element in e.Elements().Single(x => x.Name.LocalName == "System").Elements())
        {
            fields[element.Name.LocalName] = element.Value;
            foreach (XAttribute attribute in element.Attributes())
            {
                fields[element.Name.LocalName + "@" + attribute.Name.LocalName] = attribute.Value;
            }
        }

        return fields;
    }

    public static List<(string Name, string Value)> Data(XElement e) =>
    [
        .. e.Elements().Where(x => x.Name.LocalName is "EventData").Elements()
            .Select(x => ((string?)x.Attribute("Name") ?? "", x.Value)),
    ];
}
