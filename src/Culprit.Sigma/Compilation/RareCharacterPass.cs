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
    private readonly Dictionary<char, List<(LiteralUses Literal, int At)>> _byCharacter = [];

    public RareCharacterPass(IEnumerable<LiteralUses> literals)
    {
        foreach (LiteralUses literal in literals)
        {
            int at = literal.Folded.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f');
            ref List<(LiteralUses, int)>? list =
                ref CollectionsMarshal.GetValueRefOrAddDefault(_byCharacter, literal.Folded[at], out _);
            (list ??= []).Add((literal, at));
        }
    }

    public void Scan(ReadOnlySpan<char> text, AtomSet hits)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] <= '\x7f' || !_byCharacter.TryGetValue(CaseFold.Fold(text[i]), out List<(LiteralUses Literal, int At)>? candidates))
            {
                continue;
            }

            foreach ((LiteralUses literal, int at) in candidates)
            {
                int start = i - at;
                int end = start + literal.Folded.Length;
                if (start >= 0 && end <= text.Length && text[start..end].Equals(literal.Folded, StringComparison.OrdinalIgnoreCase))
                {
                    literal.Report(text, end, hits);
                }
            }
        }
    }
}
