namespace Culprit.Incidents.Joining;

/// <summary>Union-find over findings: each belongs to the component of the lowest number in it.</summary>
internal sealed class Components
{
    private readonly int[] _parent;

    /// <summary>Each finding by itself.</summary>
    public Components(int count) => _parent = [.. Enumerable.Range(0, count)];

    private Components(int[] parent) => _parent = parent;

    /// <summary>The same components, joined further apart from these.</summary>
    public Components Copy() => new([.. _parent]);

    /// <summary>The lowest finding of a finding's component.</summary>
    public int RootOf(int finding)
    {
        while (_parent[finding] != finding)
        {
            finding = _parent[finding] = _parent[_parent[finding]];
        }

        return finding;
    }

    /// <summary>Makes two components one.</summary>
    /// <returns>Whether they were two.</returns>
    public bool Union(int a, int b)
    {
        (int rootA, int rootB) = (RootOf(a), RootOf(b));
        if (rootA == rootB)
        {
            return false;
        }

        _parent[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
        return true;
    }
}
