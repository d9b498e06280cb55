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

    // Where makers of programs give them away: intruders and everybody else fetch them there. The largest of them, SharedServices knows.
    private static readonly string[] Downloads =
    [
        "yarnpkg.com", "pythonhosted.org", "anaconda.com", "anaconda.org", "powershellgallery.com", "chocolatey.org", "scoop.sh", "rubygems.org", "rubyinstaller.org",
        "golang.org", "go.dev", "rust-lang.org", "rustup.rs", "crates.io", "adoptium.net", "postgresql.org", "git-scm.com", "gitforwindows.org", "jetbrains.com",
        "sf.net", "kali.org", "curl.se", "eternallybored.org", "chiark.greenend.org.uk", "the.earth.li", "filezilla-project.org", "rclone.org", "cyberduck.io",
        "openvpn.net", "wireguard.com", "torproject.org", "realvnc.com", "tightvnc.com", "uvnc.com", "rustdesk.com", "nirsoft.net", "nssm.cc", "joeware.net",
        "npcap.com", "softperfect.com", "advanced-ip-scanner.com", "advanced-port-scanner.com", "angryip.org", "thunderbird.net", "opera.com", "brave.com",
        "libreoffice.org", "gimp.org", "foxitsoftware.com", "virtualbox.org", "keepass.info", "veracrypt.fr", "gnupg.org", "gpg4win.org", "autohotkey.com",
        "autoitscript.com", "portableapps.com", "malwarebytes.com", "ccleaner.com", "helm.sh", "astral.sh", "brew.sh", "bun.sh", "bun.com", "k3s.io", "rancher.com",
        "kubernetes.io", "k8s.io", "hashicorp.com", "terraform.io", "quay.io", "ghcr.io", "gcr.io", "pkg.dev", "maven.org", "mvnrepository.com", "sonatype.org",
        "gradle.org", "spring.io", "packagist.org", "getcomposer.org", "cpan.org", "metacpan.org", "strawberryperl.com", "activestate.com", "r-project.org", "posit.co",
        "rstudio.com", "julialang.org", "hex.pm", "haskell.org", "ocaml.org", "dart.dev", "pub.dev", "flutter.dev", "deno.land", "deno.com", "jsr.io", "pnpm.io",
        "npmmirror.com", "nodesource.com", "volta.sh", "sdkman.io", "starship.rs", "ohmyz.sh", "python-poetry.org", "pypa.io", "conda.io", "conda-forge.org",
        "nixos.org", "cachix.org", "determinate.systems", "mise.run", "jdx.dev", "asdf-vm.com", "snapcraft.io", "snapcraftcontent.com", "flathub.org", "launchpad.net",
        "launchpadcontent.net", "rockylinux.org", "almalinux.org", "archlinux.org", "alpinelinux.org", "opensuse.org", "suse.com", "gentoo.org", "linuxmint.com",
        "raspberrypi.com", "raspberrypi.org", "freebsd.org", "openbsd.org", "netbsd.org", "proxmox.com", "elastic.co", "grafana.com", "influxdata.com", "mongodb.org",
        "mongodb.com", "mariadb.org", "mariadb.com", "redis.io", "rabbitmq.com", "nginx.org", "nginx.com", "haproxy.org", "packagecloud.io", "cloudsmith.io",
        "jenkins.io", "gitea.com", "gitea.io", "sqlite.org", "ruby-lang.org", "rvm.io", "luarocks.org", "swift.org", "scala-lang.org", "kotlinlang.org", "clojars.org",
        "azul.com", "bell-sw.com", "msys2.org", "cygwin.com", "ninite.com", "patchmypc.com", "cocoapods.org", "gopkg.in", "ollama.com", "huggingface.co", "hf.co",
        "pytorch.org", "tensorflow.org", "openai.com", "anthropic.com", "metasploit.com", "rapid7.com", "exploit-db.com", "gnome.org", "kde.org",
    ];

    // Whom everybody visits, so that programs of any kind ask for them, besides those that are no indicators for that reason (SharedServices). What
    // anybody can have a name or a file at, SharedServices knows too.
    internal static readonly FrozenSet<string> VisitedDomains = FrozenSet.ToFrozenSet(
        [
            // What tells whoever asks under which address it is seen, or where an address lies.
            "canhazip.com", "myexternalip.com", "tnedi.me", "myip.com", "ip.sb", "eth0.me", "ifconfig.co", "ifconfig.io", "ifconfig.es", "ip.me", "ipaddress.sh", "l2.io",
            "ip.tyk.nu", "ip.42.pl", "ipapi.co", "ipapi.com", "ipapi.is", "ipwho.is", "ipwhois.io", "ipwhois.app", "ipstack.com", "ipgeolocation.io", "ipdata.co",
            "ipregistry.co", "ip2location.com", "ip2location.io", "iplocation.net", "whatismyip.com", "whatismyip.net", "whatsmyip.org", "whatismyip.akamai.com",
            "dnsomatic.com", "trackip.net", "curlmyip.com", "curlmyip.net", "curlmyip.org", "seeip.org", "my-ip.io", "myip.la", "myip.wtf", "jsonip.com", "geojs.io",
            "freegeoip.app", "freegeoip.live", "reallyfreegeoip.org", "geoiplookup.io", "db-ip.com", "maxmind.com", "ip.cn", "cip.cc", "ipip.net", "ip138.com", "2ip.ru",
            "2ip.io", "2ip.ua", "showip.net", "showmyip.com", "ip-adress.com", "ip-addr.es", "ipchicken.com", "ipleak.net", "dnsleaktest.com", "iplogger.org", "whoer.net",
            "test-ipv6.com", "ipv6-test.com", "extreme-ip-lookup.com", "country.is", "bigdatacloud.net", "wgetip.com", "ipof.in", "portquiz.net", "speedtest.net",
            "ookla.com", "fast.com",

            // Public resolvers, public clocks, and where systems look whether they are online.
            "nextdns.io", "adguard-dns.com", "adguard.com", "cleanbrowsing.org", "controld.com", "alidns.com", "dnspod.cn", "doh.pub", "dns.sb", "dns0.eu", "libredns.gr",
            "he.net", "ntppool.org", "ptb.de", "netnod.se", "ntp.se", "time.nl", "nict.jp", "neverssl.com", "platform.hicloud.com", "miui.com",

            // Who vouches for certificates, and makers of antivirus.
            "symcb.com", "symcd.com", "thawte.com", "geotrust.com", "rapidssl.com", "amazontrust.com", "identrust.com", "starfieldtech.com", "ssl.com", "pki.goog",
            "certum.pl", "quovadisglobal.com", "swisssign.com", "swisssign.net", "actalis.it", "buypass.com", "buypass.no", "telesec.de", "d-trust.net", "trustwave.com",
            "harica.gr", "zerossl.com", "emsign.com", "networksolutions.com", "netsolssl.com", "omniroot.com", "secomtrust.net", "certigna.fr", "crt.sh", "trellix.com",
            "kaspersky-labs.com", "sophosupd.com", "sophosxl.net", "avira.com", "avira-update.com", "bitdefender.net", "mbamupdates.com", "f-secure.com", "withsecure.com",
            "drweb.com", "gdata.de", "gdatasoftware.com", "emsisoft.com", "webroot.com", "webrootcloudav.com", "pandasecurity.com", "cylance.com", "sentinelone.net",
            "cloudsink.net", "carbonblack.io", "cybereason.net", "huntress.io", "fortinet.com", "fortinet.net", "fortiguard.com", "fortiguard.net", "zscaler.com",
            "zscaler.net", "checkpoint.com", "sonicwall.com", "watchguard.com",

            // Where programs and machines fetch their updates, and what they report to.
            "gvt1.com", "gvt2.com", "gvt3.com", "macromedia.com", "adobe.io", "adobelogin.com", "apple-dns.net", "aaplimg.com", "msauth.net", "msftauth.net", "citrix.com",
            "broadcom.com", "logitech.com", "logi.com", "realtek.com", "asus.com", "acer.com", "samsung.com", "brother.com", "canon.com", "epson.com", "xerox.com",
            "hpe.com", "steampowered.com", "steamcontent.com", "epicgames.com", "scdn.co", "sentry.io", "datadoghq.com", "newrelic.com", "nr-data.net", "segment.io",
            "splunk.com", "qualys.com", "tenable.com",

            // Makers of networks of one's own and of remote support. Those that give each customer a name are not among them: it is as good as the customer's.
            "tailscale.com", "tailscale.io", "zerotier.com", "netbird.io", "nordvpn.com", "nordlayer.com", "expressvpn.com", "surfshark.com", "protonvpn.com",
            "mullvad.net", "privateinternetaccess.com", "windscribe.com", "hide.me", "hidemyass.com", "tunnelbear.com", "ipvanish.com", "cyberghostvpn.com", "purevpn.com",
            "hotspotshield.com", "airvpn.org", "ivpn.net", "perfect-privacy.com", "softether.org", "softether-download.com", "vpngate.net", "vpn.net", "logmeinrescue.com",
            "logmeininc.com", "gotomypc.com", "gotoassist.com", "goto.com", "gotomeeting.com", "splashtop.eu", "connectwise.com", "atera.com", "action1.com",
            "ninjarmm.com", "ninjaone.com", "kaseya.com", "datto.com", "centrastage.net", "n-able.com", "system-monitor.com", "beyondtrust.com", "bomgar.com",
            "dameware.com", "solarwinds.com", "dwservice.net", "getscreen.me", "remoteutilities.com", "rmansys.ru", "supremocontrol.com", "nanosystems.it", "ammyy.com",
            "aeroadmin.com", "ultraviewer.net", "parsec.app", "nomachine.com", "remotepc.com", "meshcentral.com", "helpwire.app", "hoptodesk.com", "level.io",
            "manageengine.com", "islonline.com", "islonline.net", "fixme.it", "anyviewer.com", "todesk.com", "oray.com", "oray.net", "airdroid.com", "radmin.com",
            "radmin-vpn.com", "famatech.com", "netsupportmanager.com", "netsupportsoftware.com",

            // Messengers, and what else people meet in.
            "discordapp.com", "discordapp.net", "discord.gg", "discord.media", "telegram.me", "telegram.dog", "slack-edge.com", "slackb.com", "signal.org",
            "whispersystems.org", "viber.com", "wechat.com", "line.me", "line-apps.com", "threema.ch", "wire.com", "matrix.org", "icq.com", "icq.net", "getsession.org",
            "tox.chat", "jabber.org", "wickr.com", "keybase.io", "twilio.com", "pushover.net", "pushbullet.com", "ntfy.sh", "gotify.net", "zoom.com", "jitsi.org",
            "jit.si", "libera.chat", "freenode.net", "oftc.net", "efnet.org", "undernet.org", "quakenet.org", "trello.com", "notion.so", "notion.com",

            .. Downloads,
        ], StringComparer.Ordinal);

    // Below these each name is one machine's.
    private static readonly FrozenSet<string> RentedMachines = FrozenSet.ToFrozenSet(
        [
            "compute.amazonaws.com", "compute-1.amazonaws.com", "cloudapp.net", "cloudapp.azure.com", "azurecontainer.io", "ovh.net", "contaboserver.net", "your-server.de",
            "linodeusercontent.com",
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
        SharedServices.IsVisited(domain) || SharedServices.IsAtOrBelow(domain, VisitedDomains) ? TraceGrade.Common
        : SharedServices.Of(domain) switch
        {
            null => TraceGrade.Reached,
            SharedInfrastructure.DynamicDns or SharedInfrastructure.WebHosting when !SharedServices.IsSharedItself(domain) && !domain.StartsWith("www.", StringComparison.Ordinal) => TraceGrade.Present,
            _ => TraceGrade.Common,
        };

    /// <summary>
    /// Whether the address that a name is answered with is that of a service with many customers; null where the name does not tell. A rented machine has one
    /// tenant at a time, and so has its address, though its name is the landlord's.
    /// </summary>
    public static bool? ServesMany(string domain) =>
        SharedServices.IsAtOrBelow(domain, RentedMachines) ? false : GradeOf(domain) == TraceGrade.Common ? true : null;

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
