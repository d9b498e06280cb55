using System.Globalization;
using System.Text.Json;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Reads events of MISP (<c>{"Event": {...}}</c>, <c>{"response": [...]}</c>, arrays of them, or an event as a feed has it) and bare
/// attributes. Which group an event is about say its galaxies and tags (<see cref="MispActors"/>); without one, the list is called
/// after the file.
/// </summary>
internal static class MispReader
{
    // No type of MISP is longer, nor of other letters than IsType allows.
    private const int MaxType = 60;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It holds no event and no attribute.</exception>
    public static void Read(JsonElement root, string fileName, IndicatorReading reading, IndicatorCollector collector)
    {
        if (!Any(root, fileName, reading, collector, depth: 0))
        {
            throw new InvalidDataException("it is JSON, but holds no bundle of STIX and no event and no attribute of MISP");
        }
    }

    private static bool Any(JsonElement element, string fileName, IndicatorReading reading, IndicatorCollector collector, int depth)
    {
        bool found = false;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                found |= depth < 4 && Any(item, fileName, reading, collector, depth + 1);
            }

            return found;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (element.TryGetProperty("Event", out JsonElement wrapped) && wrapped.ValueKind == JsonValueKind.Object && !IsAttribute(element))
        {
            Event(wrapped, fileName, reading, collector);
            return true;
        }

        if (element.TryGetProperty("response", out JsonElement response))
        {
            return depth < 4 && Any(response, fileName, reading, collector, depth + 1);
        }

        if (IsAttribute(element))
        {
            Attribute(element, new About(fileName, Url: null, Year: null), reading, collector);
            return true;
        }

        if (element.TryGetProperty("Attribute", out JsonElement attributes) && attributes.ValueKind == JsonValueKind.Array)
        {
            Event(element, fileName, reading, collector);
            return true;
        }

        return false;
    }

    private static void Event(JsonElement e, string fileName, IndicatorReading reading, IndicatorCollector collector)
    {
        JsonElement[] attributes = [.. Json.Items(e, "Attribute").Concat(Json.Items(e, "Object").Where(static o => !IsDeleted(o)).SelectMany(static o => Json.Items(o, "Attribute"))).Where(static a => !IsDeleted(a))];

        // The event's own link is the report that its values are from.
        string? link = attributes.Where(static a => Text(a, "type") is "link").Select(static a => Text(a, "value")).FirstOrDefault(static v => v.Length > 0)
            ?? attributes.Where(static a => Text(a, "type") is "url" && Text(a, "category") is "External analysis").Select(static a => Text(a, "value")).FirstOrDefault();
        var about = new About(MispActors.ListOf(e, reading, collector) ?? fileName, link, ReferenceYear.Of(Text(e, "date")) ?? (link is null ? null : ReferenceYear.Of(link)));
        foreach (JsonElement attribute in attributes)
        {
            Attribute(attribute, about, reading, collector);
        }
    }

    private static void Attribute(JsonElement attribute, About about, IndicatorReading reading, IndicatorCollector collector)
    {
        if (IsDeleted(attribute))
        {
            return;
        }

        string list = MispActors.ListOf(attribute, reading, collector) ?? about.List;
        string value = Text(attribute, "value");
        int? year = about.Year ?? YearOfSeconds(Text(attribute, "timestamp"));
        bool? marked = Flag(attribute, "to_ids");
        void Refuse(string why) => reading.Take(list, value, ReadValue.Refused(why), line: 0, about.Url, year);
        string type = Text(attribute, "type");
        switch (type)
        {
            case "url" or "uri" when Text(attribute, "category") is not "External analysis":
            case "ip-dst" or "ip-src" or "domain" or "hostname" or "md5" or "sha1" or "sha256" or "filename":
            case "ip-dst|port" or "ip-src|port" or "hostname|port" or "domain|ip" or "filename|md5" or "filename|sha1" or "filename|sha256" or "malware-sample":
                foreach ((string part, bool file) in MispTypes.Parts(type, value))
                {
                    reading.Take(list, part, marked is not false ? ValueReader.Read(part, file) : MispTypes.NotMarked, line: 0, about.Url, year);
                }

                break;
            case "link" or "url" or "uri" when marked is not true:
                // The reports that the event is about.
                break;
            case "url" or "uri":
                Refuse("is the address of a report (its category is External analysis)");
                break;
            default:
                if (marked is not false)
                {
                    Refuse("is of a type that is not looked for" + (IsType(type) ? $" ({type})" : ""));
                }

                break;
        }
    }

    private static bool IsType(string type) => type.Length is > 0 and <= MaxType && type.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '|' or '_' or '/');

    private static int? YearOfSeconds(string seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long unix) && unix is > 0 and < 1L << 32 ? DateTimeOffset.FromUnixTimeSeconds(unix).Year : null;

    // MISP keeps what was taken back, and marks it.
    private static bool IsDeleted(JsonElement element) => Flag(element, "deleted") is true;

    // Servers and tools write truth as true, 1, "1" or "true"; null where there is neither yes nor no.
    private static bool? Flag(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => Text(element, name).ToUpperInvariant() switch { "1" or "TRUE" => true, "0" or "FALSE" => false, _ => null },
            JsonValueKind.Number => value.TryGetInt32(out int number) ? number != 0 : null,
            _ => null,
        };

    private static bool IsAttribute(JsonElement element) => Text(element, "type").Length > 0 && Text(element, "value").Length > 0;

    // Servers and tools write numbers as such or as texts.
    private static string Text(JsonElement element, string name) => Json.TextOrNumber(element, name) ?? "";

    private sealed record About(string List, string? Url, int? Year);
}
