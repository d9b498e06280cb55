using System.Runtime.CompilerServices;
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

    private readonly Dictionary<object, int[][]> _layouts = new(ReferenceEqualityComparer.Instance);
    private readonly ValueCache?[] _caches;
    private readonly int[] _scans;
    private object? _lastLayout;
    private int[][] _lastOrdinals = [];

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
            Round = 0;
        }

        Round += 2;
    }

    /// <summary>
    /// The cache of a field's values; null while the field was seldom scanned, so that rare fields cost no memory, and for
    /// the fields that are only searched for keywords, whose values are short and often new.
    /// </summary>
    public ValueCache? CacheOf(int field)
    {
        if (field == Plan.KeywordField)
        {
            return null;
        }

        const int scansBeforeCaching = 64;
        return _caches[field] ?? (++_scans[field] < scansBeforeCaching ? null : _caches[field] = new ValueCache());
    }

    /// <summary>For each field of the plan, the places in the event's layout that hold it.</summary>
    public int[][] OrdinalsFor<TEvent>(ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        object layout = e.Layout;
        if (!ReferenceEquals(layout, _lastLayout))
        {
            if (!_layouts.TryGetValue(layout, out int[][]? ordinals))
            {
                if (_layouts.Count >= MostLayouts)
                {
                    _layouts.Clear();
                }

                _layouts.Add(layout, ordinals = Bind(ref e));
            }

            _lastLayout = layout;
            _lastOrdinals = ordinals;
        }

        return _lastOrdinals;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int[][] Bind<TEvent>(ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        int count = e.FieldCount;
        for (int i = 0; i < count; i++)
        {
            string name = e.FieldName(i);
            if (!places.TryGetValue(name, out List<int>? list))
            {
                places.Add(name, list = []);
            }

            // A header's fields come first.
            if (list.Count == 1 && RouteFields.HidesHeader(name))
            {
                list.Clear();
            }

            list.Add(i);
        }

        int[][] ordinals = Array.ConvertAll(
            Plan.Fields, field => field.Name is not null && places.TryGetValue(field.Name, out List<int>? list) ? list.ToArray() : []);
        if (Plan.KeywordField >= 0)
        {
            // The other fields' passes look for keywords too.
            IEnumerable<int> scanned = ordinals.Where((_, field) => Plan.Fields[field].Matcher is not null).SelectMany(list => list);
            ordinals[Plan.KeywordField] = [.. Enumerable.Range(0, count).Except(scanned)];
        }

        return ordinals;
    }
}
