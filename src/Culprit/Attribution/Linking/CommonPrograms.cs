using System.Collections.Frozen;

namespace Culprit.Attribution.Linking;

/// <summary>Programs that many unrelated people have, by their names in lower case without folder and ending. Set by hand.</summary>
internal static class CommonPrograms
{
    // A name made of a tool's name and a version or a machine is the tool's; from shorter ones nothing can be told.
    private const int ShortestName = 4;

    // What makers add to a tool's name beside digits: x64, amd64, v1.2, i386. Any other word makes it a name of somebody's own.
    private static readonly FrozenSet<string> Additions = FrozenSet.ToFrozenSet(
        [
            "", "v", "x", "i", "amd", "arm", "aarch", "win", "windows", "linux", "darwin", "macos", "osx", "pc", "msvc", "gnu", "musl", "bit", "setup", "install", "installer",
            "portable", "standalone", "static", "release", "stable", "beta", "alpha", "rc", "trunk", "latest", "copy", "bin", "cli", "gui",
        ], StringComparer.Ordinal);

    // What anybody can fetch, intruders among them. Many of these name no publisher, and each release is one file for everybody.
    private static readonly FrozenSet<string> Fetched = FrozenSet.ToFrozenSet(
        [
            "procdump", "procdump64", "psexec", "psexec64", "psexesvc", "paexec", "mimikatz", "rar", "winrar", "unrar", "7z", "7za", "7zr", "7zg", "plink", "putty", "pscp", "psftp",
            "puttygen", "winscp", "filezilla", "nc", "nc64", "ncat", "netcat", "socat", "nmap", "masscan", "fscan", "curl", "wget", "adfind", "adexplorer", "rclone", "restic", "megacmd",
            "rubeus", "sharphound", "bloodhound", "lazagne", "chisel", "ligolo", "ngrok", "cloudflared", "frpc", "frps", "gost", "iodine", "dnscat2", "revsocks", "anydesk", "teamviewer",
            "rustdesk", "meshagent", "dwagent", "tightvnc", "winvnc", "nbtscan", "netscan", "advanced_ip_scanner", "advanced_port_scanner", "wce", "pwdump", "fgdump", "gsecdump",
            "nssm", "winpeas", "winpeasx64", "winpeasx86", "winpeasany", "seatbelt", "sharpup", "certify", "certipy", "safetykatz", "sharpkatz", "pypykatz", "nanodump", "kerbrute",
            "crackmapexec", "netexec", "secretsdump", "wmiexec", "smbexec", "atexec", "snaffler", "inveigh", "responder", "juicypotato", "roguepotato", "sweetpotato", "godpotato",
            "printspoofer", "hashcat", "hydra", "processhacker", "pchunter64", "pchunter32", "gmer", "procexp", "procexp64", "autorunsc", "accesschk", "accesschk64", "sdelete",
            "sdelete64", "pslist", "pskill", "psinfo", "psloggedon", "psgetsid", "winpmem", "dumpit", "nircmd", "webbrowserpassview", "mailpassview", "wirelesskeyview",
        ], StringComparer.Ordinal);

    // What Windows has, and what is on many desks. Their makers name themselves in them, so that one which names nobody is something else.
    private static readonly FrozenSet<string> Widespread = FrozenSet.ToFrozenSet(
        [
            "powershell", "pwsh", "cmd", "cscript", "wscript", "mshta", "rundll32", "regsvr32", "svchost", "explorer", "lsass", "csrss", "services", "smss", "wininit", "winlogon",
            "spoolsv", "taskhostw", "conhost", "dllhost", "notepad", "regedit", "reg", "whoami", "net", "net1", "netsh", "nltest", "nslookup", "ipconfig", "ping", "systeminfo",
            "tasklist", "taskkill", "sc", "schtasks", "vssadmin", "wevtutil", "wmic", "certutil", "bitsadmin", "bcdedit", "wbadmin", "ntdsutil", "msbuild", "msiexec", "installutil",
            "chrome", "firefox", "msedge", "edge", "java", "javaw", "python", "pythonw", "node", "code", "git", "teams", "ms-teams", "zoom", "slack", "discord", "spotify", "onedrive",
            "onedrivesetup", "googleupdate", "microsoftedgeupdate", "winword", "excel", "powerpnt", "outlook", "acrord32", "acrobat", "vlc", "notepad++",
        ], StringComparer.Ordinal);

    /// <summary>Whether anybody can fetch the program, whatever version or machine its name adds.</summary>
    public static bool IsFetched(string stem)
    {
        string name = stem;
        while (!Fetched.Contains(name) && !Fetched.Contains(WithoutNumber(name)))
        {
            int end = name.AsSpan().LastIndexOfAny("-_ .()+");
            if (end < ShortestName || !Additions.Contains(string.Concat(name[(end + 1)..].Where(static c => !char.IsAsciiDigit(c)))))
            {
                return false;
            }

            name = name[..end];
        }

        return true;
    }

    /// <summary>Whether Windows has a program of that name, or many desks.</summary>
    public static bool IsWidespread(string stem) => Widespread.Contains(stem) || Widespread.Contains(WithoutNumber(stem));

    private static string WithoutNumber(string stem) => stem.AsSpan().TrimEnd("0123456789-_ (").ToString();
}
