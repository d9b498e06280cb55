using System.Collections.Frozen;
using System.Net;
using Culprit.Knowledge;

namespace Culprit.Attribution.Linking;

/// <summary>What many unrelated intrusions have: services that all use, programs that anybody can fetch, names that say nothing. Set by hand.</summary>
internal static class CommonThings
{
    // Public resolvers, and what content networks and large services publish as their own besides the front ends that SharedServices knows
    // (api.fastly.com/public-ip-list, api.github.com/meta, Microsoft 365 endpoints): behind one address stand many customers. Rented
    // machines are not among them, as each has one tenant at a time.
    private static readonly IPNetwork[] Ranges =
    [
        .. new[]
        {
            "1.1.1.1/32", "1.0.0.1/32", "8.8.8.8/32", "8.8.4.4/32", "9.9.9.9/32", "149.112.112.112/32", "208.67.220.220/32", "208.67.222.222/32",
            "4.2.2.0/29", "94.140.14.14/32", "94.140.15.15/32", "2606:4700:4700::/48", "2001:4860:4860::/48", "2620:fe::/48",
            "23.235.32.0/20", "146.75.0.0/17", "185.31.16.0/22", "140.82.112.0/20", "192.30.252.0/22",
            "52.96.0.0/14", "52.112.0.0/14", "40.96.0.0/13", "40.104.0.0/15",
        }.Select(static range => IPNetwork.Parse(range)),
    ];

    // Where makers of programs give them away: intruders and everybody else fetch them there.
    private static readonly string[] Downloads =
    [
        "npmjs.org", "npmjs.com", "yarnpkg.com", "nodejs.org", "pypi.org", "pythonhosted.org", "python.org", "anaconda.com", "anaconda.org", "nuget.org", "powershellgallery.com",
        "chocolatey.org", "scoop.sh", "rubygems.org", "rubyinstaller.org", "golang.org", "go.dev", "rust-lang.org", "rustup.rs", "crates.io", "java.com", "oracle.com", "adoptium.net",
        "apache.org", "php.net", "mysql.com", "postgresql.org", "git-scm.com", "gitforwindows.org", "jetbrains.com", "visualstudio.com", "aka.ms", "sf.net", "docker.com", "docker.io",
        "gnu.org", "kernel.org", "debian.org", "ubuntu.com", "kali.org", "curl.se", "eternallybored.org", "7-zip.org", "rarlab.com", "win-rar.com", "putty.org",
        "chiark.greenend.org.uk", "the.earth.li", "winscp.net", "filezilla-project.org", "rclone.org", "cyberduck.io", "openvpn.net", "wireguard.com", "torproject.org", "realvnc.com",
        "tightvnc.com", "uvnc.com", "rustdesk.com", "sysinternals.com", "nirsoft.net", "nssm.cc", "joeware.net", "nmap.org", "npcap.com", "wireshark.org", "softperfect.com",
        "advanced-ip-scanner.com", "advanced-port-scanner.com", "angryip.org", "notepad-plus-plus.org", "videolan.org", "thunderbird.net", "opera.com", "brave.com", "libreoffice.org",
        "gimp.org", "foxitsoftware.com", "vmware.com", "virtualbox.org", "keepass.info", "veracrypt.fr", "gnupg.org", "gpg4win.org", "autohotkey.com", "autoitscript.com",
        "portableapps.com", "malwarebytes.com", "bitdefender.com", "ccleaner.com",
    ];

