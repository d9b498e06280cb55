using System.Runtime.InteropServices;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>Compiles the conditions of the rules that share a plan: atoms to fields, fields to passes, conditions to a program, rules to witnesses.</summary>
internal sealed class PlanCompiler
{
    // By the nodes' numbers.
    private readonly Dictionary<int, Part> _parts = [];
    private readonly Dictionary<string, int> _fields = new(StringComparer.Ordinal);
    private readonly List<string?> _fieldNames = [];
    private readonly List<FieldMatcher.Builder> _matchers = [];
    private readonly List<PlanAtom> _planAtoms = [];
    private readonly List<PlanNode> _planNodes = [];
    private readonly List<int> _children = [];
    private readonly List<(int Position, Atom Atom)> _keywords = [];
    private readonly List<(int Atom, int Entry)> _witnesses = [];
    private int _keywordField = -1;

    private PlanCompiler()
    {
    }

    // A thread's compiler between plans: its tables stay as large as they once had to be.
    [ThreadStatic]
    private static PlanCompiler? _idle;

    /// <summary>Compiles a plan.</summary>
    /// <param name="entries">Rules by rising position, each with the condition that remains for the route; none is constantly false.</param>
    public static MatchPlan Compile(IReadOnlyList<(int Rule, Node Condition)> entries)
    {
        if (entries.Count == 0)
        {
            return MatchPlan.Nothing;
        }

        PlanCompiler compiler = _idle ?? new PlanCompiler();
        _idle = null;
        MatchPlan plan = compiler.Run(entries);
        compiler.Clear();
        _idle = compiler;
        return plan;
    }

    private void Clear()
    {
        _parts.Clear();
        _fields.Clear();
        _planAtoms.Clear();
        _planNodes.Clear();
        _children.Clear();
        _keywords.Clear();
        _witnesses.Clear();
        _keywordField = -1;
        for (int field = 0; field < _fieldNames.Count; field++)
        {
            _matchers[field].Clear();
        }

        _fieldNames.Clear();
    }

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
        for (int i = 0; i < roots.Length; i++)
        {
            if (double.IsPositiveInfinity(_parts[entries[i].Condition.Id].WitnessShare))
            {
                always.Add(i);
            }
            else
            {
                AddWitnesses(entries[i].Condition, i);
            }
        }

