using System.Collections.Immutable;
using System.Globalization;
using Culprit.Events;
using Culprit.Incidents.Surroundings;
using Culprit.Primitives;

namespace Culprit.Incidents.Telling;

/// <summary>Builds process trees of the records of process starts: Sysmon's, and those of the Security log.</summary>
internal static class ProcessForest
{
    /// <summary>How many processes are shown at most; the first by time.</summary>
    public const int MaxProcesses = 3000;

    // Deeper chains are cut and their rest hangs at the top: evidence decides how deep they are.
    private const int MaxDepth = 40;

    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(3);

    /// <summary>The trees, by host and time.</summary>
    public static ImmutableArray<ProcessTree> Grow(Scene scene)
    {
        var nodes = new List<Node>();
        var byGuid = new Dictionary<(string Host, string Guid), Node>();
        var byNumber = new Dictionary<(string Host, uint Number), Node>();
        foreach (IncidentEvent one in scene.Events.Where(one => scene.Facts(one).IsProcessStart).Take(MaxProcesses))
        {
            EventFacts facts = scene.Facts(one);
            string host = scene.Host(one);
            uint number = ClueText.Number(facts.IsSysmon ? facts["ProcessId"] : facts["NewProcessId"]);
            Node? node = byNumber.GetValueOrDefault((host, number));
            if (node is null || (one.Time.Utc - node.Event.Time.Utc).Duration() > SameStart
                || !EventFacts.FileName(node.Image).Equals(EventFacts.FileName(facts.Image), StringComparison.OrdinalIgnoreCase))
            {
                node = new Node(one, host, facts);
                nodes.Add(node);
                byNumber[(host, number)] = node;
                node.Parent = ParentOf(facts, host, byGuid, byNumber, node);
            }

            node.Add(one, facts);
            if (facts.IsSysmon)
            {
                byGuid[(host, facts["ProcessGuid"])] = node;
                node.Parent ??= ParentOf(facts, host, byGuid, byNumber, node);
            }
        }

        foreach (Node node in nodes)
        {
            node.Parent = node.Parent?.Depth < MaxDepth ? node.Parent : null;
            node.Depth = node.Parent is null ? 0 : node.Parent.Depth + 1;
            node.Parent?.Children.Add(node);
        }

        // What the parent is called is told by its children where its own start was not recorded.
        return
        [
            .. nodes.Where(static node => node.Parent is null)
                .GroupBy(static node => (node.Host, node.ParentImage, node.ParentKey))
                .OrderBy(static group => group.First().Event.Number)
                .SelectMany(static group => group.Key.ParentImage.Length == 0
                    ? group.Select(static node => node.ToTree())
                    : [new ProcessTree(group.Key.Host, group.Key.ParentImage, group.First().ParentCommand, "", EventTime.Unknown, [.. group.SelectMany(static node => node.Numbers).Take(Scene.MaxCited)], [.. group.Select(static node => node.ToTree())])]),
        ];
    }

    private static Node? ParentOf(
        EventFacts facts, string host, Dictionary<(string Host, string Guid), Node> byGuid, Dictionary<(string Host, uint Number), Node> byNumber, Node self)
    {
        Node? parent = facts.IsSysmon
            ? byGuid.GetValueOrDefault((host, facts["ParentProcessGuid"]))
            : byNumber.GetValueOrDefault((host, ClueText.Number(facts["ProcessId"])));

        // A number may have been given out again: the name has to fit where one is known.
        bool fits = parent is not null && parent != self
            && (facts.ParentImage.Length == 0 || EventFacts.FileName(parent.Image).Equals(EventFacts.FileName(facts.ParentImage), StringComparison.OrdinalIgnoreCase));
        return fits ? parent : null;
    }

    private sealed class Node(IncidentEvent one, string host, EventFacts facts)
    {
        private string _command = "";
        private string _account = "";

        public IncidentEvent Event => one;

        public string Host => host;

        public string Image => facts.Image;

        public string ParentImage => facts.ParentImage;

        public string ParentCommand => facts["ParentCommandLine"];

        public string ParentKey => facts.IsSysmon ? facts["ParentProcessGuid"] : ClueText.Number(facts["ProcessId"]).ToString(CultureInfo.InvariantCulture);

        public Node? Parent { get; set; }

        public int Depth { get; set; }

        public List<Node> Children { get; } = [];

        public List<int> Numbers { get; } = [];

        public void Add(IncidentEvent record, EventFacts more)
        {
            Numbers.Add(record.Number);
            _command = more["CommandLine"] is { Length: > 0 } command ? command : _command;
            _account = record.Account.Length > 0 && (_account.Length == 0 || more.IsSysmon) ? record.Account : _account;
        }

        public ProcessTree ToTree() => new(host, Image, _command, _account, one.Time, [.. Numbers], [.. Children.Select(static child => child.ToTree())]);
    }
}
