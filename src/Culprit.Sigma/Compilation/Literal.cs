using System.Collections.Immutable;
using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>Where in a text a literal must stand.</summary>
internal enum Anchor : byte
{
    /// <summary>Anywhere.</summary>
    None,

    /// <summary>At the start.</summary>
    Start,

    /// <summary>At the end.</summary>
    End,

    /// <summary>It is the whole text.</summary>
    Whole,
}

/// <summary>A literal that a text must hold for some tests to be true of it.</summary>
/// <param name="Folded">The literal, folded; never empty.</param>
/// <param name="Anchor">Where it must stand.</param>
/// <param name="Uses">What it stands for.</param>
internal sealed record Literal(string Folded, Anchor Anchor, Use[] Uses)
{
    /// <summary>The literal stands in <paramref name="text"/> where its anchor asks: adds the atoms for which that is enough, or whose test holds.</summary>
    public void Report(ReadOnlySpan<char> text, AtomSet hits)
    {
        foreach (ref readonly Use use in Uses.AsSpan())
        {
            if (!hits.IsNew(use.Atom))
            {
                continue;
            }

            if (use.Test is null || use.Test.Matches(text))
            {
                hits.Add(use.Atom);
            }
            else
            {
                hits.Reject(use.Atom);
            }
        }
    }
}

/// <summary>One thing that a literal stands for.</summary>
/// <param name="Atom">The atom that the literal speaks for.</param>
/// <param name="Test">What must hold besides; null where the literal in its place says all.</param>
internal readonly record struct Use(int Atom, CompiledTest? Test);

/// <summary>A literal that a text must hold, or one of several, for a test to be true of it.</summary>
/// <param name="Literal">Folded.</param>
/// <param name="Anchor">Where it must stand.</param>
/// <param name="IsAll">Whether the literal in its place is all that the test asks.</param>
internal readonly record struct Witness(string Literal, Anchor Anchor, bool IsAll)
{
    /// <summary>Literals of which a text must hold at least one for the test to be true of it; none where there are none such.</summary>
    public static ImmutableArray<Witness> Of(ValueTest test) => test switch
    {
        ValueTest.Text text => OfText(text) is { } witness ? [witness] : [],
        ValueTest.Regex regex => [.. RegexLiterals.Of(regex.Pattern).Select(static literal => new Witness(literal, Anchor.None, IsAll: false))],
        _ => [],
    };

    private static Witness? OfText(ValueTest.Text text)
    {
        int best = -1;
        string bestText = "";
        for (int i = 0; i < text.Parts.Length; i++)
        {
            if (text.Parts[i] is PatternPart.Literal { Text: { } literal } && literal.Length > bestText.Length)
            {
                (best, bestText) = (i, literal);
            }
        }

        if (best < 0)
        {
            return null;
        }

        bool atStart = best == 0;
        bool atEnd = best == text.Parts.Length - 1;
        bool othersAreOpen = text.Parts.Length - 1 == (atStart ? 0 : 1) + (atEnd ? 0 : 1)
            && (atStart || text.Parts[0] is PatternPart.AnyString)
            && (atEnd || text.Parts[^1] is PatternPart.AnyString);
        Anchor anchor = (atStart, atEnd) switch
        {
            (true, true) => Anchor.Whole,
            (true, false) => Anchor.Start,
            (false, true) => Anchor.End,
            _ => Anchor.None,
        };
        return new Witness(CaseFold.Fold(bestText), anchor, othersAreOpen && !text.Cased);
    }
}
