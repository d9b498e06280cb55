namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds all occurrences of many literals in one pass over a text, without regard to case: the automaton of Aho and
/// Corasick ("Efficient string matching", CACM 18, 1975), with every transition in a dense table. Characters are
/// first mapped to classes (all that no literal holds share one), so that a row is as short as can be. States are
/// numbered so that those with output come last, and are kept multiplied by the row's length.
/// </summary>
internal sealed class LiteralAutomaton
{
    private readonly ushort[] _classes;
    private readonly int[] _next;
    private readonly int _width;
    private readonly int _firstOutputRow;
    private readonly int[] _outputStart;
    private readonly int[] _outputs;

    private LiteralAutomaton(ushort[] classes, int[] next, int width, int firstOutputState, int[] outputStart, int[] outputs)
    {
        _classes = classes;
        _next = next;
        _width = width;
        _firstOutputRow = firstOutputState * width;
        _outputStart = outputStart;
        _outputs = outputs;
    }

    /// <summary>The number of bytes that the tables take.</summary>
    public long Size => (((long)_next.Length + _outputStart.Length + _outputs.Length) * sizeof(int)) + (_classes.Length * (long)sizeof(ushort));

    /// <summary>
    /// Moves from <paramref name="row"/> over the text from <paramref name="position"/> on, up to the next place at which
    /// literals end. Returns false at the text's end. Start with both at 0.
    /// </summary>
    public bool Advance(ReadOnlySpan<char> text, ref int row, ref int position)
    {
        ushort[] classes = _classes;
        int[] next = _next;
        int firstOutput = _firstOutputRow;
        int current = row;
        for (int i = position; i < text.Length; i++)
        {
            int c = text[i];
            current = next[current + (c < classes.Length ? classes[c] : 0)];
            if (current >= firstOutput)
            {
                row = current;
                position = i + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>The literals (by position in the list given to <see cref="Build"/>) that end where <see cref="Advance"/> stopped.</summary>
    public ReadOnlySpan<int> OutputsAt(int row)
    {
        int state = (row - _firstOutputRow) / _width;
        return _outputs.AsSpan(_outputStart[state].._outputStart[state + 1]);
    }

    /// <summary>Builds the automaton.</summary>
    /// <param name="literals">Folded, distinct, not empty.</param>
    public static LiteralAutomaton Build(IReadOnlyList<string> literals) => new Builder(literals).Build();

    private sealed class Builder
    {
        private readonly IReadOnlyList<string> _literals;
        private readonly ushort[] _classes;
        private readonly int _width;
        private readonly int[] _next;
        private readonly int[] _fail;
        private readonly List<int>?[] _ends;
        private int _states = 1;

        public Builder(IReadOnlyList<string> literals)
        {
            _literals = literals;
            (_classes, _width) = CharacterClasses.Of(literals);
            int states = CountStates(literals);
            _next = new int[checked(states * _width)];
            _fail = new int[states];
            _ends = new List<int>?[states];
        }

        public LiteralAutomaton Build()
        {
            for (int i = 0; i < _literals.Count; i++)
            {
                (_ends[Insert(_literals[i])] ??= []).Add(i);
            }

            List<int> order = Complete();
            return Renumber(order);
        }

        private static int CountStates(IReadOnlyList<string> literals)
        {
            string[] sorted = [.. literals];
            Array.Sort(sorted, string.CompareOrdinal);
            int states = 1;
            string previous = "";
            foreach (string literal in sorted)
            {
                states += literal.Length - previous.AsSpan().CommonPrefixLength(literal);
                previous = literal;
            }

            return states;
        }

        private int Insert(string literal)
        {
            int state = 0;
            foreach (char c in literal)
            {
                ref int next = ref _next[(state * _width) + _classes[c]];
                if (next == 0)
                {
                    next = _states++;
                }

                state = next;
            }

            return state;
        }

        // Breadth first: a state's failure state is nearer to the root, so its row and outputs are already complete.
        private List<int> Complete()
        {
            var order = new List<int>(_states) { 0 };
            for (int at = 0; at < order.Count; at++)
            {
                int state = order[at];
                int failRow = _fail[state] * _width;
                for (int c = 0; c < _width; c++)
                {
                    ref int next = ref _next[(state * _width) + c];
                    if (next == 0)
                    {
                        next = state == 0 ? 0 : _next[failRow + c];
                        continue;
                    }

                    order.Add(next);
                    int fail = state == 0 ? 0 : _next[failRow + c];
                    _fail[next] = fail;
                    if (_ends[fail] is { } inherited)
                    {
                        (_ends[next] ??= []).AddRange(inherited);
                    }
                }
            }

            return order;
        }

        private LiteralAutomaton Renumber(List<int> order)
        {
            var number = new int[_states];
            int plain = 0;
            int withOutput = order.Count(state => _ends[state] is null);
            int firstOutput = withOutput;
            var outputs = new List<int>();
            var outputStart = new List<int> { 0 };
            foreach (int state in order)
            {
                if (_ends[state] is not { } ends)
                {
                    number[state] = plain++;
                    continue;
                }

                number[state] = withOutput++;
                outputs.AddRange(ends);
                outputStart.Add(outputs.Count);
            }

            var next = new int[_next.Length];
            for (int state = 0; state < _states; state++)
            {
                for (int c = 0; c < _width; c++)
                {
                    next[(number[state] * _width) + c] = number[_next[(state * _width) + c]] * _width;
                }
            }

            return new LiteralAutomaton(_classes, next, _width, firstOutput, [.. outputStart], [.. outputs]);
        }
    }
}
