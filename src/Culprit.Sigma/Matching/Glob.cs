using System.Collections.Immutable;
using System.Text;
using Culprit.Sigma.Compilation;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>
/// A text pattern with <c>*</c> and <c>?</c>. The pattern is cut at <c>*</c> into pieces; the first and last are
/// anchored where no <c>*</c> stands outside them, and each other piece is taken at its leftmost place after the
/// piece before, which is always enough. Time is at most text length times pattern length.
/// </summary>
internal sealed class Glob : CompiledTest
{
    private readonly Piece[] _pieces;
    private readonly bool _anchoredAtStart;
    private readonly bool _anchoredAtEnd;
    private readonly bool _cased;

    public Glob(ValueTest.Text test)
    {
        ImmutableArray<PatternPart> parts = test.Parts;
        _cased = test.Cased;
        _anchoredAtStart = parts.IsEmpty || parts[0] is not PatternPart.AnyString;
        _anchoredAtEnd = parts.IsEmpty || parts[^1] is not PatternPart.AnyString;
        _pieces = Cut(parts, test.Cased);
    }

    public override bool Matches(ReadOnlySpan<char> text)
    {
        int first = 0;
        int last = _pieces.Length - 1;
        if (last < 0)
        {
            return !_anchoredAtStart || text.IsEmpty;
        }

        if (_anchoredAtStart)
        {
            if (last == 0 && _anchoredAtEnd)
            {
                return text.Length == _pieces[0].Length && At(text, _pieces[0]);
            }

            if (text.Length < _pieces[0].Length || !At(text, _pieces[0]))
            {
                return false;
            }

            text = text[_pieces[0].Length..];
            first = 1;
        }

        if (_anchoredAtEnd && last >= first)
        {
            Piece piece = _pieces[last];
            if (text.Length < piece.Length || !At(text[^piece.Length..], piece))
            {
                return false;
            }

            text = text[..^piece.Length];
            last--;
        }

        for (int i = first; i <= last; i++)
        {
            int at = Find(text, _pieces[i]);
            if (at < 0)
            {
                return false;
            }

            text = text[(at + _pieces[i].Length)..];
        }

        return true;
    }

    private static Piece[] Cut(ImmutableArray<PatternPart> parts, bool cased)
    {
        var pieces = new List<Piece>(1);
        for (int from = 0, to; from < parts.Length; from = to + 1)
        {
            for (to = from; to < parts.Length && parts[to] is not PatternPart.AnyString; to++)
            {
            }

            if (PieceOf(parts.AsSpan()[from..to], cased) is { Length: > 0 } piece)
            {
                pieces.Add(piece);
            }
        }

        return [.. pieces];
    }

    private static Piece PieceOf(ReadOnlySpan<PatternPart> parts, bool cased)
    {
        // Rules hold tens of thousands of texts, nearly all of them plain.
        if (parts is [PatternPart.Literal plain])
        {
            return new Piece(Folded(plain, cased), []);
        }

        var chars = new StringBuilder();
        var wild = new List<int>();
        foreach (PatternPart part in parts)
        {
            if (part is PatternPart.Literal literal)
            {
                chars.Append(Folded(literal, cased));
            }
            else
            {
                wild.Add(chars.Length);
                chars.Append('?');
            }
        }

        return new Piece(chars.ToString(), [.. wild]);
    }

    private static string Folded(PatternPart.Literal literal, bool cased) => cased ? literal.Text : CaseFold.Fold(literal.Text);

    private int Find(ReadOnlySpan<char> text, Piece piece)
    {
        if (piece.Wild.Length == 0)
        {
            return text.IndexOf(piece.Chars, _cased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
        }

        for (int i = 0; i + piece.Length <= text.Length; i++)
        {
            if (At(text[i..], piece))
            {
                return i;
            }
        }

        return -1;
    }

    private bool At(ReadOnlySpan<char> text, Piece piece)
    {
        ReadOnlySpan<char> chars = piece.Chars;
        int nextWild = 0;
        for (int i = 0; i < chars.Length; i++)
        {
            if (nextWild < piece.Wild.Length && piece.Wild[nextWild] == i)
            {
                nextWild++;
            }
            else if ((_cased ? text[i] : CaseFold.Fold(text[i])) != chars[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands between two stars.</summary>
    /// <param name="Chars">The characters, folded unless the pattern is cased; any at the places in <paramref name="Wild"/>.</param>
    /// <param name="Wild">The places of <c>?</c>, rising.</param>
    private sealed record Piece(string Chars, int[] Wild)
    {
        public int Length => Chars.Length;
    }
}
