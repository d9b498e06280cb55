using Culprit.Dossier.Model;

namespace Culprit.Dossier.Components;

/// <summary>The parts of a chapter that have something to say, by anchor and title.</summary>
internal static class Parts
{
    public static IEnumerable<(string Part, string Title)> Of(Chapter chapter)
    {
        if (chapter.Incident.Story is not null)
        {
            yield return ("story", "What happened");
            yield return ("moves", "Hosts and accounts");
            yield return ("processes", "Programs");
            yield return ("taken", "What was taken");
        }

        yield return ("attack", "ATT&CK");
        if (chapter.Incident.Story is not null)
        {
            yield return ("indicators", "Indicators");
        }

        yield return ("measures", "Counter-measures");
        yield return ("sure", "How sure");
        yield return ("who", "Who did it, and how sure");
        if (!chapter.Incident.Events.IsEmpty)
        {
            yield return ("records", "Records");
        }
    }
}
