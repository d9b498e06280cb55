namespace Culprit.Sigma.Compilation;

/// <summary>Keeps automata by their literals: plans for one log source in several forms (Sysmon 1, Security 4688) ask for the same ones. Not thread-safe.</summary>
internal sealed class AutomatonPool
{
    private readonly Dictionary<string[], LiteralAutomaton> _automata = new(LiteralsComparer.Instance);

    /// <summary>The automaton for folded, distinct literals in ordinal order.</summary>
    public LiteralAutomaton Get(string[] literals)
    {
        if (!_automata.TryGetValue(literals, out LiteralAutomaton? automaton))
        {
            _automata.Add(literals, automaton = LiteralAutomaton.Build(literals));
        }

        return automaton;
    }

    private sealed class LiteralsComparer : IEqualityComparer<string[]>
    {
        public static readonly LiteralsComparer Instance = new();

        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] literals)
        {
            var hash = new HashCode();
            foreach (string literal in literals)
            {
                hash.Add(literal, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}
