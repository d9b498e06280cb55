using System.Collections.Frozen;

namespace Culprit.Knowledge.Indicators;

/// <summary>Domains below which anybody can have a name or leave a file, and networks whose every address answers for very many names.</summary>
internal static class SharedHosting
{
    private static readonly FrozenDictionary<string, SharedInfrastructure> Suffixes = Table();

    private static readonly FrozenDictionary<string, SharedInfrastructure>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Suffixes.GetAlternateLookup<ReadOnlySpan<char>>();

    // Networks whose every address answers for very many names, as their owners publish them: Cloudflare, Fastly, GitHub Pages,
    // and the front ends of Microsoft and Google.
    private static readonly (uint Network, int Bits)[] Fronts = CloudNetworks.ReadAll(
        "103.21.244.0/22 103.22.200.0/22 103.31.4.0/22 104.16.0.0/13 104.24.0.0/14 108.162.192.0/18 131.0.72.0/22 141.101.64.0/18 162.158.0.0/15 172.64.0.0/13 173.245.48.0/20 188.114.96.0/20 190.93.240.0/20 197.234.240.0/22 "
        + "198.41.128.0/17 151.101.0.0/16 199.232.0.0/16 185.199.108.0/22 13.107.0.0/16 204.79.197.0/24 150.171.0.0/16 142.250.0.0/15 172.217.0.0/16 216.58.192.0/19 74.125.0.0/16 64.233.160.0/19");

    /// <summary>Whether an address of IPv4 answers for many names; null for anything else.</summary>
    public static SharedInfrastructure? OfAddress(ReadOnlySpan<char> address) =>
        AddressText.TryRead(address, out uint number) && CloudNetworks.IsIn(Fronts, number) ? SharedInfrastructure.ContentDelivery : null;

    /// <summary>Whether a name is itself one of the domains that are shared.</summary>
    public static bool IsSharedItself(string name) => Suffixes.ContainsKey(name);

    /// <summary>Whose infrastructure an indicator is; null where nothing of the kind is known.</summary>
    public static SharedInfrastructure? Of(IndicatorKind kind, string value)
    {
        if (kind is IndicatorKind.Hash or IndicatorKind.Path)
        {
            return null;
        }

        int end = value.AsSpan().IndexOfAny('/', ':');
        ReadOnlySpan<char> name = end < 0 ? value : value.AsSpan(0, end);
        if (AddressText.TryRead(name, out uint address))
        {
            return CloudNetworks.IsIn(Fronts, address) ? SharedInfrastructure.ContentDelivery : CloudNetworks.Has(address) ? SharedInfrastructure.Cloud : null;
        }

        while (true)
        {
            if (Lookup.TryGetValue(name, out SharedInfrastructure known))
            {
                return known;
            }

            int dot = name.IndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            name = name[(dot + 1)..];
        }
    }

