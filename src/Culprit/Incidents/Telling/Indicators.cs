using System.Collections.Immutable;
using System.Net.Sockets;
using System.Net;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Gathers what can be looked for in other logs and other networks.</summary>
internal static class Indicators
{
    private const int MaxOfKind = 200;

    /// <summary>The indicators, by kind and first sign.</summary>
    public static ImmutableArray<IncidentIndicator> Find(Scene scene, ImmutableArray<AccountUse> accounts)
    {
        var found = new Dictionary<(string Kind, string Value), SortedSet<int>>();
        foreach (IncidentEvent one in scene.Events)
        {
            EventFacts facts = scene.Facts(one);
            foreach (string field in (ReadOnlySpan<string>)["c-ip", "DestinationIp", "SourceIp", "IpAddress", "Address", "DestAddress"])
            {
                if (Scene.Address(facts[field]) is var address && scene.IsOutside(address))
                {
                    Add(found, IPAddress.Parse(address).AddressFamily == AddressFamily.InterNetwork ? "ipv4" : "ipv6", address, one);
                }
            }

            Files(facts, one, found);
            bool isNotable = one.Rules.Length > 0;
            Add(found, "domain", facts.IsSysmon && facts.EventId == 22 ? facts["QueryName"] : "", one);
            Add(found, "service", facts.EventId is 7045 or 4697 ? facts["ServiceName"] : "", one);
            Add(found, "scheduled-task", facts.IsSecurity && facts.EventId == 4698 || facts.EventId == 106 ? facts["TaskName"] : "", one);
            Add(found, "url-path", one.Kind == RecordKind.WebRequest && isNotable ? facts["cs-uri-stem"] : "", one);
        }

        foreach (AccountUse account in accounts)
        {
            foreach (int number in account.How.Events)
            {
                Add(found, "account", account.Account, scene.Events[number]);
            }
        }

        return
        [
            .. found.GroupBy(static entry => entry.Key.Kind, StringComparer.Ordinal).OrderBy(static kind => kind.Key, StringComparer.Ordinal)
                .SelectMany(static kind => kind.OrderBy(static entry => entry.Value.Min).ThenBy(static entry => entry.Key.Value, StringComparer.Ordinal).Take(MaxOfKind))
                .Select(static entry => new IncidentIndicator(entry.Key.Kind, entry.Key.Value, [.. entry.Value.Take(Scene.MaxCited)])),
        ];
    }

    // Files of Windows itself are on every machine: neither their names nor their hashes tell anything.
    private static void Files(EventFacts facts, IncidentEvent one, Dictionary<(string Kind, string Value), SortedSet<int>> found)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        bool isOwnImage = facts.IsProcessStart && ClueText.File(facts.Image, room).Length > 0;
        if (isOwnImage)
        {
            Add(found, "file-name", facts.Image, one);
            foreach (Range part in facts["Hashes"].AsSpan().Split(','))
            {
                ReadOnlySpan<char> hash = facts["Hashes"].AsSpan()[part];
                int equals = hash.IndexOf('=');
                string kind = equals > 0 ? hash[..equals].ToString().ToUpperInvariant() : "";
                Add(found, kind.ToLowerInvariant(), kind is "SHA256" or "MD5" ? hash[(equals + 1)..].ToString().ToLowerInvariant() : "", one);
            }
        }

        if (facts.IsSysmon && facts.EventId == 11 && ClueText.File(facts["TargetFilename"], room).Length > 0)
        {
            Add(found, "file-name", facts["TargetFilename"], one);
        }
    }

    private static void Add(Dictionary<(string Kind, string Value), SortedSet<int>> found, string kind, string value, IncidentEvent one)
    {
        if (value.Length > 1)
        {
            (found.TryGetValue((kind, value), out SortedSet<int>? events) ? events : found[(kind, value)] = []).Add(one.Number);
        }
    }
}
