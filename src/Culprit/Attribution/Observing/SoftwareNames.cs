using System.Collections.Frozen;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>What names of software mean, and which of them mean too much to be taken from a text.</summary>
internal static class SoftwareNames
{
    // Names of ATT&CK's software, and aliases of it, that are words of the language or of the trade as well.
    private static readonly FrozenSet<string> Words = new[]
    {
        "action", "agent", "akira", "anchor", "andromeda", "apostle", "avenger", "backspace", "biscuit", "bookworm", "calendar", "cannon", "carbon",
        "cardinal", "castletap", "chaos", "conti", "covenant", "crimson", "crutch", "cuba", "denis", "disco", "donut", "elise", "embargo", "emissary", "empire",
        "epic", "expand", "explosive", "ferocious", "flame", "havoc", "httpclient", "isid", "kevin", "kessel", "lucifer", "mango", "maze", "medusa", "meteor",
        "milan", "mirage", "mori", "mosquito", "mythic", "naid", "ninja", "octopus", "orz", "page", "pandora", "penquin", "pony", "prestige", "proton", "reaver",
        "remotecmd", "reptile", "responder", "route", "rover", "royal", "ruler", "samurai", "shark", "sliver", "solar", "spaceship", "spark", "spica", "strike",
        "attrib", "cipher", "cipherexe", "vermin", "wiper", "zlib", "beacon", "shellcode", "downloader", "loader", "dropper", "backdoor", "ransomware", "trojan",
        "stealer", "keylogger", "rootkit", "webshell", "service", "update", "windows", "office", "explorer", "system", "remote", "network", "powershell",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Names of files that nobody gives to anything else, and the names that programs have of themselves (OriginalFileName).
    private static readonly FrozenDictionary<string, string> Tools = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["adfind.exe"] = "S0552",
        ["cachedump.exe"] = "S0119",
        ["crackmapexec.exe"] = "S0488",
        ["fgdump.exe"] = "S0120",
        ["frpc.exe"] = "S1144",
        ["gsecdump.exe"] = "S0008",
        ["htran.exe"] = "S0040",
        ["lazagne.exe"] = "S0349",
        ["mimikatz.exe"] = "S0002",
        ["nbtscan.exe"] = "S0590",
        ["ngrok.exe"] = "S0508",
        ["psexec.c"] = "S0029",
        ["psexec.exe"] = "S0029",
        ["psexec64.exe"] = "S0029",
        ["psexesvc.exe"] = "S0029",
        ["pwdump.exe"] = "S0006",
        ["pwdump7.exe"] = "S0006",
        ["rclone.exe"] = "S1040",
        ["rubeus.exe"] = "S1071",
        ["sdelete.exe"] = "S0195",
        ["sdelete64.exe"] = "S0195",
        ["sharphound.exe"] = "S0521",
        ["winexesvc.exe"] = "S0191",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The tool that a file's name stands for without doubt; null where it stands for none. Programs of Windows that ATT&amp;CK lists
    /// as tools are not among them: everybody runs them, so that only a rule which speaks of one says that it was misused.
    /// </summary>
    public static KnownSoftware? OfFile(string file, KnowledgeBase knowledge) =>
        Tools.TryGetValue(file, out string? id) ? knowledge.SoftwareOf(id) : null;

    /// <summary>
    /// Whether a text that a rule for a tool found has the tool's name in it as a word. Such a text need not keep to names that mean nothing else:
    /// <c>net user</c> and <c>reg save</c> are programs where a rule for them looks.
    /// </summary>
    public static bool Names(string text, KnownSoftware tool)
    {
        const string suffixOfNet = "net1", net = "S0039";
        string[] names = [.. tool.Aliases.Select(static a => a.Name).Prepend(tool.Name).Select(static name => name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^".exe".Length] : name)];
        return Split(text).Any(word => names.Contains(word, StringComparer.OrdinalIgnoreCase) || (tool.Id == net && word.Equals(suffixOfNet, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether a name, in lower case, is a word of the language or of the trade as well.</summary>
    public static bool IsWord(string name) => Words.Contains(name);

    /// <summary>The software that a name means, and nothing else among software does; null otherwise.</summary>
    public static KnownSoftware? OfName(string name, KnowledgeBase knowledge)
    {
        KnownName? only = null;
        foreach (KnownName found in knowledge.Find(name))
        {
            if (found.Kind == KnownKind.Software)
            {
                if (only is not null)
                {
                    return null;
                }

                only = found;
            }
        }

        return only is null ? null : knowledge.SoftwareOf(only.Id);
    }

    /// <summary>The software that a text for people names, as whole words. Names that are short or words of the language are not taken.</summary>
    public static IEnumerable<KnownSoftware> InText(string text, KnowledgeBase knowledge)
    {
        const int longest = 4, shortest = 4;
        string[] words = [.. Split(text)];
        for (int from = 0; from < words.Length; from++)
        {
            for (int count = Math.Min(longest, words.Length - from); count > 0; count--)
            {
                string joined = string.Concat(words.AsSpan(from, count)).ToLowerInvariant();
                if (joined.Length >= shortest && !Words.Contains(joined)
                    && OfName(joined, knowledge) is { } software && (count == 1 || WrittenApart(software, joined)))
                {
                    yield return software;
                    from += count - 1;
                    break;
                }
            }
        }
    }

    // Words in a row are a name where the name is written as several words itself: "key" before "logger" is no KeyLogger.
    private static bool WrittenApart(KnownSoftware software, string joined) =>
        software.Aliases.Select(static a => a.Name).Prepend(software.Name)
            .Any(name => name.AsSpan().ContainsAny(" -_.") && string.Concat(Split(name)).Equals(joined, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Split(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
        }
    }
}