    private static FrozenDictionary<string, SharedInfrastructure> Table()
    {
        (SharedInfrastructure Kind, string Names)[] rows =
        [
            (SharedInfrastructure.DynamicDns,
                "3utilities.com abrdns.com accesscam.org asuscomm.com blogdns.com blogsyte.com bounceme.net brasilia.me camdvr.org casacam.net cable-modem.org "
                + "changeip.net changeip.org ciscofreak.com chickenkiller.com cleansite.biz cleansite.info cleansite.us collegefan.org compress.to couchpotatofries.org "
                + "crabdance.com damnserver.com dhcp.biz ddns.info ddns.mobi ddns.ms ddns.name ddns.net ddns.us ddnsfree.com ddnsgeek.com ddnsking.com "
                + "ddnslive.com ditchyourip.com dns-dns.com dns-report.com dns-stuff.com dns.army dns.navy dns04.com dns05.com dns1.us dns2.us dnsabr.com "
                + "dnsalias.com dnsalias.net dnsalias.org dnsdojo.com dnsfor.me dnsiskinky.com dnsrd.com dnset.com dsmtp.com dubya.us duckdns.org dvrdns.org "
                + "dynalias.com dynalias.net dynalias.org dynamic-dns.net dynamicdns.biz dynamicdns.co.uk dynamicdns.me.uk dynamicdns.org.uk dyndns.biz dyndns.info "
                + "dyndns.org dyndns.tv dyndns.ws dyndns.pro dynserv.com dynu.com dynu.net dynu.org dynuddns.com dynuddns.net dynv6.net easydns4u.com edns.biz "
                + "epac.to esmtp.biz etowns.net evils.in faqserv.com fartit.com flnet.org freeddns.com freeddns.org freetcp.com freewww.biz freewww.info ftp1.biz "
                + "ftpserver.biz gettrials.com giize.com gleeze.com got-game.org gotdns.ch gotdns.com gotgeeks.com gr8domain.biz gr8name.biz hacked.jp homeip.net "
                + "homelinux.com homelinux.net homelinux.org hopto.me hopto.org https443.net https443.org iownyour.biz ignorelist.com iiiii.info ikwb.com instanthq.com "
                + "ip-dynamic.org isasecret.com itemdb.com itsaol.com jetos.com jkub.com jumpingcrab.com jungleheart.com justdied.com kozow.com kro.kr linkpc.net "
                + "loginto.me longmusic.com loseyourip.com lflink.com lflinkup.com lflinkup.net lflinkup.org mefound.com microtech.co mooo.com moneyhome.biz mrbasic.com "
                + "mrbonus.com mrface.com mrslove.com my03.com myddns.com myddns.me myddns.rocks mydad.info mydns.bz mydns.jp mydns.vc mydissent.net mydyn.de mydynns.com "
                + "mydynv6.net myds.me myfirewall.org myftp.biz myftp.name myftp.org mylftv.com mymediapc.net mymom.info mynetav.net mynetav.org mynumber.org mypi.co "
                + "mypicture.info mypop3.net mypop3.org mypsx.net mysecondarydns.com myvnc.com myz.info mywire.org n-e.kr net-freaks.com nhlfan.net no-ip.biz no-ip.ca "
                + "no-ip.co.uk no-ip.info no-ip.net no-ip.org noip.me noip.us ns01.biz ns01.info ns01.us ns02.biz ns02.info ns02.us ns1.name ns2.name ns3.name "
                + "o-r.kr ocry.com onedumb.com onmypc.biz onmypc.info onmypc.net onmypc.org onmypc.us onthewifi.com ooguy.com organiccrap.com otzo.com ourhobby.com "
                + "p-e.kr pcanywhere.net point2this.com port25.biz privatedns.org proxydns.com publicvm.com qhigh.com qpoe.com r-e.kr read-books.org rebatesrule.net "
                + "redirectme.net sellclassics.com sendsmtp.com serveblog.net servebbs.com servebeer.com servecounterstrike.com serveftp.com serveftp.net serveftp.org "
                + "servegame.com servehalflife.com servehttp.com servehumour.com serveirc.com servemp3.com servep2p.com servepics.com servequake.com serveuser.com serveusers.com "
                + "server-on.net sexidude.com sexxxy.biz sixth.biz squirly.info ssl443.org ssmailer.com strangled.net stufftoread.com sytes.net synology.me system-ns.net "
                + "tftpd.net theworkpc.com tk-dns.com toh.info toythieves.com trickip.net trickip.org tsx.org twilightparadox.com twodns.de ufcfan.org uk.to undo.it "
                + "us.to v6.army v6.navy v6.rocks vizvaz.com viewdns.net webhop.me webhop.net webhop.org webredirect.org wikaba.com workisboring.com wwwhost.biz "
                + "wwwhost.us x24hr.com x3322.net x3322.org xxuz.com xxxy.biz xxxy.info yiiii.net ygto.com youdontcare.com yourtrap.com zapto.org zyns.com zzux.com "
                + "3322.org 8866.org 9966.org 2288.org 6600.org 7766.org 8800.org f3322.net f3322.org eicp.net vicp.cc vicp.net xicp.net gicp.net oicp.net wicp.net "
                + "d-dns.org afraid.org spdns.de spdns.org spdns.eu ddnss.de ddnss.org dnsget.org firewall-gateway.com dyn-o-saur.com thruhere.net homeunix.com homeunix.net "
                + "homeunix.org homedns.org homeftp.net homeftp.org is-a-geek.com is-a-geek.net is-a-geek.org getmyip.com gotmyhost.com selfip.com selfip.net selfip.org "
                + "selfip.biz selfip.info webhop.info webhop.biz office-on-the.net isa-geek.net isa-geek.com isa-geek.org endofinternet.net endofinternet.org "
                + "1cooldns.com 4cloud.click acmetoy.com ath.cx blogdns.net blogdns.org bumbleshrimp.com cloud-ip.cc cloudns.asia cloudns.be cloudns.biz cloudns.cc cloudns.ch "
                + "cloudns.cl cloudns.club cloudns.eu cloudns.in cloudns.info cloudns.nz cloudns.org cloudns.ph cloudns.pro cloudns.pw cloudns.us ddns.me dedyn.io diskstation.eu "
                + "diskstation.me diskstation.org dnsdojo.net dnsdojo.org dnshome.de dnsup.net dnsupdate.info doesntexist.com doesntexist.org dontexist.com dontexist.net dontexist.org "
                + "doomdns.com doomdns.org drayddns.com dscloud.biz dscloud.me dscloud.mobi dsmynas.com dsmynas.net dsmynas.org duia.eu duia.in duia.ro dy.fi dyn-ip24.de dyn53.io "
                + "dynathome.net dyndns-at-home.com dyndns-at-work.com dyndns-blog.com dyndns-free.com dyndns-home.com dyndns-ip.com dyndns-mail.com dyndns-office.com dyndns-pics.com "
                + "dyndns-remote.com dyndns-server.com dyndns-web.com dyndns-wiki.com dyndns-work.com dyndns1.de dynns.com dynserv.org dynssl.com endoftheinternet.org entrydns.org ezua.com "
                + "familyds.com familyds.net familyds.org firewall-gateway.de firewall-gateway.net fortiddns.com freeddns.us freedynamicdns.net freedynamicdns.org freemyip.com freeboxos.fr "
                + "game-host.org game-server.cc geekgalaxy.com goip.de gotdns.org hicam.net hobby-site.com hobby-site.org i234.me iptime.org is-a-chef.com is-a-chef.net is-a-chef.org "
                + "kicks-ass.net kicks-ass.org knowsitall.info likescandy.com logoip.com logoip.de mine.nu my-firewall.org my-gateway.de my-router.de my-wan.de myactivedirectory.com "
                + "myasustor.com mycloud.by myeffect.net myfritz.net myhome-server.de myiphost.com myphotos.cc mypets.ws myqnapcloud.com mysecuritycamera.com nerdpol.ovh nip.io now-dns.net "
                + "now-dns.org now-dns.top nsupdate.info ntdll.top ownip.net podzone.net podzone.org pointto.us remotewd.com sandcats.io securitytactics.com selfhost.bz selfhost.co selfhost.de "
                + "selfhost.eu selfhost.me serveexchange.com serveminecraft.net servebbs.net servebbs.org servegame.org servesarcasm.com shacknet.nu simple-url.com softether.net soundcast.me "
                + "spdns.com sslip.io synology-ds.de tcp4.me traefik.me ts.net unusualperson.com vpndns.net vpnplus.to x443.pw xip.io ydns.eu ynh.fr nohost.me noho.st zapto.xyz"),
            (SharedInfrastructure.Cloud,
                "amazonaws.com awsapprunner.com elasticbeanstalk.com on.aws azure-api.net azureedge.net azurefd.net azurewebsites.net azurestaticapps.net cloudapp.net "
                + "cloudapp.azure.com azurecontainer.io azurecontainerapps.io trafficmanager.net core.windows.net appspot.com run.app cloudfunctions.net web.app firebaseapp.com "
                + "firebaseio.com googleapis.com workers.dev pages.dev r2.dev vercel.app vercel.sh now.sh netlify.app netlify.com herokuapp.com herokudns.com onrender.com "
                + "fly.dev railway.app deno.dev glitch.me repl.co replit.app replit.dev ondigitalocean.app digitaloceanspaces.com linodeobjects.com vultrobjects.com zeabur.app "
                + "aliyuncs.com myqcloud.com tencentcs.com apigw.tencentcs.com fcapp.run oraclecloud.com oraclecloudapps.com ovh.net vps.ovh.net contaboserver.net "
                + "your-server.de clients.your-server.de kasserver.com cloudwaysapps.com platform.sh koyeb.app northflank.app sharepoint.com supabase.co supabase.in "
                + "pythonanywhere.com code.run bunnycdn.com b-cdn.net backblazeb2.com wasabisys.com scw.cloud selectel.cloud yandexcloud.net storage.yandexcloud.net "
                + "rhcloud.com render.com deta.app deta.dev streamlit.app azure-mobile.net awsglobalaccelerator.com adobeaemcloud.com jelastic.com "
                + "evennode.com meteorapp.com balena-devices.com linodeusercontent.com supabase.net gitpod.io github.dev githubpreview.dev csb.app codesandbox.io stackblitz.io"),
            (SharedInfrastructure.ContentDelivery,
                "akamai.net akamaiedge.net akamaihd.net akamaized.net edgekey.net edgesuite.net cloudfront.net fastly.net fastlylb.net cdn77.org cdn77.net stackpathcdn.com "
                + "llnwd.net edgecastcdn.net kxcdn.com jsdelivr.net unpkg.com cdnjs.cloudflare.com cloudflare.net gcdn.co hwcdn.net incapdns.net"),
            (SharedInfrastructure.UrlShortener,
                "bit.ly goo.gl t.co tinyurl.com is.gd v.gd ow.ly buff.ly rebrand.ly cutt.ly shorturl.at t.ly rb.gy adf.ly tiny.cc bl.ink short.io lnkd.in s.id urlz.fr "
                + "clck.ru vk.cc u.to qps.ru x.co mcaf.ee dwz.cn t.cn urlshortener.at t2m.io"),
            (SharedInfrastructure.FileHosting,
                "drive.google.com docs.google.com dropbox.com dropboxusercontent.com 1drv.ms onedrive.live.com onedrive.com mediafire.com mega.nz mega.co.nz mega.io 4shared.com "
                + "4sync.com box.com app.box.com anonfiles.com bayfiles.com gofile.io transfer.sh file.io catbox.moe litterbox.catbox.moe wetransfer.com we.tl sendspace.com zippyshare.com "
                + "uploadfiles.io ufile.io pcloud.com pcloud.link filebin.net filemail.com disk.yandex.ru disk.yandex.com yadi.sk cloud.mail.ru github.com raw.githubusercontent.com "
                + "githubusercontent.com gitlab.com bitbucket.org sourceforge.net codeberg.org archive.org imgur.com i.imgur.com postimg.cc ibb.co cdn.discordapp.com media.discordapp.net "
                + "discord.com telegram.org t.me api.telegram.org steamcommunity.com onehub.com egnyte.com sharefile.com tmpfiles.org temp.sh uguu.se 0x0.st "
                + "internxt.com proton.me protonmail.com zoho.com workdrive.zoho.com icedrive.net files.fm fex.net"),
            (SharedInfrastructure.Tunnel,
                "ngrok.io ngrok.com ngrok.app ngrok.dev ngrok-free.app ngrok-free.dev trycloudflare.com cfargotunnel.com serveo.net localhost.run lhr.life lhr.rocks loca.lt localtunnel.me "
                + "pagekite.me portmap.io portmap.host playit.gg ply.gg devtunnels.ms tunnels.api.visualstudio.com bore.pub packetriot.net zrok.io pinggy.io pinggy.link "
                + "tunnelmole.net beeceptor.com webhook.site requestbin.net pipedream.net requestrepo.com oast.fun oast.live oast.me oast.online oast.pro oast.site interact.sh "
                + "burpcollaborator.net oastify.com mocky.io mockbin.org mockbin.io run.mocky.io"),
            (SharedInfrastructure.Paste,
                "pastebin.com paste.ee hastebin.com ghostbin.com ghostbin.co rentry.co rentry.org dpaste.com dpaste.org paste.rs pastie.org controlc.com justpaste.it justpaste.me "
                + "termbin.com ix.io sprunge.us privatebin.net gist.github.com gist.githubusercontent.com paste.mozilla.org paste.debian.net textbin.net pasteio.com telegra.ph "
                + "graph.org teletype.in write.as notepad.pw"),
            (SharedInfrastructure.WebHosting,
                "000webhostapp.com 000webhost.com altervista.org atwebpages.com awardspace.info awardspace.net beget.tech blogspot.com bravesites.com byethost.com byethost7.com "
                + "carrd.co epizy.com freehostia.com freehosting.com github.io gitlab.io gitbook.io godaddysites.com great-site.net home.pl hol.es hostinger.com hostingerapp.com "
                + "hostingersite.com infinityfreeapp.com jimdo.com jimdofree.com jimdosite.com lovestoblog.com medianewsonline.com mygamesonline.org myartsonline.com mywebcommunity.org "
                + "mypressonline.com mystrikingly.com onlinewebshop.net narod.ru neocities.org notion.site ru.com rf.gd sa.com za.com scienceontheweb.net square.site sites.google.com "
                + "strikingly.com surge.sh tilda.ws tumblr.com ucoz.com ucoz.net ucoz.ru ueuo.com webflow.io webnode.com webs.com weebly.com weeblysite.com wixsite.com wix.com "
                + "wordpress.com wpengine.com wpenginepowered.com wuaze.com x10.mx x10host.com xsph.ru zya.me 42web.io cprapid.com getenjoyment.net sportsontheweb.net "
                + "co.nf eu5.org c1.biz biz.nf freeiz.com site90.net webcindario.com framer.app framer.website "
                + "it.com us.com uk.com de.com eu.com br.com cn.com gr.com hu.com jpn.com kr.com mex.com no.com qc.com se.com uy.com africa.com ar.com co.com com.de com.se co.nl co.no "
                + "in.net gb.net hu.net jp.net se.net uk.net us.org ae.org za.net za.org br.ms eu.org us.kg nyc.mn pp.ua my.id run.place work.gd line.pm dpdns.org qzz.io co.cc cu.cc cz.cc usa.cc "
                + "uni.cc co.vu co.nr rr.nu igg.biz is-a.dev js.org radio.am radio.fm omg.lol plesk.page easypanel.host cleverapps.io alwaysdata.net esy.es pe.hu 16mb.com 890m.com "
                + "96.lt hostzi.com bplaced.net bplaced.com yolasite.com moonfruit.com myfreesites.net simplesite.com ucraft.site webador.com jouwweb.nl over-blog.com livejournal.com ghost.io "
                + "codeberg.page pantheonsite.io dreamhosters.com uber.space freesite.host cloudaccess.host tempurl.host crd.co srht.site translate.goog sinaapp.com myshopify.com "
                + "readthedocs.io hatenablog.com fc2.com angelfire.com tripod.com geocities.com googlepages.com multiply.com"),
        ];

        var table = new Dictionary<string, SharedInfrastructure>(StringComparer.Ordinal);
        foreach ((SharedInfrastructure kind, string names) in rows)
        {
            foreach (string name in names.Split(' '))
            {
                table.TryAdd(name, kind);
            }
        }

        // The one service for blogs has names of its own in many countries.
        const string blogEnds =
            "ae al am ba be bg bj ca cf ch cl co.at co.id co.il co.ke co.nz co.uk co.za com.ar com.au com.br com.by com.co com.cy com.ee com.eg com.es com.mt com.ng com.tr com.uy "
            + "cv cz de dk fi fr gr hk hr hu ie in is it jp kr li lt lu md mk mr mx my nl no pe pt qa re ro rs ru se sg si sk sn td tw ug vn";
        foreach (string end in blogEnds.Split(' '))
        {
            table.TryAdd("blogspot." + end, SharedInfrastructure.WebHosting);
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
