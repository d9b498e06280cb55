using Culprit.Knowledge;

namespace Culprit.Dossier.Attack;

/// <summary>Names of MITRE ATT&amp;CK's techniques, and the tactics that they serve, by the knowledge that the program brings.</summary>
public static class TechniqueNames
{
    /// <summary>How many names are known.</summary>
    public static int Count => KnowledgeBase.Embedded.Techniques.Count;

    /// <summary>The name of a technique or sub-technique; empty where it is not known.</summary>
    public static string Of(string id) => KnowledgeBase.Embedded.Technique(id)?.Name ?? "";

    /// <summary>The technique that a sub-technique belongs to; a technique itself.</summary>
    public static string Parent(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Split('.')[0];
    }

    /// <summary>Whether ATT&amp;CK lists a technique under a tactic; null where the technique is not known.</summary>
    public static bool? Serves(string id, string tactic) => KnowledgeBase.Embedded.Technique(Parent(id))?.Tactics.Any(own => IsSame(own, tactic));

    // Versions of ATT&CK speak of hiding in one way or the other.
    private static bool IsSame(string tactic, string other) =>
        tactic == other || (AttackMatrix.Hiding.Contains(tactic, StringComparer.Ordinal) && AttackMatrix.Hiding.Contains(other, StringComparer.Ordinal));
}
