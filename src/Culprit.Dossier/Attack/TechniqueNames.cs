using System.Collections.Frozen;

namespace Culprit.Dossier.Attack;

/// <summary>Names of MITRE ATT&amp;CK's techniques that logs of Windows and of web servers commonly show, and the tactics that they serve.</summary>
public static partial class TechniqueNames
{
    private static readonly (char Letter, string[] Tactics)[] Letters =
    [
        ('R', ["reconnaissance"]), ('D', ["resource-development"]), ('I', ["initial-access"]), ('E', ["execution"]), ('P', ["persistence"]),
        ('V', ["privilege-escalation"]), ('S', ["stealth", "defense-evasion", "defense-impairment"]), ('A', ["credential-access"]), ('Y', ["discovery"]),
        ('L', ["lateral-movement"]), ('C', ["collection"]), ('K', ["command-and-control"]), ('X', ["exfiltration"]), ('M', ["impact"]),
    ];

    private static readonly FrozenDictionary<string, (string Name, string Tactics)> Known = Read();

    /// <summary>How many names are known.</summary>
    public static int Count => Known.Count;

    /// <summary>The name of a technique or sub-technique; empty where it is not known.</summary>
    public static string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Known.TryGetValue(id, out (string Name, string Tactics) known) ? known.Name : "";
    }

    /// <summary>The technique that a sub-technique belongs to; a technique itself.</summary>
    public static string Parent(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Split('.')[0];
    }

    /// <summary>Whether ATT&amp;CK lists a technique under a tactic; null where the technique is not known here.</summary>
    public static bool? Serves(string id, string tactic) =>
        Known.TryGetValue(Parent(id), out (string Name, string Tactics) known)
            ? Letters.Any(letter => known.Tactics.Contains(letter.Letter, StringComparison.Ordinal) && letter.Tactics.Contains(tactic, StringComparer.Ordinal))
            : null;

    private static FrozenDictionary<string, (string Name, string Tactics)> Read()
    {
        var known = new Dictionary<string, (string Name, string Tactics)>(StringComparer.Ordinal);
        foreach (string line in Table.Split('\n'))
        {
            string[] cells = line.Trim().Split('|');
            known.Add(cells[0], (cells[1], cells.Length > 2 ? cells[2] : ""));
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
