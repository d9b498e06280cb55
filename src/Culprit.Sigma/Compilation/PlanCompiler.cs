using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>Compiles the conditions of the rules that share a plan: atoms to fields, fields to passes, conditions to a program, rules to witnesses.</summary>
internal sealed class PlanCompiler
{
    private readonly Dictionary<Node, int> _atoms = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, int> _parents = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _fields = new(StringComparer.Ordinal);
    private readonly List<string?> _fieldNames = [];
    private readonly List<FieldMatcher.Builder> _matchers = [];
    private readonly List<PlanAtom> _planAtoms = [];
    private readonly List<double> _shares = [];
    private readonly List<PlanNode> _planNodes = [];
    private readonly List<int> _children = [];
    private readonly List<(int Atom, ValueTest Test)> _keywords = [];
    private int _keywordField = -1;

    private PlanCompiler()
    {
    }

    /// <summary>Compiles a plan.</summary>
    /// <param name="entries">Rules by rising position, each with the condition that remains for the route; none is constantly false.</param>
    public static MatchPlan Compile(IReadOnlyList<(int Rule, Node Condition)> entries) =>
        entries.Count == 0 ? MatchPlan.Nothing : new PlanCompiler().Run(entries);

    private MatchPlan Run(IReadOnlyList<(int Rule, Node Condition)> entries)
    {
        foreach ((int _, Node condition) in entries)
        {
            CountParents(condition);
        }

        var roots = new int[entries.Count];
        for (int i = 0; i < roots.Length; i++)
        {
            roots[i] = Emit(entries[i].Condition);
        }

        var always = new List<int>();
        var witnesses = new List<int>[_planAtoms.Count];
        for (int i = 0; i < roots.Length; i++)
        {
            if (Witnesses(entries[i].Condition) is not { } found)
            {
                always.Add(i);
                continue;
            }

            foreach (int atom in found.Atoms.Distinct())
            {
                (witnesses[atom] ??= []).Add(i);
            }
        }

        var witnessStart = new int[_planAtoms.Count + 1];
        var witnessOf = new List<int>();
        var witnessFields = new SortedSet<int>();
        for (int atom = 0; atom < _planAtoms.Count; atom++)
        {
            if (witnesses[atom] is { } of)
            {
                witnessOf.AddRange(of);
                witnessFields.Add(_planAtoms[atom].Field);
            }

            witnessStart[atom + 1] = witnessOf.Count;
        }

        return new MatchPlan
        {
            Atoms = [.. _planAtoms],
            Fields = BuildFields(),
            KeywordField = _keywordField,
            Keywords = KeywordFilter.Of(_keywords.Select(static keyword => keyword.Test)),
            Nodes = [.. _planNodes],
            Children = [.. _children],
            Roots = roots,
            Rules = [.. entries.Select(entry => entry.Rule)],
            Always = [.. always],
            WitnessStart = witnessStart,
            WitnessOf = [.. witnessOf],
            WitnessFields = [.. witnessFields],
        };
    }

    private PlanField[] BuildFields()
    {
        bool wordsAlone = _keywords.TrueForAll(keyword =>
            Witness.Of(keyword.Test) is { IsEmpty: false } witnesses && witnesses.All(static witness => Words.MustHold(witness.Literal)));
        var fields = new PlanField[_fieldNames.Count];
        for (int field = 0; field < fields.Length; field++)
        {
            FieldMatcher? matcher = _matchers[field].Build();
            FieldMatcher? withKeywords = matcher;
            if (field != _keywordField && _keywords.Count > 0)
            {
                foreach ((int atom, ValueTest test) in _keywords)
                {
                    _matchers[field].TryAdd(atom, test);
                }

                withKeywords = _matchers[field].Build();
            }

            fields[field] = new PlanField(_fieldNames[field], matcher, withKeywords, field == _keywordField && wordsAlone);
        }

        return fields;
    }

    private void CountParents(Node node)
    {
        _parents.TryGetValue(node, out int parents);
        _parents[node] = parents + 1;
        if (parents > 0)
        {
            return;
        }

        foreach (Node child in node.Children)
        {
            CountParents(child);
        }
    }

