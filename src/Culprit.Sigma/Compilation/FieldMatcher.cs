using System.Text;
using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// All tests of one field that begin with a literal, together: one pass over a value tells which of the plan's atoms the
/// value satisfies. Immutable; shared by threads.
/// </summary>
internal sealed class FieldMatcher
{
    private readonly AsciiPass? _ascii;
    private readonly RareCharacterPass? _rare;

    private FieldMatcher(AsciiPass? ascii, RareCharacterPass? rare)
    {
        _ascii = ascii;
        _rare = rare;
    }

    /// <summary>The number of bytes that the tables take.</summary>
    public long Size => _ascii?.Automaton.Size ?? 0;

    /// <summary>Adds to <paramref name="hits"/> each atom that <paramref name="text"/> satisfies, once.</summary>
    public void Scan(ReadOnlySpan<char> text, AtomSet hits)
    {
        _ascii?.Scan(text, hits);

        // A literal beyond ASCII stands in no text of ASCII alone; almost every text is one.
        if (_rare is not null && !Ascii.IsValid(text))
        {
            _rare.Scan(text, hits);
        }
    }

    /// <summary>Collects literals and what they stand for.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, List<Use>> _literals = new(StringComparer.Ordinal);

        /// <summary>Adds an atom if its test begins with a literal. Returns how often that is expected to hold, or null if the test has no literal.</summary>
        public double? TryAdd(int atom, ValueTest test)
        {
            if (Witness.Of(test) is not { } witness)
            {
                return null;
            }

            if (!_literals.TryGetValue(witness.Literal, out List<Use>? uses))
            {
                _literals.Add(witness.Literal, uses = []);
            }

            uses.Add(new Use(atom, witness.AtStart, witness.AtEnd, witness.IsWhole ? null : TestEvaluator.Compile(test)));
            return Selectivity.OfLiteral(witness.Literal, witness.AtStart && witness.AtEnd);
        }

        /// <summary>The matcher, or null where no atom was added.</summary>
        public FieldMatcher? Build(AutomatonPool pool)
        {
            if (_literals.Count == 0)
            {
                return null;
            }

            // Rules that list whole alphabets would make every row of one automaton thousands of characters wide.
            ILookup<bool, LiteralUses> byKind = _literals
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new LiteralUses(entry.Key, [.. entry.Value]))
                .ToLookup(literal => Ascii.IsValid(literal.Folded));
            return new FieldMatcher(
                byKind.Contains(true) ? new AsciiPass(byKind[true], pool) : null,
                byKind.Contains(false) ? new RareCharacterPass(byKind[false]) : null);
        }
    }
}

/// <summary>A literal and the atoms that it speaks for.</summary>
internal sealed record LiteralUses(string Folded, Use[] Uses)
{
    /// <summary>The literal stands in <paramref name="text"/> and ends at <paramref name="end"/>: adds the atoms for which that is enough.</summary>
    public void Report(ReadOnlySpan<char> text, int end, AtomSet hits)
    {
        bool atStart = end == Folded.Length;
        bool atEnd = end == text.Length;
        foreach (ref readonly Use use in Uses.AsSpan())
        {
            if ((use.AtStart && !atStart) || (use.AtEnd && !atEnd) || !hits.IsNew(use.Atom))
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
/// <param name="AtStart">Whether the literal must begin the text.</param>
/// <param name="AtEnd">Whether the literal must end the text.</param>
/// <param name="Test">What must hold besides; null where the literal's place says all.</param>
internal readonly record struct Use(int Atom, bool AtStart, bool AtEnd, CompiledTest? Test);

/// <summary>A literal that a text must hold for a test to be true of it.</summary>
/// <param name="Literal">Folded.</param>
/// <param name="AtStart">Whether it must begin the text.</param>
/// <param name="AtEnd">Whether it must end the text.</param>
/// <param name="IsWhole">Whether the literal in its place is all that the test asks.</param>
internal readonly record struct Witness(string Literal, bool AtStart, bool AtEnd, bool IsWhole)
{
    /// <summary>The best literal of a test, or null where it has none.</summary>
    public static Witness? Of(ValueTest test) => test switch
    {
        ValueTest.Text text => OfText(text),
        ValueTest.Regex regex => RegexLiterals.Longest(regex.Pattern) is { } literal ? new Witness(literal, false, false, false) : null,
        _ => null,
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
        return new Witness(CaseFold.Fold(bestText), atStart, atEnd, othersAreOpen && !text.Cased);
    }
}
