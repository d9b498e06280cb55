using System.Collections.Frozen;
using System.Net;
using Culprit.Primitives;

namespace Culprit.Knowledge.Indicators;

/// <summary>Whose a name is that must not be looked for as a whole.</summary>
internal enum CommonName
{
    /// <summary>It may be looked for.</summary>
    None,

    /// <summary>Nobody's on the internet.</summary>
    Nobodys,

    /// <summary>A single label.</summary>
    Label,

    /// <summary>Of those below which anybody can have a name or leave a file.</summary>
    Shared,

    /// <summary>A registry's.</summary>
    Registry,

    /// <summary>Of those that everybody visits.</summary>
    Everybodys,
}

/// <summary>What everybody has: values that would be found everywhere and mean nothing.</summary>
internal static class WellKnown
{
    /// <summary>Domains that everybody visits: who owns them has millions of visitors, or every machine of a system asks for them.</summary>
    public static readonly FrozenSet<string> Visited = Set(
        "google.com googleapis.com gstatic.com googleusercontent.com google-analytics.com googletagmanager.com googlesyndication.com doubleclick.net youtube.com ytimg.com gmail.com "
        + "android.com chromium.org microsoft.com microsoftonline.com windows.com windows.net windowsupdate.com live.com live.net office.com office.net office365.com outlook.com hotmail.com "
        + "msn.com msftncsi.com msftconnecttest.com bing.com skype.com visualstudio.com azure.com azure.net msedge.net aka.ms xbox.com linkedin.com nuget.org sharepointonline.com "
        + "apple.com icloud.com mzstatic.com cdn-apple.com amazon.com aws.amazon.com cloudflare.com cloudflare-dns.com one.one facebook.com facebook.net fbcdn.net instagram.com whatsapp.com "
        + "whatsapp.net meta.com twitter.com x.com twimg.com yahoo.com yimg.com wikipedia.org wikimedia.org mozilla.org mozilla.com mozilla.net firefox.com adobe.com oracle.com java.com "
        + "intel.com amd.com nvidia.com dell.com hp.com lenovo.com ibm.com cisco.com vmware.com redhat.com ubuntu.com debian.org canonical.com fedoraproject.org centos.org kernel.org gnu.org "
        + "apache.org python.org pypi.org npmjs.com npmjs.org nodejs.org docker.com docker.io stackoverflow.com symantec.com norton.com mcafee.com kaspersky.com eset.com avast.com avg.com "
        + "bitdefender.com sophos.com trendmicro.com fireeye.com mandiant.com crowdstrike.com paloaltonetworks.com virustotal.com digicert.com verisign.com letsencrypt.org lencr.org "
        + "globalsign.com globalsign.net sectigo.com comodo.com comodoca.com entrust.net usertrust.com godaddy.com namecheap.com ntp.org opendns.com quad9.net dns.google zoom.us slack.com "
        + "teams.microsoft.com webex.com salesforce.com okta.com paypal.com ebay.com netflix.com spotify.com reddit.com pinterest.com tiktok.com baidu.com qq.com weibo.com taobao.com alibaba.com "
        + "aliyun.com tencent.com 163.com 126.com sina.com sina.com.cn sohu.com yandex.com yandex.net mail.ru vk.com rambler.ru naver.com daum.net kakao.com rediffmail.com aol.com "
        + "gmx.net web.de t-online.de orange.fr free.fr bbc.co.uk bbc.com cnn.com nytimes.com theguardian.com reuters.com w3.org ietf.org iana.org icann.org schema.org openssl.org "
        + "jquery.com bootstrapcdn.com ipify.org api.ipify.org ipinfo.io ifconfig.me icanhazip.com ip-api.com checkip.amazonaws.com checkip.dyndns.org checkip.dyndns.com whatismyipaddress.com "
        + "myip.opendns.com api.myip.com ident.me ipecho.net wtfismyip.com freegeoip.net geoplugin.net time.windows.com time.nist.gov pool.ntp.org sourceforge.com mysql.com php.net perl.org "
        + "teamviewer.com anydesk.com logmein.com splashtop.com rarlab.com win-rar.com 7-zip.org notepad-plus-plus.org sysinternals.com winscp.net putty.org nmap.org wireshark.org videolan.org "
        + "europa.eu gov.uk nih.gov nist.gov mitre.org cisa.gov");

    // Services that have a name of their own in each country where they are, by the label that stays the same. Where names are given below a country's, they take that
    // of companies; below others, such as org, intruders have taken it.
    private static readonly FrozenSet<string> National = Set("google amazon ebay yahoo hotmail yandex gmx");

