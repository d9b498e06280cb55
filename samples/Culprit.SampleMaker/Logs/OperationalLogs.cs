using System.Globalization;
using Culprit.SampleMaker.World;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.Logs;

/// <summary>The channels of single services: scheduled tasks, terminal sessions, PowerShell, Defender.</summary>
internal static class OperationalLogs
{
    private static readonly Guid Tasks = new("DE7B24EA-73C8-4A09-985D-5BDADCFA9017");
    private static readonly Guid Sessions = new("5D896912-022D-40AA-A3A8-4FA5515C76D7");
    private static readonly Guid PowerShell = new("A0C1853B-5C40-4B15-8766-3CF1C58F985A");
    private static readonly Guid Defender = new("11CD958A-C507-4EF3-B3F2-5FD9DFBD2C78");

    public static void TaskRegistered(Host h, DateTime time, string name, string user) =>
        Task(h, 106, 0, 106, 0, time, "TaskRegisteredEvent", [("TaskName", name), ("UserContext", user)]);

    public static void TaskDeleted(Host h, DateTime time, string name, string user) =>
        Task(h, 141, 0, 141, 0, time, "TaskDeleted", [("TaskName", name), ("UserName", user)]);

    /// <summary>A task that ran: started, its process, its action, and how it ended.</summary>
    public static void TaskRan(Host h, DateTime time, string name, string user, string action, uint pid, int seconds)
    {
        Guid instance = h.Dice.Guid();
        Task(h, 100, 0, 100, 1, time, "TaskStartEvent", [("TaskName", name), ("UserContext", user), ("InstanceId", instance)]);
        Task(h, 129, 0, 129, 0, time.AddMilliseconds(4), "CreatedTaskProcess", [("TaskName", name), ("Path", action), ("ProcessID", pid), ("Priority", 16384u)]);
        Task(h, 200, 1, 200, 1, time.AddMilliseconds(5), "ActionStart", [("TaskName", name), ("ActionName", action), ("TaskInstanceId", instance), ("EnginePID", 1872u)]);
        Task(h, 201, 1, 201, 2, time.AddSeconds(seconds), "ActionSuccess", [("TaskName", name), ("TaskInstanceId", instance), ("ActionName", action), ("ResultCode", 0u), ("EnginePID", 1872u)]);
        Task(h, 102, 0, 102, 2, time.AddSeconds(seconds).AddMilliseconds(1), "TaskSuccessEvent", [("TaskName", name), ("UserContext", user), ("InstanceId", instance)]);
    }

    public static void SessionLogon(Host h, DateTime time, Session session, string address)
    {
        SessionEvent(h, 21, time, [("User", session.Account.Full), ("SessionID", session.Terminal), ("Address", address)]);
        SessionEvent(h, 22, time.AddMilliseconds(900), [("User", session.Account.Full), ("SessionID", session.Terminal), ("Address", address)]);
    }

    public static void SessionDisconnected(Host h, DateTime time, Session session, string address) =>
        SessionEvent(h, 24, time, [("User", session.Account.Full), ("SessionID", session.Terminal), ("Address", address)]);

    public static void SessionLogoff(Host h, DateTime time, Session session) =>
        SessionEvent(h, 23, time, [("User", session.Account.Full), ("SessionID", session.Terminal)]);

    public static void PowerShellStarted(Host h, DateTime time, Proc process)
    {
        string pid = process.Pid.ToString(CultureInfo.InvariantCulture);
        Shell(h, 40961, 4, 1, time, process, []);
        Shell(h, 53504, 111, 10, time.AddMilliseconds(180), process, [("param1", pid), ("param2", "DefaultAppDomain")]);
        Shell(h, 40962, 4, 2, time.AddMilliseconds(300), process, []);
    }

    public static void ScriptBlock(Host h, DateTime time, Proc process, string text, string path, bool suspicious = false) =>
        Shell(h, 4104, 2, 15, time, process,
            [("MessageNumber", 1), ("MessageTotal", 1), ("ScriptBlockText", text), ("ScriptBlockId", h.Dice.Guid().ToString("D", CultureInfo.InvariantCulture)), ("Path", path)],
            suspicious ? (byte)3 : (byte)5);

    public static void ScanStarted(Host h, DateTime time, Guid scan) => Scan(h, 1000, time, scan, []);

    public static void ScanFinished(Host h, DateTime time, Guid scan, uint minutes) =>
        Scan(h, 1001, time, scan, [("Scan Time Hours", Number(minutes / 60)), ("Scan Time Minutes", Number(minutes % 60)), ("Scan Time Seconds", "12")]);

    public static void SignaturesUpdated(Host h, DateTime time, string current, string previous) =>
        Antivirus(h, 2000, 4, time,
        [
            ("Product Name", "%%827"), ("Product Version", "4.18.2001.10"), ("Current Signature Version", current),
            ("Previous Signature Version", previous), ("Domain", "NT AUTHORITY"), ("User", "SYSTEM"), ("SID", "S-1-5-18"),
            ("Signature Type Index", "1"), ("Signature Type", "%%800"), ("Update Type Index", "2"), ("Update Type", "%%803"),
            ("Current Engine Version", "1.1.16700.3"), ("Previous Engine Version", "1.1.16700.3"),
        ]);

