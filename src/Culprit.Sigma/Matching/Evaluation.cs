using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Matching;

/// <summary>
/// The evaluation of one plan on one event: pass over the fields that hold witnesses; try the conditions of the rules whose
/// witnesses were found (and of those that have none); look at other fields, and run dearer tests, only when a
/// condition asks.
/// </summary>
internal ref struct Evaluation<TEvent>
    where TEvent : ISigmaEvent, allows ref struct
{
    private readonly PlanState _state;
    private readonly MatchPlan _plan;
    private readonly int[][] _ordinals;
    private readonly bool _withKeywords;
    private readonly int _no;
    private readonly int _yes;

#pragma warning disable IDE0044 // Calls through a readonly field would copy the event each time.
    private TEvent _event;
#pragma warning restore IDE0044

    public Evaluation(PlanState state, TEvent e)
    {
        _state = state;
        _plan = state.Plan;
        _event = e;
        LayoutPlaces places = state.PlacesIn(ref _event);
        _ordinals = places.Ordinals;
        _withKeywords = _plan.KeywordField >= 0 && MayHoldKeywords(places);
        state.Begin();
        _no = state.Round;
        _yes = state.Round + 1;
    }

    /// <summary>Adds the rules that match.</summary>
    public void Run(List<int> matches)
    {
        foreach (int field in _plan.WitnessFields)
        {
            Scan(field);
        }

        // Fields that conditions ask for later add to what was found, but hold no witnesses.
        int found = _state.FoundCount;
        for (int i = 0; i < found; i++)
        {
            int atom = _state.Found[i];
            int end = _plan.WitnessStart[atom + 1];
            for (int w = _plan.WitnessStart[atom]; w < end; w++)
            {
                int entry = _plan.WitnessOf[w];
                if (_state.EntryMarks[entry] != _yes)
                {
                    _state.EntryMarks[entry] = _yes;
                    Try(entry, matches);
                }
            }
        }

        foreach (int entry in _plan.Always)
        {
            Try(entry, matches);
        }
    }

    private bool MayHoldKeywords(LayoutPlaces places) =>
        _plan.Keywords is null || places.HoldsKeywords || !_event.TryGetRaw(out ReadOnlySpan<byte> bytes) || _plan.Keywords.MayStandIn(bytes);

    private void Try(int entry, List<int> matches)
    {
        if (Holds(_plan.Roots[entry]))
        {
            matches.Add(_plan.Rules[entry]);
        }
    }

    private bool Holds(int node)
    {
        PlanNode planNode = _plan.Nodes[node];
        switch (planNode.Kind)
        {
            case NodeKind.Atom:
                return AtomHolds(planNode.First);
            case NodeKind.Not:
                return !Holds(_plan.Children[planNode.First]);
            case NodeKind.True:
                return true;
            case NodeKind.False:
                return false;
            default:
                if (!planNode.IsShared)
                {
                    return JoinHolds(planNode);
                }

                ref int mark = ref _state.NodeMarks[node];
                if (mark < _no)
                {
                    mark = JoinHolds(planNode) ? _yes : _no;
                }

                return mark == _yes;
        }
    }

    private bool JoinHolds(PlanNode node)
    {
        bool decisive = node.Kind == NodeKind.Or;
        foreach (int child in _plan.Children.AsSpan(node.First, node.Count))
        {
            if (Holds(child) == decisive)
            {
                return decisive;
            }
        }

        return !decisive;
    }

    private bool AtomHolds(int atom)
    {
        ref readonly PlanAtom planAtom = ref _plan.Atoms[atom];
        ref int mark = ref _state.AtomMarks[atom];
        if (planAtom.Mode == AtomMode.Scanned)
        {
            if (_state.FieldMarks[planAtom.Field] != _yes)
            {
                Scan(planAtom.Field);
            }

            return mark == _yes;
        }

        if (mark < _no)
        {
            mark = Test(planAtom) ? _yes : _no;
        }

        return mark == _yes;
    }

    private void Scan(int field)
    {
        if (_state.FieldMarks[field] == _yes)
        {
            return;
        }

        _state.FieldMarks[field] = _yes;
        PlanField planField = _plan.Fields[field];
        FieldMatcher? matcher = _withKeywords ? planField.WithKeywords : planField.Matcher;
        if (matcher is null || (field == _plan.KeywordField && !_withKeywords))
        {
            return;
        }

        bool wordsAlone = planField.WordsAlone;
        foreach (int ordinal in _ordinals[field])
        {
            if (wordsAlone && !_event.IsText(ordinal))
            {
                continue;
            }

            for (int i = 0; _event.TryGetText(ordinal, i, out ReadOnlySpan<char> text); i++)
            {
                ScanValue(field, matcher, text);
            }
        }

        if (field == _plan.KeywordField)
        {
            for (int other = 0; other < _plan.Fields.Length; other++)
            {
                Scan(other);
            }
        }
    }

    private void ScanValue(int field, FieldMatcher matcher, ReadOnlySpan<char> text)
    {
        ValueCache? cache = matcher.LooksAtAll ? _state.CacheOf(field, _withKeywords) : null;
        ulong ticket = 0;
        if (cache is null || !cache.TryGet(text, out ReadOnlySpan<int> atoms, out ticket))
        {
            AtomSet scratch = _state.Scratch;
            scratch.Begin();
            matcher.Scan(text, _state.Folded, scratch);
            atoms = scratch.Items;
            cache?.Remember(ticket, text, atoms);
        }

        foreach (int atom in atoms)
        {
            if (_state.AtomMarks[atom] != _yes)
            {
                _state.AtomMarks[atom] = _yes;
                _state.Found[_state.FoundCount++] = atom;
            }
        }
    }

    private bool Test(in PlanAtom atom)
    {
        int[] ordinals = _ordinals[atom.Field];
        switch (atom.Mode)
        {
            case AtomMode.Exists:
                return IsThere(ordinals);
            case AtomMode.ExistsNot:
                return !IsThere(ordinals);
            case AtomMode.IsNull:
                return !HasValue(ordinals);
            case AtomMode.FieldReference:
                return RefersTo(atom, ordinals);
            default:
                return atom.Field == _plan.KeywordField ? AnyFieldMatches(atom.Test!) : AnyMatches(atom.Test!, ordinals);
        }
    }

    private bool AnyMatches(CompiledTest test, int[] ordinals)
    {
        foreach (int ordinal in ordinals)
        {
            if (ValueMatches(test, ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyFieldMatches(CompiledTest test)
    {
        for (int ordinal = 0; ordinal < _event.FieldCount; ordinal++)
        {
            if (ValueMatches(test, ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private bool ValueMatches(CompiledTest test, int ordinal)
    {
        for (int i = 0; _event.TryGetText(ordinal, i, out ReadOnlySpan<char> text); i++)
        {
            if (_state.Address.Satisfies(test, _no, ordinal, i, text))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsThere(int[] ordinals)
    {
        foreach (int ordinal in ordinals)
        {
            if (_event.StateOf(ordinal) != FieldState.Absent)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasValue(int[] ordinals)
    {
        foreach (int ordinal in ordinals)
        {
            if (_event.StateOf(ordinal) == FieldState.Present)
            {
                return true;
            }
        }

        return false;
    }

    private bool RefersTo(in PlanAtom atom, int[] ordinals)
    {
        foreach (int other in _ordinals[atom.OtherField])
        {
            for (int i = 0; _event.TryGetText(other, i, out ReadOnlySpan<char> part); i++)
            {
                foreach (int ordinal in ordinals)
                {
                    for (int k = 0; _event.TryGetText(ordinal, k, out ReadOnlySpan<char> whole); k++)
                    {
                        if (TestEvaluator.StandsAt(whole, part, atom.Reference!.Position, atom.Reference.Cased))
                        {
                            return true;
                        }
                    }
                }
            }
        }

        return false;
    }
}
