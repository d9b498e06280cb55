using System.Collections.Immutable;
using System.Globalization;

namespace Culprit.Findings;

/// <summary>
/// What a rule's tags say in terms of MITRE ATT&amp;CK (Sigma tags specification, namespace <c>attack</c>).
/// Tags that are no ATT&amp;CK reference are left out.
/// </summary>
/// <param name="Tactics">Names as ATT&amp;CK spells them in its URLs, such as <c>credential-access</c>; by name.</param>
/// <param name="Techniques">Identifiers, such as <c>T1003.001</c>; by identifier.</param>
/// <param name="Groups">Identifiers, such as <c>G0096</c>; by identifier.</param>
/// <param name="Software">Identifiers, such as <c>S0020</c>; by identifier.</param>
public sealed record AttackReferences(
    ImmutableArray<string> Tactics, ImmutableArray<string> Techniques, ImmutableArray<string> Groups, ImmutableArray<string> Software)
{
    // ATT&CK Enterprise, in the order of its matrix.
    private static readonly (string Name, string Id)[] KnownTactics =
    [
        ("reconnaissance", "TA0043"), ("resource-development", "TA0042"), ("initial-access", "TA0001"), ("execution", "TA0002"),
        ("persistence", "TA0003"), ("privilege-escalation", "TA0004"), ("stealth", "TA0005"), ("defense-evasion", "TA0005"),
        ("defense-impairment", "TA0112"), ("credential-access", "TA0006"), ("discovery", "TA0007"), ("lateral-movement", "TA0008"),
        ("collection", "TA0009"), ("command-and-control", "TA0011"), ("exfiltration", "TA0010"), ("impact", "TA0040"),
    ];

    /// <summary>The tactics that are known, in the order of ATT&amp;CK's matrix.</summary>
    public static ImmutableArray<string> TacticNames { get; } = [.. KnownTactics.Select(static t => t.Name)];

    /// <summary>No reference.</summary>
    public static AttackReferences None { get; } = new([], [], [], []);

    /// <summary>All identifiers: tactics (<c>TA0006</c>), techniques, groups, software, in that order.</summary>
    public ImmutableArray<string> Ids =>
        [.. Tactics.Select(TacticId).Where(static id => id.Length > 0).Distinct(StringComparer.Ordinal), .. Techniques, .. Groups, .. Software];

    /// <summary>Position of a tactic in ATT&amp;CK's matrix, which follows an intrusion's course; unknown names come last.</summary>
    public static int TacticOrder(string name)
    {
        int position = Array.FindIndex(KnownTactics, t => string.Equals(t.Name, name, StringComparison.Ordinal));
        return position < 0 ? KnownTactics.Length : position;
    }

    /// <summary>Reads a rule's tags.</summary>
    public static AttackReferences Parse(IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        SortedSet<string> tactics = new(StringComparer.Ordinal), techniques = new(StringComparer.Ordinal);
        SortedSet<string> groups = new(StringComparer.Ordinal), software = new(StringComparer.Ordinal);
        foreach (string tag in tags)
        {
            const string prefix = "attack.";
            if (!tag.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            string name = tag[prefix.Length..];
            if (IsIdentifier(name, "T"))
            {
                techniques.Add(name.ToUpperInvariant());
            }
            else if (IsIdentifier(name, "G"))
            {
                groups.Add(name.ToUpperInvariant());
            }
            else if (IsIdentifier(name, "S"))
            {
                software.Add(name.ToUpperInvariant());
            }
            else if (IsIdentifier(name, "TA"))
            {
                (string known, _) = Array.Find(KnownTactics, t => t.Id.Equals(name, StringComparison.OrdinalIgnoreCase));
                tactics.Add(known ?? name.ToUpperInvariant());
            }
            else if (name.Length > 0)
            {
                tactics.Add(name.Replace('_', '-').ToLowerInvariant());
            }
        }

        return tactics.Count + techniques.Count + groups.Count + software.Count == 0
            ? None
            : new AttackReferences([.. tactics], [.. techniques], [.. groups], [.. software]);
    }

    /// <summary>A tactic's name as people write it, such as <c>Credential Access</c>.</summary>
    public static string TacticTitle(string name) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.Replace('-', ' ')).Replace(" And ", " and ", StringComparison.Ordinal);

    private static string TacticId(string name) =>
        Array.Find(KnownTactics, t => string.Equals(t.Name, name, StringComparison.Ordinal)).Id
        ?? (IsIdentifier(name, "TA") ? name : "");

    // Letters, four digits and, for techniques, a point and three digits.
    private static bool IsIdentifier(string name, string letters)
    {
        if (!name.StartsWith(letters, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> digits = name.AsSpan(letters.Length);
        return digits.Length switch
        {
            4 => !digits.ContainsAnyExceptInRange('0', '9'),
            8 when letters is "T" => digits[4] == '.' && !digits[..4].ContainsAnyExceptInRange('0', '9')
                && !digits[5..].ContainsAnyExceptInRange('0', '9'),
            _ => false,
        };
    }
}
