using System.Globalization;
using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Scenario;

/// <summary>
/// Plays the steps of an intrusion into the logs. Whatever is logged while a step is played, on whichever host, is
/// marked with that step: this is the truth that later work is measured by.
/// </summary>
internal sealed class IntrusionPlayer(Institute institute, ScenarioFile scenario)
{
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dice _dice = institute.Dice("intrusion");

    /// <summary>Channels that the intruder cleared, and when: earlier records are gone.</summary>
    public List<(Host Host, string Channel, DateTime Time)> Cleared { get; } = [];

    public void Play()
    {
        for (int i = 0; i < scenario.Intrusion.Count; i++)
        {
            StepEntry step = scenario.Intrusion[i];
            institute.Current = new Truth(i + 1, step.Phase, step.Technique, step.What);
            DateTime at = ParseTime(step.At);
            foreach ((string verb, Dictionary<string, string> values) in step.Do.SelectMany(d => d))
            {
                var details = new Details($"step {i + 1}, {verb}", values);
                at = at.AddSeconds(details.Number("after", 2)).AddTicks(_dice.Between(100_000, 9_000_000));
                institute.Now = at;
                Play(verb, institute.Host(details.Get("on", step.Host)), at, details);
                details.AllUsed();
            }
        }

        institute.Current = null;
    }

    private void Play(string verb, Host host, DateTime at, Details d)
    {
        switch (verb)
        {
            case "request":
                Request(at, d);
                break;
            case "process":
                Start(host, at, d);
                break;
            case "file":
                SysmonLog.FileCreate(host, at, host.Known(d.Need("by")), d.Need("path"));
                break;
            case "delete":
                SysmonLog.FileDelete(host, at, host.Known(d.Need("by")), d.Need("path"));
                break;
            case "stamp":
                SysmonLog.TimeChanged(host, at, host.Known(d.Need("by")), d.Need("path"), ParseTime(d.Need("created")), ParseTime(d.Need("was")));
                break;
            case "access":
                SysmonLog.ProcessAccess(
                    host, at, host.Known(d.Need("by")), host.Known(d.Need("target")), Convert.ToUInt32(d.Need("mask"), 16),
                    @"C:\Windows\SYSTEM32\ntdll.dll+9fc24|C:\Windows\System32\KERNELBASE.dll+20d0e|" + d.Need("through"));
                break;
            case "connect":
                Connect(host, at, d);
                break;
            case "set":
                SysmonLog.ValueSet(host, at, host.Known(d.Need("by")), d.Need("key"), d.Need("value"));
                break;
            case "credentials":
                SecurityLog.ExplicitCredentials(host, at, host.Known(d.Need("by")), institute.Account(d.Need("user")), d.Need("server"), d.Get("service", d.Need("server")));
                break;
            case "logon":
                Logon(host, at, d);
                break;
            case "logon_failed":
                LogonFailed(host, at, d);
                break;
            case "logoff":
                SecurityLog.Logoff(host, at, _sessions[d.Need("session")], (uint)d.Number("type", 3));
                break;
            case "share":
                Share(host, at, d);
                break;
            case "service":
                Service(host, at, d);
                break;
            case "task":
                Task(host, at, d);
                break;
            case "task_deleted":
                OperationalLogs.TaskDeleted(host, at, d.Need("name"), _sessions[d.Need("session")].Account.Full);
                SecurityLog.TaskDeleted(host, at, _sessions[d.Need("session")], d.Need("name"), "");
                break;
            case "desktop":
                OperationalLogs.SessionLogon(host, at, _sessions[d.Need("session")], institute.Host(d.Need("from")).Ip);
                break;
            case "desktop_left":
                OperationalLogs.SessionDisconnected(host, at, _sessions[d.Need("session")], institute.Host(d.Need("from")).Ip);
                break;
            case "script":
                OperationalLogs.ScriptBlock(host, at, host.Known(d.Need("by")), d.Need("text"), d.Get("path", ""));
                break;
            case "cleared":
                Clear(host, at, d);
                break;
            case "detected":
                OperationalLogs.Detected(host, at, d.Need("threat"), d.Need("category"), d.Need("path"), d.Get("process", "Unknown"));
                break;
            default:
                throw new InvalidDataException("the scenario uses an unknown verb: " + verb);
        }
    }

