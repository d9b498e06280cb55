using System.Globalization;
using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.Scenario;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Noise;

/// <summary>What machines do on their own, and the logons that a domain sees all day.</summary>
internal sealed class ServerRoom(Institute institute, NoiseEntry noise)
{
    private readonly Dice _dice = institute.Dice("servers");

    private static readonly (string Parent, string Image, string CommandLine)[] Chores =
    [
        ("services", @"C:\Windows\System32\svchost.exe", @"C:\Windows\System32\svchost.exe -k netsvcs -p -s wuauserv"),
        ("services", @"C:\Windows\System32\svchost.exe", @"C:\Windows\System32\svchost.exe -k netsvcs -p -s BITS"),
        ("services", @"C:\Windows\System32\svchost.exe", @"C:\Windows\system32\svchost.exe -k LocalServiceNetworkRestricted -p -s WinHttpAutoProxySvc"),
        ("services", @"C:\Windows\System32\svchost.exe", @"C:\Windows\System32\svchost.exe -k WerSvcGroup"),
        ("services", @"C:\Windows\System32\sppsvc.exe", @"C:\Windows\system32\sppsvc.exe"),
        ("services", @"C:\Windows\servicing\TrustedInstaller.exe", @"C:\Windows\servicing\TrustedInstaller.exe"),
        ("svchost-schedule", @"C:\Windows\System32\taskhostw.exe", @"taskhostw.exe"),
        ("svchost-schedule", @"C:\Windows\System32\taskhostw.exe", @"taskhostw.exe Install $(Arg0)"),
        ("svchost-schedule", @"C:\Windows\System32\UsoClient.exe", @"C:\Windows\system32\usoclient.exe StartScan"),
        ("svchost-schedule", @"C:\Program Files\Windows Defender\MpCmdRun.exe", @"""C:\Program Files\Windows Defender\MpCmdRun.exe"" -IdleTask -TaskName WdCacheMaintenance"),
        ("svchost-schedule", @"C:\Windows\System32\defrag.exe", @"C:\Windows\system32\defrag.exe -c -h -o -$"),
        ("svchost-dcom", @"C:\Windows\System32\dllhost.exe", @"C:\Windows\system32\DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}"),
        ("svchost-dcom", @"C:\Windows\System32\wbem\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding"),
        ("svchost-dcom", @"C:\Windows\System32\backgroundTaskHost.exe", @"""C:\Windows\system32\backgroundTaskHost.exe"" -ServerName:App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca"),
        ("searchindexer", @"C:\Windows\System32\SearchProtocolHost.exe", @"""C:\Windows\system32\SearchProtocolHost.exe"" Global\UsGthrFltPipeMssGthrPipe3_ Global\UsGthrCtrlFltPipeMssGthrPipe3 1 -2147483646 ""Software\Microsoft\Windows Search"""),
        ("searchindexer", @"C:\Windows\System32\SearchFilterHost.exe", @"""C:\Windows\system32\SearchFilterHost.exe"" 0 808 812 820 8192 816"),
    ];

    private static readonly (string Name, string Action)[] Tasks =
    [
        (@"\Microsoft\Windows\UpdateOrchestrator\Schedule Scan", @"C:\Windows\system32\usoclient.exe"),
        (@"\Microsoft\Windows\Windows Defender\Windows Defender Cache Maintenance", @"C:\Program Files\Windows Defender\MpCmdRun.exe"),
        (@"\Microsoft\Windows\Flighting\OneSettings\RefreshCache", @"C:\Windows\system32\rundll32.exe"),
        (@"\Microsoft\Windows\Defrag\ScheduledDefrag", @"C:\Windows\system32\defrag.exe"),
        (@"\GoogleUpdateTaskMachineUA", @"C:\Program Files (x86)\Google\Update\GoogleUpdate.exe"),
        (@"\Microsoft\Windows\SoftwareProtectionPlatform\SvcRestartTask", @"C:\Windows\system32\sc.exe"),
    ];

    private static readonly (string Display, string Name)[] Services =
    [
        ("Windows Update", "wuauserv"), ("Background Intelligent Transfer Service", "BITS"), ("Software Protection", "sppsvc"),
        ("Windows Modules Installer", "TrustedInstaller"), ("WinHTTP Web Proxy Auto-Discovery Service", "WinHttpAutoProxySvc"),
        ("Device Setup Manager", "DsmSvc"), ("Windows Error Reporting Service", "WerSvc"),
    ];

    public void Background(Host host, DateTime day, bool isWorkday)
    {
        int chores = isWorkday ? noise.BackgroundTasks : noise.BackgroundTasks / 2;
        for (int i = 0; i < chores; i++)
        {
            (string parent, string image, string commandLine) = _dice.Pick(Chores);
            DateTime at = _dice.Within(day, 1440);
            Proc process = ProcessLog.Start(host, at, host.Known(parent), image, commandLine, host.System);
            Trace(host, process, at);
        }

        for (int i = 0; i < chores / 8; i++)
        {
            (string name, string action) = _dice.Pick(Tasks);
            OperationalLogs.TaskRan(host, _dice.Within(day, 1440), name, @"NT AUTHORITY\SYSTEM", action, (uint)_dice.Between(300, 2400) * 4, _dice.Between(1, 90));
        }

        for (int i = 0; i < chores / 6; i++)
        {
            (string display, string name) = _dice.Pick(Services);
            DateTime at = _dice.Within(day, 1400);
            SystemLog.ServiceState(host, at, display, "running", name);
            SystemLog.ServiceState(host, at.AddMinutes(_dice.Between(2, 20)), display, "stopped", name);
            SecurityLog.Logon(host, at.AddMilliseconds(-9), host.System, new(5, "Negotiate", "-", "-", 0));
        }

        DateTime definitions = _dice.Within(day.AddHours(4), 300);
        int build = 100 + (day.DayOfYear * 3);
        string version = string.Create(CultureInfo.InvariantCulture, $"1.309.{build}.0");
        SystemLog.Update(host, definitions, $"Security Intelligence Update for Windows Defender Antivirus - KB2267602 (Version {version})", _dice.Guid());
        OperationalLogs.SignaturesUpdated(host, definitions.AddSeconds(44), version, string.Create(CultureInfo.InvariantCulture, $"1.309.{build - 3}.0"));
        SystemLog.StartTypeChanged(host, definitions.AddSeconds(-30), "Background Intelligent Transfer Service", "auto start", "demand start", "BITS");
    }

    public void Logons(DateTime day, bool isWorkday)
    {
        int logons = isWorkday ? noise.NetworkLogons : noise.NetworkLogons / 5;
        Host files = institute.Hosts.First(h => h.Role == "files");
        Host dc = institute.DomainController;
        List<Host> desks = [.. institute.Hosts.Where(h => h.Role is "research" or "admin")];
        List<Account> people = [.. institute.Accounts.Where(a => !a.IsAdmin && !a.Name.StartsWith("svc-", StringComparison.Ordinal))];
        for (int i = 0; i < logons; i++)
        {
            DateTime at = _dice.Within(day.AddHours(isWorkday ? 7 : 0), isWorkday ? 660 : 1440);
            Host from = _dice.Pick(desks);
            Account who = isWorkday && _dice.Chance(60) ? _dice.Pick(people) : from.Machine;
            int port = _dice.Between(49700, 65000);
            Session session = files.NewSession(who, at);
            bool byAddress = !who.Name.EndsWith('$') && _dice.Chance(12);
            if (byAddress)
            {
                // Whoever opens a share by its address instead of its name gets NTLM.
                SecurityLog.NtlmValidated(dc, at.AddMilliseconds(-30), who, from.Name.ToUpperInvariant(), 0);
                SecurityLog.Logon(files, at, session, new(3, "NTLM", from.Name.ToUpperInvariant(), from.Ip, port));
            }
            else
            {
                SecurityLog.ServiceTicket(dc, at.AddMilliseconds(-30), who, files.Machine, from.Ip, port - 1);
                SecurityLog.Logon(files, at, session, new(3, "Kerberos", "-", from.Ip, port));
            }

            if (!who.Name.EndsWith('$'))
            {
                SecurityLog.ShareOpened(files, at.AddMilliseconds(12), session, from.Ip, port, "Research", @"D:\Research");
                if (_dice.Chance(30))
                {
                    SecurityLog.ShareFile(files, at.AddMilliseconds(90), session, from.Ip, port, "Research", @"D:\Research", $@"Vaccine\cohort-b-{_dice.Between(1, 40)}.xlsx");
                }
            }

            SecurityLog.Logoff(files, at.AddMinutes(_dice.Between(1, 40)), session, 3);
        }

        int tickets = isWorkday ? noise.KerberosTickets : noise.KerberosTickets / 3;
        for (int i = 0; i < tickets; i++)
        {
            DateTime at = _dice.Within(day, 1440);
            Host from = _dice.Pick(institute.Hosts);
            int port = _dice.Between(49700, 65000);
            SecurityLog.TicketGranting(dc, at, from.Machine, from.Ip, port);
            SecurityLog.ServiceTicket(dc, at.AddMilliseconds(20), from.Machine, dc.Machine, from.Ip, port + 1);
            Session session = dc.NewSession(from.Machine, at);
            SecurityLog.Logon(dc, at.AddMilliseconds(40), session, new(3, "Kerberos", "-", from.Ip, port + 2));
            SecurityLog.Logoff(dc, at.AddSeconds(_dice.Between(10, 200)), session, 3);
        }
    }

    private void Trace(Host host, Proc process, DateTime at)
    {
        switch (_dice.Between(1, 10))
        {
            case 1:
                SysmonLog.ValueSet(host, at.AddSeconds(1), host.Known("services"), $@"HKLM\System\CurrentControlSet\Services\{_dice.Pick(Services).Name}\Start", "DWORD (0x00000003)");
                break;
            case 2:
                SysmonLog.Query(host, at.AddSeconds(1), host.Known("svchost-dns"), "update.example.net", $"::ffff:{DeskWork.AddressOf("update.example.net")};");
                break;
            case 3:
                SysmonLog.Connection(host, at.AddSeconds(2), process, true, new(host.Ip, host.Fqdn, (ushort)_dice.Between(49700, 65000)), new(institute.DomainController.Ip, institute.DomainController.Fqdn, 389));
                break;
            case 4:
                SysmonLog.ImageLoad(host, at.AddSeconds(1), process, @"C:\Windows\System32\wbem\wbemprox.dll", signed: true);
                break;
            case 6 when _dice.Chance(40):
                SysmonLog.ProcessAccess(host, at.AddSeconds(1), host.Known(_dice.Pick(["svchost", "wmiprvse", "msmpeng"])), host.Known("lsass"), _dice.Pick([0x1000u, 0x1400u]), @"C:\Windows\SYSTEM32\ntdll.dll+9fc24|C:\Windows\System32\KERNELBASE.dll+20d0e|C:\Windows\System32\lsm.dll+d0a2");
                break;
            case 7 when host.Role == "web":
                SysmonLog.Connection(host, at.AddSeconds(1), host.Known("w3wp"), true, new(host.Ip, host.Fqdn, (ushort)_dice.Between(49700, 65000)), new(institute.Hosts.First(h => h.Role == "build").Ip, institute.Hosts.First(h => h.Role == "build").Fqdn, 1433));
                break;
            case 5:
                SysmonLog.KeyCreate(host, at.AddSeconds(1), process, @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Diagnostics\DiagTrack\SettingsRequests");
                break;
        }
    }
}
