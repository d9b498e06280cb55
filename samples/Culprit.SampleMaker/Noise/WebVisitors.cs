using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.Scenario;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Noise;

/// <summary>The public web site: readers, editors, search engines, strangers who probe, and the institute's own scanner.</summary>
internal sealed class WebVisitors(Institute institute, NoiseEntry noise)
{
    private const string Scanner = "198.51.100.20";
    private const string ScannerAgent = "Mozilla/5.0 (compatible; ExampleScan/4.2; contact security@lab.example)";
    private readonly Dice _dice = institute.Dice("web");

    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.130 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:72.0) Gecko/20100101 Firefox/72.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_2) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0.4 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0.4 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://search.example.com/bot)",
    ];

    private static readonly string[] Pages =
        ["/portal/", "/portal/default.aspx", "/portal/publications.aspx", "/portal/groups.aspx", "/portal/news.aspx", "/portal/contact.aspx", "/portal/search.aspx", "/robots.txt"];

    private static readonly string[] Parts =
        ["/portal/css/site.css", "/portal/js/site.js", "/portal/images/logo.png", "/portal/userfiles/image/lab-tour.jpg", "/portal/userfiles/image/freezer.jpg"];

    private static readonly string[] Probes =
    [
        "/wp-login.php", "/phpmyadmin/index.php", "/.env", "/admin/", "/manager/html", "/xmlrpc.php", "/owa/", "/solr/", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
        "/HNAP1/", "/boaform/admin/formLogin", "/cgi-bin/test.cgi",
    ];

    private static readonly (string Path, string Query)[] Checks =
    [
        ("/portal/search.aspx", "q=%27+OR+1%3D1--"), ("/portal/search.aspx", "q=%3Cscript%3Ealert(1)%3C/script%3E"),
        ("/portal/download.aspx", "file=../../../../windows/win.ini"), ("/portal/publications.aspx", "id=1+UNION+SELECT+NULL,NULL--"),
        ("/portal/trace.axd", "-"), ("/portal/elmah.axd", "-"), ("/portal/web.config", "-"), ("/portal/web.config.bak", "-"),
        ("/aspnet_client/", "-"), ("/iisstart.htm", "-"), ("/portal/login.aspx", "user=admin%27--"), ("/_vti_bin/shtml.exe", "-"), ("/portal/.git/HEAD", "-"),
    ];

    public void Day(DateTime day, bool isWorkday)
    {
        for (int i = 0; i < (isWorkday ? noise.WebVisits : noise.WebVisits / 2); i++)
        {
            Visit(_dice.Within(day, 1440));
        }

        for (int i = 0; i < noise.WebProbes; i++)
        {
            string path = _dice.Pick(Probes);
            institute.Web.Add(new WebRequest { Time = _dice.Within(day, 1440), Path = path, ClientIp = Stranger(), Agent = _dice.Chance(50) ? "python-requests/2.22.0" : _dice.Pick(Agents), Status = 404, Win32Status = 2, Sent = 1395, Milliseconds = 3 });
        }

        for (int i = 0; i < noise.WebVisits / 12; i++)
        {
            Take(_dice.Within(day, 1440));
        }

        Scan(day.AddHours(3));
        Host web = institute.Web.Host;
        if (isWorkday && _dice.Chance(60))
        {
            Edit(web, _dice.Within(day.AddHours(8), 480));
        }

        if (_dice.Chance(40))
        {
            // ASP.NET compiles pages when they are first asked for; the compiler is a child of the worker process.
            string temporary = $@"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\Temporary ASP.NET Files\portal\{_dice.Between(10000000, 99999999)}\";
            ProcessLog.Start(
                web, _dice.Within(day, 1440), web.Known("w3wp"), @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe",
                $@"""C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe"" /noconfig /fullpaths @""{temporary}q4t1dzwm.cmdline""", null, @"C:\Windows\System32\inetsrv\");
        }
    }

    private void Visit(DateTime at)
    {
        string ip = Stranger();
        string agent = _dice.Pick(Agents);
        for (int i = 0; i < _dice.Between(1, 3); i++)
        {
            string page = _dice.Pick(Pages);
            DateTime when = at.AddSeconds(i * _dice.Between(4, 60));
            string query = page.EndsWith("search.aspx", StringComparison.Ordinal) ? "q=" + _dice.Pick(["influenza", "adjuvant", "titre", "cohort"])
                : page.EndsWith("publications.aspx", StringComparison.Ordinal) ? "id=" + _dice.Between(1, 140) : "-";
            institute.Web.Add(new WebRequest { Time = when, Path = page, Query = query, ClientIp = ip, Agent = agent, Sent = _dice.Between(4000, 22000), Milliseconds = _dice.Between(8, 240) });
            if (i == 0 && !page.EndsWith(".txt", StringComparison.Ordinal))
            {
                string part = _dice.Pick(Parts);
                bool cached = _dice.Chance(50);
                institute.Web.Add(new WebRequest { Time = when.AddSeconds(1), Path = part, ClientIp = ip, Agent = agent, Referer = $"https://{institute.Web.Portal}{page}", Status = cached ? 304 : 200, Sent = cached ? 211 : _dice.Between(2000, 380000), Milliseconds = _dice.Between(2, 60) });
            }
        }
    }

    /// <summary>Readers send the contact form, and fetch reports and recorded talks, which are large.</summary>
    private void Take(DateTime at)
    {
        string agent = _dice.Pick(Agents);
        WebRequest request = _dice.Between(1, 10) switch
        {
            <= 4 => new WebRequest { Time = at, Method = "POST", Path = "/portal/contact.aspx", ClientIp = Stranger(), Agent = agent, Referer = $"https://{institute.Web.Portal}/portal/contact.aspx", Status = 302, Sent = 388, Received = _dice.Between(700, 2400) },
            <= 8 => new WebRequest { Time = at, Path = "/portal/files/annual-report-2019.pdf", ClientIp = Stranger(), Agent = agent, Sent = 18_221_904, Milliseconds = _dice.Between(4000, 21000) },
            _ => new WebRequest { Time = at, Path = $"/portal/files/seminar-{_dice.Between(1, 9)}.mp4", ClientIp = Stranger(), Agent = agent, Sent = _dice.Between(90_000_000, 260_000_000), Milliseconds = _dice.Between(60_000, 400_000) },
        };
        institute.Web.Add(request);
    }

    /// <summary>An editor uploads a picture: the same page and the same folder that the intruder uses.</summary>
    private void Edit(Host web, DateTime at)
    {
        Host desk = institute.Hosts.First(h => h.Role == "research");
        string name = $"seminar-{_dice.Between(100, 999)}.jpg";
        institute.Web.Add(new WebRequest { Time = at.AddSeconds(-30), Path = "/portal/editor/editor.aspx", ClientIp = desk.Ip, Agent = Agents[0], Sent = 18822, Milliseconds = 44 });
        institute.Web.Add(new WebRequest { Time = at, Method = "POST", Path = "/portal/editor/filemanager/upload.aspx", Query = "type=Image", ClientIp = desk.Ip, Agent = Agents[0], Referer = $"https://{institute.Web.Portal}/portal/editor/editor.aspx", Sent = 412, Received = _dice.Between(90000, 900000), Milliseconds = 480 });
        SysmonLog.FileCreate(web, at, web.Known("w3wp"), @"C:\inetpub\wwwroot\portal\userfiles\image\" + name);
    }

    private void Scan(DateTime start)
    {
        for (int i = 0; i < noise.ScannerRequests; i++)
        {
            (string path, string query) = Checks[i % Checks.Length];
            bool known = path is "/portal/search.aspx" or "/portal/publications.aspx" or "/portal/login.aspx";
            institute.Web.Add(new WebRequest { Time = start.AddSeconds(2 * i), Path = path, Query = query, ClientIp = Scanner, Agent = ScannerAgent, Status = known ? 200 : 404, Win32Status = known ? 0 : 2, Sent = known ? 5120 : 1395, Milliseconds = 12 });
        }
    }

    private string Stranger() => (_dice.Chance(50) ? "198.51.100." : "203.0.113.") + _dice.Between(100, 254);
}