    // Countries whose names were given to anybody for nothing, those of others too.
    private static readonly FrozenSet<string> GivenAway = Set("tk ml ga cf gq");

    // What stands before the last label where a country gives names below it.
    private static readonly FrozenSet<string> Registries = Set(
        "co com net org gov gob gouv govt gub gv ac edu mil int or ne go gen nom id web biz info ltd plc sch k12 nhs police asso firm idv asn priv perso presse name coop");

    // The same where a country has names for it that say something else elsewhere: prefectures, regions, trades.
    private static readonly FrozenSet<string> RegistryNames = Set(
        "ad.jp ed.jp gr.jp lg.jp hokkaido.jp aomori.jp iwate.jp miyagi.jp akita.jp yamagata.jp fukushima.jp ibaraki.jp tochigi.jp gunma.jp saitama.jp chiba.jp tokyo.jp kanagawa.jp niigata.jp "
        + "toyama.jp ishikawa.jp fukui.jp yamanashi.jp nagano.jp gifu.jp shizuoka.jp aichi.jp mie.jp shiga.jp kyoto.jp osaka.jp hyogo.jp nara.jp wakayama.jp tottori.jp shimane.jp okayama.jp "
        + "hiroshima.jp yamaguchi.jp tokushima.jp kagawa.jp ehime.jp kochi.jp fukuoka.jp saga.jp nagasaki.jp kumamoto.jp oita.jp miyazaki.jp kagoshima.jp okinawa.jp kawasaki.jp kitakyushu.jp "
        + "kobe.jp nagoya.jp sapporo.jp sendai.jp yokohama.jp me.uk gc.ca on.ca qc.ca bc.ca ab.ca re.kr pe.kr hs.kr ms.kr es.kr kg.kr seoul.kr busan.kr daegu.kr incheon.kr gwangju.kr "
        + "daejeon.kr ulsan.kr gyeonggi.kr gangwon.kr jeju.kr res.in nic.in msk.ru spb.ru nov.ru pp.ru kiev.ua kyiv.ua kharkov.ua kharkiv.ua lviv.ua odessa.ua odesa.ua dn.ua dp.ua "
        + "in.ua zp.ua lg.ua km.ua pl.ua te.ua if.ua uz.ua ks.ua sumy.ua waw.pl wroclaw.pl gda.pl gdansk.pl poznan.pl krakow.pl katowice.pl szczecin.pl lublin.pl art.br adv.br blog.br "
        + "eco.br eng.br emp.br ind.br inf.br jus.br leg.br med.br mp.br psi.br rec.br srv.br tur.br tv.br bj.cn sh.cn tj.cn cq.cn he.cn sx.cn nm.cn ln.cn jl.cn hl.cn js.cn zj.cn ah.cn fj.cn "
        + "jx.cn sd.cn ha.cn hb.cn hn.cn gd.cn gx.cn hi.cn sc.cn gz.cn yn.cn xz.cn sn.cn gs.cn qh.cn nx.cn xj.cn tw.cn hk.cn mo.cn club.tw game.tw ebiz.tw per.sg bel.tr av.tr dr.tr pol.tr tsk.tr "
        + "bbs.tr tel.tr kep.tr muni.il idf.il law.za school.za nsw.au vic.au qld.au act.au tas.au iwi.nz maori.nz geek.nz kiwi.nz cri.nz health.nz parliament.nz fed.us dni.us nsn.us isa.us "
        + "tm.fr prd.fr avocat.fr medecin.fr in.th mi.th desa.id csiro.au def.br dnipro.ua ed.cr fi.cr "
        + "sa.cr ernet.in ind.in fam.pk gok.pk gop.pk gos.pk in.rs me.ke sc.ke med.sa pub.sa mod.uk of.by sc.kr school.nz");

