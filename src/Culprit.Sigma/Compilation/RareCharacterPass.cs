using System.Runtime.InteropServices;
using Culprit.Sigma.Matching;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds literals that hold a character beyond ASCII, by that character. Few texts hold such characters and few literals
/// share one, so each place is simply compared.
/// </summary>
internal sealed class RareCharacterPass
{
    // Folded character -> the literals of which it is the first beyond ASCII, and where in them it stands.
    private readonly Dictionary<char, List<(Literal Literal, int At)>> _byCharacter = [];

    public RareCharacterPass(IEnumerable<Literal> literals)
    {
        foreach (Literal literal in literals)
        {
            int at = literal.Folded.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f');
            ref List<(Literal, int)>? list =
                ref CollectionsMarshal.GetValueRefOrAddDefault(_byCharacter, literal.Folded[at], out _);
            (list ??= []).Add((literal, at));
        }
    }

    public void Scan(ReadOnlySpan<char> text, AtomSet hits)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] <= '\x7f' || !_byCharacter.TryGetValue(CaseFold.Fold(text[i]), out List<(Literal Literal, int At)>? candidates))
            {
                continue;
            }

            foreach ((Literal literal, int at) in candidates)
            {
                int start = i - at;
                if (start >= 0 && text.Length - start >= literal.Folded.Length && StandsWell(literal, start, text.Length)
                    && IsAt(text.Slice(start, literal.Folded.Length), literal.Folded))
                {
                    literal.Report(text, hits);
                }
            }
        }
    }

    private static bool StandsWell(Literal literal, int start, int length)
    {
        bool atStart = start == 0;
        bool atEnd = start + literal.Folded.Length == length;
        return literal.Anchor switch
        {
            Anchor.Start => atStart,
            Anchor.End => atEnd,
            Anchor.Whole => atStart && atEnd,
            _ => true,
        };
    }

    private static bool IsAt(ReadOnlySpan<char> text, string folded)
    {
        for (int i = 0; i < folded.Length; i++)
        {
            if (CaseFold.Fold(text[i]) != folded[i])
            {
                return false;
            }
        }

        return true;
    }
}
