using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Findings;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// The ATT&amp;CK techniques that an event of an incident shows: those of the rules that found it, and those of which its kind is
/// the trace. The latter hold only because the event belongs to an incident: a logon is no lateral movement by itself.
/// </summary>
internal static class EventTechniques
{
    private const string LateralMovement = "lateral-movement";
    private const string Execution = "execution";
    private const string Persistence = "persistence";
    private const string DefenseEvasion = "defense-evasion";
    private const string CredentialAccess = "credential-access";
    private const string Discovery = "discovery";

    // Programs of Windows, and what an intruder uses each for.
    private static readonly Dictionary<string, (string Tactic, string Technique)> ByProgram = new(StringComparer.OrdinalIgnoreCase)
    {
        ["powershell.exe"] = (Execution, "T1059.001"),
        ["pwsh.exe"] = (Execution, "T1059.001"),
        ["cmd.exe"] = (Execution, "T1059.003"),
        ["wscript.exe"] = (Execution, "T1059.005"),
        ["cscript.exe"] = (Execution, "T1059.005"),
        ["wmic.exe"] = (Execution, "T1047"),
        ["mshta.exe"] = (DefenseEvasion, "T1218.005"),
        ["regsvr32.exe"] = (DefenseEvasion, "T1218.010"),
        ["rundll32.exe"] = (DefenseEvasion, "T1218.011"),
        ["msiexec.exe"] = (DefenseEvasion, "T1218.007"),
        ["cmstp.exe"] = (DefenseEvasion, "T1218.003"),
        ["installutil.exe"] = (DefenseEvasion, "T1218.004"),
        ["whoami.exe"] = (Discovery, "T1033"),
        ["quser.exe"] = (Discovery, "T1033"),
        ["qwinsta.exe"] = (Discovery, "T1033"),
        ["query.exe"] = (Discovery, "T1033"),
        ["ipconfig.exe"] = (Discovery, "T1016"),
        ["arp.exe"] = (Discovery, "T1016"),
        ["route.exe"] = (Discovery, "T1016"),
        ["nbtstat.exe"] = (Discovery, "T1016"),
        ["nslookup.exe"] = (Discovery, "T1018"),
        ["netstat.exe"] = (Discovery, "T1049"),
        ["systeminfo.exe"] = (Discovery, "T1082"),
        ["hostname.exe"] = (Discovery, "T1082"),
        ["tasklist.exe"] = (Discovery, "T1057"),
        ["qprocess.exe"] = (Discovery, "T1057"),
        ["nltest.exe"] = (Discovery, "T1482"),
        ["dsquery.exe"] = (Discovery, "T1087.002"),
        ["dsget.exe"] = (Discovery, "T1087.002"),
        ["tree.com"] = (Discovery, "T1083"),
        ["ping.exe"] = (Discovery, "T1018"),
        ["ntdsutil.exe"] = (CredentialAccess, "T1003.003"),
        ["procdump.exe"] = (CredentialAccess, "T1003.001"),
        ["procdump64.exe"] = (CredentialAccess, "T1003.001"),
        ["wevtutil.exe"] = (DefenseEvasion, "T1070.001"),
        ["certutil.exe"] = ("command-and-control", "T1105"),
        ["bitsadmin.exe"] = ("command-and-control", "T1105"),
        ["rar.exe"] = ("collection", "T1560.001"),
        ["7z.exe"] = ("collection", "T1560.001"),
        ["makecab.exe"] = ("collection", "T1560.001"),
        ["psexec.exe"] = (LateralMovement, "T1021.002"),
        ["psexec64.exe"] = (LateralMovement, "T1021.002"),
        ["mstsc.exe"] = (LateralMovement, "T1021.001"),
        ["winrs.exe"] = (LateralMovement, "T1021.006"),
        ["schtasks.exe"] = (Execution, "T1053.005"),
        ["at.exe"] = (Execution, "T1053.002"),
        ["plink.exe"] = ("command-and-control", "T1572"),
    };

