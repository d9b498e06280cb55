using Culprit.Incidents;

namespace Culprit.Dossier.Model;

/// <summary>Citations of a story that stand outside of its sentences.</summary>
internal static class StoryCitations
{
    /// <summary>The events that movements, processes and indicators cite.</summary>
    public static IEnumerable<int> AllCited(this IncidentStory story) =>
        story.Movements.SelectMany(static movement => movement.Events)
            .Concat(story.Processes.SelectMany(Nodes).SelectMany(static process => process.Events))
            .Concat(story.Indicators.SelectMany(static indicator => indicator.Events));

    private static IEnumerable<ProcessTree> Nodes(ProcessTree root)
    {
        var waiting = new Stack<ProcessTree>([root]);
        while (waiting.TryPop(out ProcessTree? process))
        {
            yield return process;
            foreach (ProcessTree child in process.Children)
            {
                waiting.Push(child);
            }
        }
    }
}
