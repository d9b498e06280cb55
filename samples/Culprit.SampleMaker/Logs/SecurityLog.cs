using System.Globalization;
using Culprit.SampleMaker.World;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.Logs;

/// <summary>The Security channel of Windows Server 2019 and Windows 10: fields and types as in its manifest.</summary>
internal static class SecurityLog
{
    public const string Channel = "Security";
    private const ulong Success = 0x8020000000000000;
    private const ulong Failure = 0x8010000000000000;
    private const string NoOne = "S-1-0-0";
    private static readonly Guid Provider = new("54849625-5478-4994-A5BA-3E3B0328C30D");

    /// <summary>How somebody logged on.</summary>
    /// <param name="Type">2 console, 3 network, 5 service, 10 remote desktop.</param>
    /// <param name="Package">Kerberos, NTLM or Negotiate.</param>
    /// <param name="Workstation">The client's name, where the package gives it.</param>
    /// <param name="Ip">The client's address, or -.</param>
    /// <param name="Port">The client's port.</param>
    public readonly record struct LogonWay(uint Type, string Package, string Workstation, string Ip, int Port);

    public static void Logon(Host h, DateTime time, Session session, LogonWay way)
    {
        bool network = way.Type == 3;
        bool ntlm = way.Package == "NTLM";
        Account account = session.Account;
        (string subjectSid, string subjectName, string subjectDomain, ulong subjectId) = network
            ? (NoOne, "-", "-", 0UL)
            : ("S-1-5-18", h.Machine.Name, h.Institute.NetBios, 0x3e7UL);
        (string logonProcess, string process, ulong pid) = way.Type switch
        {
            3 => (ntlm ? "NtLmSsp " : "Kerberos", "-", 0UL),
            5 => ("Advapi  ", @"C:\Windows\System32\services.exe", h.Known("services").Pid),
            _ => ("User32 ", @"C:\Windows\System32\svchost.exe", h.Known("svchost").Pid),
        };
        Write(h, 4624, 2, 12544, time, Success,
        [
            ("SubjectUserSid", BinXmlValue.Sid(subjectSid)), ("SubjectUserName", subjectName),
            ("SubjectDomainName", subjectDomain), ("SubjectLogonId", BinXmlValue.Hex64(subjectId)),
            ("TargetUserSid", BinXmlValue.Sid(account.Sid)), ("TargetUserName", account.Name),
            ("TargetDomainName", network && !ntlm ? h.Institute.Domain.ToUpperInvariant() : account.Domain),
            ("TargetLogonId", BinXmlValue.Hex64(session.LogonId)), ("LogonType", way.Type),
            ("LogonProcessName", logonProcess), ("AuthenticationPackageName", way.Package),
            ("WorkstationName", way.Workstation),
            ("LogonGuid", way.Package == "Kerberos" ? h.Dice.Guid() : Guid.Empty), ("TransmittedServices", "-"),
            ("LmPackageName", ntlm ? "NTLM V2" : "-"), ("KeyLength", ntlm ? 128u : 0u),
            ("ProcessId", BinXmlValue.SizeT(pid)), ("ProcessName", process), ("IpAddress", way.Ip),
            ("IpPort", way.Ip == "-" ? "-" : way.Port.ToString(CultureInfo.InvariantCulture)), ("ImpersonationLevel", "%%1833"),
            ("RestrictedAdminMode", "-"), ("TargetOutboundUserName", "-"), ("TargetOutboundDomainName", "-"),
            ("VirtualAccount", "%%1843"), ("TargetLinkedLogonId", BinXmlValue.Hex64(0)),
            ("ElevatedToken", account.IsAdmin ? "%%1842" : "%%1843"),
        ]);
        if (account.IsAdmin)
        {
            Write(h, 4672, 0, 12548, time.AddTicks(1), Success,
            [
                .. Subject(account.Sid, account.Name, account.Domain, session.LogonId),
                ("PrivilegeList", "SeSecurityPrivilege\r\n\t\t\tSeTakeOwnershipPrivilege\r\n\t\t\tSeLoadDriverPrivilege\r\n\t\t\tSeBackupPrivilege\r\n\t\t\tSeRestorePrivilege\r\n\t\t\tSeDebugPrivilege\r\n\t\t\tSeSystemEnvironmentPrivilege\r\n\t\t\tSeImpersonatePrivilege"),
            ]);
        }
    }

