using System.Collections.Immutable;
using Culprit.Sigma.Matching;
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

/// <summary>
/// One test of one field: the smallest thing that is true or false of an event. Interned by <see cref="NodeFactory"/>. What
/// plans make of it is made once, at first use, since many plans share an atom. Thread-safe.
/// </summary>
/// <param name="field">The field as the event names it; null for a keyword, which looks at every field.</param>
/// <param name="test">What is asked of a value.</param>
internal sealed class Atom(string? field, ValueTest test)
{
    private Search? _search;
    private CompiledTest? _compiled;

    /// <summary>The field as the event names it; null for a keyword, which looks at every field.</summary>
    public string? Field { get; } = field;

    /// <summary>What is asked of a value.</summary>
    public ValueTest Test { get; } = test;

    /// <summary>Literals of which a value must hold at least one for the test to be true of it; none where there are none such.</summary>
    public ImmutableArray<Witness> Witnesses => Prepared.Witnesses;

    /// <summary>An estimate of the share of events for which the atom is true; of those with witnesses alone.</summary>
    public double Share => Prepared.Share;

    /// <summary>The runnable test; null where it does not look at the text of one value.</summary>
    public CompiledTest? Compiled => _compiled ??= TestEvaluator.Compile(Test);

    /// <summary>Whether the test is true of a field that is there, with <paramref name="value"/> as its only value.</summary>
    /// <exception cref="InvalidOperationException">The test looks at another field.</exception>
    public bool IsTrueOf(string value) => Test switch
    {
        ValueTest.Null => false,
        ValueTest.Exists exists => exists.Expected,
        _ => (Compiled ?? throw new InvalidOperationException(Test.GetType().Name + " is no test of one value")).Matches(value),
    };

    private Search Prepared => _search ??= Search.Of(Test);

    private sealed record Search(ImmutableArray<Witness> Witnesses, double Share)
    {
        public static Search Of(ValueTest test)
        {
            ImmutableArray<Witness> witnesses = Witness.Of(test);
            double share = 0;
            foreach (Witness witness in witnesses)
            {
                share += Selectivity.OfLiteral(witness.Literal, witness.Anchor == Anchor.Whole);
            }

            return new Search(witnesses, Math.Min(1, share));
        }
    }
}

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
