using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Culprit.Cases.Segments;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Storage;

/// <summary>How a case's content is written as JSON: names in lower case with underscores, enumerations by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    NewLine = "\n",
    MaxDepth = MaxDepth,
    Converters = [typeof(EventTimeConverter), typeof(IndicatorKindConverter)])]
[JsonSerializable(typeof(CaseManifest))]
[JsonSerializable(typeof(CaseNote))]
[JsonSerializable(typeof(CaseTag))]
[JsonSerializable(typeof(SegmentCoverage))]
[JsonSerializable(typeof(RuleInfo))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(IncidentEvent))]
internal sealed partial class CaseJson : JsonSerializerContext
{
    // Trees of processes nest as deep as the evidence has them.
    private const int MaxDepth = 2048;

    /// <summary>For files that people read.</summary>
    public static CaseJson Pages => field ??= new CaseJson(new JsonSerializerOptions(Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>For lines and cells.</summary>
    public static CaseJson Lines => field ??= new CaseJson(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>For content that names sources, and rules by their number.</summary>
    /// <param name="rules">Finds a rule by its number; null where content holds rules whole.</param>
    public static CaseJson WithSources(Func<int, RuleInfo>? rules = null)
    {
        var options = new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        options.Converters.Add(new SourceConverter());
        if (rules is not null)
        {
            options.Converters.Add(new RuleNumberConverter(rules));
        }

        return new CaseJson(options);
    }

    // A rule as its number: findings are many and rules are long.
    private sealed class RuleNumberConverter(Func<int, RuleInfo> rules) : JsonConverter<RuleInfo>
    {
        public override RuleInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => rules(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, RuleInfo value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Rank);
    }

    // A source without what only a run knows. Equal sources that are read become one.
    private sealed class SourceConverter : JsonConverter<EvidenceSource>
    {
        private readonly Dictionary<(string Path, string Sha256), EvidenceSource> _known = [];
        private readonly Dictionary<string, EvidenceSource> _containers = new(StringComparer.Ordinal);

        public override EvidenceSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            string path = json.RootElement.GetProperty("path"u8).GetString()!;
            string hash = json.RootElement.GetProperty("sha256"u8).GetString()!;
            if (hash.Length > 0 && _known.TryGetValue((path, hash), out EvidenceSource? known))
            {
                return known;
            }

            string container = json.RootElement.GetProperty("container"u8).GetString()!;
            var source = new EvidenceSource(path, container.Length == 0 ? null : Container(container))
            {
                Length = json.RootElement.GetProperty("length"u8).GetInt64(),
                Format = json.RootElement.GetProperty("format"u8).GetString()!,
                Sha256 = hash,
            };
            _known[(path, hash)] = source;
            _containers[path] = source;
            return source;
        }

        public override void Write(Utf8JsonWriter writer, EvidenceSource value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, value.Path);
            writer.WriteString("container"u8, value.Container?.Path ?? "");
            writer.WriteNumber("length"u8, value.Length);
            writer.WriteString("format"u8, value.Format);
            writer.WriteString("sha256"u8, value.Sha256);
            writer.WriteEndObject();
        }

        private EvidenceSource Container(string path)
        {
            if (!_containers.TryGetValue(path, out EvidenceSource? container))
            {
                int outer = path.LastIndexOf("!/", StringComparison.Ordinal);
                container = new EvidenceSource(path, outer < 0 ? null : Container(path[..outer]));
                _containers.Add(path, container);
            }

            return container;
        }
    }
}