    public static void LogonFailed(Host h, DateTime time, Account account, LogonWay way, uint subStatus) =>
        Write(h, 4625, 0, 12544, time, Failure,
        [
            ("SubjectUserSid", BinXmlValue.Sid(NoOne)), ("SubjectUserName", "-"), ("SubjectDomainName", "-"),
            ("SubjectLogonId", BinXmlValue.Hex64(0)), ("TargetUserSid", BinXmlValue.Sid(NoOne)),
            ("TargetUserName", account.Name), ("TargetDomainName", account.Domain),
            ("Status", BinXmlValue.Hex32(0xC000006D)), ("FailureReason", "%%2313"), ("SubStatus", BinXmlValue.Hex32(subStatus)),
            ("LogonType", way.Type), ("LogonProcessName", way.Type == 3 ? "NtLmSsp " : "User32 "),
            ("AuthenticationPackageName", way.Package), ("WorkstationName", way.Workstation), ("TransmittedServices", "-"),
            ("LmPackageName", "-"), ("KeyLength", 0u), ("ProcessId", BinXmlValue.SizeT(0)), ("ProcessName", "-"),
            ("IpAddress", way.Ip), ("IpPort", way.Port.ToString(CultureInfo.InvariantCulture)),
        ]);

    public static void Logoff(Host h, DateTime time, Session session, uint type) =>
        Write(h, 4634, 0, 12545, time, Success,
        [
            ("TargetUserSid", BinXmlValue.Sid(session.Account.Sid)), ("TargetUserName", session.Account.Name),
            ("TargetDomainName", session.Account.Domain), ("TargetLogonId", BinXmlValue.Hex64(session.LogonId)), ("LogonType", type),
        ]);

    /// <summary>A logon with credentials given by hand, as the client sees it.</summary>
    public static void ExplicitCredentials(Host h, DateTime time, Proc by, Account target, string server, string info) =>
        Write(h, 4648, 0, 12544, time, Success,
        [
            .. Subject(by.Session.Account.Sid, by.Session.Account.Name, by.Session.Account.Domain, by.Session.LogonId),
            ("LogonGuid", Guid.Empty), ("TargetUserName", target.Name), ("TargetDomainName", target.Domain),
            ("TargetLogonGuid", Guid.Empty), ("TargetServerName", server), ("TargetInfo", info),
            ("ProcessId", BinXmlValue.SizeT(by.Pid)), ("ProcessName", by.Image), ("IpAddress", "-"), ("IpPort", "-"),
        ]);

    public static void ProcessCreate(Host h, DateTime time, Proc process, Proc parent)
    {
        Session session = process.Session;
        bool system = session.Account.Sid == "S-1-5-18";
        Write(h, 4688, 2, 13312, time, Success,
        [
            .. Subject(session.Account.Sid, system ? h.Machine.Name : session.Account.Name, system ? h.Institute.NetBios : session.Account.Domain, session.LogonId),
            ("NewProcessId", BinXmlValue.SizeT(process.Pid)), ("NewProcessName", process.Image), ("TokenElevationType", "%%1936"),
            ("ProcessId", BinXmlValue.SizeT(parent.Pid)), ("CommandLine", process.CommandLine),
            ("TargetUserSid", BinXmlValue.Sid(NoOne)), ("TargetUserName", "-"), ("TargetDomainName", "-"),
            ("TargetLogonId", BinXmlValue.Hex64(0)), ("ParentProcessName", parent.Image),
            ("MandatoryLabel", BinXmlValue.Sid(session.Integrity switch { "System" => "S-1-16-16384", "High" => "S-1-16-12288", _ => "S-1-16-8192" })),
        ]);
    }

    public static void ServiceInstalled(Host h, DateTime time, Session by, string name, string path, uint start) =>
        Write(h, 4697, 0, 12289, time, Success,
        [
            .. Subject(by.Account.Sid, by.Account.Name, by.Account.Domain, by.LogonId), ("ServiceName", name),
            ("ServiceFileName", path), ("ServiceType", BinXmlValue.Hex32(0x10)), ("ServiceStartType", start),
            ("ServiceAccount", "LocalSystem"),
        ]);

    public static void TaskCreated(Host h, DateTime time, Session by, string name, string content) => Task(h, 4698, time, by, name, content);

    public static void TaskDeleted(Host h, DateTime time, Session by, string name, string content) => Task(h, 4699, time, by, name, content);

    /// <summary>Kerberos on the domain controller: a ticket-granting ticket.</summary>
    public static void TicketGranting(Host dc, DateTime time, Account account, string ip, int port) =>
        Write(dc, 4768, 0, 14339, time, Success,
        [
            ("TargetUserName", account.Name), ("TargetDomainName", dc.Institute.NetBios), ("TargetSid", BinXmlValue.Sid(account.Sid)),
            ("ServiceName", "krbtgt"), ("ServiceSid", BinXmlValue.Sid(dc.Institute.SidOf("krbtgt"))),
            ("TicketOptions", BinXmlValue.Hex32(0x40810010)), ("Status", BinXmlValue.Hex32(0)),
            ("TicketEncryptionType", BinXmlValue.Hex32(0x12)), ("PreAuthType", "2"), ("IpAddress", "::ffff:" + ip),
            ("IpPort", port.ToString(CultureInfo.InvariantCulture)), ("CertIssuerName", ""), ("CertSerialNumber", ""), ("CertThumbprint", ""),
        ]);

