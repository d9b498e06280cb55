using System.Collections.Frozen;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>
/// What an antivirus or EDR calls what it found. Vendors write a kind, a platform, a family and a variant in orders of their own:
/// <c>HackTool:Win32/Mimikatz.D</c> (Microsoft, after CARO), <c>HEUR:Trojan-PSW.Win32.Mimikatz.gen</c>, <c>Hacktool.Mimikatz</c>,
/// <c>BKDR_PLUGX.ZTAF</c>, <c>Win.Tool.Mimikatz-6466236-0</c>.
/// </summary>
internal static class ThreatNames
{
    // Longer names than these are no names.
    private const int MaxLength = 200;

    private static readonly string[] Fields =
    [
        "Threat Name", "ThreatName", "MalwareName", "Malware Name", "VirusName", "Virus Name", "Risk Name", "DetectionName", "Detection Name", "Signature", "SignatureName",
    ];

    // Kinds and platforms, which say what a thing is and not which.
    private static readonly FrozenSet<string> Generic = new[]
    {
        "agent", "adware", "android", "asp", "backdoor", "bat", "behavior", "bkdr", "dos", "downloader", "dropper", "elf", "exploit", "gen", "generic", "hacktool",
        "heur", "hktl", "html", "java", "js", "linux", "loader", "macos", "malware", "monitoringtool", "msil", "net", "not", "osx", "perl", "php", "posh", "powershell",
        "ps", "psw", "pws", "python", "ransom", "ransomware", "reg", "remoteadmin", "riskware", "rootkit", "script", "shell", "spy", "stealer", "tool", "troj", "trojan",
        "trojandownloader", "trojandropper", "trojanspy", "variant", "vbs", "virtool", "virus", "w32", "w64", "webshell", "win", "win32", "win64", "worm", "ftp", "cmd", "at",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Families that vendors call otherwise than ATT&CK does.
    private static readonly FrozenDictionary<string, string> OfVendors = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["chopper"] = "S0020",
        ["chinachopper"] = "S0020",
        ["cobalt"] = "S0154",
        ["cobaltstrike"] = "S0154",
        ["cobeacon"] = "S0154",
        ["mikatz"] = "S0002",
        ["wincred"] = "S0005",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the threat that an event reports; empty where it reports none, or where no antivirus or EDR wrote it: others call anything so.</summary>
    public static string In(IncidentEvent one) =>
        EventWriters.Of(one.Provider, one.Channel) == EventWriter.Antivirus ? Fields.Select(one.Value).FirstOrDefault(static name => name.Length is > 0 and <= MaxLength) ?? "" : "";

    /// <summary>The software that a threat's name means; null where ATT&amp;CK does not know the family.</summary>
    public static KnownSoftware? Software(string threat, KnowledgeBase knowledge)
    {
        int colon = threat.IndexOf(':', StringComparison.Ordinal), slash = threat.IndexOf('/', StringComparison.Ordinal);
        string[] families = slash > colon && colon > 0
            ? [threat[(slash + 1)..].Split('.', '!')[0]]
            : threat.Split(':', '/', '.', '!', '_', '-', ' ', '@', '#', '(', ')');
        foreach (string family in families)
        {
            string name = family.EndsWith("32", StringComparison.Ordinal) || family.EndsWith("64", StringComparison.Ordinal) ? family[..^2] : family;
            if (name.Length > 2 && !Generic.Contains(name) && !Generic.Contains(family))
            {
                KnownSoftware? software = OfVendors.TryGetValue(name, out string? id) ? knowledge.SoftwareOf(id) : SoftwareNames.OfName(name, knowledge);
                if (software is not null)
                {
                    return software;
                }
            }
        }

        return null;
    }
}
