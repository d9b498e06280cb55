using Culprit.SampleMaker.Logs;
using Culprit.SampleMaker.World;

namespace Culprit.SampleMaker.Benchmark;

/// <summary>What a busy workstation does, one Sysmon event after another.</summary>
internal sealed class SysmonActivity
{
    private const int Alive = 240;
    private readonly Dice _dice;
    private readonly List<Proc> _processes = [];
    private readonly Session _user;
    private DateTime _now;

    private static readonly (string Image, string CommandLine)[] Programs =
    [
        (@"C:\Windows\System32\svchost.exe", @"C:\Windows\System32\svchost.exe -k netsvcs -p -s {w}"),
        (@"C:\Windows\System32\taskhostw.exe", "taskhostw.exe"),
        (@"C:\Windows\System32\backgroundTaskHost.exe", @"""C:\Windows\system32\backgroundTaskHost.exe"" -ServerName:App.AppX{n}.mca"),
        (@"C:\Windows\System32\RuntimeBroker.exe", @"C:\Windows\System32\RuntimeBroker.exe -Embedding"),
        (@"C:\Windows\System32\dllhost.exe", @"C:\Windows\system32\DllHost.exe /Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}"),
        (@"C:\Windows\System32\SearchProtocolHost.exe", @"""C:\Windows\system32\SearchProtocolHost.exe"" Global\UsGthrFltPipeMssGthrPipe{n}_ Global\UsGthrCtrlFltPipeMssGthrPipe{n} 1 -2147483646"),
        (@"C:\Windows\System32\conhost.exe", @"\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1"),
        (@"C:\Windows\System32\cmd.exe", @"C:\Windows\system32\cmd.exe /c ""C:\Projects\tools\collect-{w}.cmd"" {n}"),
        (@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", @"powershell.exe -File C:\Projects\tools\report-{w}.ps1 -Run {n}"),
        (@"C:\Windows\System32\wbem\WmiPrvSE.exe", @"C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding"),
        (@"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe", @"""C:\Program Files (x86)\Google\Chrome\Application\chrome.exe"" --type=renderer --field-trial-handle=1616,{n},131072 --lang=en-GB --renderer-client-id={n} --mojo-platform-channel-handle={n} /prefetch:1"),
        (@"C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE", @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Projects\{w}-{n}.docx"" /o """""),
        (@"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE", @"""C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"" ""C:\Projects\{w}-{n}.xlsx"""),
        (@"C:\Program Files\Git\cmd\git.exe", "git.exe -c core.quotepath=false fetch --prune origin {w}-{n}"),
        (@"C:\Program Files\R\R-3.6.2\bin\x64\Rgui.exe", @"""C:\Program Files\R\R-3.6.2\bin\x64\Rgui.exe"" --cd-to-userdocs"),
        (@"C:\Program Files\Windows Defender\MpCmdRun.exe", @"""C:\Program Files\Windows Defender\MpCmdRun.exe"" -IdleTask -TaskName WdCacheMaintenance"),
        (@"C:\Program Files\Python37\python.exe", @"""C:\Program Files\Python37\python.exe"" C:\Projects\plates\{w}.py --plate {n}"),
    ];

    private static readonly (string Image, string CommandLine)[] Suspicious =
    [
        (@"C:\Windows\System32\rundll32.exe", @"rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump {n} C:\Windows\Temp\m.dmp full"),
        (@"C:\Windows\System32\reg.exe", @"reg  save hklm\sam C:\Windows\Temp\{n}.hiv"),
        (@"C:\Windows\System32\wevtutil.exe", "wevtutil  cl security"),
        (@"C:\Windows\System32\net.exe", @"net  group ""domain admins"" /domain"),
        (@"C:\Windows\System32\vssadmin.exe", "vssadmin  delete shadows /all /quiet"),
        (@"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe", "powershell -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA"),
    ];

    private static readonly string[] Libraries =
    [
        @"C:\Windows\System32\kernel32.dll", @"C:\Windows\System32\ntdll.dll", @"C:\Windows\System32\KernelBase.dll", @"C:\Windows\System32\user32.dll",
        @"C:\Windows\System32\gdi32full.dll", @"C:\Windows\System32\advapi32.dll", @"C:\Windows\System32\combase.dll", @"C:\Windows\System32\rpcrt4.dll",
        @"C:\Windows\System32\bcrypt.dll", @"C:\Windows\System32\crypt32.dll", @"C:\Windows\System32\wbem\wbemprox.dll", @"C:\Windows\System32\wbem\fastprox.dll",
        @"C:\Windows\System32\clr.dll", @"C:\Windows\assembly\NativeImages_v4.0.30319_64\mscorlib\8a1f2b\mscorlib.ni.dll", @"C:\Windows\System32\dbghelp.dll",
        @"C:\Program Files\Microsoft Office\root\Office16\mso.dll", @"C:\Program Files\R\R-3.6.2\bin\x64\R.dll", @"C:\Windows\System32\taskschd.dll",
    ];

    private static readonly string[] Keys =
    [
        @"HKLM\System\CurrentControlSet\Services\{w}\Start", @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Diagnostics\DiagTrack\{w}",
        @"HKU\S-1-5-21-1004\SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\RecentDocs\.{w}\{n}", @"HKLM\System\CurrentControlSet\Services\bam\State\UserSettings\{n}",
        @"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\{w}", @"HKCR\Local Settings\MuiCache\{n}\52C64B7E",
    ];

    private static readonly string[] Words =
    [
        "assay", "cohort", "adjuvant", "titre", "freezer", "grant", "ethics", "seminar", "plate", "order", "wuauserv", "BITS", "Dnscache", "Themes", "WpnService", "docx", "xlsx", "pdf",
        "antigen", "spike", "dose", "control", "placebo", "batch", "sample", "archive", "summary", "draft", "final", "review",
    ];

    private static readonly string[] Sites =
        ["www.example.com", "journals.example.org", "mail.lab.example", "preprints.example.org", "cdn.example.net", "genomes.example.org", "update.example.net", "docs.example.com", "news.example.com"];

    public SysmonActivity(Institute institute)
    {
        Host = institute.Hosts[0];
        _dice = institute.Dice("activity");
        _now = institute.Start.AddHours(7);
        _user = Host.NewSession(institute.Account("a.moreau"), _now, 1);
        _processes.Add(Host.Known("services"));
        _processes.Add(Host.Known("svchost-dcom"));
    }

    public Host Host { get; }

    /// <summary>One more event.</summary>
    public void Next()
    {
        _now = _now.AddTicks(_dice.Between(4_000, 900_000));
        Proc process = _dice.Pick(_processes);
        switch (_dice.Between(1, 100))
        {
            case <= 9:
                Start();
                break;
            case <= 16:
                End();
                break;
            case <= 40:
                SysmonLog.ImageLoad(Host, _now, process, _dice.Pick(Libraries), signed: true);
                break;
            case <= 54:
                Access(process);
                break;
            case <= 63:
                SysmonLog.FileCreate(Host, _now, process, Fill(@"C:\Users\a.moreau\AppData\Local\Temp\{w}-{n}.tmp"));
                break;
            case <= 71:
                SysmonLog.KeyCreate(Host, _now, process, Fill(_dice.Pick(Keys)));
                break;
            case <= 83:
                SysmonLog.ValueSet(Host, _now, process, Fill(_dice.Pick(Keys)), Fill("DWORD (0x{n})"));
                break;
            case <= 91:
                SysmonLog.Query(Host, _now, process, _dice.Pick(Sites), "type:  5 edge.example.net;::ffff:198.51.100.44;::ffff:203.0.113.9;");
                break;
            case <= 98:
                Connect(process);
                break;
            default:
                SysmonLog.FileDelete(Host, _now, process, Fill(@"C:\Users\a.moreau\AppData\Local\Temp\{w}.tmp"));
                break;
        }
    }

    private void Start()
    {
        (string image, string commandLine) = _dice.Between(1, 2000) == 1 ? _dice.Pick(Suspicious) : _dice.Pick(Programs);
        Session session = image.Contains("System32", StringComparison.Ordinal) && _dice.Chance(70) ? Host.System : _user;
        Proc process = ProcessLog.Start(Host, _now, _dice.Pick(_processes), image, Fill(commandLine), session);
        if (_processes.Count < Alive)
        {
            _processes.Add(process);
        }
        else
        {
            _processes[_dice.Between(0, Alive - 1)] = process;
        }
    }

    private void End() => SysmonLog.ProcessEnd(Host, _now, _dice.Pick(_processes));

    private void Access(Proc process)
    {
        uint mask = _dice.Pick([0x1000u, 0x1400u, 0x1410u, 0x1478u, 0x101000u, 0x40u]);
        string trace = Fill(@"C:\Windows\SYSTEM32\ntdll.dll+9fc24|C:\Windows\System32\KERNELBASE.dll+20d0e|C:\Windows\System32\{w}.dll+{n}|C:\Windows\System32\KERNEL32.DLL+17bd4|C:\Windows\SYSTEM32\ntdll.dll+6ce51");
        SysmonLog.ProcessAccess(Host, _now, process, _dice.Pick(_processes), mask, trace);
    }

    private void Connect(Proc process)
    {
        string site = _dice.Pick(Sites);
        SysmonLog.Connection(
            Host, _now, process, true, new(Host.Ip, Host.Fqdn, (ushort)_dice.Between(49700, 65000)), new($"198.51.100.{_dice.Between(1, 254)}", site, 443));
    }

    private string Fill(string pattern)
    {
        if (!pattern.Contains('{', StringComparison.Ordinal))
        {
            return pattern;
        }

        return pattern
            .Replace("{w}", _dice.Pick(Words), StringComparison.Ordinal)
            .Replace("{n}", _dice.Between(1000, 99_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
