using System.Globalization;
using System.Text.Json;
using Culprit.Primitives;

namespace Culprit.Cases.Exports;

/// <summary>A layer of the ATT&amp;CK Navigator (format 4.5): each technique that events of incidents show, with how many do.</summary>
internal static class NavigatorLayer
{
    private const int MaxRulesNamed = 5;

    public static void Write(Stream output, CaseReader opened)
    {
        var techniques = new SortedDictionary<(string Technique, string Tactic), Use>();
        foreach (TimelineEntry entry in CaseTimeline.Read(opened, new TimelineFilter()))
        {
            foreach (string technique in entry.Techniques)
            {
                // A rule names techniques and tactics side by side, not which belongs to which: only one tactic is certain.
                (string, string) key = (technique, entry.Tactics.Length == 1 ? entry.Tactics[0] : "");
                if (!techniques.TryGetValue(key, out Use? use))
                {
                    techniques.Add(key, use = new Use());
                }

                use.Add(entry);
            }
        }

        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("name"u8, opened.Name);
        json.WriteStartObject("versions"u8);
        json.WriteString("layer"u8, "4.5");
        json.WriteString("navigator"u8, "5.1.0");
        json.WriteEndObject();
        json.WriteString("domain"u8, "enterprise-attack");
        json.WriteString("description"u8, $"Techniques that the events of the incidents of case {opened.Id} show, by the rules that found them. The score is the number of events.");
        json.WriteNumber("sorting"u8, 3);
        json.WriteBoolean("hideDisabled"u8, value: false);
        json.WriteStartArray("techniques"u8);
        foreach (((string technique, string tactic), Use use) in techniques)
        {
            Technique(json, technique, tactic, use);
        }

        json.WriteEndArray();
        json.WriteStartObject("gradient"u8);
        json.WriteStartArray("colors"u8);
        json.WriteStringValue("#ffe766ff");
        json.WriteStringValue("#ff6666ff");
        json.WriteEndArray();
        json.WriteNumber("minValue"u8, 0);
        json.WriteNumber("maxValue"u8, techniques.Count == 0 ? 1 : techniques.Values.Max(static u => u.Events));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Technique(Utf8JsonWriter json, string technique, string tactic, Use use)
    {
        json.WriteStartObject();
        json.WriteString("techniqueID"u8, technique);
        if (tactic.Length > 0)
        {
            json.WriteString("tactic"u8, tactic);
        }

        json.WriteNumber("score"u8, use.Events);
        json.WriteString("comment"u8, use.Comment);
        json.WriteBoolean("enabled"u8, value: true);
        json.WriteBoolean("showSubtechniques"u8, technique.Contains('.', StringComparison.Ordinal));
        json.WriteStartArray("metadata"u8);
        Metadata(json, "incidents", string.Join(", ", use.Incidents.Select(static i => i.ToString(CultureInfo.InvariantCulture))));
        Metadata(json, "first", use.First);
        Metadata(json, "evidence", use.Evidence);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Metadata(Utf8JsonWriter json, string name, string value)
    {
        // The Navigator refuses an entry without a value.
        if (value.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }
    }

    private sealed class Use
    {
        private readonly SortedSet<string> _rules = new(StringComparer.Ordinal);

        public int Events { get; private set; }

        public SortedSet<int> Incidents { get; } = [];

        public string First { get; private set; } = "";

        public string Evidence { get; private set; } = "";

        public string Comment
        {
            get
            {
                string more = _rules.Count > MaxRulesNamed ? string.Create(CultureInfo.InvariantCulture, $"; and {_rules.Count - MaxRulesNamed} more rules") : "";
                return VisibleText.Of(string.Join("; ", _rules.Take(MaxRulesNamed))) + more;
            }
        }

        // Entries come by time: the first is the one to look at first.
        public void Add(TimelineEntry entry)
        {
            Events++;
            Incidents.Add(entry.Incident);
            _rules.UnionWith(entry.Rules.Select(static r => r.Title));
            First = First.Length > 0 ? First : Storage.EventTimeConverter.Iso(entry.Time);
            Evidence = Evidence.Length > 0
                ? Evidence
                : VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"{entry.Place.Path} (SHA-256 {entry.Place.Sha256}), {entry.Place.Length} bytes at {entry.Place.Offset}"));
        }
    }
}
