using System.Collections.Frozen;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>What the name of a threat means.</summary>
/// <param name="Family">The family, as whoever found it calls it; empty where the name has none.</param>
/// <param name="Software">The software that it may be: one where it is known, several where the name leaves open which, none where no software is called so.</param>
internal sealed record ThreatMeaning(string Family, IReadOnlyList<KnownSoftware> Software)
{
    /// <summary>The software; null where it is not known, or not which.</summary>
    public KnownSoftware? Only => Software.Count == 1 ? Software[0] : null;

    /// <summary>Whether a machine guesses the family by what it resembles (<c>!ml</c>, <c>HEUR:</c>, <c>Gen:Variant</c>), nobody having looked at the thing.</summary>
    public bool IsGuess { get; init; }
}

/// <summary>
/// What an antivirus or EDR calls what it found. Vendors write a kind, a platform, a family and a variant in orders of their own:
/// <c>HackTool:Win32/Mimikatz.D</c> (Microsoft, after CARO), <c>HEUR:Trojan-PSW.Win32.Mimikatz.gen</c>, <c>Hacktool.Mimikatz</c>,
/// <c>BKDR_PLUGX.ZTAF</c>, <c>Win.Tool.Mimikatz-6466236-0</c>.
/// </summary>
internal static class ThreatNames
{
    /// <summary>Longer names than these are no names.</summary>
    public const int MaxLength = 200;

    private const int ShortestFamily = 4;

    private static readonly ThreatMeaning Nothing = new("", []);

    // Of several the first. Others than antivirus call who signed a program a signature.
    private static readonly string[] Fields = [.. ThreatName.Fields, "signature", "signaturename"];

