using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.Scenario;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Noise;

/// <summary>People at workstations: they log on, read mail, browse, write and run their instruments.</summary>
internal sealed class DeskWork(Institute institute, NoiseEntry noise)
{
    private const string Chrome = @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe";
    private const string OfficeFolder = @"C:\Program Files\Microsoft Office\root\Office16\";
    private readonly Dice _dice = institute.Dice("desk");

    private static readonly string[] Sites =
    [
        "www.example.com", "journals.example.org", "mail.lab.example", "preprints.example.org", "search.example.com",
        "cdn.example.net", "genomes.example.org", "news.example.com", "update.example.net", "docs.example.com",
    ];

    private static readonly string[] Names =
        ["assay-plan", "cohort-b", "adjuvant-dose", "titre-week", "freezer-list", "grant-report", "ethics-form", "seminar", "plate-layout", "order-list"];

    public void Day(Host host, Account user, DateTime day)
    {
        DateTime arrival = day.AddHours(7).AddMinutes(_dice.Between(5, 95));
        Session session = host.NewSession(user, arrival, 1);
        (Proc explorer, Proc chrome) = Arrive(host, user, session, arrival);
        for (int i = 0; i < noise.BrowserWindows; i++)
        {
            Browse(host, chrome, _dice.Within(arrival.AddMinutes(4), 500));
        }

        for (int i = 0; i < noise.Documents; i++)
        {
            Write(host, user, explorer, _dice.Within(arrival.AddMinutes(10), 480));
        }

        if (host.Role == "research" && _dice.Chance(80))
        {
            Measure(host, explorer, _dice.Within(arrival.AddMinutes(60), 300));
        }

        if (_dice.Chance(20))
        {
            MistypePassword(host, user, arrival.AddSeconds(-14));
        }

        SecurityLog.Logoff(host, arrival.AddMinutes(_dice.Between(500, 590)), session, 2);
    }