    private int Emit(Node node)
    {
        if (_nodes.TryGetValue(node, out int position))
        {
            return position;
        }

        PlanNode planNode;
        if (node.Kind == NodeKind.Atom)
        {
            planNode = new PlanNode(NodeKind.Atom, AtomOf(node), 0, IsShared: false);
        }
        else
        {
            // What fails soonest (And) or holds soonest (Or) is tried first.
            int[] children = [.. node.Children
                .Select(child => (Position: Emit(child), Share: Share(child), Cost: Cost(child)))
                .OrderBy(child => child.Cost)
                .ThenBy(child => node.Kind == NodeKind.Or ? -child.Share : child.Share)
                .ThenBy(child => child.Position)
                .Select(child => child.Position)];
            planNode = new PlanNode(node.Kind, _children.Count, children.Length, _parents[node] > 1);
            _children.AddRange(children);
        }

        _planNodes.Add(planNode);
        return _nodes[node] = _planNodes.Count - 1;
    }

    private int AtomOf(Node node)
    {
        if (_atoms.TryGetValue(node, out int position))
        {
            return position;
        }

        Atom atom = node.Atom!;
        position = _planAtoms.Count;
        int field = FieldOf(atom.Field);
        if (_matchers[field].TryAdd(position, atom.Test) is { } share)
        {
            _planAtoms.Add(new PlanAtom(field, AtomMode.Scanned, null, -1, null));
            _shares.Add(share);
            if (field == _keywordField)
            {
                _keywords.Add((position, atom.Test));
            }
        }
        else
        {
            _planAtoms.Add(UnscannedAtom(field, atom.Test));
            _shares.Add(Selectivity.OfOther);
        }

        return _atoms[node] = position;
    }

    private PlanAtom UnscannedAtom(int field, ValueTest test) => test switch
    {
        ValueTest.Null => new PlanAtom(field, AtomMode.IsNull, null, -1, null),
        ValueTest.Exists exists => new PlanAtom(field, exists.Expected ? AtomMode.Exists : AtomMode.ExistsNot, null, -1, null),
        ValueTest.FieldReference reference => new PlanAtom(field, AtomMode.FieldReference, null, FieldOf(reference.Field), reference),
        _ => new PlanAtom(field, AtomMode.Tested, TestEvaluator.Compile(test), -1, null),
    };

    private int FieldOf(string? name)
    {
        if (name is null)
        {
            return _keywordField >= 0 ? _keywordField : _keywordField = AddField(null);
        }

        if (!_fields.TryGetValue(name, out int field))
        {
            _fields.Add(name, field = AddField(name));
        }

        return field;
    }

    private int AddField(string? name)
    {
        _fieldNames.Add(name);
        _matchers.Add(new FieldMatcher.Builder());
        return _fieldNames.Count - 1;
    }

    /// <summary>0 where the answer is at hand after the passes over the fields, more where work is to be done.</summary>
    private int Cost(Node node) => node.Kind switch
    {
        NodeKind.Atom => _planAtoms[_atoms[node]].Mode is AtomMode.Tested or AtomMode.FieldReference ? 2 : 0,
        _ => node.Children.Max(Cost) + (node.Children.Length > 4 ? 1 : 0),
    };

    private double Share(Node node) => node.Kind switch
    {
        NodeKind.Atom => _shares[_atoms[node]],
        NodeKind.Not => 1 - Share(node.Children[0]),
        NodeKind.And => node.Children.Min(Share),
        _ => Math.Min(1, node.Children.Sum(Share)),
    };

    /// <summary>Atoms of which at least one is true of every event for which the node is true; null where there are none such.</summary>
    private (double Share, IEnumerable<int> Atoms)? Witnesses(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Atom:
                int atom = _atoms[node];
                return _planAtoms[atom].Mode == AtomMode.Scanned ? (_shares[atom], [atom]) : null;

            case NodeKind.And:
                return node.Children.Select(Witnesses).Where(found => found is not null).MinBy(found => found!.Value.Share);

            case NodeKind.Or:
                double share = 0;
                var atoms = new List<int>();
                foreach (Node child in node.Children)
                {
                    if (Witnesses(child) is not { } found)
                    {
                        return null;
                    }

                    share += found.Share;
                    atoms.AddRange(found.Atoms);
                }

                return (share, atoms);

            default:
                return null;
        }
    }
}
