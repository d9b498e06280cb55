using System.Text.Json;
using Culprit.Knowledge.Attack;

namespace Culprit.Knowledge.Indicators.Stix;

/// <summary>
/// Reads the indicators of a STIX bundle (2.0 or 2.1), or of the envelope in which TAXII serves its objects. Whose they are say relations ("indicates" a
/// group, an actor, or a campaign that is attributed to one), or else the report that holds both them and one actor; without either, the list is called
/// after the file. What indicates very many tells none of them, and is refused.
/// </summary>
internal sealed class StixIndicatorReader
{
    private const int MaxSteps = 4;
    private const int MaxActors = 16;

    private readonly Dictionary<string, (JsonElement Object, string Modified, string? Type)> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Campaign, int Steps), SortedSet<string>> _reached = [];
    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Report>> _reports = new(StringComparer.Ordinal);
    private readonly string _fileName;
    private readonly IndicatorReading _reading;
    private readonly IndicatorCollector _collector;

    private StixIndicatorReader(string fileName, IndicatorReading reading, IndicatorCollector collector)
    {
        (_fileName, _reading, _collector) = (fileName, reading, collector);
    }

    /// <summary>Whether JSON is a bundle, or an array of bundles or of their objects, rather than an event of MISP.</summary>
    public static bool IsBundle(JsonElement root) => IsOne(root) || (root.ValueKind is JsonValueKind.Array && root.EnumerateArray().Any(static item => IsOne(item) || IsObject(item)));

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

    private static bool IsOne(JsonElement element) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty("objects", out JsonElement objects) && objects.ValueKind is JsonValueKind.Array;

    // Identifiers begin with the type: "indicator--...". Those of MISP are numbers.
    private static bool IsObject(JsonElement element) =>
        Json.Text(element, "type") is { Length: > 0 } type && Json.Text(element, "id") is { } id && id.StartsWith(type + "--", StringComparison.Ordinal);

    private static IEnumerable<JsonElement> Objects(JsonElement root) => root.ValueKind is not JsonValueKind.Array ? Json.Objects(root, "objects")
        : root.EnumerateArray().SelectMany(static item => IsOne(item) ? Json.Objects(item, "objects") : IsObject(item) ? [item] : []);

    // Of each object the version that was changed last; what was taken back is none.
    private void Index(JsonElement bundle)
    {
        foreach (JsonElement element in Objects(bundle))
        {
            if (Json.Text(element, "id") is not { } id)
            {
                continue;
            }

            string modified = StixTime.InOrder(Json.Text(element, "modified") ?? Json.Text(element, "created") ?? "") ?? "";
            if (!_objects.TryGetValue(id, out (JsonElement, string Modified, string?) known) || string.CompareOrdinal(modified, known.Modified) >= 0)
            {
                _objects[id] = (element, modified, Json.Text(element, "type"));
            }
        }

        foreach ((JsonElement element, _, string? type) in _objects.Values)
        {
            if (Json.IsTrue(element, "revoked"))
            {
                continue;
            }

            if (type is "relationship" && Json.Text(element, "relationship_type") is "indicates" or "attributed-to"
                && Json.Text(element, "source_ref") is { } source && Json.Text(element, "target_ref") is { } target)
            {
                Of(_targets, source).Add(target);
            }
            else if (type is "report" or "grouping")
            {
                string[] held = [.. Json.Texts(element, "object_refs").Distinct(StringComparer.Ordinal)];
                string[] actors = [.. held.Where(IsActor).Take(2)];
                var report = new Report(actors.Length == 1 ? actors[0] : null, Year(element, "published"), Url(element));
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
        int? year = reports.Max(static r => r.Year) ?? Year(indicator, "valid_from") ?? Year(indicator, "created");
        string? url = reports.Select(static r => r.Url).FirstOrDefault(static u => u is not null) ?? Url(indicator);
        SortedSet<string> actors = Actors(id, reports);
        string[] lists = [.. actors.Select(NameOf).OfType<string>().DefaultIfEmpty(_fileName).Distinct(StringComparer.Ordinal)];
        foreach ((string written, ReadValue value) in actors.Count > MaxActors ? OfTooMany(indicator) : Values(indicator))
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

    private static (string Written, ReadValue Value)[] OfTooMany(JsonElement indicator) =>
        [(Json.Text(indicator, "pattern") ?? "", ReadValue.Refused($"indicates more than {MaxActors} groups"))];

    // Whose an indicator is, one more than MaxActors at most.
    private SortedSet<string> Actors(string indicator, List<Report> reports)
    {
        SortedSet<string> actors = Reached(indicator, MaxSteps);
        if (actors.Count == 0)
        {
            actors.UnionWith(reports.Select(static r => r.Actor).OfType<string>());
            Cut(actors);
        }

        return actors;
    }

    // The actors that relations lead to within so many steps. Campaigns may be attributed to each other in circles, and a thousand of them to as many: each is
    // walked from once for each number of steps, and passes on no more than decides.
    private SortedSet<string> Reached(string id, int steps)
    {
        SortedSet<string> actors = new(StringComparer.Ordinal);
        foreach (string target in _targets.GetValueOrDefault(id) ?? [])
        {
            if (IsActor(target))
            {
                actors.Add(target);
            }
            else if (steps > 1 && Type(target) is "campaign")
            {
                if (!_reached.TryGetValue((target, steps - 1), out SortedSet<string>? further))
                {
                    _reached.Add((target, steps - 1), further = Reached(target, steps - 1));
                }

                actors.UnionWith(further);
            }

            Cut(actors);
        }

        return actors;
    }

    private static void Cut(SortedSet<string> actors)
    {
        while (actors.Count > MaxActors + 1)
        {
            actors.Remove(actors.Max!);
        }
    }

    private string? NameOf(string actor)
    {
        if (!_names.TryGetValue(actor, out string? name))
        {
            _names.Add(actor, name = Named(actor));
        }

        return name;
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

    private string? Type(string id) => _objects.GetValueOrDefault(id).Type;

    private static T Of<T>(Dictionary<string, T> many, string id) where T : new()
    {
        if (!many.TryGetValue(id, out T? one))
        {
            many.Add(id, one = new T());
        }

        return one;
    }

    private static int? Year(JsonElement element, string property) => ReferenceYear.Of(Json.Text(element, property) ?? "");

    private static string? Url(JsonElement element) => Json.Objects(element, "external_references").Select(static r => Json.Text(r, "url")).FirstOrDefault(static u => u is not null);

    private static bool IsName(string language) => language.Length is > 0 and <= 20 && language.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // A report: the one actor that it is about, none where it is about nobody or several; when it was published, and where.
    private sealed record Report(string? Actor, int? Year, string? Url);
}
