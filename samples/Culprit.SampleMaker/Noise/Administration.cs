using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Noise;

/// <summary>Administrators at work: remote desktop, PowerShell, built-in tools, software deployment.</summary>
internal sealed class Administration(Institute institute)
{
    private const string PowerShellExe = @"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe";
    private readonly Dice _dice = institute.Dice("administration");

    private static readonly string[] Scripts =
    [
        "Get-Service | Where-Object Status -eq 'Stopped' | Sort-Object DisplayName",
        "Get-EventLog -LogName System -EntryType Error -Newest 50 | Format-Table -AutoSize",
        "Get-ADUser -Filter 'Enabled -eq $true' -Properties LastLogonDate | Sort-Object LastLogonDate | Select-Object -First 30 Name, LastLogonDate",
        "Get-Volume | Select-Object DriveLetter, SizeRemaining, Size",
        "Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 10",
        "Get-SmbOpenFile | Group-Object ClientUserName | Sort-Object Count -Descending",
        "Restart-Service -Name Spooler -Verbose",
        "Test-NetConnection -ComputerName fs-01 -Port 445",
    ];

    private static readonly (string Image, string CommandLine)[] Tools =
    [
        (@"C:\Windows\System32\ipconfig.exe", "ipconfig  /all"),
        (@"C:\Windows\System32\gpupdate.exe", "gpupdate  /force"),
        (@"C:\Windows\System32\schtasks.exe", "schtasks  /query /fo table"),
        (@"C:\Windows\System32\systeminfo.exe", "systeminfo"),
        (@"C:\Windows\System32\net.exe", "net  use"),
        (@"C:\Windows\System32\quser.exe", "quser"),
    ];

    public void Day(DateTime day)
    {
        Host desk = institute.Hosts.First(h => h.Role == "admin");
        Account admin = institute.Accounts.First(a => a.IsAdmin && !a.Name.StartsWith("svc-", StringComparison.Ordinal));
        List<Host> servers = [.. institute.Hosts.Where(h => h.Role is not ("research" or "admin"))];
        for (int i = 0; i < 2; i++)
        {
            Host server = _dice.Pick(servers);
            DateTime at = _dice.Within(day.AddHours(8).AddMinutes(40), 420);
            Visit(desk, server, admin, at);
        }

        LocalWork(desk, admin, _dice.Within(day.AddHours(9), 400));
        if (_dice.Chance(60))
        {
            CopyToServer(desk, _dice.Pick(servers), admin, _dice.Within(day.AddHours(9), 400));
        }

        if (day.DayOfWeek == DayOfWeek.Wednesday)
        {
            Deploy(day.AddHours(12));
        }
    }

