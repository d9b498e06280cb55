using System.Globalization;
using System.Net;
using Culprit.Primitives;
using static Culprit.Incidents.Surroundings.TacticNames;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// The techniques that the start of a program of Windows shows: what the program does whatever it is told, and otherwise what its arguments tell it
/// to do. Where they are not recorded, or only ask for help or for what is there, nothing is shown.
/// </summary>
internal static class ProgramTechniques
{
    // Programs that do one thing.
    private static readonly Dictionary<string, (string Tactic, string Technique)> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        ["powershell.exe"] = (Execution, "T1059.001"),
        ["pwsh.exe"] = (Execution, "T1059.001"),
        ["cmd.exe"] = (Execution, "T1059.003"),
        ["wmic.exe"] = (Execution, "T1047"),
        ["mshta.exe"] = (DefenseEvasion, "T1218.005"),
        ["regsvr32.exe"] = (DefenseEvasion, "T1218.010"),
        ["rundll32.exe"] = (DefenseEvasion, "T1218.011"),
        ["installutil.exe"] = (DefenseEvasion, "T1218.004"),
        ["whoami.exe"] = (Discovery, "T1033"),
        ["quser.exe"] = (Discovery, "T1033"),
        ["qwinsta.exe"] = (Discovery, "T1033"),
        ["systeminfo.exe"] = (Discovery, "T1082"),
        ["hostname.exe"] = (Discovery, "T1082"),
        ["tasklist.exe"] = (Discovery, "T1057"),
        ["qprocess.exe"] = (Discovery, "T1057"),
        ["tree.com"] = (Discovery, "T1083"),
        ["makecab.exe"] = (Collection, "T1560.001"),
    };

    // Programs of several uses, and what their arguments ask for.
    private static readonly Dictionary<string, Func<ProgramArguments, (string Tactic, string Technique)?>> Told = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wscript.exe"] = OfScript,
        ["cscript.exe"] = OfScript,
        ["msiexec.exe"] = static told => told.Has("i", "package", "a", "j", "ju", "jm", "y", "z") || told.HasGlued("i") || told.HasGlued("package") ? (DefenseEvasion, "T1218.007") : null,
        ["cmstp.exe"] = static told => told.Contains(".inf") && !told.Has("u") ? (DefenseEvasion, "T1218.003") : null,
        ["query.exe"] = static told => told.Verb switch
        {
            "user" or "session" => (Discovery, "T1033"),
            "process" => (Discovery, "T1057"),
            "termserver" => (Discovery, "T1018"),
            _ => null,
        },
        ["ipconfig.exe"] = static told => told.Count == 0 || told.Has("all", "allcompartments", "displaydns") ? (Discovery, "T1016") : null,
        ["arp.exe"] = static told => told.Has("a", "g") ? (Discovery, "T1016") : null,
        ["route.exe"] = static told => told.Command == "print" ? (Discovery, "T1016") : null,
        ["nbtstat.exe"] = static told => told.Has("a", "c", "n", "s") ? (Discovery, "T1016") : null,
        ["nslookup.exe"] = static told => told.Contains("_msdcs") || told.Contains("_ldap.") || told.Contains("_kerberos.") ? (Discovery, "T1018") : null,
        ["netstat.exe"] = static told => told.Words.Any(static word => word is ['-' or '/', ..] && word.Contains('r', StringComparison.Ordinal)) ? (Discovery, "T1016") : told.Has("e", "s") ? null : (Discovery, "T1049"),
        ["nltest.exe"] = static told => told.Has("domain_trusts", "trusted_domains") ? (Discovery, "T1482") : told.Has("dclist", "dsgetdc", "dnsgetdc") ? (Discovery, "T1018") : null,
        ["dsquery.exe"] = OfDirectory,
        ["dsget.exe"] = OfDirectory,
        ["ping.exe"] = static told => told.Words.Any(IsInside) ? (Discovery, "T1018") : null,
        ["adfind.exe"] = static told => told.Contains("trustdmp") || told.Contains("objectcategory=trusteddomain") || told.Contains("objectclass=trusteddomain") ? (Discovery, "T1482")
            : told.Contains("objectcategory=computer") || told.Contains("dclist") ? (Discovery, "T1018")
            : told.Contains("objectcategory=person") || told.Contains("objectcategory=user") ? (Discovery, "T1087.002")
            : told.Contains("objectcategory=group") ? (Discovery, "T1069.002") : null,
        ["net.exe"] = OfNet,
        ["net1.exe"] = OfNet,

        // The directory's database is copied as installation media, or out of a snapshot.
        ["ntdsutil.exe"] = static told => told.Contains("ifm") || (told.Contains("snap") && (told.Contains("create") || told.Contains("mount"))) ? (CredentialAccess, "T1003.003") : null,
        ["procdump.exe"] = static told => told.Contains("lsass") ? (CredentialAccess, "T1003.001") : null,
        ["procdump64.exe"] = static told => told.Contains("lsass") ? (CredentialAccess, "T1003.001") : null,
        ["vssadmin.exe"] = static told => told.Verb switch
        {
            // A shadow copy is made to read what is locked; what is read shows later. It is deleted so that nothing can be restored.
            "create" => (DefenseEvasion, "T1006"),
            "delete" or "resize" => (Impact, "T1490"),
            _ => null,
        },
        ["wevtutil.exe"] = static told => told.Verb is "cl" or "clear-log" ? (DefenseEvasion, "T1070.001")
            : told.Verb is "sl" or "set-log" && (told.Contains("/e:f") || told.Contains("/enabled:f")) ? (DefenseEvasion, "T1562.002") : null,
        ["certutil.exe"] = static told => told.Contains("://") && told.Has("urlcache", "verifyctl", "url") && !told.Words.Contains("delete") ? (CommandAndControl, "T1105")
            : told.Has("decode", "decodehex") ? (DefenseEvasion, "T1140") : null,
        ["bitsadmin.exe"] = static told => told.Has("transfer", "addfile", "addfileset") && !told.Has("upload", "upload-reply") ? (CommandAndControl, "T1105") : null,
        ["rar.exe"] = static told => told.Command is "a" or "m" or "mf" or "u" or "f" ? (Collection, "T1560.001") : null,
        ["7z.exe"] = OfSevenZip,
        ["7za.exe"] = OfSevenZip,
        ["7zr.exe"] = OfSevenZip,
        ["psexec.exe"] = static told => told.Contains(@"\\") ? (LateralMovement, "T1021.002") : null,
        ["psexec64.exe"] = static told => told.Contains(@"\\") ? (LateralMovement, "T1021.002") : null,
        ["mstsc.exe"] = static told => (told.Has("v") || told.Contains(".rdp")) && !told.Has("edit") ? (LateralMovement, "T1021.001") : null,
        ["winrs.exe"] = static told => told.Has("r", "remote") ? (LateralMovement, "T1021.006") : null,
        ["schtasks.exe"] = static told => told.Has("create", "run") || (told.Has("change") && !told.Has("disable")) ? (Execution, "T1053.005") : null,
        ["at.exe"] = static told => told.Words.Any(static word => word.Contains(':', StringComparison.Ordinal) && TimeOnly.TryParse(word, CultureInfo.InvariantCulture, out _)) ? (Execution, "T1053.002") : null,
        ["plink.exe"] = static told => told.Forwards ? (CommandAndControl, "T1572") : null,
    };

    // What a process is started by when it is started from another machine, or for one.
    private static readonly Dictionary<string, (string Tactic, string Technique)> ByParent = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wmiprvse.exe"] = (Execution, "T1047"),
        ["wsmprovhost.exe"] = (LateralMovement, "T1021.006"),
        ["winrshost.exe"] = (LateralMovement, "T1021.006"),
        ["psexesvc.exe"] = (Execution, "T1569.002"),
    };

    // Servers that start many programs of their own: what tells is that they start a shell.
    private static readonly Dictionary<string, (string Tactic, string Technique)> ByParentOfShell = new(StringComparer.OrdinalIgnoreCase)
    {
        ["w3wp.exe"] = (Persistence, "T1505.003"),
        ["httpd.exe"] = (Persistence, "T1505.003"),
        ["sqlservr.exe"] = (Persistence, "T1505.001"),
    };

    private static readonly string[] Shells = ["cmd.exe", "powershell.exe", "pwsh.exe"];

    // Windows starts these beside any program, or when one fails.
    private static readonly string[] OfWindows = ["conhost.exe", "werfault.exe", "wermgr.exe"];

    /// <summary>The techniques that the start of a process shows.</summary>
    public static IEnumerable<(string Tactic, string Technique)> Of(EventFacts facts)
    {
        string program = EventFacts.FileName(facts.Image);
        string line = facts["CommandLine"];
        var told = new ProgramArguments(program, line);
        if (!told.AsksForHelp && Always.TryGetValue(program, out (string, string) use))
        {
            yield return use;
        }
        else if (line.Length > 0 && !told.AsksForHelp && !told.AsksForHelpOfVerb && Told.TryGetValue(program, out Func<ProgramArguments, (string, string)?>? read) && read(told) is { } shown)
        {
            yield return shown;
        }

        string parent = EventFacts.FileName(facts.ParentImage);
        if (!OfWindows.Contains(program, StringComparer.OrdinalIgnoreCase) && ByParent.TryGetValue(parent, out use))
        {
            yield return use;
        }
        else if (Shells.Contains(program, StringComparer.OrdinalIgnoreCase) && ByParentOfShell.TryGetValue(parent, out use))
        {
            yield return use;
        }
        else if (parent.Equals("mmc.exe", StringComparison.OrdinalIgnoreCase) && facts["ParentCommandLine"].Contains("-Embedding", StringComparison.OrdinalIgnoreCase))
        {
            // The console is started like this for whoever calls its object, which somebody at the keyboard does not.
            yield return (LateralMovement, "T1021.003");
        }
    }

    private static (string Tactic, string Technique)? OfScript(ProgramArguments told) =>
        told.Contains(".vbs") || told.Contains(".vbe") || told.Contains("//e:vbs") ? (Execution, "T1059.005")
        : told.Words.Any(static word => word.EndsWith(".js", StringComparison.Ordinal) || word.EndsWith(".jse", StringComparison.Ordinal)) || told.Contains("//e:js") || told.Contains("//e:javascript") ? (Execution, "T1059.007")
        : null;

    private static (string Tactic, string Technique)? OfDirectory(ProgramArguments told) => told.Verb switch
    {
        "user" => (Discovery, "T1087.002"),
        "group" => (Discovery, "T1069.002"),
        "computer" or "server" => (Discovery, "T1018"),
        "*" when told.Contains("trusteddomain") => (Discovery, "T1482"),
        _ => null,
    };

    private static (string Tactic, string Technique)? OfSevenZip(ProgramArguments told) => told.Command is "a" or "u" ? (Collection, "T1560.001") : null;

    // What net asks for, by its first word; what it changes is no question. Of accounts and groups every option but the one for the domain changes
    // something, and so does a second word behind an account's name: a password.
    private static (string Tactic, string Technique)? OfNet(ProgramArguments told)
    {
        string[] options = [.. told.Words.Where(static word => word.StartsWith('/'))];
        bool ofDomain = Array.Exists(options, IsDomain), onlyAsks = Array.TrueForAll(options, IsDomain);
        return told.Verb switch
        {
            "user" or "users" => onlyAsks && told.Count - options.Length <= 2 ? (Discovery, ofDomain ? "T1087.002" : "T1087.001") : null,
            "group" or "groups" => onlyAsks ? (Discovery, "T1069.002") : null,
            "localgroup" => onlyAsks ? (Discovery, "T1069.001") : null,

            // The machines of a network, or what one of them shares.
            "view" => (Discovery, told.Words.Any(static word => word.StartsWith(@"\\", StringComparison.Ordinal)) ? "T1135" : "T1018"),
            "session" or "sessions" => Array.Exists(options, static word => word.StartsWith("/d", StringComparison.Ordinal)) ? null : (Discovery, "T1049"),
            "accounts" => onlyAsks ? (Discovery, "T1201") : null,
            _ => null,
        };

        static bool IsDomain(string word) => word.StartsWith("/do", StringComparison.Ordinal);
    }

    // Another machine of the own network, as far as its name tells. Who asks for one outside wants to know whether there is a way out, and who asks for
    // his own wants to wait.
    private static bool IsInside(string word) =>
        IPAddress.TryParse(word, out IPAddress? address) && word.AsSpan().ContainsAny('.', ':') ? !IPAddress.IsLoopback(address) && AddressRange.IsPrivate(word)
        : !word.StartsWith('/') && !word.StartsWith('-') && !word.Equals("localhost", StringComparison.Ordinal) && word.AsSpan().ContainsAnyInRange('a', 'z')
            && (!word.Contains('.', StringComparison.Ordinal) || word.EndsWith(".local", StringComparison.Ordinal) || word.EndsWith(".lan", StringComparison.Ordinal) || word.EndsWith(".internal", StringComparison.Ordinal));
}