    private (Proc Explorer, Proc Chrome) Arrive(Host host, Account user, Session session, DateTime at)
    {
        Host dc = institute.DomainController;
        int port = _dice.Between(49700, 65000);
        SecurityLog.TicketGranting(dc, at.AddMilliseconds(-60), user, host.Ip, port);
        SecurityLog.ServiceTicket(dc, at.AddMilliseconds(-40), user, host.Machine, host.Ip, port + 1);
        SecurityLog.ExplicitCredentials(host, at.AddMilliseconds(-20), host.Known("svchost"), user, "localhost", "localhost");
        SecurityLog.Logon(host, at, session, new(2, "Negotiate", host.Name.ToUpperInvariant(), "127.0.0.1", 0));
        Proc userinit = ProcessLog.Start(host, at.AddSeconds(2), host.Known("svchost"), @"C:\Windows\System32\userinit.exe", @"C:\Windows\system32\userinit.exe", session);
        Proc explorer = ProcessLog.Start(host, at.AddSeconds(3), userinit, @"C:\Windows\explorer.exe", @"C:\Windows\Explorer.EXE");
        host.Remember("explorer", explorer);
        ProcessLog.Start(host, at.AddSeconds(70), explorer, OfficeFolder + "OUTLOOK.EXE", $@"""{OfficeFolder}OUTLOOK.EXE"" ", null, Home(user));
        Proc chrome = ProcessLog.Start(host, at.AddSeconds(95), explorer, Chrome, $@"""{Chrome}"" ", null, Home(user));
        return (explorer, chrome);
    }

    private void Browse(Host host, Proc chrome, DateTime at)
    {
        string site = _dice.Pick(Sites);
        string ip = AddressOf(site);
        SysmonLog.Query(host, at, chrome, site, $"::ffff:{ip};");
        SysmonLog.Connection(host, at.AddMilliseconds(30), chrome, true, new(host.Ip, host.Fqdn, (ushort)_dice.Between(49700, 65000)), new(ip, "", 443));
        if (_dice.Chance(60))
        {
            int id = _dice.Between(10, 400);
            ProcessLog.Start(
                host, at.AddMilliseconds(80), chrome, Chrome,
                $@"""{Chrome}"" --type=renderer --field-trial-handle=1616,{_dice.Between(1000000, 9999999)},131072 --lang=en-GB --renderer-client-id={id} --mojo-platform-channel-handle={_dice.Between(2000, 9000)} /prefetch:1",
                null, @"C:\Program Files (x86)\Google\Chrome\Application\80.0.3987.87\");
        }

        if (_dice.Chance(6))
        {
            // Browsers keep the time that the server gave; Sysmon sees a creation time that changes.
            string cached = Home(chrome.Session.Account) + $@"AppData\Local\Google\Chrome\User Data\Default\{_dice.Guid():D}.tmp";
            SysmonLog.TimeChanged(host, at.AddSeconds(2), chrome, cached, at.AddDays(-_dice.Between(2, 40)), at.AddSeconds(1));
            SysmonLog.FileDelete(host, at.AddSeconds(9), chrome, cached);
        }

        if (_dice.Chance(12))
        {
            SysmonLog.FileCreate(host, at.AddSeconds(20), chrome, Home(chrome.Session.Account) + $@"Downloads\{_dice.Pick(Names)}-{_dice.Between(1, 90)}.pdf");
        }
    }

    private void Write(Host host, Account user, Proc explorer, DateTime at)
    {
        (string program, string extension) = _dice.Between(1, 10) switch
        {
            <= 4 => ("WINWORD.EXE", ".docx"),
            <= 8 => ("EXCEL.EXE", ".xlsx"),
            _ => ("POWERPNT.EXE", ".pptx"),
        };
        string name = $"{_dice.Pick(Names)}-{_dice.Between(1, 30)}";
        string file = _dice.Chance(50) ? $@"\\fs-01\Research\{name}{extension}" : Home(user) + $@"Documents\{name}{extension}";
        Proc office = ProcessLog.Start(host, at, explorer, OfficeFolder + program, $@"""{OfficeFolder}{program}"" /n ""{file}"" /o """"", null, Home(user));
        SysmonLog.FileCreate(host, at.AddSeconds(5), office, Home(user) + $@"AppData\Roaming\Microsoft\Office\Recent\{name}.LNK");
        if (_dice.Chance(15))
        {
            Proc reader = ProcessLog.Start(
                host, at.AddMinutes(3), explorer, @"C:\Program Files (x86)\Adobe\Acrobat Reader DC\Reader\AcroRd32.exe",
                $@"""C:\Program Files (x86)\Adobe\Acrobat Reader DC\Reader\AcroRd32.exe"" ""{Home(user)}Downloads\{name}.pdf""", null, Home(user));
            SysmonLog.ImageLoad(host, at.AddMinutes(3).AddSeconds(1), reader, @"C:\Windows\System32\dbghelp.dll", signed: true);
        }

        if (_dice.Chance(10))
        {
            SysmonLog.FileCreate(host, at.AddMinutes(14), explorer, $@"C:\$Recycle.Bin\{user.Sid}\$R{_dice.Between(100000, 999999)}{extension}");
        }

        if (_dice.Chance(8))
        {
            ProcessLog.Start(host, at.AddMinutes(9), explorer, @"C:\Program Files\7-Zip\7zFM.exe", $@"""C:\Program Files\7-Zip\7zFM.exe"" ""{Home(user)}Downloads\{name}.zip""", null, Home(user));
        }
    }

    private void Measure(Host host, Proc explorer, DateTime at)
    {
        Proc reader = ProcessLog.Start(host, at, explorer, @"C:\Program Files\Plate Reader\PlateReader.exe", @"""C:\Program Files\Plate Reader\PlateReader.exe"" /run /port COM3", null, @"C:\Program Files\Plate Reader\");
        for (int i = 0; i < 3; i++)
        {
            SysmonLog.FileCreate(host, at.AddMinutes(7 * (i + 1)), reader, $@"C:\Projects\plates\{at:yyyyMMdd}-{i + 1}.csv");
        }

        ProcessLog.Start(host, at.AddMinutes(35), explorer, @"C:\Program Files\R\R-3.6.2\bin\x64\Rgui.exe", @"""C:\Program Files\R\R-3.6.2\bin\x64\Rgui.exe"" --cd-to-userdocs", null, @"C:\Projects\");
    }

    private static void MistypePassword(Host host, Account user, DateTime at)
    {
        SecurityLog.LogonFailed(host, at, user, new(2, "Negotiate", host.Name.ToUpperInvariant(), "127.0.0.1", 0), 0xC000006A);
        SecurityLog.NtlmValidated(host.Institute.DomainController, at.AddMilliseconds(-5), user, host.Name.ToUpperInvariant(), 0xC000006A);
    }

    private static string Home(Account user) => $@"C:\Users\{user.Name}\";

    // The Internet of the sample: documentation addresses, the same one for the same name.
    internal static string AddressOf(string name)
    {
        int sum = 0;
        foreach (char c in name)
        {
            sum = ((sum * 31) + c) % 200;
        }

        return $"{(sum % 2 == 0 ? "198.51.100" : "203.0.113")}.{sum + 20}";
    }
}
