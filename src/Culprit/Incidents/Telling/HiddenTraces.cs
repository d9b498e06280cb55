using System.Collections.Immutable;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Finds what was hidden: logs cleared, silences, missing record numbers, changed times, deleted files, defences switched off.</summary>
internal static class HiddenTraces
{
    private const int SilentHours = 6;

    /// <summary>The statements; those about records first.</summary>
    /// <param name="scene">The incident.</param>
    /// <param name="logs">The logs of its hosts, by the host's one name and channel.</param>
    public static ImmutableArray<Statement> Find(Scene scene, IReadOnlyList<HostLog> logs)
    {
        var found = new List<Statement>();
        Cleared(scene, found);
        Times(scene, found);
        Deleted(scene, found);
        Defences(scene, found);
        foreach (HostLog log in logs)
        {
            Gaps(scene, log, found);
        }

        return [.. found];
    }

    private static void Cleared(Scene scene, List<Statement> found)
    {
        foreach (IncidentEvent one in scene.Events)
        {
            EventFacts facts = scene.Facts(one);
            bool isSecurity = facts.IsSecurity && facts.EventId == 1102;
            if (isSecurity || (facts.EventId == 104 && facts.Provider.EndsWith("Eventlog", StringComparison.OrdinalIgnoreCase)))
            {
                string log = isSecurity ? "Security" : facts["Channel"] is { Length: > 0 } named && named != "System" ? named : "System";
                string who = facts["SubjectUserName"] is { Length: > 0 } name ? $" by {Scene.Quote(name)}" : "";
                found.Add(Scene.Fact($"The {log} log of {scene.Host(one)} was cleared {Scene.When(one.Time)}{who}: what it held before is gone from this host.", one));
            }
        }
    }

    private static void Times(Scene scene, List<Statement> found)
    {
        foreach (IGrouping<string, IncidentEvent> changes in scene.Events
            .Where(one => scene.Facts(one) is { IsSysmon: true, EventId: 2 }).GroupBy(scene.Host, StringComparer.Ordinal))
        {
            string files = Scene.List(changes.Select(one => Scene.Quote(scene.Facts(one)["TargetFilename"])).Distinct(StringComparer.Ordinal), most: 4);
            found.Add(Scene.Fact($"On {changes.Key} the creation times of files were changed: {files}. Their times on disk are not those at which they came.", changes));
        }
    }

    private static void Deleted(Scene scene, List<Statement> found)
    {
        IncidentEvent[] commands = [.. scene.Events.Where(one => IsDeletion(scene.Facts(one)))];
        foreach (IGrouping<string, IncidentEvent> deletions in commands.GroupBy(scene.Host, StringComparer.Ordinal))
        {
            string what = Scene.List(deletions.Select(one => Scene.Quote(What(scene.Facts(one)))).Distinct(StringComparer.Ordinal), most: 3);
            found.Add(Scene.Fact($"On {deletions.Key} files were deleted: {what}.", deletions));
        }
    }

    private static string What(EventFacts facts) => facts.IsProcessStart ? facts["CommandLine"] : facts["TargetFilename"];

    private static bool IsDeletion(EventFacts facts)
    {
        if (facts.IsSysmon && facts.EventId is 23 or 26)
        {
            return true;
        }

        string command = facts.IsProcessStart ? facts["CommandLine"] : "";
        return command.Contains("del ", StringComparison.OrdinalIgnoreCase) && HasWord(command, "del")
            || HasWord(command, "rmdir") || HasWord(command, "rd") || HasWord(command, "erase") || HasWord(command, "sdelete")
            || HasWord(command, "Remove-Item");
    }

    private static bool HasWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            bool starts = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            int end = at + word.Length;
            if (starts && end < text.Length && text[end] == ' ')
            {
                return true;
            }
        }

        return false;
    }

    private static void Defences(Scene scene, List<Statement> found)
    {
        foreach (IGrouping<string, IncidentEvent> changes in scene.Events.Where(static one => one.Techniques.Any(IsImpairment)).GroupBy(scene.Host, StringComparer.Ordinal))
        {
            string rules = Scene.List(
                changes.SelectMany(static one => one.Techniques).Where(technique => IsImpairment(technique) && technique.Basis.Length > 0)
                    .Select(static technique => Scene.Quote(technique.Basis)).Distinct(StringComparer.Ordinal),
                most: 3);
            found.Add(Scene.Fact($"On {changes.Key} defences or logging were changed{(rules.Length > 0 ? $", as these rules found: {rules}" : "")}.", changes));
        }
    }

    private static bool IsImpairment(EventTechnique technique) =>
        technique.Technique.StartsWith("T1562", StringComparison.Ordinal) || technique.Technique.StartsWith("T1685", StringComparison.Ordinal)
        || technique.Tactic == "defense-impairment";

    // Told from the log as a whole, so that no single record carries it.
    private static void Gaps(Scene scene, HostLog log, List<Statement> found)
    {
        foreach ((DateTime from, DateTime to) in log.Extent.Silences(SilentHours))
        {
            if (to >= scene.Incident.First.Utc && from <= scene.Incident.Last.Utc)
            {
                IncidentEvent[] around = [.. Around(scene, log.Host, from, to)];
                found.Add(Scene.Judgement(
                    $"The log {log.Channel} of {log.Host}, written in most hours, is silent from {Scene.Text(from, "yyyy-MM-dd HH:mm")} to {Scene.Text(to, "yyyy-MM-dd HH:mm 'UTC'")}; whether it was stopped, cut or lost it does not say.", around));
            }
        }

        if (log.Missing > 0 && !log.IsExtract)
        {
            found.Add(Scene.Judgement(
                $"The log {log.Channel} of {log.Host} has record numbers from {log.Extent.LowestId} to {log.Extent.HighestId}, of which {log.Missing} {(log.Missing == 1 ? "is missing: it was" : "are missing: they were")} removed, never exported, or could not be read."));
        }
    }

    private static IEnumerable<IncidentEvent> Around(Scene scene, string host, DateTime from, DateTime to)
    {
        IncidentEvent? before = scene.Timed.LastOrDefault(one => scene.Host(one) == host && one.Time.Utc <= from);
        IncidentEvent? after = scene.Timed.FirstOrDefault(one => scene.Host(one) == host && one.Time.Utc >= to);
        return new[] { before, after }.OfType<IncidentEvent>();
    }
}

/// <summary>A log of a host.</summary>
/// <param name="Host">The host under its one name.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Extent">What it holds.</param>
internal sealed record HostLog(string Host, string Channel, LogExtent Extent)
{
    /// <summary>How many record numbers between its first and its last it does not have; requests to web servers have none.</summary>
    public long Missing => Channel == LogExtents.WebRequests || Extent.HighestId < 0 ? 0 : Math.Max(0, Extent.HighestId - Extent.LowestId + 1 - Extent.Records);

    /// <summary>Whether it lacks more than it has: somebody picked records out of it, which is not what hiding a few looks like.</summary>
    public bool IsExtract => Missing > Extent.Records;
}
