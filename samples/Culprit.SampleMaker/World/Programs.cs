using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Culprit.SampleMaker.World;

/// <summary>What the version resource of a program says.</summary>
/// <param name="Version">File version.</param>
/// <param name="Description">Description.</param>
/// <param name="Product">Product.</param>
/// <param name="Company">Company.</param>
/// <param name="OriginalName">Original file name.</param>
internal sealed record ProgramInfo(string Version, string Description, string Product, string Company, string OriginalName);

/// <summary>The programs that run in the sample, and the hashes that Sysmon would report for them (made up).</summary>
internal static class Programs
{
    private const string Windows = "Microsoft® Windows® Operating System";
    private const string Microsoft = "Microsoft Corporation";
    private const string Build = "10.0.17763.1 (WinBuild.160101.0800)";
    private static readonly ConcurrentDictionary<string, string> HashCache = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, ProgramInfo> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cmd.exe"] = Win("Windows Command Processor", "Cmd.Exe"),
        ["whoami.exe"] = Win("whoami - displays logged on user information", "whoami.exe"),
        ["ipconfig.exe"] = Win("IP Configuration Utility", "ipconfig.exe"),
        ["systeminfo.exe"] = Win("Displays system information", "sysinfo.exe"),
        ["net.exe"] = Win("Net Command", "net.exe"),
        ["net1.exe"] = Win("Net Command", "net1.exe"),
        ["netstat.exe"] = Win("TCP/IP Netstat Command", "netstat.exe"),
        ["nltest.exe"] = Win("Microsoft® Logon Server Test Utility", "nltestrk.exe"),
        ["tasklist.exe"] = Win("Lists the current running tasks", "tasklist.exe"),
        ["quser.exe"] = Win("Query User Utility", "quser.exe"),
        ["reg.exe"] = Win("Registry Console Tool", "reg.exe"),
        ["attrib.exe"] = Win("Attribute Utility", "ATTRIB.EXE"),
        ["wevtutil.exe"] = Win("Eventing Command Line Utility", "wevtutil.exe"),
        ["schtasks.exe"] = Win("Task Scheduler Configuration Tool", "schtasks.exe"),
        ["ntdsutil.exe"] = Win("NT5DS", "ntdsutil.exe"),
        ["rundll32.exe"] = Win("Windows host process (Rundll32)", "RUNDLL32.EXE"),
        ["wmic.exe"] = Win("WMI Commandline Utility", "wmic.exe"),
        ["wmiprvse.exe"] = Win("WMI Provider Host", "Wmiprvse.exe"),
        ["xcopy.exe"] = Win("Extended Copy Utility", "XCOPY.EXE"),
        ["mstsc.exe"] = Win("Remote Desktop Connection", "mstsc.exe"),
        ["powershell.exe"] = Win("Windows PowerShell", "PowerShell.EXE"),
        ["svchost.exe"] = Win("Host Process for Windows Services", "svchost.exe"),
        ["services.exe"] = Win("Services and Controller app", "services.exe"),
        ["lsass.exe"] = Win("Local Security Authority Process", "lsass.exe"),
        ["explorer.exe"] = Win("Windows Explorer", "EXPLORER.EXE"),
        ["userinit.exe"] = Win("Userinit Logon Application", "USERINIT.EXE"),
        ["conhost.exe"] = Win("Console Window Host", "CONHOST.EXE"),
        ["taskhostw.exe"] = Win("Host Process for Windows Tasks", "taskhostw.exe"),
        ["backgroundTaskHost.exe"] = Win("Background Task Host", "backgroundTaskHost.exe"),
        ["dllhost.exe"] = Win("COM Surrogate", "dllhost.exe"),
        ["RuntimeBroker.exe"] = Win("Runtime Broker", "RuntimeBroker.exe"),
        ["SearchProtocolHost.exe"] = Win("Microsoft Windows Search Protocol Host", "SearchProtocolHost.exe"),
        ["SearchFilterHost.exe"] = Win("Microsoft Windows Search Filter Host", "SearchFilterHost.exe"),
        ["UsoClient.exe"] = Win("UsoClient", "UsoClient.exe"),
        ["TiWorker.exe"] = Win("Windows Modules Installer Worker", "TiWorker.exe"),
        ["TrustedInstaller.exe"] = Win("Windows Modules Installer", "TrustedInstaller.exe"),
        ["gpupdate.exe"] = Win("Microsoft® Group Policy Update Utility", "GPUpdate.exe"),
        ["defrag.exe"] = Win("Disk Defragmenter Module", "Defrag.EXE"),
        ["sppsvc.exe"] = Win("Microsoft Software Protection Platform Service", "sppsvc.exe"),
        ["notepad.exe"] = Win("Notepad", "NOTEPAD.EXE"),
        ["mmc.exe"] = Win("Microsoft Management Console", "mmc.exe"),
        ["vssadmin.exe"] = Win("Command Line Interface for Microsoft® Volume Shadow Copy Service", "VSSADMIN.EXE"),
        ["w3wp.exe"] = new("10.0.17763.1 (WinBuild.160101.0800)", "IIS Worker Process", "Internet Information Services", Microsoft, "w3wp.exe"),
        ["MpCmdRun.exe"] = new("4.18.2001.10", "Microsoft Malware Protection Command Line Utility", Windows, Microsoft, "MpCmdRun.exe"),
        ["MsMpEng.exe"] = new("4.18.2001.10", "Antimalware Service Executable", Windows, Microsoft, "MsMpEng.exe"),
        ["OUTLOOK.EXE"] = Office("Microsoft Outlook", "Outlook.exe"),
        ["WINWORD.EXE"] = Office("Microsoft Word", "WinWord.exe"),
        ["EXCEL.EXE"] = Office("Microsoft Excel", "Excel.exe"),
        ["POWERPNT.EXE"] = Office("Microsoft PowerPoint", "POWERPNT.EXE"),
        ["chrome.exe"] = new("80.0.3987.87", "Google Chrome", "Google Chrome", "Google LLC", "chrome.exe"),
        ["GoogleUpdate.exe"] = new("1.3.35.451", "Google Installer", "Google Update", "Google LLC", "GoogleUpdate.exe"),
        ["firefox.exe"] = new("72.0.2", "Firefox", "Firefox", "Mozilla Corporation", "firefox.exe"),
        ["AcroRd32.exe"] = new("20.6.20034.371912", "Adobe Acrobat Reader DC", "Adobe Acrobat Reader DC", "Adobe Systems Incorporated", "AcroRd32.exe"),
        ["Rgui.exe"] = new("3.6.2", "R for Windows GUI front-end", "R for Windows", "R Core Team", "Rgui.exe"),
        ["Rscript.exe"] = new("3.6.2", "Scripting front-end", "R for Windows", "R Core Team", "Rscript.exe"),
        ["python.exe"] = new("3.7.6", "Python", "Python", "Python Software Foundation", "python.exe"),
        ["7z.exe"] = new("19.00", "7-Zip Console", "7-Zip", "Igor Pavlov", "7z.exe"),
        ["7zFM.exe"] = new("19.00", "7-Zip File Manager", "7-Zip", "Igor Pavlov", "7zFM.exe"),
        ["sqlservr.exe"] = new("2017.0140.1000.169", "SQL Server Windows NT - 64 Bit", "Microsoft SQL Server", Microsoft, "SQLSERVR.EXE"),
        ["sqlcmd.exe"] = new("2017.0140.1000.169", "SQL Server Command Line Tool", "Microsoft SQL Server", Microsoft, "SQLCMD.EXE"),
        ["MSBuild.exe"] = new("16.4.0.56107", "MSBuild.exe", "Microsoft® Build Tools®", Microsoft, "MSBuild.exe"),
        ["git.exe"] = new("2.25.0.1", "Git for Windows", "Git", "The Git Development Community", "git.exe"),
        ["msiexec.exe"] = Win("Windows® installer", "msiexec.exe"),
        ["procdump64.exe"] = new("9.0", "Sysinternals process dump utility", "ProcDump", "Sysinternals - www.sysinternals.com", "procdump"),
        ["PSEXESVC.exe"] = new("2.2", "PsExec Service", "Sysinternals PsExec", "Sysinternals", "psexesvc.exe"),
        ["psexec.exe"] = new("2.2", "Execute processes remotely", "Sysinternals PsExec", "Sysinternals - www.sysinternals.com", "psexec.c"),
        ["p.exe"] = new("Release 0.73", "Command-line SSH, Telnet, and Rlogin client", "PuTTY suite", "Simon Tatham", "Plink"),
        ["r.exe"] = new("5.80.0", "Command line RAR", "WinRAR", "Alexander Roshal", "Rar.exe"),
        ["PlateReader.exe"] = new("2.4.1.0", "Plate Reader Control", "Plate Reader", "Lab Example Instruments", "PlateReader.exe"),
        ["backup-agent.exe"] = new("8.2.0.0", "Backup Agent", "Example Backup", "Example Backup Software", "backup-agent.exe"),
        ["deploy-agent.exe"] = new("5.1.3.0", "Deployment Agent", "Example Deploy", "Example Deploy Software", "deploy-agent.exe"),
    };

    public static ProgramInfo Of(string image) =>
        Known.TryGetValue(NameOf(image), out ProgramInfo? info) ? info : new ProgramInfo("-", "-", "-", "-", "-");

    /// <summary>The file's name; images are Windows paths whatever this runs on.</summary>
    public static string NameOf(string image) => image[(image.LastIndexOf('\\') + 1)..];

    /// <summary>Hashes in Sysmon's form. A program has the same ones everywhere; a copy under another name too.</summary>
    public static string HashesOf(string image) => HashCache.GetOrAdd(Of(image) is { OriginalName: not "-" } info ? info.OriginalName : NameOf(image), MakeHashes);

    private static string MakeHashes(string name)
    {
        string a = Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes("one " + name)));
        string b = Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes("two " + name)));
        return $"SHA1={a[..40]},MD5={a[40..72]},SHA256={b[..64]},IMPHASH={b[64..96]}";
    }

    private static ProgramInfo Win(string description, string originalName) => new(Build, description, Windows, Microsoft, originalName);

    private static ProgramInfo Office(string description, string originalName) =>
        new("16.0.12430.20184", description, "Microsoft Office", Microsoft, originalName);
}
