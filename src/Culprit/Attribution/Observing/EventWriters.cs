using System.Collections.Frozen;
using Culprit.Events;
using Culprit.Incidents;

namespace Culprit.Attribution.Observing;

/// <summary>Who wrote a Windows event, as far as the meaning of its fields depends on it.</summary>
internal enum EventWriter
{
    /// <summary>Any program: its fields are called as it likes.</summary>
    Unknown,

    /// <summary>Sysmon.</summary>
    Sysmon,

    /// <summary>Windows' auditing.</summary>
    Security,

    /// <summary>The resolver of Windows.</summary>
    NameClient,

    /// <summary>The name server of Windows.</summary>
    NameServer,

    /// <summary>BITS, which fetches files.</summary>
    Transfers,

    /// <summary>IIS, which writes requests as events.</summary>
    WebServer,

    /// <summary>Remote desktops and their gateway.</summary>
    RemoteDesktop,

    /// <summary>The service control manager, which writes into the channel System.</summary>
    Services,

    /// <summary>The task scheduler.</summary>
    Tasks,

    /// <summary>The client of remote desktops, on the machine from which somebody goes to another.</summary>
    RemoteDesktopClient,

    /// <summary>The client of shares (SMB).</summary>
    ShareClient,

    /// <summary>WinRM.</summary>
    RemoteManagement,

    /// <summary>OpenSSH of Windows.</summary>
    SecureShell,

    /// <summary>AppLocker and code integrity, which look at programs that start.</summary>
    ProgramControl,

    /// <summary>Antivirus or EDR.</summary>
    Antivirus,

    /// <summary>PowerShell, which writes down the scripts that it runs.</summary>
    PowerShell,
}

/// <summary>
/// Who wrote an event, by provider and channel; where an export has the channel alone, by that. Any program may write into the channel Application under
/// any name, so that of what stands there antivirus of other makers alone counts, which has no other place.
/// </summary>
internal static class EventWriters
{
    private static readonly FrozenDictionary<string, EventWriter> OfWindows = new Dictionary<string, EventWriter>(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft-Windows-Sysmon"] = EventWriter.Sysmon,
        ["Linux-Sysmon"] = EventWriter.Sysmon,
        ["Microsoft-Windows-Security-Auditing"] = EventWriter.Security,
        ["Microsoft Windows security auditing."] = EventWriter.Security,
        ["Security"] = EventWriter.Security,
        ["Microsoft-Windows-DNS-Client"] = EventWriter.NameClient,
        ["Microsoft-Windows-DNSServer"] = EventWriter.NameServer,
        ["Microsoft-Windows-DNS-Server"] = EventWriter.NameServer,
        ["Microsoft-Windows-Bits-Client"] = EventWriter.Transfers,
        ["Microsoft-Windows-IIS-Logging"] = EventWriter.WebServer,
        ["Microsoft-IIS-Logging"] = EventWriter.WebServer,
        ["Microsoft-Windows-TerminalServices-LocalSessionManager"] = EventWriter.RemoteDesktop,
        ["Microsoft-Windows-TerminalServices-RemoteConnectionManager"] = EventWriter.RemoteDesktop,
        ["Microsoft-Windows-TerminalServices-Gateway"] = EventWriter.RemoteDesktop,
        ["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"] = EventWriter.RemoteDesktop,
        ["Service Control Manager"] = EventWriter.Services,
        ["System"] = EventWriter.Services,
        ["Microsoft-Windows-TaskScheduler"] = EventWriter.Tasks,
        ["Microsoft-Windows-TerminalServices-ClientActiveXCore"] = EventWriter.RemoteDesktopClient,
        ["Microsoft-Windows-TerminalServices-RDPClient"] = EventWriter.RemoteDesktopClient,
        ["Microsoft-Windows-SMBClient"] = EventWriter.ShareClient,
        ["Microsoft-Windows-WinRM"] = EventWriter.RemoteManagement,
        ["OpenSSH"] = EventWriter.SecureShell,
        ["Microsoft-Windows-AppLocker"] = EventWriter.ProgramControl,
        ["Microsoft-Windows-CodeIntegrity"] = EventWriter.ProgramControl,
        ["Microsoft-Windows-PowerShell"] = EventWriter.PowerShell,
        ["PowerShellCore"] = EventWriter.PowerShell,
        ["Microsoft-Windows-Windows Defender"] = EventWriter.Antivirus,
        ["Windows Defender"] = EventWriter.Antivirus,
        ["WinDefend"] = EventWriter.Antivirus,
        ["Microsoft Antimalware"] = EventWriter.Antivirus,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who wrote an event.</summary>
    public static EventWriter Of(IncidentEvent one) => Of(one.Provider, one.Channel);

    /// <summary>Whether an event tells that a program was started.</summary>
    public static bool IsProcessStart(IncidentEvent one) => (Of(one), one.EventId) is (EventWriter.Sysmon, 1) or (EventWriter.Security, 4688);

    /// <summary>Who wrote an event.</summary>
    /// <param name="provider">Its provider; may be empty.</param>
    /// <param name="channel">Its channel; may be empty.</param>
    public static EventWriter Of(string provider, string channel)
    {
        // Microsoft-Windows-Sysmon/Operational.
        string name = provider.Length > 0 ? provider : channel.Split('/')[0];
        return OfWindows.TryGetValue(name, out EventWriter writer) && !channel.Equals("Application", StringComparison.OrdinalIgnoreCase) ? writer
            : Antivirus.IsOfMaker(name) ? EventWriter.Antivirus
            : EventWriter.Unknown;
    }
}
