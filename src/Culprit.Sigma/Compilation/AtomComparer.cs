using System.Diagnostics.CodeAnalysis;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>Equal for atoms that hold for the same events: the same field, and the same test up to the case that it ignores.</summary>
internal sealed class AtomComparer : IEqualityComparer<Atom>
{
    /// <summary>The comparer; it keeps nothing.</summary>
    public static AtomComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(Atom? x, Atom? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && string.Equals(x.Field, y.Field, StringComparison.Ordinal) && Same(x.Test, y.Test));

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] Atom obj) => HashCode.Combine(
        obj.Field?.GetHashCode(StringComparison.Ordinal) ?? 0,
        obj.Test is ValueTest.Text text ? HashOf(text) : obj.Test.GetHashCode());

    private static bool Same(ValueTest x, ValueTest y)
    {
        // Records compare the parts of a text by their array alone.
        if (x is not ValueTest.Text a || y is not ValueTest.Text b)
        {
            return x.Equals(y);
        }

        if (a.Cased != b.Cased || a.Parts.Length != b.Parts.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Parts.Length; i++)
        {
            if (!(a.Parts[i] is PatternPart.Literal one && b.Parts[i] is PatternPart.Literal other
                ? SameText(one.Text, other.Text, a.Cased)
                : a.Parts[i].Equals(b.Parts[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameText(string x, string y, bool cased)
    {
        if (cased || x.Length != y.Length)
        {
            return string.Equals(x, y, StringComparison.Ordinal);
        }

        for (int i = 0; i < x.Length; i++)
        {
            if (CaseFold.Fold(x[i]) != CaseFold.Fold(y[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int HashOf(ValueTest.Text text)
    {
        uint hash = text.Cased ? 1u : 0u;
        foreach (PatternPart part in text.Parts)
        {
            if (part is not PatternPart.Literal literal)
            {
                hash = (hash * 31) + (part is PatternPart.AnyString ? 1u : 2u);
                continue;
            }

            foreach (char c in literal.Text)
            {
                hash = (hash * 31) + CaseFold.Fold(c);
            }
        }

        return (int)hash;
    }
}
