using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Finds the addresses and names outside through which the intruder came or spoke to its tools.</summary>
internal static class Channels
{
    /// <summary>The channels, in the order of their first sign.</summary>
    public static ImmutableArray<CommandChannel> Find(Scene scene)
    {
        var byValue = new Dictionary<string, List<IncidentEvent>>(StringComparer.OrdinalIgnoreCase);
        foreach (IncidentEvent one in scene.Timed)
        {
            if (Value(scene, one) is { Length: > 0 } value)
            {
                if (!byValue.TryGetValue(value, out List<IncidentEvent>? events))
                {
                    byValue.Add(value, events = []);
                }

                events.Add(one);
            }
        }

        return
        [
            .. byValue.OrderBy(static entry => entry.Value[0].Number).ThenBy(static entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new CommandChannel(entry.Key, Role(scene, entry.Key, entry.Value), entry.Value[0].Time, entry.Value[^1].Time)),
        ];
    }

    private static string Value(Scene scene, IncidentEvent one)
    {
        EventFacts facts = scene.Facts(one);
        if (facts.IsSysmon && facts.EventId == 22)
        {
            return facts["QueryName"];
        }

        foreach (string field in (ReadOnlySpan<string>)["c-ip", "DestinationIp", "SourceIp", "IpAddress", "Address", "Param3", "DestAddress"])
        {
            if (facts[field] is { Length: > 0 } text && Scene.Address(text) is var address && scene.IsOutside(address))
            {
                return address;
            }
        }

        return "";
    }

    private static Statement Role(Scene scene, string value, List<IncidentEvent> events)
    {
        IncidentEvent[] requests = [.. events.Where(static one => one.Kind == RecordKind.WebRequest)];
        if (requests.Length > 0)
        {
            int posts = requests.Count(one => scene.Facts(one)["cs-method"].Equals("POST", StringComparison.OrdinalIgnoreCase));
            string hosts = Scene.List(requests.Select(scene.Host).Distinct(StringComparer.Ordinal));
            string paths = Scene.List(
                requests.Select(one => scene.Facts(one)["cs-uri-stem"]).CountBy(static path => path, StringComparer.Ordinal)
                    .OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => Scene.Quote(entry.Key)), most: 3);
            return Scene.Fact($"{value} sent {Count(requests.Length, "request")} to {hosts}, {posts} of them POST, most often to {paths}.", requests);
        }

        EventFacts first = scene.Facts(events[0]);
        string host = scene.Host(events[0]);
        return first.IsSysmon && first.EventId == 22 ? Scene.Fact($"{EventFacts.FileName(first["Image"])} on {host} asked for the name {Scene.Quote(value)} {Times(events.Count)}.", events)
            : first.IsSysmon && first.EventId == 3 ? Scene.Fact($"{EventFacts.FileName(first["Image"])} on {host} spoke with {value}, port {first["DestinationPort"]}, {Times(events.Count)}.", events)
            : Scene.Fact($"{value} stands as origin in {Count(events.Count, "record")} of {host}.", events);
    }

    private static string Count(int count, string what) => Scene.Text($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Times(int count) => count == 1 ? "once" : Scene.Text($"{count} times");
}