    // Countries that give names directly below their own, with the few labels below which they give names besides (publicsuffix.org). Others of
    // Registries are somebody's there, such as web.de and net.de.
    private static readonly FrozenDictionary<string, FrozenSet<string>> Direct =
        ("at/ac/co/gv/or be/ac bg ch cz/gov de dk eu fi fr/asso/com/gouv/nom hr/com/name ie/gov is it/edu/gov jp/ac/co/go/ne/or li lt/gov lu nl/gov no/mil/priv se/ac/org si sk su tk "
        + "uk/ac/co/gov/ltd/net/nhs/org/plc/police/sch").Split(' ').Select(static row => row.Split('/'))
        .ToFrozenDictionary(static row => row[0], static row => row[1..].ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    // Besides those that networks use inside (RFC 2606).
    private static readonly FrozenSet<string> ReservedEnds = Set("example invalid");

    private static readonly FrozenSet<string> Examples = Set("example.com example.net example.org");

    private static readonly FrozenSet<string> Paths = Set(
        "index.php index.html index.htm index.asp index.aspx index.jsp default.asp default.aspx default.htm home.php login.php login.asp login.aspx login.jsp logout.php admin.php "
        + "administrator wp-login.php wp-admin wp-content wp-includes xmlrpc.php upload.php uploads images image.php search.php config.php download.php download downloads "
        + "favicon.ico robots.txt sitemap.xml api/v1 api/v2 api/login api/upload api/users update update.php register.php contact.php contact-us about.php about-us style.css main.css "
        + "jquery.js jquery.min.js main.js script.js app.js bootstrap.min.css bootstrap.min.js cgi-bin webmail owa autodiscover autodiscover/autodiscover.xml ecp ews/exchange.asmx "
        + "microsoft-server-activesync phpmyadmin status server-status health healthz metrics test.php info.php phpinfo.php news.php search view.php show.php page.php post.php user.php "
        + "users.php profile.php account.php gate.php panel.php cron.php ajax.php install.php setup.php feed.php rss.php comment.php comments.php include includes content");

    private static readonly FrozenSet<string> Files = Set(
        "svchost.exe explorer.exe cmd.exe powershell.exe pwsh.exe rundll32.exe regsvr32.exe mshta.exe wscript.exe cscript.exe taskhost.exe taskhostw.exe services.exe lsass.exe csrss.exe "
        + "winlogon.exe smss.exe wininit.exe spoolsv.exe conhost.exe dllhost.exe msiexec.exe schtasks.exe reg.exe net.exe net1.exe sc.exe at.exe wmic.exe certutil.exe bitsadmin.exe "
        + "notepad.exe calc.exe iexplore.exe chrome.exe firefox.exe msedge.exe opera.exe winword.exe excel.exe powerpnt.exe outlook.exe acrord32.exe java.exe javaw.exe javaws.exe "
        + "python.exe node.exe setup.exe install.exe installer.exe update.exe updater.exe uninstall.exe server.exe client.exe service.exe test.exe temp.exe readme.txt license.txt index.html "
        + "index.php index.htm desktop.ini thumbs.db version.dll kernel32.dll ntdll.dll user32.dll advapi32.dll wininet.dll winhttp.dll ws2_32.dll msvcrt.dll shell32.dll ole32.dll "
        + "wtsapi32.dll userenv.dll dbghelp.dll cryptsp.dll cryptbase.dll uxtheme.dll propsys.dll mscoree.dll oleaut32.dll comctl32.dll gdi32.dll winmm.dll teamviewer.exe anydesk.exe "
        + "psexec.exe psexesvc.exe procdump.exe putty.exe plink.exe rar.exe winrar.exe 7z.exe onedrive.exe teams.exe skype.exe zoom.exe config.json config.xml config.ini "
        + "taskmgr.exe wmiprvse.exe userinit.exe logonui.exe consent.exe ctfmon.exe dwm.exe sihost.exe fontdrvhost.exe runtimebroker.exe searchindexer.exe msmpeng.exe mmc.exe regedit.exe "
        + "wusa.exe whoami.exe ipconfig.exe ping.exe netsh.exe netstat.exe nltest.exe nslookup.exe tasklist.exe taskkill.exe systeminfo.exe hostname.exe quser.exe curl.exe ssh.exe find.exe "
        + "findstr.exe forfiles.exe attrib.exe icacls.exe takeown.exe xcopy.exe robocopy.exe vssadmin.exe wevtutil.exe bcdedit.exe wbadmin.exe cmstp.exe installutil.exe regasm.exe "
        + "regsvcs.exe msbuild.exe msdt.exe odbcconf.exe control.exe werfault.exe eventvwr.exe shutdown.exe makecab.exe expand.exe mstsc.exe wermgr.exe ntoskrnl.exe "
        + "secur32.dll crypt32.dll iphlpapi.dll netapi32.dll shlwapi.dll wldap32.dll amsi.dll clr.dll samlib.dll vaultcli.dll taskschd.dll comsvcs.dll autorun.inf setup.inf setup.bat "
        + "install.bat run.bat start.bat test.bat update.bat test.txt log.txt readme.md readme.html default.html error.log "
        + "settings.json data.bin data.dat image.jpg image.png logo.png document.doc document.docx document.pdf invoice.doc invoice.pdf report.doc report.pdf resume.doc resume.pdf");

    private static readonly FrozenSet<string> HashesOfNothing = Set(
        "d41d8cd98f00b204e9800998ecf8427e da39a3ee5e6b4b0d3255bfef95601890afd80709 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary>Whether a hash is that of a file without content.</summary>
    public static bool IsHashOfNothing(string hash) => HashesOfNothing.Contains(hash);

    /// <summary>Whether a file's name says nothing, in lower case.</summary>
    public static bool IsFile(string name) => Files.Contains(name);

    /// <summary>Whether very many web sites have a path, in lower case.</summary>
    public static bool IsUrlPath(string path) => Paths.Contains(path.Trim('/'));

    /// <summary>Whose a name is, in lower case. Hosting has names that look like a registry's (<c>co.nf</c>).</summary>
    public static CommonName OwnerOf(string name, string[] labels)
    {
        string bare = labels.Length > 2 && labels[0] is "www" ? name[4..] : name;
        return PrivateNames.Ends.Contains(labels[^1]) || ReservedEnds.Contains(labels[^1]) || Examples.Contains(bare) ? CommonName.Nobodys
            : labels.Length < 2 ? CommonName.Label
            : SharedHosting.IsSharedItself(bare) ? CommonName.Shared
            : IsRegistry(name, labels) ? CommonName.Registry
            : Visited.Contains(bare) || IsNational(bare) ? CommonName.Everybodys
            : CommonName.None;
    }

    /// <summary>Whether a name, in lower case, is a registry's, below which others register theirs.</summary>
    public static bool IsRegistry(string name, string[] labels) =>
        RegistryNames.Contains(name) || (labels.Length == 2 && labels[1].Length == 2 && Registries.Contains(labels[0]) && (!Direct.TryGetValue(labels[1], out FrozenSet<string>? own) || own.Contains(labels[0])));

    /// <summary>Whether a domain, in lower case, is that of a country of a service that everybody visits, such as <c>google.de</c> and <c>google.co.uk</c>.</summary>
    public static bool IsNational(string domain)
    {
        int point = domain.IndexOf('.', StringComparison.Ordinal);
        string[] above = point < 0 ? [] : domain[(point + 1)..].Split('.');
        return above.Length > 0 && National.Contains(domain[..point])
            && (above is [{ Length: 2 }] ? !GivenAway.Contains(above[0]) : above is ["co" or "com", { Length: 2 }] && IsRegistry(domain[(point + 1)..], above));
    }

    /// <summary>Why a name of such an owner is not looked for, completing "it ...".</summary>
    public static string WhyNoDomain(CommonName owner) => owner switch
    {
        CommonName.Nobodys => "is a name that is nobody's on the internet",
        CommonName.Label => "is a single label, which would match every name below it",
        CommonName.Shared => "is a domain that many share, as a whole",
        CommonName.Registry => "is a registry's domain, below which everybody has a name",
        _ => "is a domain that everybody visits, as a whole",
    };

    /// <summary>Why an address must not be looked for, completing "it ..."; null where it may be (IANA's special-purpose registries).</summary>
    public static string? SpecialAddress(IPAddress address)
    {
        byte[] b = address.GetAddressBytes();
        if (b.Length == 16)
        {
            return IPAddress.IsLoopback(address) || address.Equals(IPAddress.IPv6None) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal
                ? "is an address inside of networks"
                : address.IsIPv6Multicast ? "is a group of addresses" : null;
        }

        return b switch
        {
            [127, ..] or [169, 254, ..] or [0, ..] => "is an address inside of networks",
            _ when AddressRange.IsPrivate(address) => "is an address inside of networks",
            [192, 0, 2, _] or [198, 51, 100, _] or [203, 0, 113, _] => "is an address of documentation",
            [>= 224, ..] => "is a group of addresses",
            [8, 8, 8, 8] or [8, 8, 4, 4] or [1, 1, 1, 1] or [1, 0, 0, 1] or [9, 9, 9, 9] or [208, 67, 222, 222] or [208, 67, 220, 220]
                or [4, 2, 2, 1] or [4, 2, 2, 2] or [114, 114, 114, 114] or [223, 5, 5, 5] or [223, 6, 6, 6] => "is a name server that everybody asks",
            _ => null,
        };
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
