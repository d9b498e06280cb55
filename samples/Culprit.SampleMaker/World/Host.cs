using System.Globalization;
using Culprit.TestSupport.Evtx;

namespace Culprit.SampleMaker.World;

/// <summary>What a record of the intrusion stands for.</summary>
/// <param name="Step">The number of the step in the scenario.</param>
/// <param name="Phase">The ATT&amp;CK tactic.</param>
/// <param name="Technique">The ATT&amp;CK technique.</param>
/// <param name="What">What happened, in a sentence.</param>
internal sealed record Truth(int Step, string Phase, string Technique, string What);

/// <summary>An event that waits for its place in the log.</summary>
internal sealed record Pending(EvtxEvent Event, int Order, Truth? Truth);

/// <summary>A user or service account.</summary>
/// <param name="Name">The name without the domain.</param>
/// <param name="Domain">The domain, or NT AUTHORITY.</param>
/// <param name="Sid">The security identifier.</param>
/// <param name="IsAdmin">Whether its logons get special privileges.</param>
internal sealed record Account(string Name, string Domain, string Sid, bool IsAdmin)
{
    public string Full => Domain + "\\" + Name;
}

/// <summary>A logon session on a host.</summary>
/// <param name="Account">Whose.</param>
/// <param name="LogonId">Its identifier.</param>
/// <param name="LogonGuid">Sysmon's identifier for it.</param>
/// <param name="Terminal">The terminal session.</param>
internal sealed record Session(Account Account, ulong LogonId, Guid LogonGuid, uint Terminal)
{
    public string Integrity => Account.Sid == "S-1-5-18" ? "System" : Account.IsAdmin ? "High" : "Medium";
}

/// <summary>A process.</summary>
internal sealed record Proc(Guid Guid, uint Pid, string Image, string CommandLine, Session Session);

/// <summary>A computer: its processes and its event logs.</summary>
internal sealed class Host
{
    private readonly Dictionary<string, List<Pending>> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Proc> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(DateTime Boot, Dictionary<string, Proc> Processes)> _boots = [];
    private int _order;

    public Host(Institute institute, string name, string ip, string role, bool hasSysmon)
    {
        Institute = institute;
        Name = name;
        Ip = ip;
        Role = role;
        HasSysmon = hasSysmon;
        Dice = institute.Dice("host", name);
        MachineId = (uint)Dice.Next();
        DateTime boot = institute.Start.AddDays(-9).AddMinutes(Dice.Between(0, 600));
        System = new Session(Institute.SystemAccount, 0x3e7, SessionGuid(boot, 0x3e7), 0);
        Boot(boot);
    }

    public Institute Institute { get; }

    public string Name { get; }

    public string Ip { get; }

    public string Role { get; }

    /// <summary>Whether Sysmon runs here. Where it does not, the Security log records processes (4688).</summary>
    public bool HasSysmon { get; }

    public Dice Dice { get; }

    public uint MachineId { get; }

    public string Fqdn => Name + "." + Institute.Domain;

    public Session System { get; }

    public IReadOnlyDictionary<string, List<Pending>> Channels => _channels;

    /// <summary>The machine's own account.</summary>
    public Account Machine => new(Name.ToUpperInvariant() + "$", Institute.NetBios, Institute.SidOf(Name + "$"), IsAdmin: true);

    /// <summary>
    /// A process by its handle: one that was remembered, or one that is always there (services, lsass, w3wp, ...) since
    /// the last start of the machine.
    /// </summary>
    public Proc Known(string handle)
    {
        if (_named.TryGetValue(handle, out Proc? process))
        {
            return process;
        }

        return _boots.Last(b => b.Boot <= Institute.Now || b == _boots[0]).Processes.TryGetValue(handle, out process)
            ? process
            : throw new InvalidOperationException($"{Name} has no process called {handle}");
    }

    public void Remember(string handle, Proc process) => _named[handle] = process;

    /// <summary>The machine starts: the processes that are always there get new identifiers. They are returned.</summary>
    public IReadOnlyDictionary<string, Proc> Boot(DateTime time)
    {
        Dictionary<string, Proc> processes = StartProcesses(time);
        _boots.Add((time, processes));
        return processes;
    }

    public void Log(EvtxEvent e)
    {
        if (!_channels.TryGetValue(e.Channel, out List<Pending>? list))
        {
            list = [];
            _channels.Add(e.Channel, list);
        }

        list.Add(new Pending(e, _order++, Institute.Current));
    }

