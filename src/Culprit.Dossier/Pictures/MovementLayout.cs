using System.Collections.Immutable;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Pictures;

/// <summary>A way from one host to another: all movements between the two.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Means">By what, each once.</param>
/// <param name="Accounts">With which accounts, each once.</param>
/// <param name="Time">The first time.</param>
/// <param name="IsFirst">Whether it is how the host was first reached.</param>
/// <param name="Events">What says so.</param>
public sealed record MovementEdge(
    MovementNode From, MovementNode To, ImmutableArray<string> Means, ImmutableArray<string> Accounts, EventTime Time, bool IsFirst, ImmutableArray<int> Events);

/// <summary>A host, or an address outside.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fall">In which place it fell, 1 for the first; 0 where it is no host that fell.</param>
/// <param name="Depth">How many steps it lies from where the intruder came.</param>
/// <param name="Line">Its line in the picture, from 0.</param>
public sealed record MovementNode(string Name, int Fall, int Depth, int Line);

/// <summary>
/// Movements as a picture that fits a phone and a sheet of paper: hosts stand below each other in the order in which they
/// were reached, a step further to the right for each step away from the way in.
/// </summary>
public sealed class MovementLayout
{
    private MovementLayout(ImmutableArray<MovementNode> nodes, ImmutableArray<MovementEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
    }

    /// <summary>The hosts, by line.</summary>
    public ImmutableArray<MovementNode> Nodes { get; }

    /// <summary>The ways, by the line of where they end and then by time.</summary>
    public ImmutableArray<MovementEdge> Edges { get; }

    /// <summary>Lays a story's movements out.</summary>
    public static MovementLayout Of(IncidentStory? story)
    {
        if (story is null)
        {
            return new MovementLayout([], []);
        }

        (string From, string To, Movement[] All)[] ways = [.. story.Movements
            .Where(static movement => !Same(movement.From, movement.To))
            .GroupBy(static movement => (From: movement.From.ToUpperInvariant(), To: movement.To.ToUpperInvariant()))
            .Select(static group => (group.First().From, group.First().To, group.OrderBy(static movement => movement.Time.UtcTicks).ToArray()))];
        string[] fallen = [.. story.HostsFallen.Select(static fall => fall.Host)];
        var order = new List<string>();
        var depth = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var reachedBy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string from, string to, _) in ways.OrderBy(static way => way.All[0].Time.UtcTicks))
        {
            Visit(from, "");
            Visit(to, from);
        }

        foreach (string host in fallen)
        {
            Visit(host, "");
        }

        MovementNode[] nodes = [.. InOrder(order, reachedBy).Select((name, line) => new MovementNode(name, Array.FindIndex(fallen, host => Same(host, name)) + 1, depth[name], line))];
        MovementNode NodeOf(string name) => Array.Find(nodes, node => Same(node.Name, name))!;
        return new MovementLayout(
            [.. nodes],
            [
                .. ways.Select(way => new MovementEdge(
                    NodeOf(way.From), NodeOf(way.To),
                    [.. way.All.Select(static movement => movement.Means).Distinct(StringComparer.Ordinal)],
                    [.. way.All.Select(static movement => movement.Account).Where(static account => account.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
                    way.All[0].Time,
                    reachedBy.TryGetValue(way.To, out string? by) && Same(by, way.From),
                    [.. way.All.SelectMany(static movement => movement.Events).Distinct().Order()]))
                    .OrderBy(static edge => edge.To.Line).ThenBy(static edge => edge.Time.UtcTicks).ThenBy(static edge => edge.From.Line),
            ]);

        void Visit(string name, string from)
        {
            if (depth.ContainsKey(name))
            {
                return;
            }

            order.Add(name);
            depth.Add(name, from.Length == 0 ? 0 : depth[from] + 1);
            if (from.Length > 0)
            {
                reachedBy.Add(name, from);
            }
        }
    }

    // Each host below the one from which it was reached, so that no line crosses another.
    private static IEnumerable<string> InOrder(List<string> order, Dictionary<string, string> reachedBy)
    {
        var waiting = new Stack<string>(order.Where(name => !reachedBy.ContainsKey(name)).Reverse());
        while (waiting.TryPop(out string? name))
        {
            yield return name;
            foreach (string next in order.Where(other => reachedBy.TryGetValue(other, out string? from) && Same(from, name)).Reverse())
            {
                waiting.Push(next);
            }
        }
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
