using System.Globalization;
using Culprit.SampleMaker.World;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.Logs;

/// <summary>Sysmon 11 (schema 4.30): the fields and types of each event are those of its manifest.</summary>
internal static class SysmonLog
{
    public const string Channel = "Microsoft-Windows-Sysmon/Operational";
    private static readonly Guid Provider = new("5770385F-C22A-43E0-BF4C-06F5698FFBD9");

    public static void ProcessCreate(Host h, DateTime time, Proc process, Proc parent, string folder)
    {
        ProgramInfo info = Programs.Of(process.Image);
        Write(h, 1, 5, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", process.Guid), ("ProcessId", process.Pid),
            ("Image", process.Image), ("FileVersion", info.Version), ("Description", info.Description),
            ("Product", info.Product), ("Company", info.Company), ("OriginalFileName", info.OriginalName),
            ("CommandLine", process.CommandLine), ("CurrentDirectory", folder), ("User", process.Session.Account.Full),
            ("LogonGuid", process.Session.LogonGuid), ("LogonId", BinXmlValue.Hex64(process.Session.LogonId)),
            ("TerminalSessionId", process.Session.Terminal), ("IntegrityLevel", process.Session.Integrity),
            ("Hashes", Programs.HashesOf(process.Image)), ("ParentProcessGuid", parent.Guid),
            ("ParentProcessId", parent.Pid), ("ParentImage", parent.Image), ("ParentCommandLine", parent.CommandLine),
        ]);
    }

    public static void TimeChanged(Host h, DateTime time, Proc by, string file, DateTime created, DateTime previous) =>
        Write(h, 2, 4, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid), ("ProcessId", by.Pid), ("Image", by.Image),
            ("TargetFilename", file), ("CreationUtcTime", Text(created)), ("PreviousCreationUtcTime", Text(previous)),
        ]);

    public static void Connection(Host h, DateTime time, Proc by, bool initiated, Endpoint source, Endpoint destination) =>
        Write(h, 3, 5, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid), ("ProcessId", by.Pid), ("Image", by.Image),
            ("User", by.Session.Account.Full), ("Protocol", "tcp"), ("Initiated", initiated), ("SourceIsIpv6", false),
            ("SourceIp", source.Ip), ("SourceHostname", source.Name), ("SourcePort", source.Port),
            ("SourcePortName", PortName(source.Port)), ("DestinationIsIpv6", false), ("DestinationIp", destination.Ip),
            ("DestinationHostname", destination.Name), ("DestinationPort", destination.Port),
            ("DestinationPortName", PortName(destination.Port)),
        ]);

    public static void ProcessEnd(Host h, DateTime time, Proc process) =>
        Write(h, 5, 3, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", process.Guid), ("ProcessId", process.Pid), ("Image", process.Image),
        ]);

    public static void ImageLoad(Host h, DateTime time, Proc by, string image, bool signed)
    {
        ProgramInfo info = Programs.Of(image);
        Write(h, 7, 3, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid), ("ProcessId", by.Pid), ("Image", by.Image),
            ("ImageLoaded", image), ("FileVersion", info.Version), ("Description", info.Description), ("Product", info.Product),
            ("Company", info.Company), ("OriginalFileName", info.OriginalName), ("Hashes", Programs.HashesOf(image)),
            ("Signed", signed ? "true" : "false"), ("Signature", signed ? "Microsoft Windows" : ""),
            ("SignatureStatus", signed ? "Valid" : "Unavailable"),
        ]);
    }

    public static void ProcessAccess(Host h, DateTime time, Proc source, Proc target, uint mask, string callTrace) =>
        Write(h, 10, 3, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("SourceProcessGUID", source.Guid), ("SourceProcessId", source.Pid),
            ("SourceThreadId", (uint)h.Dice.Between(300, 2400) * 4), ("SourceImage", source.Image),
            ("TargetProcessGUID", target.Guid), ("TargetProcessId", target.Pid), ("TargetImage", target.Image),
            ("GrantedAccess", BinXmlValue.Hex32(mask)), ("CallTrace", callTrace),
        ]);

    public static void FileCreate(Host h, DateTime time, Proc by, string file) =>
        Write(h, 11, 2, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid), ("ProcessId", by.Pid), ("Image", by.Image),
            ("TargetFilename", file), ("CreationUtcTime", Text(time)),
        ]);

    public static void KeyCreate(Host h, DateTime time, Proc by, string key) =>
        Write(h, 12, 2, time,
        [
            ("RuleName", ""), ("EventType", "CreateKey"), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid),
            ("ProcessId", by.Pid), ("Image", by.Image), ("TargetObject", key),
        ]);

    public static void ValueSet(Host h, DateTime time, Proc by, string value, string details) =>
        Write(h, 13, 2, time,
        [
            ("RuleName", ""), ("EventType", "SetValue"), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid),
            ("ProcessId", by.Pid), ("Image", by.Image), ("TargetObject", value), ("Details", details),
        ]);

    public static void Query(Host h, DateTime time, Proc by, string name, string results) =>
        Write(h, 22, 5, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid), ("ProcessId", by.Pid), ("QueryName", name),
            ("QueryStatus", "0"), ("QueryResults", results), ("Image", by.Image),
        ]);

    public static void FileDelete(Host h, DateTime time, Proc by, string file) =>
        Write(h, 23, 5, time,
        [
            ("RuleName", ""), ("UtcTime", Text(time)), ("ProcessGuid", by.Guid), ("ProcessId", by.Pid),
            ("User", by.Session.Account.Full), ("Image", by.Image), ("TargetFilename", file),
            ("Hashes", Programs.HashesOf(file)), ("IsExecutable", file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)),
            ("Archived", "true"),
        ]);

    public static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string PortName(ushort port) => port switch
    {
        53 => "domain",
        80 => "http",
        88 => "kerberos",
        135 => "epmap",
        139 => "netbios-ssn",
        389 => "ldap",
        443 => "https",
        445 => "microsoft-ds",
        1433 => "ms-sql-s",
        3389 => "ms-wbt-server",
        _ => "",
    };

    private static void Write(Host h, ushort id, byte version, DateTime time, IReadOnlyList<(string, BinXmlValue)> data)
    {
        if (!h.HasSysmon)
        {
            return;
        }

        h.Log(new EvtxEvent
        {
            Provider = "Microsoft-Windows-Sysmon",
            ProviderGuid = Provider,
            EventId = id,
            Version = version,
            Task = id,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time.AddTicks(31_415),
            ProcessId = 2316,
            ThreadId = 3528,
            UserSid = "S-1-5-18",
            Data = data,
        });
    }
}

/// <summary>One end of a connection.</summary>
/// <param name="Ip">Its address.</param>
/// <param name="Name">Its name, or empty.</param>
/// <param name="Port">Its port.</param>
internal readonly record struct Endpoint(string Ip, string Name, ushort Port);
