using System.Collections.Immutable;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>What is told of <see cref="ResearchLab"/>: every part of a story is filled.</summary>
internal static class ResearchLabStory
{
    private const string Intruder = "203.0.113.77";

    public static IncidentStory Tell(IncidentMaker make, ResearchLab.StoryEvents e)
    {
        EventTime T(int number) => make.Events[number].Time;
        return new IncidentStory
        {
            Entry =
            [
                Fact($"{Intruder} uploaded the page news.aspx through the file manager of web-01 and from then on sent it commands.", e.Upload, e.Created, e.FirstCall),
                Judged("The way in was most likely a file manager that takes pages for pictures.", e.Probe, e.Upload),
            ],
            Told =
            [
                Fact($"On 2020-02-06 at 01:02 {Intruder} opened the file manager of web-01 and four minutes later uploaded a page to it.", e.Probe, e.Upload),
                Fact("Through the page it ran 64 commands that ask about accounts, hosts and the network.", [e.FirstCall, .. e.Commands]),
                Fact("At 02:14 pd64.exe copied the memory of LSASS, which holds passwords, into ls.dmp.", e.DumpRun, e.DumpFile),
                Judged("The password of svc_backup most likely came from that copy, as its first use follows eighteen minutes later.", e.DumpRun, e.Logon),
                Fact("svc_backup went from web-01 to fs-01 over an administrative share and started programs there over WMI.", e.Logon, e.Share, e.Wmi),
                Fact("On dc-01 a scheduled task ran ntdsutil, which made a copy of the directory with every account's password hash.", e.Task, e.Ntds),
                Fact("A service named UpdSvc was installed on ws-07, and mvogel was logged on to ws-12 through a tunnel.", e.Service, e.Desktop),
                Fact("A renamed RAR packed the folder D:\\Research on fs-01 into nine archives with names of pictures.", [.. e.Packed]),
                Fact($"{Intruder} fetched the nine archives from web-01.", [.. e.Fetched]),
                Fact("Tools were deleted, and the Security and System logs of web-01 were cleared.", e.Deleted, e.Cleared, e.Cleared2),
                Fact("Seven days later the same page received commands again, a second page help.aspx was written, and one more archive was fetched.", [e.SecondShell, e.Second, .. e.Back, e.Took]),
                Fact("On 2020-02-16 the antivirus found the first page.", e.Scan),
            ],
            HostsFallen =
            [
                new("web-01", T(e.Upload), Fact("A page was uploaded that runs commands.", e.Upload, e.Created)),
                new("fs-01", T(e.Logon), Fact("svc_backup opened its administrative share from web-01 and started programs over WMI.", e.Logon, e.Share, e.Wmi)),
                new("dc-01", T(e.Task), Fact("svc_backup made a scheduled task.", e.Task)),
                new("ws-07", T(e.Service), Fact("A service was installed from a share of fs-01.", e.Service)),
                new("ws-12", T(e.Desktop), Judged("mvogel was logged on by remote desktop from the host itself, which a tunnel explains.", e.Desktop)),
            ],
            AccountsUsed =
            [
                new("IIS APPPOOL\\portal", T(e.Created), Fact("The web shell ran under it.", [e.Created, .. e.Commands])),
                new("svc_backup", T(e.Logon), Fact("It was used on fs-01, dc-01 and ws-07.", e.Logon, e.Task, e.Service)),
                new("mvogel", T(e.Desktop), Judged("It was most likely used by the intruder on ws-12.", e.Desktop)),
            ],
            Movements =
            [
                new(Intruder, "web-01", "", "web request", T(e.FirstCall), [e.FirstCall]),
                new("web-01", "fs-01", "svc_backup", "SMB", T(e.Logon), [e.Logon, e.Share]),
                new("web-01", "fs-01", "svc_backup", "WMI", T(e.Wmi), [e.Wmi]),
                new("fs-01", "dc-01", "svc_backup", "scheduled task", T(e.Task), [e.Task]),
                new("fs-01", "ws-07", "svc_backup", "service", T(e.Service), [e.Service]),
                new("ws-07", "ws-12", "mvogel", "RDP", T(e.Desktop), [e.Desktop]),
            ],
            Processes =
            [
                new("web-01", @"C:\Windows\System32\inetsrv\w3wp.exe", "", "IIS APPPOOL\\portal", EventTime.Unknown, [e.Created],
                [
                    .. e.Commands.Take(6).Select(c => new ProcessTree("web-01", @"C:\Windows\System32\cmd.exe", make.Events[c].Value("CommandLine"), "IIS APPPOOL\\portal", T(c), [c], [])),
                    new("web-01", @"C:\Windows\System32\cmd.exe", "cmd /c pd64.exe", "IIS APPPOOL\\portal", T(e.DumpRun), [e.DumpRun],
                        [new("web-01", @"C:\Windows\Temp\pd64.exe", make.Events[e.DumpRun].Value("CommandLine"), "IIS APPPOOL\\portal", T(e.DumpRun), [e.DumpRun], [])]),
                ]),
                new("fs-01", @"C:\Windows\System32\wbem\WmiPrvSE.exe", "", "", EventTime.Unknown, [e.Wmi],
                    [new("fs-01", @"C:\Windows\System32\cmd.exe", make.Events[e.Wmi].Value("CommandLine"), "svc_backup", T(e.Wmi), [e.Wmi],
                        [.. e.Packed.Select(p => new ProcessTree("fs-01", @"C:\$Recycle.Bin\r.exe", make.Events[p].Value("CommandLine"), "svc_backup", T(p), [p], []))])]),
            ],
            Tools =
            [
                new("China Chopper", "malware", Fact("The page answers commands between [S] and [E], as this web shell does.", e.Commands[0], e.Scan)),
                new("ProcDump", "tool", Fact("pd64.exe was run with ProcDump's arguments against LSASS.", e.DumpRun)),
                new("RAR", "tool", Fact("r.exe says of itself that it is rar.exe.", e.Packed[0])),
                new("ntdsutil", "tool", Fact("It is part of Windows Server and was run by a scheduled task.", e.Ntds)),
            ],
            Channels = [new(Intruder, Fact("Commands came from it and archives went to it.", [e.FirstCall, .. e.Fetched]), T(e.Probe), T(e.Took))],
            Taken =
            [
                new("mice_01.jpg to mice_09.jpg (D:\\Research)", "web-01", TakenState.Taken, T(e.Fetched[0]), 204_039_936, 204_039_936, Fact("Nine archives were fetched whole.", [.. e.Packed, .. e.Fetched])),
                new("mice_10.jpg", "web-01", TakenState.Taken, T(e.Took), 8_120_334, null, Fact("One archive was fetched; what is in it is not recorded.", e.Took)),
                new(@"C:\Windows\Temp\tmp1 (the directory)", "dc-01", TakenState.Staged, T(e.Ntds), null, 96_000_000, Judged("It was copied; nothing says that it left.", e.Ntds)),
            ],
            Hidden =
            [
                Fact("The Security and System logs of web-01 were cleared at 04:04.", e.Cleared, e.Cleared2),
                Fact("Archives were given names of pictures.", [.. e.Packed]),
                Fact("pd64.exe and ls.dmp were deleted.", e.Deleted),
            ],
            Returned = [Fact("It came back on 2020-02-13 at 01:14, a week later, through the same page.", e.SecondShell, e.Second)],
            Limits =
            [
                new("What stood in the nine archives cannot be told.", "A record of the file server's object access would have told which files were read."),
                new("Whether the directory's copy left the network is open.", "Flow records of the firewall would have told."),
            ],
            Benign =
            [
                new("An administrator at work", [Fact("svc_backup is used every night on these hosts.", e.Logon)],
                    [Fact("No administrator works through a page among pictures from an address outside.", e.FirstCall), Fact("Logs were cleared at once afterwards.", e.Cleared)],
                    Judged("This does not explain what was seen.", e.FirstCall, e.Cleared)),
                new("A penetration test", [], [Judged("No test fetches research from a portal and comes back a week later.", e.Fetched[0], e.SecondShell)], Judged("A test that nobody announced is unlikely; ask whoever may have ordered one.")),
            ],
            Indicators =
            [
                new("ipv4", Intruder, [e.Probe, e.Upload, e.FirstCall, e.Took]),
                new("url-path", "/portal/media/gallery/news.aspx", [e.FirstCall, e.SecondShell]),
                new("file-name", "pd64.exe", [e.DumpRun, e.Deleted]),
                new("file-name", "mice_01.jpg", [e.Packed[0], e.Fetched[0]]),
                new("sha256", IncidentMaker.Hash("procdump"), [e.DumpRun]),
                new("md5", IncidentMaker.Hash("rar")[..32], [.. e.Packed]),
                new("service", "UpdSvc", [e.Service]),
                new("scheduled-task", @"\Maintenance", [e.Task]),
                new("account", "svc_backup", [e.Logon, e.Share, e.Wmi]),
            ],
        };
    }

    private static Statement Fact(string text, params int[] events) => new(text, IsJudgement: false, [.. events]);

    private static Statement Judged(string text, params int[] events) => new(text, IsJudgement: true, [.. events]);
}
