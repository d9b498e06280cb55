using Culprit.Events;
using Culprit.Incidents;

namespace Culprit.Attribution.Observing;

/// <summary>What the program of an event is called.</summary>
internal static class ProgramFiles
{
    /// <summary>The names of its file, the one that it has of itself last; none of an event whose writer nobody knows: others call their fields as they like.</summary>
    public static IEnumerable<string> Of(IncidentEvent one) =>
        Paths(one).Select(static path => path.Trim('"')).Select(static path => path[(path.LastIndexOfAny(['\\', '/']) + 1)..]).Where(static file => file.Length > 0);

    private static string[] Paths(IncidentEvent one) => EventWriters.Of(one) switch
    {
        EventWriter.Sysmon or EventWriter.Security or EventWriter.ProgramControl or EventWriter.Antivirus =>
            [one.Value("NewProcessName") is { Length: > 0 } audited ? audited : one.Value("Image"), one.Value("OriginalFileName")],
        EventWriter.Services when one.EventId == 7045 => [ClueText.Program(one.Value("ImagePath")).ToString()],
        _ => [],
    };
}
