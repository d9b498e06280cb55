using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// All tests of one field that begin with a literal, together: a few passes over a value, each for one kind of literal,
/// tell which of the plan's atoms the value satisfies. Immutable; shared by threads.
/// </summary>
internal sealed class FieldMatcher
{
    private readonly AnchoredPass? _starts;
    private readonly AnchoredPass? _ends;
    private readonly GramPass[] _grams;
    private readonly RareCharacterPass? _rare;

    private FieldMatcher(IReadOnlyCollection<Literal> literals)
    {
        ILookup<Anchor, Literal> ascii = literals.Where(literal => Ascii.IsValid(literal.Folded))
            .ToLookup(literal => literal.Anchor == Anchor.Whole ? Anchor.End : literal.Anchor);
        _starts = ascii.Contains(Anchor.Start) ? new AnchoredPass([.. ascii[Anchor.Start]], atEnd: false) : null;
        _ends = ascii.Contains(Anchor.End) ? new AnchoredPass([.. ascii[Anchor.End]], atEnd: true) : null;
        _grams = [.. ascii[Anchor.None].GroupBy(literal => GramLength(literal.Folded)).OrderBy(group => group.Key).Select(group => new GramPass([.. group], group.Key))];
        Literal[] rare = [.. literals.Where(literal => !Ascii.IsValid(literal.Folded))];
        _rare = rare.Length > 0 ? new RareCharacterPass(rare) : null;
    }

    /// <summary>Whether the time of a scan grows with the text's length.</summary>
    public bool LooksAtAll => _grams.Length > 0;

    /// <summary>Adds to <paramref name="hits"/> each atom that <paramref name="text"/> satisfies, once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="folded">Room to fold it in.</param>
    /// <param name="hits">Gets the atoms.</param>
    public void Scan(ReadOnlySpan<char> text, FoldedText folded, AtomSet hits)
    {
        folded.Set(text);
        _ends?.Scan(folded, text, hits);
        _starts?.Scan(folded, text, hits);
        foreach (GramPass pass in _grams)
        {
            pass.Scan(folded, text, hits);
        }

        // A literal beyond ASCII stands in no text of ASCII alone; almost every text is one.
        if (_rare is not null && folded.HasRareCharacters)
        {
            _rare.Scan(text, hits);
        }
    }

    private static int GramLength(string literal) => literal.Length switch
    {
        1 => 1,
        2 or 3 => 2,
        _ => GramPass.LongestGram,
    };

    /// <summary>Collects literals and what they stand for.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<(string Literal, Anchor Anchor), List<Use>> _literals = [];

        /// <summary>Adds an atom if its test begins with a literal. Returns how often that is expected to hold, or null if the test has no literal.</summary>
        public double? TryAdd(int atom, ValueTest test)
        {
            ImmutableArray<Witness> witnesses = Witness.Of(test);
            if (witnesses.IsEmpty)
            {
                return null;
            }

            CompiledTest? compiled = witnesses[0].IsAll ? null : TestEvaluator.Compile(test);
            double share = 0;
            foreach (Witness witness in witnesses)
            {
                ref List<Use>? uses = ref CollectionsMarshal.GetValueRefOrAddDefault(_literals, (witness.Literal, witness.Anchor), out _);
                (uses ??= []).Add(new Use(atom, compiled));
                share += Selectivity.OfLiteral(witness.Literal, witness.Anchor == Anchor.Whole);
            }

            return Math.Min(1, share);
        }

        /// <summary>The matcher, or null where no atom was added.</summary>
        public FieldMatcher? Build() => _literals.Count == 0
            ? null
            : new FieldMatcher([.. _literals.Select(entry => new Literal(entry.Key.Literal, entry.Key.Anchor, [.. entry.Value]))]);
    }
}
