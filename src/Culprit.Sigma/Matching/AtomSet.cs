namespace Culprit.Sigma.Matching;

/// <summary>The atoms that one value satisfies, while it is scanned. Reused; never cleared element by element.</summary>
internal sealed class AtomSet(int atoms)
{
    private readonly int[] _seen = new int[atoms];
    private readonly int[] _items = new int[atoms];
    private int _round;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The atoms, in the order in which they were found.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>Empties the set.</summary>
    public void Begin()
    {
        Count = 0;
        if (++_round == int.MaxValue)
        {
            Array.Clear(_seen);
            _round = 1;
        }
    }

    /// <summary>Whether the atom was neither added nor rejected.</summary>
    public bool IsNew(int atom) => _seen[atom] != _round;

    /// <summary>Adds an atom that <see cref="IsNew"/>.</summary>
    public void Add(int atom)
    {
        _seen[atom] = _round;
        _items[Count++] = atom;
    }

    /// <summary>Remembers that the value does not satisfy the atom.</summary>
    public void Reject(int atom) => _seen[atom] = _round;
}
