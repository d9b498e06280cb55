using System.Collections.Immutable;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>An intrusion into a small institute: web shell, passwords, four hosts, archives as pictures, cleared logs, a return a week later.</summary>
internal static class ResearchLab
{
    private const string Intruder = "203.0.113.77";
    private const string Shell = "/portal/media/gallery/news.aspx";
    private const double Week = 7 * 24 * 60;

    private static readonly (string, string, string) WebShell = ("Web shell receives commands", "persistence", "T1505.003");
    private static readonly (string, string, string) Exploit = ("Page uploaded where pictures belong", "initial-access", "T1190");
    private static readonly (string, string, string) Command = ("Command shell under the web server", "execution", "T1059.003");
    private static readonly (string, string, string) Discovery = ("Many questions about the network", "discovery", "T1018");
    private static readonly (string, string, string) Dump = ("Memory of LSASS copied", "credential-access", "T1003.001");
    private static readonly (string, string, string) Share = ("Administrative share from a web server", "lateral-movement", "T1021.002");
    private static readonly (string, string, string) Directory = ("Directory database copied with ntdsutil", "credential-access", "T1003.003");
    private static readonly (string, string, string) Service = ("Service installed from a share", "persistence", "T1543.003");
    private static readonly (string, string, string) Desktop = ("Remote desktop through a tunnel", "lateral-movement", "T1021.001");
    private static readonly (string, string, string) Pack = ("Archive with password into the Recycle Bin", "collection", "T1560.001");
    private static readonly (string, string, string) Leave = ("Archive fetched from the web server", "exfiltration", "T1567");
    private static readonly (string, string, string) Cleared = ("Security log cleared", "defense-evasion", "T1070.001");
    private static readonly (string, string, string) Deleted = ("Tools deleted after use", "defense-evasion", "T1070.004");
    private static readonly (string, string, string) Masked = ("Archive with a picture's name", "defense-evasion", "T1036.008");

    public static DossierIncident Make(int number)
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        int probe = make.Web(0, Intruder, "GET", "/portal/filemanager/", 200, $"{Intruder} opened the file manager of web-01");
        int upload = make.Web(4, Intruder, "POST", "/portal/filemanager/upload.ashx", 200, $"{Intruder} uploaded a page to web-01", Exploit);
        int created = make.Windows(4.1, "web-01", "IIS APPPOOL\\portal", 11, "w3wp.exe wrote news.aspx among the pictures of web-01", WebShell, ("TargetFilename", @"C:\inetpub\portal\media\gallery\news.aspx"), ("Image", @"C:\Windows\System32\inetsrv\w3wp.exe"));
        int firstCall = make.Web(5, Intruder, "POST", Shell, 200, $"{Intruder} sent a command to {Shell}", WebShell);
        var commands = new List<int>();
        string[] questions = ["whoami /all", "ipconfig /all", "net view", "net group \"domain admins\" /domain", "tasklist /v", "netstat -ano", "nltest /dclist:", "dir C:\\Users"];
        for (int i = 0; i < 64; i++)
        {
            make.Web(6 + i, Intruder, "POST", Shell, 200, $"{Intruder} sent a command to {Shell}", i % 4 == 0 ? WebShell : null);
            commands.Add(make.Windows(6.02 + i, "web-01", "IIS APPPOOL\\portal", 1, $"w3wp.exe started cmd.exe: {questions[i % 8]}", i % 2 == 0 ? Command : Discovery,
                ("Image", @"C:\Windows\System32\cmd.exe"), ("CommandLine", $"cmd /c \"cd /d \"C:\\inetpub\\portal\"&{questions[i % 8]}&echo [S]&cd&echo [E]\""), ("ParentImage", @"C:\Windows\System32\inetsrv\w3wp.exe"), ("User", "IIS APPPOOL\\portal")));
        }

