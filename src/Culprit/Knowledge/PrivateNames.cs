using System.Collections.Frozen;

namespace Culprit.Knowledge;

/// <summary>Names that are given inside of networks alone: on the internet nobody can have them.</summary>
internal static class PrivateNames
{
    /// <summary>
    /// Labels in which such names end. Networks call a domain inside so where it bought no name for it, and so do machines without a domain
    /// (<c>home.arpa</c> by RFC 8375).
    /// </summary>
    public static readonly FrozenSet<string> Ends =
        "local localhost localdomain lan home internal intranet intern corp private test arpa domain workgroup lab".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a domain, in lower case, is what machines without one put behind their names.</summary>
    public static bool IsNoDomain(string domain) => domain == "home.arpa" || Ends.Contains(domain);

    /// <summary>Whether a name, in lower case, is one inside of a network.</summary>
    public static bool IsInside(string name) => Ends.Contains(name[(name.LastIndexOf('.') + 1)..]);
}