    /// <summary>A session over remote desktop, seen from both ends.</summary>
    private void Visit(Host desk, Host server, Account admin, DateTime at)
    {
        Proc explorer = desk.Known("explorer");
        Proc client = ProcessLog.Start(desk, at, explorer, @"C:\Windows\System32\mstsc.exe", $@"""C:\Windows\system32\mstsc.exe"" /v:{server.Name}", null, @"C:\Windows\system32\");
        ushort port = (ushort)_dice.Between(49700, 65000);
        SysmonLog.Connection(desk, at.AddSeconds(1), client, true, new(desk.Ip, desk.Fqdn, port), new(server.Ip, server.Fqdn, 3389));
        SecurityLog.ExplicitCredentials(desk, at.AddSeconds(6), client, admin, server.Fqdn, $"TERMSRV/{server.Name}");
        SysmonLog.Connection(server, at.AddSeconds(1), server.Known("svchost-rdp"), false, new(desk.Ip, desk.Fqdn, port), new(server.Ip, server.Fqdn, 3389));
        Host dc = institute.DomainController;
        SecurityLog.TicketGranting(dc, at.AddSeconds(6), admin, desk.Ip, port + 1);
        SecurityLog.ServiceTicket(dc, at.AddSeconds(6).AddMilliseconds(30), admin, server.Machine, desk.Ip, port + 2);
        Session session = server.NewSession(admin, at, 2);
        SecurityLog.Logon(server, at.AddSeconds(7), session, new(10, "Negotiate", server.Name.ToUpperInvariant(), desk.Ip, 0));
        OperationalLogs.SessionLogon(server, at.AddSeconds(8), session, desk.Ip);
        Proc shell = ProcessLog.Start(server, at.AddSeconds(12), server.Known("svchost"), @"C:\Windows\explorer.exe", @"C:\Windows\Explorer.EXE", session);
        if (_dice.Chance(50))
        {
            ProcessLog.Start(server, at.AddSeconds(60), shell, @"C:\Windows\System32\mmc.exe", @"""C:\Windows\system32\mmc.exe"" C:\Windows\system32\compmgmt.msc /s");
        }
        else
        {
            Proc powershell = ProcessLog.Start(server, at.AddSeconds(50), shell, PowerShellExe, $@"""{PowerShellExe}"" ", null, $@"C:\Users\{admin.Name}\");
            OperationalLogs.PowerShellStarted(server, at.AddSeconds(51), powershell);
            OperationalLogs.ScriptBlock(server, at.AddSeconds(80), powershell, _dice.Pick(Scripts), "");
        }

        int minutes = _dice.Between(6, 50);
        OperationalLogs.SessionDisconnected(server, at.AddMinutes(minutes), session, desk.Ip);
        OperationalLogs.SessionLogoff(server, at.AddMinutes(minutes + 2), session);
        SecurityLog.Logoff(server, at.AddMinutes(minutes + 2), session, 10);
    }

    private void LocalWork(Host desk, Account admin, DateTime at)
    {
        Session session = desk.NewSession(admin, at, 1);
        SecurityLog.ExplicitCredentials(desk, at.AddSeconds(-1), desk.Known("svchost"), admin, "localhost", "localhost");
        SecurityLog.Logon(desk, at, session, new(2, "Negotiate", desk.Name.ToUpperInvariant(), "::1", 0));
        Proc powershell = ProcessLog.Start(desk, at.AddSeconds(1), desk.Known("explorer"), PowerShellExe, $@"""{PowerShellExe}"" ", session, @"C:\Windows\system32\");
        OperationalLogs.PowerShellStarted(desk, at.AddSeconds(2), powershell);
        OperationalLogs.ScriptBlock(desk, at.AddSeconds(40), powershell, _dice.Pick(Scripts), "");
        Proc cmd = ProcessLog.Start(desk, at.AddMinutes(4), desk.Known("explorer"), @"C:\Windows\System32\cmd.exe", @"""C:\Windows\system32\cmd.exe"" ", session, $@"C:\Users\{admin.Name}\");
        for (int i = 0; i < 2; i++)
        {
            (string image, string commandLine) = _dice.Pick(Tools);
            ProcessLog.Start(desk, at.AddMinutes(4).AddSeconds(20 * (i + 1)), cmd, image, commandLine, null, $@"C:\Users\{admin.Name}\");
        }
    }

    /// <summary>A driver or a certificate is copied over the administrative share, and a task is made on the spot.</summary>
    private void CopyToServer(Host desk, Host server, Account admin, DateTime at)
    {
        int port = _dice.Between(49700, 65000);
        Session session = server.NewSession(admin, at);
        SecurityLog.ServiceTicket(institute.DomainController, at.AddMilliseconds(-20), admin, server.Machine, desk.Ip, port - 1);
        SecurityLog.Logon(server, at, session, new(3, "Kerberos", "-", desk.Ip, port));
        SecurityLog.ShareOpened(server, at.AddMilliseconds(11), session, desk.Ip, port, "C$", @"C:\");
        SecurityLog.ShareFile(server, at.AddMilliseconds(40), session, desk.Ip, port, "C$", @"C:\", $@"Drivers\{_dice.Pick(["nic", "raid", "printer"])}-{_dice.Between(10, 99)}.zip");
        if (_dice.Chance(25))
        {
            OperationalLogs.TaskRegistered(server, at.AddMinutes(5), @"\Example\Disk report", admin.Full);
            SecurityLog.TaskCreated(server, at.AddMinutes(5), session, @"\Example\Disk report", "<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"><Actions><Exec><Command>C:\\Scripts\\disk-report.exe</Command></Exec></Actions></Task>");
        }

        SecurityLog.Logoff(server, at.AddMinutes(11), session, 3);
    }

    /// <summary>The weekly deployment: the agent installs a package on every machine, as a service of its own.</summary>
    private void Deploy(DateTime at)
    {
        int minute = 0;
        foreach (Host host in institute.Hosts)
        {
            DateTime when = at.AddMinutes(minute += 3);
            Proc agent = host.Known("deploy");
            string package = $@"C:\ProgramData\Example Deploy\cache\reader-dc-{when:yyyyMMdd}.msi";
            SysmonLog.FileCreate(host, when, agent, package);
            ProcessLog.Start(host, when.AddSeconds(9), agent, @"C:\Windows\System32\msiexec.exe", $@"""C:\Windows\System32\msiexec.exe"" /i ""{package}"" /qn /norestart", host.System);
            SystemLog.ServiceInstalled(host, when.AddSeconds(40), host.System, "Example Deploy Helper", @"""C:\Program Files\Example Deploy\deploy-helper.exe""", "demand start");
            SecurityLog.ServiceInstalled(host, when.AddSeconds(40), host.System, "Example Deploy Helper", @"""C:\Program Files\Example Deploy\deploy-helper.exe""", 3);
        }
    }
}
