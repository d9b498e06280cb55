using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>The kinds of node of a compiled condition.</summary>
internal enum NodeKind : byte
{
    False,
    True,
    Atom,
    And,
    Or,
    Not,
}

/// <summary>One test of one field: the smallest thing that is true or false of an event. Interned by <see cref="NodeFactory"/>.</summary>
/// <param name="Field">The field as the event names it; null for a keyword, which looks at every field.</param>
/// <param name="Test">What is asked of a value.</param>
internal sealed record Atom(string? Field, ValueTest Test);

/// <summary>
/// A condition in canonical form. Nodes are interned, so equal conditions of different rules are the same instance
/// and are evaluated once for an event.
/// </summary>
internal sealed class Node(int id, NodeKind kind, Atom? atom, Node[] children, bool dependsOnRoute)
{
    public int Id { get; } = id;

    public NodeKind Kind { get; } = kind;

    /// <summary>Set for <see cref="NodeKind.Atom"/> alone.</summary>
    public Atom? Atom { get; } = atom;

    /// <summary>Two or more for And and Or, one for Not, none otherwise.</summary>
    public Node[] Children { get; } = children;

    /// <summary>Whether an atom below asks for a field whose value the route of a Windows event already tells.</summary>
    public bool DependsOnRoute { get; } = dependsOnRoute;
}
