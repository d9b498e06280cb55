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
    private readonly Dictionary<Atom, Node> _atoms = new(AtomComparer.Instance);
    private readonly HashSet<Node>.AlternateLookup<CompositeParts> _composites =
        new HashSet<Node>(CompositeComparer.Instance).GetAlternateLookup<CompositeParts>();

    // Lists for children while they are joined: conditions nest, so there is one for each depth.
    private readonly Stack<List<Node>> _spareLists = [];
    private int _nextId = 2;

    public Node False { get; } = new(0, NodeKind.False, null, [], dependsOnRoute: false);

    public Node True { get; } = new(1, NodeKind.True, null, [], dependsOnRoute: false);

    /// <summary>The condition of a rule for events of one binding: fields renamed, the binding's own condition joined in.</summary>
    public Node FromRule(Expression detection, LogSourceBinding binding)
    {
        Node condition = Convert(detection, binding.FieldMap);
        return binding.Condition is null
            ? condition
            : Join(NodeKind.And, Convert(binding.Condition, fieldMap: null), condition);
    }

    /// <summary>The condition as it stands for events of <paramref name="route"/>: what the route tells is decided now.</summary>
    public Node Specialise(Node node, SigmaRoute route)
    {
        if (!node.DependsOnRoute || route.Channel.Length == 0)
        {
            return node;
        }

        switch (node.Kind)
        {
            case NodeKind.Atom:
                return Constant(node.Atom!.IsTrueOf(RouteFields.ValueOf(route, node.Atom.Field!)));
            case NodeKind.Not:
                return Not(Specialise(node.Children[0], route));
            default:
                List<Node> children = TakeList();
                foreach (Node child in node.Children)
                {
                    children.Add(Specialise(child, route));
                }

                return Join(node.Kind, children);
        }
    }

    /// <summary>Either condition.</summary>
    public Node Either(Node first, Node second) => Join(NodeKind.Or, first, second);

    private Node Convert(Expression expression, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap)
    {
        switch (expression)
        {
            case Expression.And and:
                return Convert(NodeKind.And, and.Children, fieldMap);
            case Expression.Or or:
                return Convert(NodeKind.Or, or.Children, fieldMap);
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

    private Node Convert(NodeKind kind, ImmutableArray<Expression> expressions, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap)
    {
        List<Node> children = TakeList();
        foreach (Expression expression in expressions)
        {
            children.Add(Convert(expression, fieldMap));
        }

        return Join(kind, children);
    }

    private Node FieldAtoms(Expression.FieldTest field, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap)
    {
        List<Node> atoms = TakeList();
        foreach (string name in RouteFields.NamesOf(field.Field, fieldMap))
        {
            if (field.Test is not ValueTest.FieldReference reference)
            {
                atoms.Add(InternAtom(name, field.Test));
                continue;
            }

            foreach (string other in RouteFields.NamesOf(reference.Field, fieldMap))
            {
                atoms.Add(InternAtom(name, reference with { Field = other }));
            }
        }

        // "Absent" must hold for every field that could hold the value; everything else for any of them.
        bool everyField = field.Test is ValueTest.Null or ValueTest.Exists { Expected: false };
        return Join(everyField ? NodeKind.And : NodeKind.Or, atoms);
    }

    private Node Constant(bool value) => value ? True : False;

    private Node InternAtom(string? field, ValueTest test)
    {
        var atom = new Atom(field, test);
        if (!_atoms.TryGetValue(atom, out Node? node))
        {
            node = new Node(_nextId++, NodeKind.Atom, atom, [], dependsOnRoute: field is not null && RouteFields.IsRouteField(field, test));
            _atoms.Add(atom, node);
        }

        return node;
    }

    private Node Not(Node child) => child.Kind switch
    {
        NodeKind.False => True,
        NodeKind.True => False,
        NodeKind.Not => child.Children[0],
        _ => InternComposite(NodeKind.Not, [child]),
    };

    private Node Join(NodeKind kind, Node first, Node second)
    {
        List<Node> children = TakeList();
        children.Add(first);
        children.Add(second);
        return Join(kind, children);
    }

    // Takes the list back.
    private Node Join(NodeKind kind, List<Node> children)
    {
        (Node neutral, Node absorbing) = kind == NodeKind.And ? (True, False) : (False, True);
        List<Node> flat = TakeList();
        bool isAbsorbed = false;
        foreach (Node child in children)
        {
            isAbsorbed |= child == absorbing;
            if (child.Kind == kind)
            {
                flat.AddRange(child.Children);
            }
            else if (child != neutral)
            {
                flat.Add(child);
            }
        }

        Node joined = isAbsorbed ? absorbing : InternDistinct(kind, flat, neutral);
        GiveBack(children);
        GiveBack(flat);
        return joined;
    }

    private Node InternDistinct(NodeKind kind, List<Node> children, Node neutral)
    {
        children.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        int kept = Math.Min(1, children.Count);
        for (int i = 1; i < children.Count; i++)
        {
            if (children[i] != children[kept - 1])
            {
                children[kept++] = children[i];
            }
        }

        return kept switch
        {
            0 => neutral,
            1 => children[0],
            _ => InternComposite(kind, CollectionsMarshal.AsSpan(children)[..kept]),
        };
    }

    private Node InternComposite(NodeKind kind, ReadOnlySpan<Node> children)
    {
        if (!_composites.TryGetValue(new CompositeParts(kind, children), out Node? node))
        {
            node = new Node(_nextId++, kind, null, children.ToArray(), DependsOnRoute(children));
            _composites.Set.Add(node);
        }

        return node;
    }

    private static bool DependsOnRoute(ReadOnlySpan<Node> children)
    {
        foreach (Node child in children)
        {
            if (child.DependsOnRoute)
            {
                return true;
            }
        }

        return false;
    }

    private List<Node> TakeList() => _spareLists.TryPop(out List<Node>? list) ? list : [];

    private void GiveBack(List<Node> list)
    {
        list.Clear();
        _spareLists.Push(list);
    }

    /// <summary>What And, Or and Not are made of.</summary>
    private readonly ref struct CompositeParts(NodeKind kind, ReadOnlySpan<Node> children)
    {
        public NodeKind Kind { get; } = kind;

        public ReadOnlySpan<Node> Children { get; } = children;
    }

    private sealed class CompositeComparer : IEqualityComparer<Node>, IAlternateEqualityComparer<CompositeParts, Node>
    {
        public static readonly CompositeComparer Instance = new();

        public bool Equals(Node? x, Node? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && Equals(new CompositeParts(x.Kind, x.Children), y));

        public bool Equals(CompositeParts alternate, Node other) =>
            alternate.Kind == other.Kind && alternate.Children.SequenceEqual(other.Children);

        public int GetHashCode(Node obj) => GetHashCode(new CompositeParts(obj.Kind, obj.Children));

        public int GetHashCode(CompositeParts alternate)
        {
            uint hash = (uint)alternate.Kind;
            foreach (Node child in alternate.Children)
            {
                hash = (hash * 0x9E3779B1) + (uint)child.Id;
            }

            return (int)hash;
        }

        public Node Create(CompositeParts alternate) => throw new NotSupportedException("the factory gives a node its number");
    }
}