    /// <summary>Something found (1116) and what was done with it (1117).</summary>
    public static void Detected(Host h, DateTime time, string threat, string category, string file, string process)
    {
        Guid detection = h.Dice.Guid();
        Detection(h, 1116, 3, time, detection, threat, category, file, process, "1", "%%887");
        Detection(h, 1117, 4, time.AddSeconds(9), detection, threat, category, file, process, "3", "%%809");
    }

    private static void Detection(
        Host h, ushort id, byte level, DateTime time, Guid detection, string threat, string category, string file, string process, string state, string action) =>
        Antivirus(h, id, level, time,
        [
            ("Product Name", "%%827"), ("Product Version", "4.18.2001.10"), ("Detection ID", detection.ToString("B", CultureInfo.InvariantCulture).ToUpperInvariant()),
            ("Detection Time", time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)), ("Unused", ""), ("Unused2", ""),
            ("Threat ID", "2147708000"), ("Threat Name", threat), ("Severity ID", "5"), ("Severity Name", "Severe"), ("Category ID", "6"),
            ("Category Name", category), ("FWLink", ""), ("Status Code", state), ("Status Description", ""), ("State", state), ("Source ID", "2"),
            ("Source Name", "%%819"), ("Process Name", process), ("Detection User", @"NT AUTHORITY\SYSTEM"), ("Unused3", ""), ("Path", "file:_" + file),
            ("Origin ID", "1"), ("Origin Name", "%%845"), ("Execution ID", "0"), ("Execution Name", "%%812"), ("Type ID", "0"), ("Type Name", "%%822"),
            ("Pre Execution Status", "0"), ("Action ID", id == 1116 ? "9" : "2"), ("Action Name", action), ("Unused4", ""), ("Error Code", "0x00000000"),
            ("Error Description", "The operation completed successfully. "), ("Unused5", ""), ("Post Clean Status", "0"), ("Additional Actions ID", "0"),
            ("Additional Actions String", "No additional actions required"), ("Remediation User", id == 1116 ? "" : @"NT AUTHORITY\SYSTEM"), ("Unused6", ""),
            ("Signature Version", "AV: 1.309.501.0, AS: 1.309.501.0, NIS: 1.309.501.0"), ("Engine Version", "AM: 1.1.16700.3, NIS: 1.1.16700.3"),
        ]);

    private static void Scan(Host h, ushort id, DateTime time, Guid scan, IReadOnlyList<(string, BinXmlValue)> more) =>
        Antivirus(h, id, 4, time,
        [
            ("Product Name", "%%827"), ("Product Version", "4.18.2001.10"), ("Scan ID", scan.ToString("B", CultureInfo.InvariantCulture).ToUpperInvariant()),
            ("Scan Type Index", "1"), ("Scan Type", "%%802"), ("Scan Parameters Index", "2"), ("Scan Parameters", "%%805"), ("Domain", "NT AUTHORITY"),
            ("User", "SYSTEM"), ("SID", "S-1-5-18"), .. more,
        ]);

    private static string Number(uint value) => value.ToString("00", CultureInfo.InvariantCulture);

    private static void Antivirus(Host h, ushort id, byte level, DateTime time, IReadOnlyList<(string, BinXmlValue)> data) =>
        h.Log(Event(h, "Microsoft-Windows-Windows Defender", Defender, "Microsoft-Windows-Windows Defender/Operational", id, time, h.Known("msmpeng").Pid) with { Level = level, Data = data });

    private static void Task(Host h, ushort id, byte version, ushort task, byte opcode, DateTime time, string name, IReadOnlyList<(string, BinXmlValue)> data) =>
        h.Log(Event(h, "Microsoft-Windows-TaskScheduler", Tasks, "Microsoft-Windows-TaskScheduler/Operational", id, time, h.Known("svchost-schedule").Pid) with
        {
            Version = version,
            Task = task,
            Opcode = opcode,
            DataName = name,
            Data = data,
        });

    private static void SessionEvent(Host h, ushort id, DateTime time, IReadOnlyList<(string, BinXmlValue)> data) =>
        h.Log(Event(
            h, "Microsoft-Windows-TerminalServices-LocalSessionManager", Sessions, "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", id, time, h.Known("svchost").Pid) with
        {
            Keywords = 0x1000000000000000,
            UserData = new EvtxUserData("EventXML", "Event_NS", data),
        });

    private static void Shell(Host h, ushort id, ushort task, byte opcode, DateTime time, Proc process, IReadOnlyList<(string, BinXmlValue)> data, byte level = 4) =>
        h.Log(Event(h, "Microsoft-Windows-PowerShell", PowerShell, "Microsoft-Windows-PowerShell/Operational", id, time, process.Pid) with
        {
            Version = 1,
            Level = level,
            Task = task,
            Opcode = opcode,
            Keywords = 0,
            UserSid = process.Session.Account.Sid,
            Data = data,
        });

    private static EvtxEvent Event(Host h, string provider, Guid guid, string channel, ushort id, DateTime time, uint pid) => new()
    {
        Provider = provider,
        ProviderGuid = guid,
        EventId = id,
        Channel = channel,
        Computer = h.Fqdn,
        Time = time,
        ProcessId = pid,
        ThreadId = (uint)h.Dice.Between(200, 1500) * 4,
        UserSid = "S-1-5-18",
    };
}
