using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Matching;

/// <summary>
/// What one session keeps for one plan: where each layout has the plan's fields, what is known of the present event,
/// and the caches of values. Marks of an event are numbered by <see cref="Round"/>, so nothing is cleared between events.
/// </summary>
internal sealed class PlanState
{
    /// <summary>Evidence decides how many layouts there are; past this many they are forgotten together.</summary>
    private const int MostLayouts = 4096;

    private readonly Dictionary<object, LayoutPlaces> _layouts = new(ReferenceEqualityComparer.Instance);
    private readonly ValueCache?[] _caches;
    private readonly ValueCache?[] _cachesWithKeywords;
    private readonly int[] _scans;
    private LastAddress _address;
    private object? _lastLayout;
    private LayoutPlaces _lastPlaces = null!;

    public PlanState(MatchPlan plan, FoldedText folded)
    {
        Plan = plan;
        Folded = folded;
        AtomMarks = new int[plan.Atoms.Length];
        NodeMarks = new int[plan.Nodes.Length];
        EntryMarks = new int[plan.Roots.Length];
        FieldMarks = new int[plan.Fields.Length];
        Found = new int[plan.Atoms.Length];
        Scratch = new AtomSet(plan.Atoms.Length);
        _caches = new ValueCache?[plan.Fields.Length];
        _cachesWithKeywords = new ValueCache?[plan.Fields.Length];
        _scans = new int[plan.Fields.Length];
    }

    public MatchPlan Plan { get; }

    /// <summary>The number of the present event, doubled; a mark of this value means false, one more means true.</summary>
    public int Round { get; private set; }

    /// <summary>Per atom. For scanned atoms only "true" is marked.</summary>
    public int[] AtomMarks { get; }

    /// <summary>Per shared node.</summary>
    public int[] NodeMarks { get; }

    /// <summary>Per entry: whether it was tried for this event.</summary>
    public int[] EntryMarks { get; }

    /// <summary>Per field: whether it was scanned for this event.</summary>
    public int[] FieldMarks { get; }

    /// <summary>The scanned atoms that are true of this event, <see cref="FoundCount"/> of them.</summary>
    public int[] Found { get; }

    public int FoundCount { get; set; }

    public AtomSet Scratch { get; }

    /// <summary>Room to fold a value in; shared by all plans of the session.</summary>
    public FoldedText Folded { get; }

    /// <summary>What was last read as an address.</summary>
    public ref LastAddress Address => ref _address;

    /// <summary>Begins an event.</summary>
    public void Begin()
    {
        FoundCount = 0;
        if (Round >= int.MaxValue - 4)
        {
            Array.Clear(AtomMarks);
            Array.Clear(NodeMarks);
            Array.Clear(EntryMarks);
            Array.Clear(FieldMarks);
            _address = default;
            Round = 0;
        }

        Round += 2;
    }

    /// <summary>
    /// The cache of a field's values; null while the field was seldom scanned, so that rare fields cost no memory, and for
    /// the fields that are only searched for keywords, whose values are short and often new.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <param name="withKeywords">Whether what is remembered includes keywords.</param>
    public ValueCache? CacheOf(int field, bool withKeywords)
    {
        if (field == Plan.KeywordField)
        {
            return null;
        }

        const int scansBeforeCaching = 64;
        ref ValueCache? cache = ref (withKeywords ? _cachesWithKeywords : _caches)[field];
        return cache ?? (++_scans[field] < scansBeforeCaching ? null : cache = new ValueCache());
    }

    /// <summary>Where the event's layout has the plan's fields.</summary>
    public LayoutPlaces PlacesIn<TEvent>(ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        object layout = e.Layout;
        if (!ReferenceEquals(layout, _lastLayout))
        {
            if (!_layouts.TryGetValue(layout, out LayoutPlaces? places))
            {
                if (_layouts.Count >= MostLayouts)
                {
                    _layouts.Clear();
                }

                _layouts.Add(layout, places = LayoutPlaces.Find(this, ref e));
            }

            _lastLayout = layout;
            _lastPlaces = places;
        }

        return _lastPlaces;
    }
}