        int dumpRun = make.Windows(72, "web-01", "IIS APPPOOL\\portal", 1, "cmd.exe started pd64.exe against lsass.exe", Dump, ("Image", @"C:\Windows\Temp\pd64.exe"), ("CommandLine", "pd64.exe -accepteula -ma lsass.exe C:\\Windows\\Temp\\ls.dmp"), ("Hashes", "SHA256=" + IncidentMaker.Hash("procdump").ToUpperInvariant()));
        int dumpFile = make.Windows(72.2, "web-01", "IIS APPPOOL\\portal", 11, "pd64.exe wrote ls.dmp", null, ("TargetFilename", @"C:\Windows\Temp\ls.dmp"));
        int logon = make.Windows(90, "fs-01", "svc_backup", 4624, "svc_backup logged on to fs-01 from 10.20.0.15 over the network", Share, ("TargetUserName", "svc_backup"), ("TargetDomainName", "INSTITUTE"), ("LogonType", "3"), ("IpAddress", "10.20.0.15"), ("TargetUserSid", "S-1-5-21-1004336348-1177238915-682003330-1107"));
        int share = make.Windows(90.1, "fs-01", "svc_backup", 5140, "svc_backup opened \\\\fs-01\\C$ from 10.20.0.15", Share, ("SubjectUserName", "svc_backup"), ("ShareName", @"\\*\C$"), ("IpAddress", "10.20.0.15"));
        int wmi = make.Windows(92, "fs-01", "svc_backup", 1, "WmiPrvSE.exe started cmd.exe on fs-01", ("Process started over WMI", "execution", "T1047"), ("Image", @"C:\Windows\System32\cmd.exe"), ("CommandLine", @"cmd.exe /c dir D:\Research\*.xlsx /s /b > C:\Windows\Temp\l.txt"), ("ParentImage", @"C:\Windows\System32\wbem\WmiPrvSE.exe"));
        int ntds = make.Windows(101.5, "dc-01", "svc_backup", 4688, "ntdsutil.exe made a copy of the directory on dc-01", Directory, ("NewProcessName", @"C:\Windows\System32\ntdsutil.exe"), ("CommandLine", "ntdsutil \"ac i ntds\" \"ifm\" \"create full C:\\Windows\\Temp\\tmp1\" q q"), ("SubjectUserName", "svc_backup"));
        int task = make.Windows(100.5, "dc-01", "svc_backup", 4698, "svc_backup made a scheduled task on dc-01 that runs ntdsutil", ("Scheduled task from another host", "execution", "T1053.005"), ("TaskName", @"\Maintenance"), ("SubjectUserName", "svc_backup"));
        int service = make.Windows(120, "ws-07", "svc_backup", 7045, "A service UpdSvc was installed on ws-07", Service, ("ServiceName", "UpdSvc"), ("ImagePath", @"\\fs-01\C$\Windows\Temp\u.exe"));
        int desktop = make.Windows(131, "ws-12", "mvogel", 4624, "mvogel logged on to ws-12 by remote desktop from 127.0.0.1", Desktop, ("TargetUserName", "mvogel"), ("LogonType", "10"), ("IpAddress", "127.0.0.1"));
        var packed = new List<int>();
        for (int i = 1; i <= 9; i++)
        {
            packed.Add(make.Windows(140 + (i * 2), "fs-01", "svc_backup", 1, $"r.exe packed part {i} of D:\\Research into C:\\$Recycle.Bin\\mice_{i:00}.jpg", i % 2 == 1 ? Pack : Masked,
                ("Image", @"C:\$Recycle.Bin\r.exe"), ("OriginalFileName", "rar.exe"), ("CommandLine", $"r.exe a -hp*** -v200m C:\\$Recycle.Bin\\mice_{i:00}.jpg D:\\Research\\trial-{i}\\*.xlsx"), ("Hashes", "MD5=" + IncidentMaker.Hash("rar")[..32])));
        }

        var fetched = new List<int>();
        for (int i = 1; i <= 9; i++)
        {
            fetched.Add(make.Web(165 + i, Intruder, "GET", $"/portal/media/gallery/mice_{i:00}.jpg", 200, $"{Intruder} fetched mice_{i:00}.jpg from web-01: 22,671,104 bytes", Leave));
        }

        int deleted = make.Windows(180, "web-01", "IIS APPPOOL\\portal", 1, "cmd.exe deleted pd64.exe and ls.dmp", Deleted, ("CommandLine", "cmd /c del /q C:\\Windows\\Temp\\pd64.exe C:\\Windows\\Temp\\ls.dmp"));
        int cleared = make.Windows(182, "web-01", "SYSTEM", 1102, "The Security log of web-01 was cleared", Cleared, ("SubjectUserName", "SYSTEM"));
        int cleared2 = make.Windows(182.1, "web-01", "SYSTEM", 104, "The System log of web-01 was cleared", Cleared, ("SubjectUserName", "SYSTEM"));

        var back = new List<int>();
        int secondShell = make.Web(Week + 12, Intruder, "POST", Shell, 200, $"{Intruder} sent a command to {Shell}", WebShell);
        int second = make.Windows(Week + 13, "web-01", "IIS APPPOOL\\portal", 11, "w3wp.exe wrote help.aspx on web-01", WebShell, ("TargetFilename", @"C:\inetpub\portal\media\docs\help.aspx"));
        for (int i = 0; i < 40; i++)
        {
            back.Add(make.Windows(Week + 15 + i, i % 3 == 0 ? "fs-01" : "web-01", i % 3 == 0 ? "svc_backup" : "IIS APPPOOL\\portal", 1, $"cmd.exe ran: {questions[i % 8]}", i % 5 == 0 ? Discovery : null,
                ("Image", @"C:\Windows\System32\cmd.exe"), ("CommandLine", questions[i % 8])));
        }

        int took = make.Web(Week + 70, Intruder, "GET", "/portal/media/docs/mice_10.jpg", 200, $"{Intruder} fetched mice_10.jpg from web-01: 8,120,334 bytes", Leave);
        int scan = make.Windows(Week + (3 * 24 * 60), "web-01", "SYSTEM", 1116, "Defender found Backdoor:ASP/Chopper in news.aspx on web-01", ("Antivirus names a web shell", "persistence", "T1505.003"), ("Path", @"C:\inetpub\portal\media\gallery\news.aspx"));

        var events = new StoryEvents(probe, upload, created, firstCall, [.. commands], dumpRun, dumpFile, logon, share, wmi, task, ntds, service, desktop, [.. packed], [.. fetched], deleted, cleared, cleared2, secondShell, second, [.. back], took, scan);
        return make.Make(number, IncidentSeverity.Critical, ResearchLabStory.Tell(make, events),
            new IncidentReason("A page in a folder of pictures received commands from outside.", 40),
            new IncidentReason("The directory database was copied on a domain controller.", 35),
            new IncidentReason("Logs were cleared.", 20),
            new IncidentReason("The backup account is used every night for backups.", -5));
    }

    internal sealed record StoryEvents(
        int Probe, int Upload, int Created, int FirstCall, ImmutableArray<int> Commands, int DumpRun, int DumpFile, int Logon, int Share, int Wmi, int Task, int Ntds, int Service, int Desktop,
        ImmutableArray<int> Packed, ImmutableArray<int> Fetched, int Deleted, int Cleared, int Cleared2, int SecondShell, int Second, ImmutableArray<int> Back, int Took, int Scan)
    {
        public EventTime Time(IncidentMaker make, int number) => make.Events[number].Time;
    }
}
