using Culprit.Sigma.Matching;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds literals of ASCII by an automaton over their ends. Only the last characters of a literal are in the automaton,
/// and what stands before is compared where they are found: that halves the tables, and the ends are what tells
/// paths, file names and hashes apart.
/// </summary>
internal sealed class AsciiPass
{
    private const int LongestEnd = 10;

    // For each end in the automaton, the literals that have it.
    private readonly LiteralUses[][] _literals;

    public AsciiPass(IEnumerable<LiteralUses> literals, AutomatonPool pool)
    {
        IGrouping<string, LiteralUses>[] byEnd =
            [.. literals.GroupBy(literal => End(literal.Folded), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)];
        _literals = Array.ConvertAll(byEnd, group => group.ToArray());
        Automaton = pool.Get(Array.ConvertAll(byEnd, group => group.Key));
    }

    public LiteralAutomaton Automaton { get; }

    public void Scan(ReadOnlySpan<char> text, AtomSet hits)
    {
        int row = 0;
        int position = 0;
        while (Automaton.Advance(text, ref row, ref position))
        {
            foreach (int end in Automaton.OutputsAt(row))
            {
                foreach (LiteralUses literal in _literals[end])
                {
                    if (literal.Folded.Length <= LongestEnd || BeginsBefore(text[..position], literal.Folded))
                    {
                        literal.Report(text, position, hits);
                    }
                }
            }
        }
    }

    private static string End(string literal) => literal.Length <= LongestEnd ? literal : literal[^LongestEnd..];

    private static bool BeginsBefore(ReadOnlySpan<char> text, string literal) =>
        text.Length >= literal.Length
        && text.Slice(text.Length - literal.Length, literal.Length - LongestEnd)
            .Equals(literal.AsSpan(0, literal.Length - LongestEnd), StringComparison.OrdinalIgnoreCase);
}
