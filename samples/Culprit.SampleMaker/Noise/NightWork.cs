using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Noise;

/// <summary>Backups that make archives, antivirus scans, builds, and the monthly patches.</summary>
internal sealed class NightWork(Institute institute)
{
    private const string SevenZip = @"C:\Program Files\7-Zip\7z.exe";
    private readonly Dice _dice = institute.Dice("nights");

    public void Night(DateTime day)
    {
        Backup(day.AddHours(22));
        Build(day.AddHours(20).AddMinutes(30));
        foreach (Host host in institute.Hosts)
        {
            bool isScanDay = day.DayOfWeek == DayOfWeek.Sunday || host.Role is "research" or "admin";
            if (isScanDay)
            {
                DateTime at = _dice.Within(day.AddHours(day.DayOfWeek == DayOfWeek.Sunday ? 1 : 12), 60);
                Guid scan = _dice.Guid();
                uint minutes = (uint)_dice.Between(6, day.DayOfWeek == DayOfWeek.Sunday ? 110 : 15);
                OperationalLogs.ScanStarted(host, at, scan);
                OperationalLogs.ScanFinished(host, at.AddMinutes(minutes), scan, minutes);
            }
        }
    }

    /// <summary>Patches on every machine, then a restart.</summary>
    public void Patch(DateTime day)
    {
        int minute = 0;
        foreach (Host host in institute.Hosts)
        {
            DateTime at = day.AddHours(1).AddMinutes(minute += 8);
            SystemLog.Update(host, at, "2020-02 Cumulative Update for Windows Server 2019 (1809) for x64-based Systems (KB4532691)", _dice.Guid());
            Proc installer = ProcessLog.Start(host, at.AddSeconds(12), host.Known("services"), @"C:\Windows\servicing\TrustedInstaller.exe", @"C:\Windows\servicing\TrustedInstaller.exe", host.System);
            Proc worker = ProcessLog.Start(host, at.AddSeconds(14), host.Known("svchost-dcom"), @"C:\Windows\WinSxS\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.17763.850_none_7e18264b4d00f498\TiWorker.exe", @"C:\Windows\winsxs\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.17763.850_none_7e18264b4d00f498\TiWorker.exe -Embedding", host.System);
            SysmonLog.FileCreate(host, at.AddSeconds(30), worker, @"C:\Windows\Temp\cbs-" + _dice.Between(1000, 9999) + ".tmp");
            SysmonLog.ValueSet(host, at.AddSeconds(33), installer, @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\SessionsPending\Exclusive", "DWORD (0x00000005)");
            SystemLog.Restart(host, at.AddMinutes(12));
            SystemLog.HiveCleaned(host, at.AddMinutes(14), @"\SystemRoot\System32\Config\SOFTWARE", 1204, 311);
            Start(host, at.AddMinutes(13));
        }
    }

    /// <summary>What the service manager starts after a restart.</summary>
    private static void Start(Host host, DateTime at)
    {
        IReadOnlyDictionary<string, Proc> processes = host.Boot(at);
        int seconds = 20;
        foreach ((string handle, Proc process) in processes)
        {
            if (handle is "system" or "services" or "lsass" or "wmiprvse" || (handle == "sqlservr" && host.Role != "build") || (handle == "backup" && host.Role != "backup"))
            {
                continue;
            }

            DateTime start = at.AddSeconds(seconds += 3);
            if (host.HasSysmon)
            {
                SysmonLog.ProcessCreate(host, start, process, processes["services"], @"C:\Windows\system32\");
            }
            else
            {
                SecurityLog.ProcessCreate(host, start, process, processes["services"]);
            }
        }
    }

    private void Backup(DateTime start)
    {
        Host server = institute.Hosts.First(h => h.Role == "backup");
        Account account = institute.Account("svc-backup");
        Host dc = institute.DomainController;
        DateTime at = start.AddMinutes(_dice.Between(0, 4));
        OperationalLogs.TaskRan(server, at, @"\Example Backup\Nightly", account.Full, @"C:\Program Files\Example Backup\backup-agent.exe", server.Known("backup").Pid, 5400);
        foreach (Host target in institute.Hosts.Where(h => h.Role is "files" or "build" or "web"))
        {
            at = at.AddMinutes(_dice.Between(9, 20));
            int port = _dice.Between(49700, 65000);
            Session session = target.NewSession(account, at);
            SecurityLog.ServiceTicket(dc, at.AddMilliseconds(-25), account, target.Machine, server.Ip, port - 1);
            SecurityLog.Logon(target, at, session, new(3, "Kerberos", "-", server.Ip, port));
            SecurityLog.ShareOpened(target, at.AddMilliseconds(15), session, server.Ip, port, "Backup$", @"D:\");
            string archive = $@"E:\Backup\{target.Name}\{at:yyyy-MM-dd}.7z";
            ProcessLog.Start(server, at.AddSeconds(3), server.Known("backup"), SevenZip, $@"""{SevenZip}"" a -t7z -mx=3 -mmt=4 ""{archive}"" \\{target.Name}\Backup$\*", null, @"C:\Program Files\Example Backup\");
            ProcessLog.Start(server, at.AddMinutes(6), server.Known("backup"), SevenZip, $@"""{SevenZip}"" t ""{archive}""", null, @"C:\Program Files\Example Backup\");
            SecurityLog.Logoff(target, at.AddMinutes(7), session, 3);
        }
    }

    private void Build(DateTime start)
    {
        Host host = institute.Hosts.First(h => h.Role == "build");
        Session session = host.NewSession(institute.Account("svc-build"), start);
        SecurityLog.Logon(host, start, session, new(5, "Negotiate", "-", "-", 0));
        Proc agent = host.NewProcess(start, @"C:\Build\agent\build-agent.exe", @"C:\Build\agent\build-agent.exe run", session);
        ProcessLog.Start(host, start.AddSeconds(2), agent, @"C:\Program Files\Git\cmd\git.exe", "git fetch --prune origin", null, @"C:\Build\work\portal\");
        ProcessLog.Start(host, start.AddSeconds(20), agent, @"C:\Program Files (x86)\Microsoft Visual Studio\2019\BuildTools\MSBuild\Current\Bin\MSBuild.exe", "MSBuild.exe portal.sln /m /p:Configuration=Release", null, @"C:\Build\work\portal\");
        Proc package = ProcessLog.Start(host, start.AddMinutes(4), agent, SevenZip, @"""C:\Program Files\7-Zip\7z.exe"" a -tzip C:\Build\drop\portal.zip C:\Build\work\portal\out\*", null, @"C:\Build\work\portal\");
        SysmonLog.FileCreate(host, start.AddMinutes(4).AddSeconds(2), package, @"C:\Build\drop\portal.zip");
        ProcessLog.Start(host, start.AddMinutes(30), host.Known("svchost-schedule"), @"C:\Program Files\Microsoft SQL Server\Client SDK\ODBC\130\Tools\Binn\sqlcmd.exe", @"sqlcmd.exe -E -S . -Q ""BACKUP DATABASE [Samples] TO DISK = N'D:\Dump\samples.bak' WITH INIT""", host.System);
        SysmonLog.FileCreate(host, start.AddMinutes(30).AddSeconds(5), host.Known("sqlservr"), @"D:\Dump\samples.bak");
    }
}
