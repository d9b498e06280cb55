using Culprit.SampleMaker.World;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.Logs;

/// <summary>The System channel: services, updates, and the notice that it was cleared.</summary>
internal static class SystemLog
{
    public const string Channel = "System";
    private static readonly Guid ServiceControl = new("555908d1-a6d7-4695-8e1e-26931d2012f4");
    private static readonly Guid UpdateClient = new("945A8954-C147-4ACD-923F-40C45405A658");

    public static void ServiceInstalled(Host h, DateTime time, Session by, string name, string path, string start) =>
        Service(h, 7045, time, by.Account.Sid, [("ServiceName", name), ("ImagePath", path), ("ServiceType", "user mode service"), ("StartType", start), ("AccountName", "LocalSystem")]);

    public static void ServiceState(Host h, DateTime time, string display, string state, string name) =>
        Service(h, 7036, time, null, [("param1", display), ("param2", state)], System.Text.Encoding.Unicode.GetBytes($"{name}/{(state == "running" ? 4 : 1)}\0"));

    public static void StartTypeChanged(Host h, DateTime time, string display, string from, string to, string name) =>
        Service(h, 7040, time, "S-1-5-18", [("param1", display), ("param2", from), ("param3", to), ("param4", name)]);

    public static void Update(Host h, DateTime time, string title, Guid update)
    {
        UpdateStep(h, 44, 12, 0x8000000000002004, time, title, update, null);
        UpdateStep(h, 43, 13, 0x8000000000002008, time.AddSeconds(2), title, update, null);
        UpdateStep(h, 19, 13, 0x8000000000000018, time.AddSeconds(41), title, update, new Guid("9482F4B4-E343-43B6-B170-9A65BC822C77"));
    }

    public static void HiveCleaned(Host h, DateTime time, string hive, uint keys, uint pages) =>
        h.Log(new EvtxEvent
        {
            Provider = "Microsoft-Windows-Kernel-General",
            ProviderGuid = new Guid("A68CA8B7-004F-D7B6-A698-07E2DE0F1F5D"),
            EventId = 16,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = 4,
            ThreadId = 212,
            UserSid = "S-1-5-18",
            Data = [("HiveNameLength", (ushort)hive.Length), ("HiveName", hive), ("KeysUpdated", keys), ("DirtyPages", pages)],
        });

    /// <summary>A planned restart.</summary>
    public static void Restart(Host h, DateTime time) =>
        h.Log(new EvtxEvent
        {
            Provider = "User32",
            ProviderGuid = new Guid("b0aa8734-56f7-41cc-b2f4-de228e98b946"),
            EventSourceName = "User32",
            EventId = 1074,
            Qualifiers = 32768,
            Keywords = 0x8080000000000000,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = 812,
            ThreadId = 2452,
            UserSid = "S-1-5-18",
            Data =
            [
                ("param1", $@"C:\Windows\system32\svchost.exe ({h.Name.ToUpperInvariant()})"), ("param2", h.Name.ToUpperInvariant()),
                ("param3", "Operating System: Service pack (Planned)"), ("param4", "0x80020010"), ("param5", "restart"), ("param6", ""),
                ("param7", @"NT AUTHORITY\SYSTEM"),
            ],
        });

    public static void Cleared(Host h, DateTime time, Session by) =>
        h.Log(new EvtxEvent
        {
            Provider = "Microsoft-Windows-Eventlog",
            ProviderGuid = new Guid("fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148"),
            ProviderInTemplate = true,
            EventId = 104,
            Task = 104,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = 1148,
            ThreadId = 4312,
            UserSid = by.Account.Sid,
            UserData = new EvtxUserData(
                "LogFileCleared",
                "http://manifests.microsoft.com/win/2004/08/windows/eventlog",
                [("SubjectUserName", by.Account.Name), ("SubjectDomainName", by.Account.Domain), ("Channel", Channel), ("BackupPath", "")]),
        });

    private static void UpdateStep(Host h, ushort id, byte opcode, ulong keywords, DateTime time, string title, Guid update, Guid? service)
    {
        List<(string, BinXmlValue)> data = [("updateTitle", title), ("updateGuid", update), ("updateRevisionNumber", 200u)];
        if (service is { } guid)
        {
            data.Add(("serviceGuid", guid));
        }

        h.Log(new EvtxEvent
        {
            Provider = "Microsoft-Windows-WindowsUpdateClient",
            ProviderGuid = UpdateClient,
            EventId = id,
            Version = 1,
            Task = 1,
            Opcode = opcode,
            Keywords = keywords,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = 1356,
            ThreadId = 5120,
            UserSid = "S-1-5-18",
            Data = data,
        });
    }

    private static void Service(Host h, ushort id, DateTime time, string? user, IReadOnlyList<(string, BinXmlValue)> data, byte[]? binary = null) =>
        h.Log(new EvtxEvent
        {
            Provider = "Service Control Manager",
            ProviderGuid = ServiceControl,
            EventSourceName = "Service Control Manager",
            EventId = id,
            Qualifiers = 16384,
            Keywords = 0x8080000000000000,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = h.Known("services").Pid,
            ThreadId = (uint)h.Dice.Between(150, 1500) * 4,
            UserSid = user,
            Data = data,
            Binary = binary,
        });
}