    /// <summary>Kerberos on the domain controller: a ticket for a service.</summary>
    public static void ServiceTicket(Host dc, DateTime time, Account account, Account service, string ip, int port) =>
        Write(dc, 4769, 0, 14337, time, Success,
        [
            ("TargetUserName", account.Name + "@" + dc.Institute.Domain.ToUpperInvariant()),
            ("TargetDomainName", dc.Institute.Domain.ToUpperInvariant()), ("ServiceName", service.Name),
            ("ServiceSid", BinXmlValue.Sid(service.Sid)), ("TicketOptions", BinXmlValue.Hex32(0x40810000)),
            ("TicketEncryptionType", BinXmlValue.Hex32(0x12)), ("IpAddress", "::ffff:" + ip),
            ("IpPort", port.ToString(CultureInfo.InvariantCulture)), ("Status", BinXmlValue.Hex32(0)), ("LogonGuid", dc.Dice.Guid()),
            ("TransmittedServices", "-"),
        ]);

    /// <summary>NTLM on the domain controller.</summary>
    public static void NtlmValidated(Host dc, DateTime time, Account account, string workstation, uint status) =>
        Write(dc, 4776, 0, 14336, time, status == 0 ? Success : Failure,
        [
            ("PackageName", "MICROSOFT_AUTHENTICATION_PACKAGE_V1_0"), ("TargetUserName", account.Name),
            ("Workstation", workstation), ("Status", BinXmlValue.Hex32(status)),
        ]);

    public static void ShareOpened(Host h, DateTime time, Session session, string ip, int port, string share, string path) =>
        Write(h, 5140, 1, 12808, time, Success,
        [
            .. Subject(session.Account.Sid, session.Account.Name, session.Account.Domain, session.LogonId), ("ObjectType", "File"),
            ("IpAddress", ip), ("IpPort", port.ToString(CultureInfo.InvariantCulture)), ("ShareName", @"\\*\" + share),
            ("ShareLocalPath", path.Length == 0 ? "" : @"\??\" + path), ("AccessMask", BinXmlValue.Hex32(1)), ("AccessList", "%%4416\r\n\t\t\t\t"),
        ]);

    public static void ShareFile(Host h, DateTime time, Session session, string ip, int port, string share, string path, string file) =>
        Write(h, 5145, 0, 12811, time, Success,
        [
            .. Subject(session.Account.Sid, session.Account.Name, session.Account.Domain, session.LogonId), ("ObjectType", "File"),
            ("IpAddress", ip), ("IpPort", port.ToString(CultureInfo.InvariantCulture)), ("ShareName", @"\\*\" + share),
            ("ShareLocalPath", path.Length == 0 ? "" : @"\??\" + path), ("RelativeTargetName", file),
            ("AccessMask", BinXmlValue.Hex32(0x2)), ("AccessList", "%%4417\r\n\t\t\t\t"), ("AccessReason", "-"),
        ]);

    /// <summary>The event that stands first in a Security log that was cleared.</summary>
    public static void Cleared(Host h, DateTime time, Session by) =>
        h.Log(new EvtxEvent
        {
            Provider = "Microsoft-Windows-Eventlog",
            ProviderGuid = new Guid("fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148"),
            ProviderInTemplate = true,
            EventId = 1102,
            Task = 104,
            Keywords = 0x4020000000000000,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = 1148,
            ThreadId = 4312,
            UserData = new EvtxUserData(
                "LogFileCleared",
                "http://manifests.microsoft.com/win/2004/08/windows/eventlog",
                [
                    ("SubjectUserSid", BinXmlValue.Sid(by.Account.Sid)), ("SubjectUserName", by.Account.Name),
                    ("SubjectDomainName", by.Account.Domain), ("SubjectLogonId", BinXmlValue.Hex64(by.LogonId)),
                ]),
        });

    private static void Task(Host h, ushort id, DateTime time, Session by, string name, string content) =>
        Write(h, id, 0, 12804, time, Success,
        [
            .. Subject(by.Account.Sid, by.Account.Name, by.Account.Domain, by.LogonId), ("TaskName", name), ("TaskContent", content),
        ]);

    private static (string, BinXmlValue)[] Subject(string sid, string name, string domain, ulong logonId) =>
    [
        ("SubjectUserSid", BinXmlValue.Sid(sid)), ("SubjectUserName", name), ("SubjectDomainName", domain),
        ("SubjectLogonId", BinXmlValue.Hex64(logonId)),
    ];

    private static void Write(
        Host h, ushort id, byte version, ushort task, DateTime time, ulong keywords, IReadOnlyList<(string, BinXmlValue)> data) =>
        h.Log(new EvtxEvent
        {
            Provider = "Microsoft-Windows-Security-Auditing",
            ProviderGuid = Provider,
            EventId = id,
            Version = version,
            Level = 0,
            Task = task,
            Keywords = keywords,
            Channel = Channel,
            Computer = h.Fqdn,
            Time = time,
            ProcessId = id == 4688 ? 4u : h.Known("lsass").Pid,
            ThreadId = (uint)h.Dice.Between(40, 1600) * 4,
            Data = data,
        });
}
