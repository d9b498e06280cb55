namespace Culprit.Attribution.Linking;

/// <summary>
/// Groups of incidents, each incident one by itself at first. Two become one only where each member is then linked to more than half of the
/// others. How many members of a group an incident is linked to is kept, and so is which groups were refused, so that trying a pair again costs nothing.
/// </summary>
internal sealed class LinkedGroups
{
    private readonly Dictionary<int, Group> _groupOf = [];
    private readonly HashSet<(int, int)> _refused = [];

    private int _made;

    /// <summary>Makes a group of each incident that is linked to any.</summary>
    /// <param name="links">The links, each once.</param>
    public LinkedGroups(IEnumerable<IncidentLink> links)
    {
        foreach (IncidentLink link in links)
        {
            Group first = Of(link.First), second = Of(link.Second);
            first.Links[link.Second] = 1;
            second.Links[link.First] = 1;
        }
    }

    /// <summary>The groups of more than one.</summary>
    public IEnumerable<IReadOnlyCollection<int>> Joined => _groupOf.Values.Distinct().Select(static g => g.Members).Where(static m => m.Count > 1);

    /// <summary>Joins the groups of two linked incidents where that may be; says whether it did.</summary>
    public bool TryJoin(int first, int second)
    {
        Group a = _groupOf[first], b = _groupOf[second];
        (int, int) both = a.Id < b.Id ? (a.Id, b.Id) : (b.Id, a.Id);
        if (ReferenceEquals(a, b) || _refused.Contains(both))
        {
            return false;
        }

        if (!MayJoin(a, b))
        {
            _refused.Add(both);
            return false;
        }

        // What is refused to the parts may be granted to the whole.
        a.Id = _made++;
        a.Members.UnionWith(b.Members);
        foreach ((int incident, int links) in b.Links)
        {
            a.Links[incident] = a.LinksOf(incident) + links;
        }

        foreach (int member in b.Members)
        {
            _groupOf[member] = a;
        }

        return true;
    }

    private static bool MayJoin(Group a, Group b)
    {
        int others = a.Members.Count + b.Members.Count - 1;
        return a.Members.Concat(b.Members).All(m => 2 * (a.LinksOf(m) + b.LinksOf(m)) > others);
    }

    private Group Of(int incident)
    {
        if (!_groupOf.TryGetValue(incident, out Group? group))
        {
            _groupOf.Add(incident, group = new Group { Id = _made++, Members = [incident] });
        }

        return group;
    }

    private sealed class Group
    {
        public required int Id { get; set; }

        public required SortedSet<int> Members { get; init; }

        // How many members each incident is linked to, members themselves among them.
        public Dictionary<int, int> Links { get; } = [];

        public int LinksOf(int incident) => Links.GetValueOrDefault(incident);
    }
}