    // What a process is started by when it is started from another machine.
    private static readonly Dictionary<string, (string Tactic, string Technique)> ByParent = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wmiprvse.exe"] = (Execution, "T1047"),
        ["wsmprovhost.exe"] = (LateralMovement, "T1021.006"),
        ["winrshost.exe"] = (LateralMovement, "T1021.006"),
        ["psexesvc.exe"] = (Execution, "T1569.002"),
        ["mmc.exe"] = (LateralMovement, "T1021.003"),
        ["w3wp.exe"] = (Persistence, "T1505.003"),
        ["httpd.exe"] = (Persistence, "T1505.003"),
        ["sqlservr.exe"] = (Persistence, "T1505.001"),
    };

    /// <summary>The techniques, those of rules first, each once.</summary>
    public static ImmutableArray<EventTechnique> Of(Event one, IReadOnlyList<RuleInfo> rules)
    {
        var found = new List<EventTechnique>();
        foreach (RuleInfo rule in rules)
        {
            string[] tactics = rule.Attack.Tactics.IsEmpty ? [""] : [.. rule.Attack.Tactics];
            string[] techniques = rule.Attack.Techniques.IsEmpty ? [""] : [.. rule.Attack.Techniques];
            found.AddRange(tactics.SelectMany(tactic => techniques.Select(technique => new EventTechnique(tactic, technique, rule.Title)))
                .Where(static technique => technique.Tactic.Length + technique.Technique.Length > 0));
        }

        foreach ((string tactic, string technique) in ByKind(one))
        {
            if (!found.Exists(known => known.Tactic == tactic && known.Technique == technique))
            {
                found.Add(new EventTechnique(tactic, technique, ""));
            }
        }

        return [.. found];
    }

    private static IEnumerable<(string Tactic, string Technique)> ByKind(Event one)
    {
        var facts = new EventFacts(one.Route.Channel, one.Route.Provider, one.Route.EventId, one.Fields);
        return facts.IsProcessStart ? OfProcess(facts) : facts.IsSysmon ? OfSysmon(facts) : facts.IsSecurity ? OfSecurity(facts) : OfOthers(facts);
    }

    private static IEnumerable<(string Tactic, string Technique)> OfProcess(EventFacts facts)
    {
        if (ByProgram.TryGetValue(EventFacts.FileName(facts.Image), out (string, string) use))
        {
            yield return use;
        }

        if (EventFacts.FileName(facts.Image).Equals("vssadmin.exe", StringComparison.OrdinalIgnoreCase) && OfShadows(facts["CommandLine"]) is { } shadows)
        {
            yield return shadows;
        }

        if (EventFacts.FileName(facts.Image).ToLowerInvariant() is "net.exe" or "net1.exe" && OfNet(facts["CommandLine"]) is { } asked)
        {
            yield return (Discovery, asked);
        }

        if (ByParent.TryGetValue(EventFacts.FileName(facts.ParentImage), out use))
        {
            yield return use;
        }
    }

    // What net asks for, by its first word; what it changes is no question.
    private static string? OfNet(string commandLine)
    {
        string[] words = commandLine.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isOfDomain = words.Any(static word => word.StartsWith("/do", StringComparison.Ordinal));
        return words.Any(static word => word is "/add" or "/del" or "/delete" || word.StartsWith("/active", StringComparison.Ordinal)) ? null
            : words.Skip(1).FirstOrDefault() switch
            {
                "user" => isOfDomain ? "T1087.002" : "T1087.001",
                "group" => "T1069.002",
                "localgroup" => "T1069.001",
                "view" => "T1018",
                "session" => "T1049",
                "accounts" => "T1201",
                _ => null,
            };
    }

    // Shadow copies are made to read what is locked (the directory's database), and deleted so that nothing can be restored.
    private static (string Tactic, string Technique)? OfShadows(string commandLine) =>
        commandLine.Contains("create", StringComparison.OrdinalIgnoreCase) ? (CredentialAccess, "T1003.003")
        : commandLine.Contains("delete", StringComparison.OrdinalIgnoreCase) || commandLine.Contains("resize", StringComparison.OrdinalIgnoreCase) ? ("impact", "T1490")
        : null;

    private static IEnumerable<(string Tactic, string Technique)> OfSysmon(EventFacts facts) => facts.EventId switch
    {
        2 => [(DefenseEvasion, "T1070.006")],
        8 => [("privilege-escalation", "T1055"), (DefenseEvasion, "T1055")],
        10 when EventFacts.FileName(facts["TargetImage"]).Equals("lsass.exe", StringComparison.OrdinalIgnoreCase) => [(CredentialAccess, "T1003.001")],
        12 or 13 when facts["TargetObject"].Contains(@"\CurrentVersion\Run", StringComparison.OrdinalIgnoreCase) => [(Persistence, "T1547.001")],
        12 or 13 or 14 => [(DefenseEvasion, "T1112")],
        19 or 20 or 21 => [(Persistence, "T1546.003")],
        23 or 26 => [(DefenseEvasion, "T1070.004")],
        _ => [],
    };

    private static IEnumerable<(string Tactic, string Technique)> OfSecurity(EventFacts facts) => facts.EventId switch
    {
        1102 => [(DefenseEvasion, "T1070.001")],
        4624 when facts["LogonType"] == "10" => [(LateralMovement, "T1021.001")],
        4624 or 4625 when facts["LogonType"] == "3" && facts["IpAddress"].Length > 1 => [(LateralMovement, "T1021")],
        4697 => [(Persistence, "T1543.003"), (Execution, "T1569.002")],
        4698 or 4702 => [(Persistence, "T1053.005"), (Execution, "T1053.005")],
        4720 => [(Persistence, "T1136")],
        4728 or 4732 or 4756 => [(Persistence, "T1098")],
        4719 => [(DefenseEvasion, "T1562.002")],
        5140 or 5145 when facts["ShareName"].EndsWith('$') && !facts["ShareName"].EndsWith("IPC$", StringComparison.OrdinalIgnoreCase) => [(LateralMovement, "T1021.002")],
        5145 when facts["RelativeTargetName"] is "svcctl" => [(LateralMovement, "T1021.002"), (Execution, "T1569.002")],
        5145 when facts["RelativeTargetName"] is "atsvc" => [(LateralMovement, "T1021.002"), (Execution, "T1053.005")],
        5145 when facts["RelativeTargetName"] is "winreg" => [(LateralMovement, "T1021.002"), (DefenseEvasion, "T1112")],
        5145 when facts["RelativeTargetName"] is "samr" or "lsarpc" or "srvsvc" => [(Discovery, "T1087")],
        _ => [],
    };

    private static IEnumerable<(string Tactic, string Technique)> OfOthers(EventFacts facts) => facts.EventId switch
    {
        104 when facts.Channel == "System" => [(DefenseEvasion, "T1070.001")],
        7045 when facts.Channel == "System" => [(Persistence, "T1543.003"), (Execution, "T1569.002")],
        4103 or 4104 => [(Execution, "T1059.001")],
        106 when facts.Provider.EndsWith("TaskScheduler", StringComparison.OrdinalIgnoreCase) => [(Persistence, "T1053.005"), (Execution, "T1053.005")],
        21 or 22 or 25 or 1149 when facts.Provider.Contains("TerminalServices", StringComparison.OrdinalIgnoreCase)
            && (facts["Address"] + facts["Param3"]).Contains('.', StringComparison.Ordinal) => [(LateralMovement, "T1021.001")],
        91 when facts.Provider.EndsWith("WinRM", StringComparison.OrdinalIgnoreCase) => [(LateralMovement, "T1021.006")],
        _ => [],
    };
}
