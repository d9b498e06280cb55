using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Culprit.Sigma.Matching;

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
        var starts = new List<Literal>();
        var ends = new List<Literal>();
        var rare = new List<Literal>();
        var byGram = new List<Literal>?[GramPass.LongestGram + 1];
        foreach (Literal literal in literals)
        {
            List<Literal> list = !Ascii.IsValid(literal.Folded) ? rare : literal.Anchor switch
            {
                Anchor.Start => starts,
                Anchor.End or Anchor.Whole => ends,
                _ => byGram[GramLength(literal.Folded)] ??= [],
            };
            list.Add(literal);
        }

        _starts = starts.Count > 0 ? new AnchoredPass(starts, atEnd: false) : null;
        _ends = ends.Count > 0 ? new AnchoredPass(ends, atEnd: true) : null;
        _rare = rare.Count > 0 ? new RareCharacterPass(rare) : null;
        var grams = new List<GramPass>();
        for (int length = 1; length < byGram.Length; length++)
        {
            if (byGram[length] is { } group)
            {
                grams.Add(new GramPass(group, length));
            }
        }

        _grams = [.. grams];
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
        // For each literal its uses, as a chain in the list: each with the one before it, or -1.
        private readonly Dictionary<(string Literal, Anchor Anchor), (int Last, int Count)> _literals = [];
        private readonly List<(Use Use, int Before)> _uses = [];

        /// <summary>Adds an atom, found by its witnesses; false where it has none.</summary>
        /// <param name="position">The atom's position in the plan.</param>
        /// <param name="atom">The atom.</param>
        public bool TryAdd(int position, Atom atom)
        {
            ImmutableArray<Witness> witnesses = atom.Witnesses;
            if (witnesses.IsEmpty)
            {
                return false;
            }

            CompiledTest? compiled = witnesses[0].IsAll ? null : atom.Compiled;
            foreach (Witness witness in witnesses)
            {
                ref (int Last, int Count) uses = ref CollectionsMarshal.GetValueRefOrAddDefault(_literals, (witness.Literal, witness.Anchor), out bool known);
                _uses.Add((new Use(position, compiled), known ? uses.Last : -1));
                uses = (_uses.Count - 1, uses.Count + 1);
            }

            return true;
        }

        /// <summary>The matcher, or null where no atom was added.</summary>
        public FieldMatcher? Build()
        {
            if (_literals.Count == 0)
            {
                return null;
            }

            var literals = new List<Literal>(_literals.Count);
            foreach (((string literal, Anchor anchor), (int last, int count)) in _literals)
            {
                var uses = new Use[count];
                for (int use = last, i = count - 1; i >= 0; use = _uses[use].Before, i--)
                {
                    uses[i] = _uses[use].Use;
                }

                literals.Add(new Literal(literal, anchor, uses));
            }

            return new FieldMatcher(literals);
        }

        /// <summary>Forgets all, to begin another matcher.</summary>
        public void Clear()
        {
            _literals.Clear();
            _uses.Clear();
        }
    }
}
