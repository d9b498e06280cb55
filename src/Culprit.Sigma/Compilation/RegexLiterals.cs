using System.Collections.Immutable;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds literals of which every match of a regular expression holds at least one, so that the expression runs only behind
/// them. (After Cox, "Regular Expression Matching with a Trigram Index", 2012: of each part of a pattern it is known
/// which texts it matches, where they are few, and which literals a match cannot do without.)
/// </summary>
internal static class RegexLiterals
{
    /// <summary>The literals, folded; none where the pattern has none of use. Case is folded whatever the pattern's flags.</summary>
    public static ImmutableArray<string> Of(string pattern)
    {
        // White space and comments may then stand anywhere.
        if (pattern.Contains("(?x", StringComparison.Ordinal))
        {
            return [];
        }

        return new RegexLiteralReader(pattern).Read() is { } needed && needed.Share <= Selectivity.OfOther ? [.. needed.Literals] : [];
    }
}

/// <summary>Literals of which a match needs at least one.</summary>
/// <param name="Literals">Folded, none empty.</param>
/// <param name="Share">An estimate of the share of texts that hold one.</param>
internal sealed record NeededLiterals(IReadOnlyList<string> Literals, double Share)
{
    /// <summary>The literals with their share, less those that hold another; null where one is empty, which every text holds.</summary>
    public static NeededLiterals? Of(IReadOnlyList<string> literals)
    {
        if (literals.Any(static literal => literal.Length == 0))
        {
            return null;
        }

        string[] kept = [.. literals.Where(literal => !literals.Any(other => other.Length < literal.Length && literal.Contains(other, StringComparison.Ordinal)))];
        return new NeededLiterals(kept, kept.Sum(static literal => Selectivity.OfLiteral(literal, wholeText: false)));
    }

    /// <summary>The rarer of two.</summary>
    public static NeededLiterals? Better(NeededLiterals? a, NeededLiterals? b) =>
        a is null || (b is not null && b.Share < a.Share) ? b : a;
}
