using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Tells from the bytes of a whole event that no keyword of a plan stands in it. A rule with keywords looks at all fields of
/// all events of its log source, and almost never finds one; one pass over the bytes is far cheaper than one over each field.
/// </summary>
internal sealed class KeywordFilter
{
    private readonly SearchValues<string> _literals;

    private KeywordFilter(IEnumerable<string> literals) =>
        _literals = SearchValues.Create([.. literals.Distinct(StringComparer.Ordinal)], StringComparison.OrdinalIgnoreCase);

    /// <summary>The filter for keywords; null where one of them has no literal that only text can hold, or one beyond ASCII.</summary>
    public static KeywordFilter? Of(IEnumerable<Atom> keywords)
    {
        var literals = new List<string>();
        foreach (Atom keyword in keywords)
        {
            ImmutableArray<Witness> witnesses = keyword.Witnesses;
            if (witnesses.IsEmpty || !witnesses.All(static witness => Ascii.IsValid(witness.Literal) && Words.MustHold(witness.Literal)))
            {
                return null;
            }

            literals.AddRange(witnesses.Select(static witness => witness.Literal));
        }

        return literals.Count == 0 ? null : new KeywordFilter(literals);
    }

    /// <summary>Whether a keyword may stand in the bytes, as UTF-16LE that begins at an even or an odd byte.</summary>
    public bool MayStandIn(ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.Cast<byte, char>(bytes).ContainsAny(_literals)
        || (!bytes.IsEmpty && MemoryMarshal.Cast<byte, char>(bytes[1..]).ContainsAny(_literals));
}
