using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Culprit.Events;
using Culprit.Findings;
using static Culprit.Incidents.Surroundings.TacticNames;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// The ATT&amp;CK techniques that an event of an incident shows: those of the rules that found it, and those of which its kind is
/// the trace. The latter hold only because the event belongs to an incident: a logon is no lateral movement by itself. None is taken for shown that
/// the record leaves open.
/// </summary>
internal static class EventTechniques
{
    // What is written there runs at the next logon; keys beside them only begin alike.
    private static readonly string[] RunKeys = [@"\CurrentVersion\Run\", @"\CurrentVersion\RunOnce\", @"\CurrentVersion\RunOnceEx\", @"\CurrentVersion\RunServices\", @"\CurrentVersion\RunServicesOnce\"];

    // Successes and failures that are no longer recorded; others are recorded from now on.
    private static readonly string[] AuditRemoved = ["%%8448", "%%8450", "removed"];

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
        return facts.IsProcessStart ? ProgramTechniques.Of(facts) : facts.IsSysmon ? OfSysmon(facts) : facts.IsSecurity ? OfSecurity(facts) : OfOthers(facts);
    }

    private static IEnumerable<(string Tactic, string Technique)> OfSysmon(EventFacts facts) => facts.EventId switch
    {
        2 when string.CompareOrdinal(facts["CreationUtcTime"], facts["PreviousCreationUtcTime"]) < 0 => [(DefenseEvasion, "T1070.006")],
        8 => [("privilege-escalation", "T1055"), (DefenseEvasion, "T1055")],
        10 when EventFacts.FileName(facts["TargetImage"]).Equals("lsass.exe", StringComparison.OrdinalIgnoreCase) && MayReadMemory(facts["GrantedAccess"]) => [(CredentialAccess, "T1003.001")],
        13 when RunKeys.Any(key => facts["TargetObject"].Contains(key, StringComparison.OrdinalIgnoreCase)) => [(Persistence, "T1547.001")],
        12 or 13 or 14 => [(DefenseEvasion, "T1112")],
        19 or 20 or 21 when !facts["Operation"].Equals("Deleted", StringComparison.OrdinalIgnoreCase) => [(Persistence, "T1546.003")],
        23 or 26 => [(DefenseEvasion, "T1070.004")],
        _ => [],
    };

    private static IEnumerable<(string Tactic, string Technique)> OfSecurity(EventFacts facts) => facts.EventId switch
    {
        1102 => [(DefenseEvasion, "T1070.001")],
        4624 when facts["LogonType"] == "10" => [(LateralMovement, "T1021.001")],
        4624 when facts["LogonType"] == "3" && IsOther(facts["IpAddress"]) => [(LateralMovement, "T1021")],
        4697 => [(Persistence, "T1543.003")],
        4698 or 4702 => [(Persistence, "T1053.005"), (Execution, "T1053.005")],
        4720 => [(Persistence, "T1136")],
        4728 or 4732 or 4756 => [(Persistence, "T1098")],
        4719 when AuditRemoved.Any(change => facts["AuditPolicyChanges"].Contains(change, StringComparison.OrdinalIgnoreCase)) => [(DefenseEvasion, "T1562.002")],
        5140 or 5145 when facts["ShareName"].EndsWith('$') && !facts["ShareName"].EndsWith("IPC$", StringComparison.OrdinalIgnoreCase)
            && !facts["ShareName"].EndsWith("print$", StringComparison.OrdinalIgnoreCase) => [(LateralMovement, "T1021.002")],

        // Through these pipes services, tasks and the registry of a machine are reached from another one; whether to look or to change does not stand there.
        5145 when facts["RelativeTargetName"] is "svcctl" or "atsvc" or "winreg" => [(LateralMovement, "T1021.002")],
        5145 when facts["RelativeTargetName"] is "samr" => [(Discovery, "T1087")],
        _ => [],
    };

    private static IEnumerable<(string Tactic, string Technique)> OfOthers(EventFacts facts) => facts.EventId switch
    {
        104 when facts.Channel == "System" => [(DefenseEvasion, "T1070.001")],
        7045 when facts.Channel == "System" => [(Persistence, "T1543.003")],
        4103 or 4104 when facts.Provider.Contains("PowerShell", StringComparison.OrdinalIgnoreCase) => [(Execution, "T1059.001")],
        106 when facts.Provider.EndsWith("TaskScheduler", StringComparison.OrdinalIgnoreCase) => [(Persistence, "T1053.005"), (Execution, "T1053.005")],
        21 or 22 or 25 or 1149 when facts.Provider.Contains("TerminalServices", StringComparison.OrdinalIgnoreCase)
            && (facts["Address"] + facts["Param3"]).Contains('.', StringComparison.Ordinal) => [(LateralMovement, "T1021.001")],
        91 when facts.Provider.EndsWith("WinRM", StringComparison.OrdinalIgnoreCase) => [(LateralMovement, "T1021.006")],
        _ => [],
    };

    // Everything looks at the logon process now and then; to read it takes this right.
    private static bool MayReadMemory(string access)
    {
        const uint read = 0x10;
        return uint.TryParse(access.AsSpan(access.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint granted) && (granted & read) != 0;
    }

    // Machines log on to themselves all day.
    private static bool IsOther(string address) => IPAddress.TryParse(address, out IPAddress? from) && !IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from);
}