    // Whom everybody visits, so that programs of any kind ask for them. What anybody can have a name or a file at, SharedServices knows.
    private static readonly FrozenSet<string> VisitedDomains = FrozenSet.ToFrozenSet(
        [
            "discordapp.com", "discord.gg", "slack.com", "trello.com", "notion.so", "facebook.com", "twitter.com", "x.com", "linkedin.com", "youtube.com", "yahoo.com",
            "yandex.ru", "wikipedia.org", "cloudflare.com", "outlook.com", "ipify.org", "ifconfig.me", "icanhazip.com", "ip-api.com", "checkip.dyndns.org", "ipinfo.io",
            "openssl.org", "pool.ntp.org",
            "symantec.com", "sectigo.com", "comodoca.com", "usertrust.com", "entrust.net", "amazontrust.com", "lencr.org", "identrust.com", "godaddy.com", "mcafee.com",
            "kaspersky.com", "sophos.com", "trendmicro.com", "avast.com", "avg.com", "eset.com", "teamviewer.com", "anydesk.com", "zoom.us", "mozilla.net",
            .. Downloads,
        ], StringComparer.Ordinal);

    // Names that say what a file is for. Programs that many have, CommonPrograms knows.
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            "update", "updater", "setup", "install", "installer", "service", "server", "client", "agent", "test",
            "temp", "tmp", "file", "data", "backup", "admin", "system", "windows", "microsoft", "google", "index", "default", "login", "logon", "home", "main", "upload", "uploader", "shell", "cmdasp", "error", "about", "global", "web", "page", "image", "img",
            "support", "helpdesk", "guest", "administrator", "user", "root", "operator", "sql", "svc", "scanner", "task", "job", "beacon", "payload", "loader", "run", "start",
        ], StringComparer.Ordinal);

    private static readonly string[] Browsers = ["chrome/", "firefox/", "safari/", "edg/", "edge/", "trident/", "opera/"];

    private static readonly string[] PublicAgents =
    [
        "curl/", "wget/", "python-requests", "python-urllib", "go-http-client", "java/", "okhttp", "libwww-perl", "nikto", "sqlmap", "nmap", "masscan", "zgrab",
        "gobuster", "dirbuster", "wpscan", "nessus", "qualys", "openvas", "acunetix", "bot", "spider", "crawler", "microsoft-cryptoapi", "windowspowershell",
    ];

    /// <summary>Whether many customers share an address.</summary>
    public static bool IsSharedAddress(IPAddress address) => SharedServices.IsShared(address) || Array.Exists(Ranges, range => range.Contains(address));

    /// <summary>
    /// How much a domain says. One customer at a time has a name below a service of dynamic names or free pages, and then another has it;
    /// what lies below other services is everybody's, such as a store of files.
    /// </summary>
    public static TraceGrade GradeOf(string domain) =>
        IsVisited(domain) ? TraceGrade.Common
        : SharedServices.Of(domain) switch
        {
            null => TraceGrade.Reached,
            SharedInfrastructure.DynamicDns or SharedInfrastructure.WebHosting when !SharedServices.IsSharedItself(domain) && !domain.StartsWith("www.", StringComparison.Ordinal) => TraceGrade.Present,
            _ => TraceGrade.Common,
        };

    private static bool IsVisited(string domain)
    {
        for (int from = 0; from >= 0 && from < domain.Length;)
        {
            if (VisitedDomains.Contains(domain[from..]))
            {
                return true;
            }

            int point = domain.IndexOf('.', from);
            from = point < 0 ? -1 : point + 1;
        }

        return false;
    }

    /// <summary>Whether a name, without folder and ending, is one that many give: a well-known one, a short one, or one of digits.</summary>
    public static bool IsCommonName(string stem)
    {
        ReadOnlySpan<char> bare = stem.AsSpan().TrimEnd("0123456789");
        return bare.Length < 4 || Names.Contains(stem) || Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(bare)
            || CommonPrograms.IsFetched(stem) || CommonPrograms.IsWidespread(stem);
    }

    /// <summary>Whether a user agent, in lower case, is one that many people or scanners have.</summary>
    public static bool IsCommonAgent(string agent) =>
        agent.Length < 12
        || (agent.StartsWith("mozilla/5.0", StringComparison.Ordinal) && Array.Exists(Browsers, b => agent.Contains(b, StringComparison.Ordinal)))
        || Array.Exists(PublicAgents, a => agent.Contains(a, StringComparison.Ordinal));
}
