using System.Collections.Immutable;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Names tools and malware: by what a rule found, by a program's name, and by the name that a renamed program has of itself.</summary>
internal static class Tools
{
    private const string Tool = "tool";
    private const string Malware = "malware";

    // A word that stands in the titles of rules for it, and how the field calls it.
    private static readonly (string Word, string Name, string Kind)[] ByRule =
    [
        ("china chopper", "China Chopper", Malware), ("mimikatz", "Mimikatz", Malware), ("cobalt strike", "Cobalt Strike", Malware),
        ("cobaltstrike", "Cobalt Strike", Malware), ("meterpreter", "Meterpreter", Malware), ("metasploit", "Metasploit", Malware),
        ("powershell empire", "PowerShell Empire", Malware), ("empire ", "PowerShell Empire", Malware), ("covenant", "Covenant", Malware),
        ("bloodhound", "BloodHound", Tool), ("sharphound", "BloodHound", Tool), ("impacket", "Impacket", Tool), ("rubeus", "Rubeus", Malware),
        ("crackmapexec", "CrackMapExec", Malware), ("psexec", "PsExec", Tool), ("procdump", "ProcDump", Tool), ("lazagne", "LaZagne", Malware),
        ("plink", "Plink", Tool), ("rclone", "Rclone", Tool), ("adfind", "AdFind", Tool), ("koadic", "Koadic", Malware),
        ("powersploit", "PowerSploit", Malware), ("safetykatz", "SafetyKatz", Malware), ("sharpdpapi", "SharpDPAPI", Malware), ("seatbelt", "Seatbelt", Malware),
        ("ngrok", "ngrok", Tool), ("anydesk", "AnyDesk", Tool), ("teamviewer", "TeamViewer", Tool), ("uacme", "UACMe", Malware), ("winpeas", "WinPEAS", Malware),
    ];

    // A program's file name, or the name that its version resource gives.
    private static readonly Dictionary<string, (string Name, string Kind)> ByProgram = new(StringComparer.OrdinalIgnoreCase)
    {
        ["procdump"] = ("ProcDump", Tool),
        ["procdump64"] = ("ProcDump", Tool),
        ["psexec"] = ("PsExec", Tool),
        ["psexec.c"] = ("PsExec", Tool),
        ["psexesvc"] = ("PsExec", Tool),
        ["plink"] = ("Plink", Tool),
        ["rar"] = ("RAR", Tool),
        ["winrar"] = ("RAR", Tool),
        ["command line rar"] = ("RAR", Tool),
        ["7z"] = ("7-Zip", Tool),
        ["7za"] = ("7-Zip", Tool),
        ["mimikatz"] = ("Mimikatz", Malware),
        ["rubeus"] = ("Rubeus", Malware),
        ["sharphound"] = ("BloodHound", Tool),
        ["adfind"] = ("AdFind", Tool),
        ["rclone"] = ("Rclone", Tool),
        ["nmap"] = ("Nmap", Tool),
        ["ncat"] = ("Ncat", Tool),
        ["nc"] = ("Netcat", Tool),
        ["nbtscan"] = ("NBTscan", Tool),
        ["chisel"] = ("Chisel", Tool),
        ["ntdsutil"] = ("Ntdsutil", Tool),
        ["wce"] = ("Windows Credential Editor", Malware),
        ["lazagne"] = ("LaZagne", Malware),
        ["ngrok"] = ("ngrok", Tool),
        ["htran"] = ("HTRAN", Malware),
        ["ewm"] = ("EarthWorm", Malware),
        ["megacmd"] = ("MEGAcmd", Tool),
        ["anydesk"] = ("AnyDesk", Tool),
        ["curl"] = ("curl", Tool),
        ["wget"] = ("Wget", Tool),
    };

    /// <summary>What is named, in the order of first use.</summary>
    public static ImmutableArray<NamedTool> Name(Scene scene)
    {
        var found = new Dictionary<string, (string Kind, List<(IncidentEvent Event, string Basis)> Signs)>(StringComparer.Ordinal);
        foreach (IncidentEvent one in scene.Events)
        {
            foreach (string rule in one.Rules)
            {
                foreach ((string name, string kind) in Named(rule, one))
                {
                    Add(found, name, kind, one, $"a rule for it found something ({Scene.Quote(rule)})");
                }
            }

            EventFacts facts = scene.Facts(one);
            if (facts.IsProcessStart)
            {
                Program(found, one, facts);
            }
        }

        return
        [
            .. found.OrderBy(static entry => entry.Value.Signs[0].Event.Number).ThenBy(static entry => entry.Key, StringComparer.Ordinal)
                .Select(static entry => new NamedTool(
                    entry.Key, entry.Value.Kind,
                    Scene.Fact(
                        $"{entry.Key} is told by this: {Scene.List(entry.Value.Signs.Select(static sign => sign.Basis).Distinct(StringComparer.Ordinal), most: 3)}.",
                        entry.Value.Signs.Select(static sign => sign.Event)))),
        ];
    }

    // A title that names several tools ("AdFind or the BloodHound collector") is a rule for each of them and does not say which it found: the record does.
    private static IEnumerable<(string Name, string Kind)> Named(string rule, IncidentEvent one)
    {
        (string Word, string Name, string Kind)[] named = [.. ByRule.Where(entry => rule.Contains(entry.Word, StringComparison.OrdinalIgnoreCase))];
        bool isOpen = rule.Contains(" or ", StringComparison.OrdinalIgnoreCase) || named.Select(static entry => entry.Name).Distinct(StringComparer.Ordinal).Skip(1).Any();
        return named.Where(entry => !isOpen || IsIn(one, entry.Word.Trim()) || IsIn(one, entry.Name))
            .Select(static entry => (entry.Name, entry.Kind)).Distinct();
    }

    private static bool IsIn(IncidentEvent one, string word) => one.Fields.Any(field => field.Value?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    private static void Program(Dictionary<string, (string Kind, List<(IncidentEvent Event, string Basis)> Signs)> found, IncidentEvent one, EventFacts facts)
    {
        string file = EventFacts.FileName(facts.Image);
        foreach (string own in (ReadOnlySpan<string>)[facts["OriginalFileName"], facts["Description"]])
        {
            if (ByProgram.TryGetValue(Stem(own), out (string Name, string Kind) named))
            {
                bool isRenamed = facts["OriginalFileName"].Length > 0 && !Stem(file).Equals(Stem(facts["OriginalFileName"]), StringComparison.OrdinalIgnoreCase);
                Add(found, named.Name, named.Kind, one, isRenamed
                    ? $"a program called {Scene.Quote(file)} calls itself {Scene.Quote(own)}"
                    : $"the program {Scene.Quote(file)} calls itself so");
                return;
            }
        }

        if (ByProgram.TryGetValue(Stem(file), out (string Name, string Kind) byName))
        {
            Add(found, byName.Name, byName.Kind, one, $"a program is called {Scene.Quote(file)}");
        }
    }

    private static string Stem(string file) => file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file;

    private static void Add(
        Dictionary<string, (string Kind, List<(IncidentEvent Event, string Basis)> Signs)> found, string name, string kind, IncidentEvent one, string basis)
    {
        if (!found.TryGetValue(name, out (string Kind, List<(IncidentEvent Event, string Basis)> Signs) entry))
        {
            found.Add(name, entry = (kind, []));
        }

        entry.Signs.Add((one, basis));
    }
}