    private void Request(DateTime at, Details d) => institute.Web.Add(new WebRequest
    {
        Time = at,
        Method = d.Get("method", "GET"),
        Path = d.Need("path"),
        Query = d.Get("query", "-"),
        ClientIp = d.Get("from", scenario.Intruder.Ip),
        Agent = d.Get("agent", scenario.Intruder.Agent),
        Referer = d.Get("referer", "-"),
        Status = d.Number("status", 200),
        Win32Status = d.Number("status", 200) == 404 ? 2 : 0,
        Sent = d.Long("sent", 520),
        Received = d.Long("received", _dice.Between(560, 690)),
        Milliseconds = d.Long("ms", _dice.Between(31, 420)),
    });

    private void Start(Host host, DateTime at, Details d)
    {
        Proc parent = host.Known(d.Need("by"));
        string image = d.Need("image");
        if (!image.Contains('\\', StringComparison.Ordinal))
        {
            image = @"C:\Windows\System32\" + image;
        }

        Session? session = d.Get("session") is { } name ? _sessions[name] : null;
        Proc process = ProcessLog.Start(host, at, parent, image, d.Need("command"), session, d.Get("folder", @"C:\Windows\system32\"));
        if (d.Get("as") is { } handle)
        {
            host.Remember(handle, process);
        }

        if (string.Equals(Programs.NameOf(image), "powershell.exe", StringComparison.OrdinalIgnoreCase))
        {
            OperationalLogs.PowerShellStarted(host, at.AddMilliseconds(300), process);
        }
    }

    /// <summary>A connection, from the host that opens it; with <c>served_by</c> also from the host that accepts it.</summary>
    private void Connect(Host host, DateTime at, Details d)
    {
        Host? target = institute.Hosts.FirstOrDefault(h => h.Name == d.Need("to"));
        var source = new Endpoint(host.Ip, host.Fqdn, (ushort)_dice.Between(49700, 65000));
        var destination = new Endpoint(target?.Ip ?? d.Need("to"), target?.Fqdn ?? "", (ushort)d.Number("port", 445));
        SysmonLog.Connection(host, at, host.Known(d.Need("by")), true, source, destination);
        if (target is not null && d.Get("served_by") is { } server)
        {
            SysmonLog.Connection(target, at.AddMilliseconds(4), target.Known(server), false, source, destination);
        }
    }

    /// <summary>A logon on a host, and what the domain controller logs of it.</summary>
    private void Logon(Host host, DateTime at, Details d)
    {
        Account account = institute.Account(d.Need("user"));
        Host from = institute.Host(d.Need("from"));
        string package = d.Get("package", "NTLM");
        uint type = (uint)d.Number("type", 3);
        int port = _dice.Between(49700, 65000);
        Authenticate(at, account, host, from, package, port, 0);
        Session session = host.NewSession(account, at, type == 10 ? 3u : 0u);
        _sessions[d.Need("as")] = session;
        string workstation = type == 10 ? host.Name.ToUpperInvariant() : package == "NTLM" ? from.Name.ToUpperInvariant() : "-";
        SecurityLog.Logon(host, at, session, new(type, type == 10 ? "Negotiate" : package, workstation, from.Ip, type == 10 ? 0 : port));
    }

    private void LogonFailed(Host host, DateTime at, Details d)
    {
        Account account = institute.Account(d.Need("user"));
        Host from = institute.Host(d.Need("from"));
        int port = _dice.Between(49700, 65000);
        Authenticate(at, account, host, from, "NTLM", port, 0xC000006A);
        SecurityLog.LogonFailed(host, at, account, new(3, "NTLM", from.Name.ToUpperInvariant(), from.Ip, port), 0xC000006A);
    }

    private void Authenticate(DateTime at, Account account, Host host, Host from, string package, int port, uint status)
    {
        Host dc = institute.DomainController;
        if (package == "NTLM")
        {
            SecurityLog.NtlmValidated(dc, at.AddTicks(-81_733), account, from.Name.ToUpperInvariant(), status);
            return;
        }

        SecurityLog.TicketGranting(dc, at.AddTicks(-603_117), account, from.Ip, port - 2);
        SecurityLog.ServiceTicket(dc, at.AddTicks(-297_745), account, host.Machine, from.Ip, port - 1);
    }

    private void Share(Host host, DateTime at, Details d)
    {
        Session session = _sessions[d.Need("session")];
        string ip = institute.Host(d.Need("from")).Ip;
        int port = _dice.Between(49700, 65000);
        string share = d.Need("name");
        string path = d.Get("path", "");
        SecurityLog.ShareOpened(host, at, session, ip, port, share, path);
        if (d.Get("file") is { } file)
        {
            SecurityLog.ShareFile(host, at.AddMilliseconds(30), session, ip, port, share, path, file);
        }
    }

    /// <summary>A service installed from afar: the service manager's registry value, and the two records of it.</summary>
    private void Service(Host host, DateTime at, Details d)
    {
        Session by = _sessions[d.Need("session")];
        string name = d.Need("name");
        string path = d.Need("path");
        SysmonLog.ValueSet(host, at, host.Known("services"), $@"HKLM\System\CurrentControlSet\Services\{name}\ImagePath", path);
        SystemLog.ServiceInstalled(host, at.AddMilliseconds(5), by, name, path, "demand start");
        SecurityLog.ServiceInstalled(host, at.AddMilliseconds(9), by, name, path, 3);
        SystemLog.ServiceState(host, at.AddMilliseconds(60), name, "running", name);
    }

    private void Task(Host host, DateTime at, Details d)
    {
        Session by = _sessions[d.Need("session")];
        string name = d.Need("name");
        string content = $"""
            <?xml version="1.0" encoding="UTF-16"?>
            <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
              <RegistrationInfo>
                <Date>{at:yyyy-MM-ddTHH:mm:ss}</Date>
                <Author>{by.Account.Full}</Author>
                <URI>{name}</URI>
              </RegistrationInfo>
              <Triggers>
                <TimeTrigger>
                  <StartBoundary>{at.AddMinutes(1):yyyy-MM-ddTHH:mm:00}</StartBoundary>
                  <Enabled>true</Enabled>
                </TimeTrigger>
              </Triggers>
              <Principals>
                <Principal id="Author">
                  <UserId>S-1-5-18</UserId>
                  <RunLevel>LeastPrivilege</RunLevel>
                </Principal>
              </Principals>
              <Actions Context="Author">
                <Exec>
                  <Command>{d.Need("command")}</Command>
                  <Arguments>{System.Security.SecurityElement.Escape(d.Need("arguments"))}</Arguments>
                </Exec>
              </Actions>
            </Task>
            """.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        SecurityLog.TaskCreated(host, at, by, name, content);
        OperationalLogs.TaskRegistered(host, at.AddMilliseconds(4), name, by.Account.Full);
        if (d.Get("ran_as") is { } handle)
        {
            // The service starts the task; its process gets a record of its own and a handle for later steps.
            DateTime run = at.AddSeconds(d.Number("ran_after", 50));
            string image = @"C:\Windows\System32\" + d.Need("command");
            Proc process = ProcessLog.Start(host, run, host.Known("svchost-schedule"), image, $"{d.Need("command")} {d.Need("arguments")}", host.System);
            host.Remember(handle, process);
            OperationalLogs.TaskRan(host, run.AddMilliseconds(-20), name, @"NT AUTHORITY\SYSTEM", d.Need("command"), process.Pid, 40);
        }
    }

    private void Clear(Host host, DateTime at, Details d)
    {
        Session by = host.Known(d.Need("by")).Session;
        string channel = d.Need("channel");
        Cleared.Add((host, channel, at));
        if (channel == SecurityLog.Channel)
        {
            SecurityLog.Cleared(host, at, by);
        }
        else
        {
            SystemLog.Cleared(host, at, by);
        }
    }

    private static DateTime ParseTime(string text) =>
        DateTime.SpecifyKind(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