    /// <summary>Hands over what was logged so far, in order, and forgets it.</summary>
    public IReadOnlyList<EvtxEvent> Drain(string channel)
    {
        if (!_channels.Remove(channel, out List<Pending>? list))
        {
            return [];
        }

        return [.. list.Select(p => p.Event)];
    }

    /// <summary>A process that exists, without a record of its start.</summary>
    public Proc NewProcess(DateTime time, string image, string commandLine, Session session) =>
        new(ProcessGuid(time), (uint)Dice.Between(250, 2900) * 4, image, commandLine, session);

    public Session NewSession(Account account, DateTime time, uint terminal = 0)
    {
        ulong id = ((ulong)Dice.Between(0x10, 0x9ff) << 16) + (ulong)Dice.Between(0x1000, 0xffff);
        return new Session(account, id, SessionGuid(time, id), terminal);
    }

    private Dictionary<string, Proc> StartProcesses(DateTime boot)
    {
        var processes = new Dictionary<string, Proc>(StringComparer.OrdinalIgnoreCase);
        foreach ((string handle, string image, string commandLine) in KnownProcesses)
        {
            processes[handle] = NewProcess(boot, image, commandLine, System);
        }

        if (Role == "web")
        {
            processes["w3wp"] = NewProcess(
                boot,
                @"C:\Windows\System32\inetsrv\w3wp.exe",
                @"c:\windows\system32\inetsrv\w3wp.exe -ap ""PortalPool"" -v ""v4.0"" -l ""webengine4.dll"" -a \\.\pipe\iisipm2b6f0c1d -h ""C:\inetpub\temp\apppools\PortalPool\PortalPool.config"" -w """" -m 0 -t 20 -ta 0",
                NewSession(Institute.Account("svc-portal"), boot));
        }

        return processes;
    }

    private static readonly (string Handle, string Image, string CommandLine)[] KnownProcesses =
    [
        ("system", "System", ""),
        ("services", @"C:\Windows\System32\services.exe", @"C:\Windows\system32\services.exe"),
        ("lsass", @"C:\Windows\System32\lsass.exe", @"C:\Windows\system32\lsass.exe"),
        ("svchost", @"C:\Windows\System32\svchost.exe", @"C:\Windows\system32\svchost.exe -k netsvcs -p"),
        ("svchost-schedule", @"C:\Windows\System32\svchost.exe", @"C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule"),
        ("svchost-dcom", @"C:\Windows\System32\svchost.exe", @"C:\Windows\system32\svchost.exe -k DcomLaunch -p"),
        ("svchost-rdp", @"C:\Windows\System32\svchost.exe", @"C:\Windows\System32\svchost.exe -k termsvcs -s TermService"),
        ("svchost-dns", @"C:\Windows\System32\svchost.exe", @"C:\Windows\system32\svchost.exe -k NetworkService -p -s Dnscache"),
        ("wmiprvse", @"C:\Windows\System32\wbem\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding"),
        ("searchindexer", @"C:\Windows\System32\SearchIndexer.exe", @"C:\Windows\system32\SearchIndexer.exe /Embedding"),
        ("msmpeng", @"C:\Program Files\Windows Defender\MsMpEng.exe", @"""C:\Program Files\Windows Defender\MsMpEng.exe"""),
        ("deploy", @"C:\Program Files\Example Deploy\deploy-agent.exe", @"""C:\Program Files\Example Deploy\deploy-agent.exe"" --service"),
        ("backup", @"C:\Program Files\Example Backup\backup-agent.exe", @"""C:\Program Files\Example Backup\backup-agent.exe"" --service"),
        ("sqlservr", @"C:\Program Files\Microsoft SQL Server\MSSQL14.MSSQLSERVER\MSSQL\Binn\sqlservr.exe", @"""C:\Program Files\Microsoft SQL Server\MSSQL14.MSSQLSERVER\MSSQL\Binn\sqlservr.exe"" -sMSSQLSERVER"),
    ];

    // Sysmon builds these identifiers from the machine, the start time and a token.
    private Guid ProcessGuid(DateTime time) => Identifier(time, (ulong)(uint)Dice.Next());

    private Guid SessionGuid(DateTime time, ulong logonId) => Identifier(time, logonId);

    private Guid Identifier(DateTime time, ulong token)
    {
        uint seconds = (uint)new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds();
        return new Guid(
            MachineId, (ushort)seconds, (ushort)(seconds >> 16),
            (byte)token, (byte)(token >> 8), (byte)(token >> 16), (byte)(token >> 24),
            (byte)(token >> 32), (byte)(token >> 40), (byte)(token >> 48), (byte)(token >> 56));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Ip}, {Role})");
}
