using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Builds conditions in canonical form: constants folded away, nested And and Or flattened, children sorted and
/// without repeats, double negation removed, and everything interned. Not thread-safe; the planner holds a lock.
/// </summary>
internal sealed class NodeFactory
{
    private readonly Dictionary<string, Node> _atoms = new(StringComparer.Ordinal);
    private readonly Dictionary<CompositeKey, Node> _composites = [];
    private int _nextId = 2;

    public Node False { get; } = new(0, NodeKind.False, null, [], dependsOnRoute: false);

    public Node True { get; } = new(1, NodeKind.True, null, [], dependsOnRoute: false);

    /// <summary>The condition of a rule for events of one binding: fields renamed, the binding's own condition joined in.</summary>
    public Node FromRule(Expression detection, LogSourceBinding binding)
    {
        Node condition = Convert(detection, binding.FieldMap);
        return binding.Condition is null
            ? condition
            : Join(NodeKind.And, [Convert(binding.Condition, fieldMap: null), condition]);
    }

    /// <summary>The condition as it stands for events of <paramref name="route"/>: what the route tells is decided now.</summary>
    public Node Specialise(Node node, SigmaRoute route)
    {
        if (!node.DependsOnRoute || route.Channel.Length == 0)
        {
            return node;
        }

        return node.Kind switch
        {
            NodeKind.Atom => Constant(TestEvaluator.MatchesField(node.Atom!.Test, RouteFields.ValueOf(route, node.Atom.Field!))),
            NodeKind.Not => Not(Specialise(node.Children[0], route)),
            _ => Join(node.Kind, node.Children.Select(child => Specialise(child, route))),
        };
    }

    /// <summary>Either condition.</summary>
    public Node Either(Node first, Node second) => Join(NodeKind.Or, [first, second]);

    private Node Convert(Expression expression, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap)
    {
        switch (expression)
        {
            case Expression.And and:
                return Join(NodeKind.And, and.Children.Select(child => Convert(child, fieldMap)));
            case Expression.Or or:
                return Join(NodeKind.Or, or.Children.Select(child => Convert(child, fieldMap)));
            case Expression.Not not:
                return Not(Convert(not.Child, fieldMap));
            case Expression.Named named:
                return Convert(named.Child, fieldMap);
            case Expression.Constant constant:
                return Constant(constant.Value);
            case Expression.KeywordTest keyword:
                return InternAtom(null, keyword.Test);
            case Expression.FieldTest field:
                return FieldAtoms(field, fieldMap);
            default:
                throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, "unknown kind of expression");
        }
    }

    private Node FieldAtoms(Expression.FieldTest field, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap)
    {
        ImmutableArray<string> names = RouteFields.NamesOf(field.Field, fieldMap);
        ImmutableArray<ValueTest> tests = field.Test is ValueTest.FieldReference reference
            ? [.. RouteFields.NamesOf(reference.Field, fieldMap).Select(name => reference with { Field = name })]
            : [field.Test];
        IEnumerable<Node> atoms = names.SelectMany(name => tests.Select(test => InternAtom(name, test)));

        // "Absent" must hold for every field that could hold the value; everything else for any of them.
        bool everyField = field.Test is ValueTest.Null or ValueTest.Exists { Expected: false };
        return Join(everyField ? NodeKind.And : NodeKind.Or, atoms);
    }

    private Node Constant(bool value) => value ? True : False;

    private Node InternAtom(string? field, ValueTest test)
    {
        ref Node? node = ref CollectionsMarshal.GetValueRefOrAddDefault(_atoms, AtomKey.Of(field, test), out _);
        return node ??= new Node(
            _nextId++, NodeKind.Atom, new Atom(field, test), [], dependsOnRoute: field is not null && RouteFields.IsRouteField(field, test));
    }

    private Node Not(Node child) => child.Kind switch
    {
        NodeKind.False => True,
        NodeKind.True => False,
        NodeKind.Not => child.Children[0],
        _ => InternComposite(NodeKind.Not, [child]),
    };

    private Node Join(NodeKind kind, IEnumerable<Node> children)
    {
        (Node neutral, Node absorbing) = kind == NodeKind.And ? (True, False) : (False, True);
        var distinct = new List<Node>();
        foreach (Node child in children)
        {
            if (child == absorbing)
            {
                return absorbing;
            }

            if (child.Kind == kind)
            {
                distinct.AddRange(child.Children);
            }
            else if (child != neutral)
            {
                distinct.Add(child);
            }
        }

        distinct.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        int kept = Math.Min(1, distinct.Count);
        for (int i = 1; i < distinct.Count; i++)
        {
            if (distinct[i] != distinct[kept - 1])
            {
                distinct[kept++] = distinct[i];
            }
        }

        return kept switch
        {
            0 => neutral,
            1 => distinct[0],
            _ => InternComposite(kind, [.. distinct[..kept]]),
        };
    }

    private Node InternComposite(NodeKind kind, Node[] children)
    {
        ref Node? node = ref CollectionsMarshal.GetValueRefOrAddDefault(_composites, new CompositeKey(kind, children), out _);
        return node ??= new Node(_nextId++, kind, null, children, Array.Exists(children, child => child.DependsOnRoute));
    }

    private readonly struct CompositeKey(NodeKind kind, Node[] children) : IEquatable<CompositeKey>
    {
        private readonly NodeKind _kind = kind;
        private readonly Node[] _children = children;

        public bool Equals(CompositeKey other) => _kind == other._kind && _children.AsSpan().SequenceEqual(other._children);

        public override bool Equals(object? obj) => obj is CompositeKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(_kind);
            foreach (Node child in _children)
            {
                hash.Add(child.Id);
            }

            return hash.ToHashCode();
        }
    }
}