        (int[] witnessStart, int[] witnessOf, int[] witnessFields) = ArrangeWitnesses();
        return new MatchPlan
        {
            Atoms = [.. _planAtoms],
            Fields = BuildFields(),
            KeywordField = _keywordField,
            Keywords = KeywordFilter.Of(_keywords.Select(static keyword => keyword.Atom)),
            Nodes = [.. _planNodes],
            Children = [.. _children],
            Roots = roots,
            Rules = [.. entries.Select(static entry => entry.Rule)],
            Always = [.. always],
            WitnessStart = witnessStart,
            WitnessOf = witnessOf,
            WitnessFields = witnessFields,
        };
    }

    // Entries by the atoms that witness for them, each once, and the fields of those atoms.
    private (int[] Start, int[] Of, int[] Fields) ArrangeWitnesses()
    {
        List<(int Atom, int Entry)> witnesses = _witnesses;
        witnesses.Sort();
        var start = new int[_planAtoms.Count + 1];
        var of = new List<int>(witnesses.Count);
        var fields = new SortedSet<int>();
        int next = 0;
        for (int atom = 0; atom < _planAtoms.Count; atom++)
        {
            if (next < witnesses.Count && witnesses[next].Atom == atom)
            {
                fields.Add(_planAtoms[atom].Field);
            }

            for (; next < witnesses.Count && witnesses[next].Atom == atom; next++)
            {
                if (of.Count == start[atom] || of[^1] != witnesses[next].Entry)
                {
                    of.Add(witnesses[next].Entry);
                }
            }

            start[atom + 1] = of.Count;
        }

        return (start, [.. of], [.. fields]);
    }

    private PlanField[] BuildFields()
    {
        bool wordsAlone = _keywords.TrueForAll(static keyword =>
            !keyword.Atom.Witnesses.IsEmpty && keyword.Atom.Witnesses.All(static witness => Words.MustHold(witness.Literal)));
        var fields = new PlanField[_fieldNames.Count];
        for (int field = 0; field < fields.Length; field++)
        {
            FieldMatcher? matcher = _matchers[field].Build();
            FieldMatcher? withKeywords = matcher;
            if (field != _keywordField && _keywords.Count > 0)
            {
                foreach ((int position, Atom atom) in _keywords)
                {
                    _matchers[field].TryAdd(position, atom);
                }

                withKeywords = _matchers[field].Build();
            }

            fields[field] = new PlanField(_fieldNames[field], matcher, withKeywords, field == _keywordField && wordsAlone);
        }

        return fields;
    }

    private void CountParents(Node node)
    {
        ref Part part = ref CollectionsMarshal.GetValueRefOrAddDefault(_parts, node.Id, out bool known);
        part.Parents++;
        if (known)
        {
            return;
        }

        part.Position = -1;
        foreach (Node child in node.Children)
        {
            CountParents(child);
        }
    }

    // The node's place in the program, put there with all below it at first meeting.
    private int Emit(Node node)
    {
        if (_parts[node.Id].Position >= 0)
        {
            return _parts[node.Id].Position;
        }

        Part part = node.Kind == NodeKind.Atom ? EmitAtom(node.Atom!) : EmitComposite(node);
        part.Parents = _parts[node.Id].Parents;
        part.Position = _planNodes.Count - 1;
        _parts[node.Id] = part;
        return part.Position;
    }

    private Part EmitComposite(Node node)
    {
        var children = new Part[node.Children.Length];
        for (int i = 0; i < children.Length; i++)
        {
            Emit(node.Children[i]);
            children[i] = _parts[node.Children[i].Id];
        }

        Part whole = Part.Of(node.Kind, children);
        SortByUse(node.Kind, children);
        _planNodes.Add(new PlanNode(node.Kind, _children.Count, children.Length, _parts[node.Id].Parents > 1));
        foreach (ref readonly Part child in children.AsSpan())
        {
            _children.Add(child.Position);
        }

        return whole;
    }

    // What costs least is tried first, and of that what fails soonest (And) or holds soonest (Or).
    private static void SortByUse(NodeKind kind, Part[] children)
    {
        int sign = kind == NodeKind.Or ? -1 : 1;
        Array.Sort(children, (a, b) =>
            a.Cost != b.Cost ? a.Cost.CompareTo(b.Cost)
            : a.Share != b.Share ? sign * a.Share.CompareTo(b.Share)
            : a.Position.CompareTo(b.Position));
    }

    private Part EmitAtom(Atom atom)
    {
        int position = _planAtoms.Count;
        int field = FieldOf(atom.Field);
        _planNodes.Add(new PlanNode(NodeKind.Atom, position, 0, IsShared: false));
        if (!_matchers[field].TryAdd(position, atom))
        {
            _planAtoms.Add(UnscannedAtom(field, atom));
            return new Part
            {
                Share = Selectivity.OfOther,
                Cost = _planAtoms[^1].Mode is AtomMode.Tested or AtomMode.FieldReference ? 2 : 0,
                WitnessShare = double.PositiveInfinity,
                Atom = position,
            };
        }

        _planAtoms.Add(new PlanAtom(field, AtomMode.Scanned, null, -1, null));
        if (field == _keywordField)
        {
            _keywords.Add((position, atom));
        }

        return new Part { Share = atom.Share, Cost = 0, WitnessShare = atom.Share, Atom = position };
    }

    private PlanAtom UnscannedAtom(int field, Atom atom) => atom.Test switch
    {
        ValueTest.Null => new PlanAtom(field, AtomMode.IsNull, null, -1, null),
        ValueTest.Exists exists => new PlanAtom(field, exists.Expected ? AtomMode.Exists : AtomMode.ExistsNot, null, -1, null),
        ValueTest.FieldReference reference => new PlanAtom(field, AtomMode.FieldReference, null, FieldOf(reference.Field), reference),
        _ => new PlanAtom(field, AtomMode.Tested, atom.Compiled, -1, null),
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
        if (_matchers.Count < _fieldNames.Count)
        {
            _matchers.Add(new FieldMatcher.Builder());
        }

        return _fieldNames.Count - 1;
    }

    // Atoms of which at least one is true of every event for which the node, which has such, is true.
    private void AddWitnesses(Node node, int entry)
    {
        switch (node.Kind)
        {
            case NodeKind.Atom:
                _witnesses.Add((_parts[node.Id].Atom, entry));
                break;

            case NodeKind.And:
                Node best = node.Children[0];
                foreach (Node child in node.Children)
                {
                    best = _parts[child.Id].WitnessShare < _parts[best.Id].WitnessShare ? child : best;
                }

                AddWitnesses(best, entry);
                break;

            default:
                foreach (Node child in node.Children)
                {
                    AddWitnesses(child, entry);
                }

                break;
        }
    }

    /// <summary>What is known of a node of the plan.</summary>
    private record struct Part
    {
        /// <summary>How many conditions hold it.</summary>
        public int Parents { get; set; }

        /// <summary>Its place in the program; -1 until it has one.</summary>
        public int Position { get; set; }

        /// <summary>For an atom, its place among the atoms.</summary>
        public int Atom { get; set; }

        /// <summary>0 where the answer is at hand after the passes over the fields, more where work is to be done.</summary>
        public int Cost { get; set; }

        /// <summary>An estimate of the share of events for which it is true.</summary>
        public double Share { get; set; }

        /// <summary>An estimate of the share of events that have one of its witnesses; infinite where it has none.</summary>
        public double WitnessShare { get; set; }

        public static Part Of(NodeKind kind, Part[] children)
        {
            var whole = new Part
            {
                Share = kind == NodeKind.Or ? 0 : 1,
                WitnessShare = kind == NodeKind.Or ? 0 : double.PositiveInfinity,
            };
            foreach (ref readonly Part child in children.AsSpan())
            {
                whole.Cost = Math.Max(whole.Cost, child.Cost);
                switch (kind)
                {
                    case NodeKind.And:
                        whole.Share = Math.Min(whole.Share, child.Share);
                        whole.WitnessShare = Math.Min(whole.WitnessShare, child.WitnessShare);
                        break;
                    case NodeKind.Or:
                        whole.Share = Math.Min(1, whole.Share + child.Share);
                        whole.WitnessShare += child.WitnessShare;
                        break;
                    default:
                        // Nothing need be there for a negation to be true.
                        whole.Share = 1 - child.Share;
                        break;
                }
            }

            whole.Cost += children.Length > 4 ? 1 : 0;
            return whole;
        }
    }
}