    // Kinds and platforms, which say what a thing is and not which.
    private static readonly FrozenSet<string> Generic = new[]
    {
        "agent", "adware", "android", "apt", "asp", "backdoor", "bat", "behavior", "bkdr", "dos", "downloader", "dropper", "elf", "exploit", "filecoder", "gen", "generic", "hacktool",
        "heur", "hktl", "html", "java", "js", "linux", "loader", "macos", "mal", "malware", "monitoringtool", "msil", "net", "not", "osx", "perl", "php", "posh", "powershell",
        "ps", "psw", "pws", "python", "ransom", "ransomware", "reg", "remoteadmin", "riskware", "rootkit", "script", "shell", "solaris", "spy", "stealer", "tool", "troj", "trojan",
        "trojandownloader", "trojandropper", "trojanspy", "variant", "vbs", "virtool", "virus", "w32", "w64", "webshell", "win", "win32", "win64", "worm", "ftp", "cmd", "at",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What machines call what they have no name for.
    private static readonly FrozenSet<string> Nameless = new[]
    {
        "artemis", "attribute", "banker", "bearfoos", "casdet", "crypt", "cryptor", "dangerousobject", "downldr", "dynamer", "heuristic", "highconfidence", "injector", "keylogger",
        "kryptik", "malicious", "malgent", "miner", "multi", "none", "obfuse", "occamy", "packed", "packer", "phish", "phishing", "phonzy", "program", "sabsik", "skeeyah", "susp",
        "suspicious", "test", "tiggre", "trojware", "unknown", "unsafe", "vigorf", "wacatac", "woreflint", "zpevdo",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What is no malware: software that is merely not wanted, and test files. Its families are called as they like: PUA:Win32/Carbon is not Turla's Carbon.
    private static readonly FrozenSet<string> Unwanted = new[]
    {
        "adw", "app", "appc", "appl", "application", "browsermodifier", "cookie", "cookies", "eicar", "grayware", "greyware", "hoax", "joke", "misleading", "monitoringtool", "not", "program",
        "pup", "securityrisk", "settingsmodifier", "softwarebundler", "toolbar", "tracking", "unwanted", "uws", "webtoolbar",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // PUADlManager, PUABundler, AdWareDealPly. Pupy is no PUP.
    private static readonly string[] UnwantedBeginnings = ["adware", "pua"];

    // Nor are tools of attackers and administrators, of which what is sold or given away (Cobalt Strike) is one.
    private static readonly FrozenSet<string> Tools =
        FrozenSet.ToFrozenSet(["hacktool", "hktl", "remoteadmin", "riskware", "securityassessmenttool", "tool", "virtool"], StringComparer.OrdinalIgnoreCase);

    // What machines write where they name by likeness; Gen:Variant.Emotet.1 and Trojan.GenericKD.1 are recognized by themselves.
    private static readonly FrozenSet<string> Guesses =
        FrozenSet.ToFrozenSet(["advml", "heur", "heuristic", "ml", "susp", "suspicious", "variant"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Ransoms = FrozenSet.ToFrozenSet(["filecoder", "ransom", "ransomware"], StringComparer.OrdinalIgnoreCase);

    // How the knowledge base calls ransomware that shares its name with something else.
    private const string RansomwareCalled = " Ransomware";

    // Data encrypted or destroyed, disks wiped, recovery prevented: what ransomware is known to do, and what only looks like it.
    private static readonly FrozenSet<string> Destructive = FrozenSet.ToFrozenSet(["T1485", "T1486", "T1490", "T1561", "T1561.001", "T1561.002"], StringComparer.Ordinal);

    // Microsoft's classifiers, on the machine and in the cloud: Trojan:Win32/Emotet!ml.
    private static readonly string[] GuessedVariants = ["!ml", "!cl"];

    private static readonly FrozenDictionary<string, string> Platforms = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["android"] = "Android",
        ["elf"] = "Linux",
        ["linux"] = "Linux",
        ["macos"] = "macOS",
        ["msil"] = "Windows",
        ["osx"] = "macOS",
        ["unix"] = "Linux",
        ["w32"] = "Windows",
        ["w64"] = "Windows",
        ["win32"] = "Windows",
        ["win64"] = "Windows",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the threat that an event reports; empty where it reports none, or where no antivirus or EDR wrote it: others call anything so.</summary>
    public static string In(IncidentEvent one)
    {
        if (EventWriters.Of(one.Provider, one.Channel) != EventWriter.Antivirus)
        {
            return "";
        }

        string? named = one.Fields.Where(static f => f.Value is { Length: > 0 and <= MaxLength }).Select(static f => (Rank: Array.IndexOf(Fields, ThreatName.Plain(f.Name)), f.Value))
            .Where(static f => f.Rank >= 0).OrderBy(static f => f.Rank).Select(static f => f.Value).FirstOrDefault();
        return named ?? ThreatTexts.NameIn(one);
    }

    /// <summary>Whether antivirus or EDR may have named a threat in an event and its text is too long to be read for it.</summary>
    public static bool IsUnread(IncidentEvent one) => ThreatTexts.IsTooLong(one) && EventWriters.Of(one.Provider, one.Channel) == EventWriter.Antivirus && In(one).Length == 0;

    /// <summary>The software that a threat's name means; null where ATT&amp;CK does not know the family, or where it may be several.</summary>
    public static KnownSoftware? Software(string threat, KnowledgeBase knowledge) => Meaning(threat, knowledge).Only;

    /// <summary>What a threat's name means.</summary>
    public static ThreatMeaning Meaning(string threat, KnowledgeBase knowledge)
    {
        // Symantec calls what its heuristics find Bloodhound.
        if (threat.StartsWith("Bloodhound.", StringComparison.OrdinalIgnoreCase))
        {
            return Nothing;
        }

        string[] parts = Divided(threat);
        string? platform = parts.Select(Platforms.GetValueOrDefault).FirstOrDefault(static p => p is not null);
        bool isUnwanted = Array.Exists(parts, IsUnwanted), isTool = Array.Exists(parts, Tools.Contains), isRansom = Array.Exists(parts, Ransoms.Contains);
        ThreatMeaning family = OfFamily(Families(threat, parts), platform ?? "Windows", isRansom ? RansomwareCalled : null, MayBe, knowledge);
        ThreatMeaning meaning = Named(Parts(threat), family, MayBe, ThreatForms.Of(knowledge));
        return meaning.Software.Count > 0 || (meaning.Family.Length > 0 && !isUnwanted && !isTool) ? meaning with { IsGuess = IsGuess(threat, parts) } : Nothing;

        bool MayBe(KnownSoftware software) =>
            (software.Kind == SoftwareKind.Tool || !(isUnwanted || isTool) || (software.Kind == SoftwareKind.Commodity && !isUnwanted))
            && (!isRansom || Destroys(software)) && RunsOn(software, platform);
    }

    // Ransomware that has the name of something else: Ransom:Win32/Snake is not what Turla's Snake is.
    private static bool Destroys(KnownSoftware software) => software.Techniques.Any(static t => Destructive.Contains(t.Target));

    // What a name says runs on Windows is nothing that runs elsewhere alone; the other way round ATT&CK often names Windows only.
    private static bool RunsOn(KnownSoftware software, string? platform) =>
        platform != "Windows" || software.Platforms.IsEmpty || software.Platforms.Contains(platform, StringComparer.Ordinal);

    /// <summary>The parts of a name that say which thing it is, with kinds and platforms in front: none of what machines and makers add behind it (<c>!dha</c>, <c>[Trj]</c>).</summary>
    public static string[] Parts(string name)
    {
        int end = name.AsSpan().IndexOfAny("!@[(");
        return [.. Divided(end > 0 ? name[..end] : name).Where(static p => p.Length > 0)];
    }

    /// <summary>A part without the number of bits that some makers add: Mimikatz64 is Mimikatz.</summary>
    public static string WithoutBits(string part) => part.EndsWith("32", StringComparison.Ordinal) || part.EndsWith("64", StringComparison.Ordinal) ? part[..^2] : part;

    private static string[] Divided(string threat) => threat.Split(':', '/', '.', '!', '_', '-', ' ', '@', '#', '(', ')', '[', ']');

    // Where a family may stand.
    private static string[] Families(string threat, string[] parts)
    {
        int colon = threat.IndexOf(':', StringComparison.Ordinal), slash = threat.IndexOf('/', StringComparison.Ordinal);
        return slash > colon && colon > 0 ? [threat[(slash + 1)..].Split('.', '!')[0]] : parts;
    }

    // What the knowledge base holds of the name as a whole counts before the family alone. Where a variant stands behind what it holds, it may be that or the family's.
    private static ThreatMeaning Named(string[] parts, ThreatMeaning family, Func<KnownSoftware, bool> mayBe, ThreatForms forms)
    {
        KnownSoftware[] Of(ThreatForm? form) => [.. (form?.Software ?? []).Where(mayBe)];
        ThreatForm? form = forms.Find(parts);
        return Of(form) is { Length: > 0 } named
            ? new ThreatMeaning(form!.Name, form.IsWhole ? named : [.. named.Concat(family.Software).DistinctBy(static s => s.Id, StringComparer.Ordinal).OrderBy(static s => s.Id, StringComparer.Ordinal)])
            : family.Software.Count > 0 ? form is null && forms.OtherVariant(parts, family.Family) is { } other ? new ThreatMeaning(other, []) : family
            : forms.FindApart(parts) is { } apart && Of(apart) is { Length: > 0 } known ? new ThreatMeaning(apart.Name, known) : family;
    }

    // The first part that means one thing; else the first that means several, else the first that looks like a family.
    private static ThreatMeaning OfFamily(string[] families, string platform, string? called, Func<KnownSoftware, bool> mayBe, KnowledgeBase knowledge)
    {
        ThreatMeaning? open = null;
        string first = "";
        foreach (string family in families)
        {
            string name = WithoutBits(family);
            if (name.Length > 2 && !IsGeneric(name) && !IsGeneric(family))
            {
                KnownSoftware[] software = [.. ThreatFamilies.Of(knowledge).Find(name, platform).Where(mayBe)];
                software = software.Length > 0 || called is null ? software : [.. ThreatFamilies.Of(knowledge).Find(name + called, platform).Where(mayBe)];
                if (software.Length == 1)
                {
                    return new ThreatMeaning(name, software);
                }

                open ??= software.Length > 1 ? new ThreatMeaning(name, software) : null;
                first = first.Length == 0 && IsFamily(name) ? name : first;
            }
        }

        return open ?? new ThreatMeaning(first, []);
    }

    /// <summary>Whether a part of a name says what kind of thing it is, or on what it runs, and not which it is.</summary>
    public static bool IsGeneric(string part) => Generic.Contains(part);

    private static bool IsUnwanted(string part) => Unwanted.Contains(part) || Array.Exists(UnwantedBeginnings, b => part.StartsWith(b, StringComparison.OrdinalIgnoreCase));

    private static bool IsGuess(string threat, string[] parts) => Array.Exists(parts, static p => Guesses.Contains(p) || p.StartsWith("Generic", StringComparison.OrdinalIgnoreCase))
        || Array.Exists(GuessedVariants, variant => threat.EndsWith(variant, StringComparison.OrdinalIgnoreCase)) || threat.StartsWith("Gen:", StringComparison.OrdinalIgnoreCase);

    // What a maker's people gave a name to: what machines name is called generic, or has a number for a name.
    private static bool IsFamily(string name) => name.Length >= ShortestFamily && name.All(char.IsLetterOrDigit) && !char.IsDigit(name[0])
        && !Nameless.Contains(name) && !name.StartsWith("Generic", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("Trojan", StringComparison.OrdinalIgnoreCase);
}
