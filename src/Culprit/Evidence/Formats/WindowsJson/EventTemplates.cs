using System.Collections.Frozen;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>
/// The names of well-known events' data in the order of their templates, as event logs hold them, for exports that give the values alone. Templates grow with
/// versions of Windows and Sysmon: the number of values says which one it was, and where none has as many, nothing is known.
/// </summary>
internal static class EventTemplates
{
    private const string Defender = "Microsoft-Windows-Windows Defender", PowerShell = "Microsoft-Windows-PowerShell", Security = "Microsoft-Windows-Security-Auditing";
    private const string Services = "Service Control Manager", Sysmon = "Microsoft-Windows-Sysmon";
    private const string Subject = "SubjectUserSid|SubjectUserName|SubjectDomainName|SubjectLogonId";

    private static readonly (string Provider, int[] EventIds, string Names)[] Known =
    [
        (PowerShell, [4103], "ContextInfo|UserData|Payload"),
        (PowerShell, [4104], "MessageNumber|MessageTotal|ScriptBlockText|ScriptBlockId"),
        (PowerShell, [4104], "MessageNumber|MessageTotal|ScriptBlockText|ScriptBlockId|Path"),
        (Security, [4624],
            $"{Subject}|TargetUserSid|TargetUserName|TargetDomainName|TargetLogonId|LogonType|LogonProcessName|AuthenticationPackageName|WorkstationName|LogonGuid|"
            + "TransmittedServices|LmPackageName|KeyLength|ProcessId|ProcessName|IpAddress|IpPort"),
        (Security, [4624],
            $"{Subject}|TargetUserSid|TargetUserName|TargetDomainName|TargetLogonId|LogonType|LogonProcessName|AuthenticationPackageName|WorkstationName|LogonGuid|"
            + "TransmittedServices|LmPackageName|KeyLength|ProcessId|ProcessName|IpAddress|IpPort|ImpersonationLevel"),
        (Security, [4624],
            $"{Subject}|TargetUserSid|TargetUserName|TargetDomainName|TargetLogonId|LogonType|LogonProcessName|AuthenticationPackageName|WorkstationName|LogonGuid|"
            + "TransmittedServices|LmPackageName|KeyLength|ProcessId|ProcessName|IpAddress|IpPort|ImpersonationLevel|RestrictedAdminMode|TargetOutboundUserName|"
            + "TargetOutboundDomainName|VirtualAccount|TargetLinkedLogonId|ElevatedToken"),
        (Security, [4625],
            $"{Subject}|TargetUserSid|TargetUserName|TargetDomainName|Status|FailureReason|SubStatus|LogonType|LogonProcessName|AuthenticationPackageName|WorkstationName|"
            + "TransmittedServices|LmPackageName|KeyLength|ProcessId|ProcessName|IpAddress|IpPort"),
        (Security, [4648], $"{Subject}|LogonGuid|TargetUserName|TargetDomainName|TargetLogonGuid|TargetServerName|TargetInfo|ProcessId|ProcessName|IpAddress|IpPort"),
        (Security, [4672], $"{Subject}|PrivilegeList"),
        (Security, [4688], $"{Subject}|NewProcessId|NewProcessName|TokenElevationType|ProcessId|CommandLine"),
        (Security, [4688], $"{Subject}|NewProcessId|NewProcessName|TokenElevationType|ProcessId|CommandLine|TargetUserSid|TargetUserName|TargetDomainName|TargetLogonId"),
        (Security, [4688],
            $"{Subject}|NewProcessId|NewProcessName|TokenElevationType|ProcessId|CommandLine|TargetUserSid|TargetUserName|TargetDomainName|TargetLogonId|ParentProcessName|"
            + "MandatoryLabel"),
        (Security, [4697], $"{Subject}|ServiceName|ServiceFileName|ServiceType|ServiceStartType|ServiceAccount"),
        (Security, [4698, 4699], $"{Subject}|TaskName|TaskContent"),
        (Security, [4720],
            $"TargetUserName|TargetDomainName|TargetSid|{Subject}|PrivilegeList|SamAccountName|DisplayName|UserPrincipalName|HomeDirectory|HomePath|ScriptPath|ProfilePath|"
            + "UserWorkstations|PasswordLastSet|AccountExpires|PrimaryGroupId|AllowedToDelegateTo|OldUacValue|NewUacValue|UserAccountControl|UserParameters|SidHistory|LogonHours"),
        (Security, [4726], $"TargetUserName|TargetDomainName|TargetSid|{Subject}|PrivilegeList"),
        (Security, [4728, 4732, 4756], $"MemberName|MemberSid|TargetUserName|TargetDomainName|TargetSid|{Subject}|PrivilegeList"),
        (Security, [4768],
            "TargetUserName|TargetDomainName|TargetSid|ServiceName|ServiceSid|TicketOptions|Status|TicketEncryptionType|PreAuthType|IpAddress|IpPort|CertIssuerName|"
            + "CertSerialNumber|CertThumbprint"),
        (Security, [4769], "TargetUserName|TargetDomainName|ServiceName|ServiceSid|TicketOptions|TicketEncryptionType|IpAddress|IpPort|Status|LogonGuid|TransmittedServices"),
        (Security, [4771], "TargetUserName|TargetSid|ServiceName|TicketOptions|Status|PreAuthType|IpAddress|IpPort|CertIssuerName|CertSerialNumber|CertThumbprint"),
        (Security, [4776], "PackageName|TargetUserName|Workstation|Status"),
        (Security, [5140], $"{Subject}|ObjectType|IpAddress|IpPort|ShareName|ShareLocalPath|AccessMask|AccessList"),
        (Security, [5145], $"{Subject}|ObjectType|IpAddress|IpPort|ShareName|ShareLocalPath|RelativeTargetName|AccessMask|AccessList|AccessReason"),
        (Security, [5156], "ProcessID|Application|Direction|SourceAddress|SourcePort|DestAddress|DestPort|Protocol|FilterRTID|LayerName|LayerRTID|RemoteUserID|RemoteMachineID"),
        (Sysmon, [1],
            "RuleName|UtcTime|ProcessGuid|ProcessId|Image|FileVersion|Description|Product|Company|CommandLine|CurrentDirectory|User|LogonGuid|LogonId|TerminalSessionId|"
            + "IntegrityLevel|Hashes|ParentProcessGuid|ParentProcessId|ParentImage|ParentCommandLine"),
        (Sysmon, [1],
            "RuleName|UtcTime|ProcessGuid|ProcessId|Image|FileVersion|Description|Product|Company|OriginalFileName|CommandLine|CurrentDirectory|User|LogonGuid|LogonId|"
            + "TerminalSessionId|IntegrityLevel|Hashes|ParentProcessGuid|ParentProcessId|ParentImage|ParentCommandLine"),
        (Sysmon, [1],
            "RuleName|UtcTime|ProcessGuid|ProcessId|Image|FileVersion|Description|Product|Company|OriginalFileName|CommandLine|CurrentDirectory|User|LogonGuid|LogonId|"
            + "TerminalSessionId|IntegrityLevel|Hashes|ParentProcessGuid|ParentProcessId|ParentImage|ParentCommandLine|ParentUser"),
        (Sysmon, [3],
            "RuleName|UtcTime|ProcessGuid|ProcessId|Image|User|Protocol|Initiated|SourceIsIpv6|SourceIp|SourceHostname|SourcePort|SourcePortName|DestinationIsIpv6|DestinationIp|"
            + "DestinationHostname|DestinationPort|DestinationPortName"),
        (Sysmon, [5], "RuleName|UtcTime|ProcessGuid|ProcessId|Image"),
        (Sysmon, [5], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|User"),
        (Sysmon, [7], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|ImageLoaded|FileVersion|Description|Product|Company|Hashes|Signed|Signature|SignatureStatus"),
        (Sysmon, [7], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|ImageLoaded|FileVersion|Description|Product|Company|OriginalFileName|Hashes|Signed|Signature|SignatureStatus"),
        (Sysmon, [7], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|ImageLoaded|FileVersion|Description|Product|Company|OriginalFileName|Hashes|Signed|Signature|SignatureStatus|User"),
        (Sysmon, [8], "RuleName|UtcTime|SourceProcessGuid|SourceProcessId|SourceImage|TargetProcessGuid|TargetProcessId|TargetImage|NewThreadId|StartAddress|StartModule|StartFunction"),
        (Sysmon, [8],
            "RuleName|UtcTime|SourceProcessGuid|SourceProcessId|SourceImage|TargetProcessGuid|TargetProcessId|TargetImage|NewThreadId|StartAddress|StartModule|StartFunction|"
            + "SourceUser|TargetUser"),
        (Sysmon, [10], "RuleName|UtcTime|SourceProcessGUID|SourceProcessId|SourceThreadId|SourceImage|TargetProcessGUID|TargetProcessId|TargetImage|GrantedAccess|CallTrace"),
        (Sysmon, [10],
            "RuleName|UtcTime|SourceProcessGUID|SourceProcessId|SourceThreadId|SourceImage|TargetProcessGUID|TargetProcessId|TargetImage|GrantedAccess|CallTrace|SourceUser|"
            + "TargetUser"),
        (Sysmon, [11], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|TargetFilename|CreationUtcTime"),
        (Sysmon, [11], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|TargetFilename|CreationUtcTime|User"),
        (Sysmon, [12], "RuleName|EventType|UtcTime|ProcessGuid|ProcessId|Image|TargetObject"),
        (Sysmon, [12], "RuleName|EventType|UtcTime|ProcessGuid|ProcessId|Image|TargetObject|User"),
        (Sysmon, [13], "RuleName|EventType|UtcTime|ProcessGuid|ProcessId|Image|TargetObject|Details"),
        (Sysmon, [13], "RuleName|EventType|UtcTime|ProcessGuid|ProcessId|Image|TargetObject|Details|User"),
        (Sysmon, [15], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|TargetFilename|CreationUtcTime|Hash"),
        (Sysmon, [15], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|TargetFilename|CreationUtcTime|Hash|Contents"),
        (Sysmon, [15], "RuleName|UtcTime|ProcessGuid|ProcessId|Image|TargetFilename|CreationUtcTime|Hash|Contents|User"),
        (Sysmon, [17, 18], "RuleName|UtcTime|ProcessGuid|ProcessId|PipeName|Image"),
        (Sysmon, [17, 18], "RuleName|EventType|UtcTime|ProcessGuid|ProcessId|PipeName|Image"),
        (Sysmon, [17, 18], "RuleName|EventType|UtcTime|ProcessGuid|ProcessId|PipeName|Image|User"),
        (Sysmon, [22], "RuleName|UtcTime|ProcessGuid|ProcessId|QueryName|QueryStatus|QueryResults|Image"),
        (Sysmon, [22], "RuleName|UtcTime|ProcessGuid|ProcessId|QueryName|QueryStatus|QueryResults|Image|User"),
        (Sysmon, [23], "RuleName|UtcTime|ProcessGuid|ProcessId|User|Image|TargetFilename|Hashes|IsExecutable|Archived"),
        (Defender, [1116, 1117],
            "Product Name|Product Version|Detection ID|Detection Time|Unused|Unused2|Threat ID|Threat Name|Severity ID|Severity Name|Category ID|Category Name|FWLink|Status Code|"
            + "Status Description|State|Source ID|Source Name|Process Name|Detection User|Unused3|Path|Origin ID|Origin Name|Execution ID|Execution Name|Type ID|Type Name|"
            + "Pre Execution Status|Action ID|Action Name|Unused4|Error Code|Error Description|Unused5|Post Clean Status|Additional Actions ID|Additional Actions String|"
            + "Remediation User|Unused6|Signature Version|Engine Version"),
        (Services, [7045], "ServiceName|ImagePath|ServiceType|StartType|AccountName"),
    ];

    private static readonly FrozenDictionary<(int EventId, string Provider), string[][]> ByEvent = Known
        .SelectMany(static known => known.EventIds, static (known, id) => (Key: (id, known.Provider), Names: known.Names.Split('|')))
        .GroupBy(static known => known.Key, static known => known.Names).ToFrozenDictionary(static group => group.Key, static group => group.ToArray());

    // So that no provider becomes a string for each record.
    private static readonly string[] Providers = [Defender, PowerShell, Security, Services, Sysmon];

    /// <summary>Whether the names of an event's data are known.</summary>
    public static bool Has(ReadOnlySpan<char> provider, int eventId) => Of(provider, eventId).Length > 0;

    /// <summary>The names of so many values; null where no template of the event has as many.</summary>
    public static string[]? Names(ReadOnlySpan<char> provider, int eventId, int count)
    {
        foreach (string[] names in Of(provider, eventId))
        {
            if (names.Length == count)
            {
                return names;
            }
        }

        return null;
    }

    private static string[][] Of(ReadOnlySpan<char> provider, int eventId)
    {
        foreach (string known in Providers)
        {
            if (provider.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return ByEvent.GetValueOrDefault((eventId, known)) ?? [];
            }
        }

        return [];
    }
}
