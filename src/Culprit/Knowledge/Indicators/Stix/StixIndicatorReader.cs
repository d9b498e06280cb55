using System.Text.Json;
using Culprit.Knowledge.Attack;

namespace Culprit.Knowledge.Indicators.Stix;

/// <summary>
/// Reads the indicators of a STIX bundle (2.0 or 2.1), or of the envelope in which TAXII serves its objects. Whose they are say relations ("indicates" a
/// group, an actor, or a campaign that is attributed to one), or else the report that holds both them and one actor; without either, the list is called
/// after the file.
/// </summary>
internal sealed class StixIndicatorReader
{
    private const int MaxSteps = 4;

    private readonly Dictionary<string, (JsonElement Object, string Modified)> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Report>> _reports = new(StringComparer.Ordinal);
    private readonly string _fileName;
    private readonly IndicatorReading _reading;
    private readonly IndicatorCollector _collector;

    private StixIndicatorReader(string fileName, IndicatorReading reading, IndicatorCollector collector)
    {
        (_fileName, _reading, _collector) = (fileName, reading, collector);
    }

    /// <summary>Whether JSON is a bundle rather than an event of MISP.</summary>
    public static bool IsBundle(JsonElement root) => root.ValueKind is JsonValueKind.Object && root.TryGetProperty("objects", out JsonElement objects) && objects.ValueKind is JsonValueKind.Array;

    /// <summary>Reads a bundle.</summary>
    /// <exception cref="InvalidDataException">It holds no indicator.</exception>
    public static void Read(JsonElement bundle, string fileName, IndicatorReading reading, IndicatorCollector collector)
    {
        var reader = new StixIndicatorReader(fileName, reading, collector);
        reader.Index(bundle);
        string[] indicators = [.. reader._objects.Keys.Where(id => reader.Type(id) is "indicator").Order(StringComparer.Ordinal)];
        if (indicators.Length == 0)
        {
            throw new InvalidDataException("it is a bundle of STIX, but holds no indicator");
        }

        foreach (string id in indicators)
        {
            reader.Take(id);
        }
    }

    // Of each object the version that was changed last; what was taken back is none.
    private void Index(JsonElement bundle)
    {
        foreach (JsonElement element in Json.Objects(bundle, "objects"))
        {
            if (Json.Text(element, "id") is not { } id)
            {
                continue;
            }

            string modified = StixTime.InOrder(Json.Text(element, "modified") ?? Json.Text(element, "created") ?? "") ?? "";
            if (!_objects.TryGetValue(id, out (JsonElement, string Modified) known) || string.CompareOrdinal(modified, known.Modified) >= 0)
            {
                _objects[id] = (element, modified);
            }
        }

        foreach ((JsonElement element, _) in _objects.Values)
        {
            if (Json.IsTrue(element, "revoked"))
            {
                continue;
            }

            string type = Json.Text(element, "type") ?? "";
            if (type is "relationship" && Json.Text(element, "relationship_type") is "indicates" or "attributed-to"
                && Json.Text(element, "source_ref") is { } source && Json.Text(element, "target_ref") is { } target)
            {
                Of(_targets, source).Add(target);
            }
            else if (type is "report" or "grouping")
            {
                string[] held = [.. Json.Texts(element, "object_refs").Distinct(StringComparer.Ordinal)];
                string[] actors = [.. held.Where(IsActor).Take(2)];
                var report = new Report(element, actors.Length == 1 ? actors[0] : null);
                foreach (string id in held)
                {
                    Of(_reports, id).Add(report);
                }
            }
        }
    }

    private void Take(string id)
    {
        JsonElement indicator = _objects[id].Object;
        if (Json.IsTrue(indicator, "revoked"))
        {
            return;
        }

        List<Report> reports = _reports.GetValueOrDefault(id) ?? [];
        int? year = reports.Select(static r => Year(r.Object, "published")).Max() ?? Year(indicator, "valid_from") ?? Year(indicator, "created");
        string? url = reports.Select(static r => r.Object).Append(indicator).SelectMany(static o => Json.Objects(o, "external_references"))
            .Select(static r => Json.Text(r, "url")).FirstOrDefault(static u => u is not null);
        string[] lists = Lists(id, reports);
        foreach ((string written, ReadValue value) in Values(indicator))
        {
            _reading.Take(lists, written, value, line: 0, url, year);
        }
    }

    private static IEnumerable<(string Written, ReadValue Value)> Values(JsonElement indicator)
    {
        string pattern = Json.Text(indicator, "pattern") ?? "";
        return Json.Text(indicator, "pattern_type") is { } language and not "stix" ? [(pattern, ReadValue.Refused("is a pattern that is not looked for" + (IsName(language) ? $" ({language})" : "")))]
            : Json.Texts(indicator, "indicator_types").Concat(Json.Texts(indicator, "labels")).Contains("benign", StringComparer.OrdinalIgnoreCase) ? [(pattern, ReadValue.Refused("is marked as benign"))]
            : PatternValues.Of(pattern);
    }

    private string[] Lists(string id, List<Report> reports)
    {
        SortedSet<string> actors = new(StringComparer.Ordinal);
        Actors(id, actors, MaxSteps);
        if (actors.Count == 0)
        {
            actors.UnionWith(reports.Select(static r => r.Actor).OfType<string>());
        }

        string[] names = [.. actors.Select(Named).OfType<string>().Distinct(StringComparer.Ordinal)];
        return names.Length > 0 ? names : [_fileName];
    }

    private void Actors(string id, SortedSet<string> actors, int steps)
    {
        foreach (string target in steps > 0 ? _targets.GetValueOrDefault(id) ?? [] : [])
        {
            if (IsActor(target))
            {
                actors.Add(target);
            }
            else if (Type(target) is "campaign")
            {
                Actors(target, actors, steps - 1);
            }
        }
    }

    // The name of an actor's list, with what else it is called.
    private string? Named(string actor)
    {
        JsonElement element = _objects[actor].Object;
        if (Json.Text(element, "name") is not { } name || string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        foreach (string alias in Json.Texts(element, "aliases"))
        {
            _collector.AddAlias(name, alias);
        }

        foreach (JsonElement reference in Json.Objects(element, "external_references"))
        {
            if (Json.Text(reference, "source_name") is "mitre-attack" && Json.Text(reference, "external_id") is { } group && IndicatorCollector.IsGroupId(group))
            {
                _collector.AddGroupId(name, group);
            }
        }

        return name;
    }

    private bool IsActor(string id) => Type(id) is "intrusion-set" or "threat-actor";

    private string? Type(string id) => _objects.TryGetValue(id, out (JsonElement Object, string) known) ? Json.Text(known.Object, "type") : null;

    private static T Of<T>(Dictionary<string, T> many, string id) where T : new()
    {
        if (!many.TryGetValue(id, out T? one))
        {
            many.Add(id, one = new T());
        }

        return one;
    }

    private static int? Year(JsonElement element, string property) => ReferenceYear.Of(Json.Text(element, property) ?? "");

    private static bool IsName(string language) => language.Length is > 0 and <= 20 && language.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // A report, and the one actor that it is about; none where it is about nobody or several.
    private sealed record Report(JsonElement Object, string? Actor);
}
