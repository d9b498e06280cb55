using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Culprit.Knowledge;

namespace Culprit.Attribution.Keeping;

/// <summary>Assessments as JSON and back. Names are in lower case with underscores, sources stand once and are referred to by number.</summary>
internal static class AssessmentJson
{
    /// <summary>How deep arrays and objects lie in one another at most.</summary>
    public const int MaxDepth = 32;

    // Raised also where the same evidence comes to another judgement: verify takes an assessment of before for one that somebody changed.
    private const int Format = 9;

    // Of factors, logarithms and probabilities none is near to it.
    private const long Largest = 1_000_000_000_000;

    /// <summary>The bytes.</summary>
    public static byte[] Write(AssessedIncidents assessed)
    {
        var sources = new SortedDictionary<int, KnownSource>();
        foreach (KnownSource source in assessed.Incidents.SelectMany(static i => i.Assessment.TooThin).SelectMany(static g => g.Known).SelectMany(static k => k.Sources))
        {
            sources[source.Number] = source;
        }

        foreach (GroupHypothesis group in assessed.Incidents.SelectMany(static i => i.Assessment.Groups))
        {
            foreach (KnownSource source in group.Weights.SelectMany(static w => w.Sources))
            {
                sources[source.Number] = source;
            }

            if (group.Nearest is { } nearest)
            {
                sources[nearest.Number] = nearest;
            }
        }

        var file = new AssessmentFile(
            Format, assessed.KnowledgeSha256, assessed.ModelSha256, assessed.IndicatorsSha256, assessed.Request, assessed.Incidents,
            [.. sources.Values.Select(static s => new WrittenSource(s.Number, s.Name, s.Publisher, s.Published?.ToString(), s.Url))]);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(file, Context([]).AssessmentFile);
        return [.. json, (byte)'\n'];
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">They are none.</exception>
    /// <exception cref="AssessmentFormatException">Another version of the program wrote them.</exception>
    public static AssessedIncidents Read(ReadOnlySpan<byte> json)
    {
        try
        {
            // Sources stand behind what refers to them, where a person who reads the file is not in their way.
            WrittenSources written = JsonSerializer.Deserialize(json, Context([]).WrittenSources)
                ?? throw new InvalidDataException("the assessments are empty");
            if (written.Format != Format)
            {
                throw new AssessmentFormatException($"the assessments have format {written.Format}; this version reads format {Format}");
            }

            AssessmentChecks.RefuseNullItems(json);
            Dictionary<int, KnownSource> sources = written.Sources.ToDictionary(static s => s.Number, static s => s.Known());
            AssessmentFile file = JsonSerializer.Deserialize(json, Context(sources).AssessmentFile)!;
            var assessed = new AssessedIncidents
            {
                KnowledgeSha256 = file.KnowledgeSha256,
                ModelSha256 = file.ModelSha256,
                IndicatorsSha256 = file.IndicatorsSha256,
                Request = file.Request,
                Incidents = file.Incidents,
            };
            AssessmentChecks.Check(assessed);
            return assessed;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or NullReferenceException or InvalidOperationException or FormatException
            and not AssessmentFormatException)
        {
            throw new InvalidDataException($"the assessments cannot be read: {e.Message}", e);
        }
    }

    private static AssessmentJsonContext Context(Dictionary<int, KnownSource> sources)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            MaxDepth = MaxDepth,
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new RoundedConverter());
        options.Converters.Add(new GroupConverter());
        options.Converters.Add(new SourceConverter(sources));
        options.Converters.Add(Named<Verdict>());
        options.Converters.Add(Named<ObservationKind>());
        options.Converters.Add(Named<EvidenceLine>());
        options.Converters.Add(Named<Spoofability>());
        options.Converters.Add(Named<IndicatorContact>());
        options.Converters.Add(Named<IndicatorKind>());
        options.Converters.Add(Named<Likelihood>());
        options.Converters.Add(Named<AnalyticConfidence>());
        options.Converters.Add(Named<JudgementLevel>());
        options.Converters.Add(Named<Consistency>());
        return new AssessmentJsonContext(options);
    }

    private static JsonStringEnumConverter<T> Named<T>()
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    // The last digits of a logarithm differ between machines.
    private sealed class RoundedConverter : JsonConverter<double>
    {
        // What is read can be written again, which takes a decimal.
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble() is var value && Math.Abs(value) <= Largest ? value : throw new JsonException("a number is larger than any of an assessment");

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteRawValue(Math.Round((decimal)value, 6) is var rounded && rounded == 0 ? "0" : rounded.ToString("0.######", CultureInfo.InvariantCulture));
    }

    private sealed class GroupConverter : JsonConverter<KnownGroup>
    {
        public override KnownGroup Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            return new KnownGroup
            {
                Id = Text(json.RootElement, "id"),
                Name = Text(json.RootElement, "name"),
                Aliases = [],
                Created = default,
                Techniques = [],
                Software = [],
                Vulnerabilities = [],
                Countries = [],
                Sponsors = [],
                Victims = null,
                ActorIds = [],
            };
        }

        public override void Write(Utf8JsonWriter writer, KnownGroup value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, value.Id);
            writer.WriteString("name"u8, value.Name);
            writer.WriteEndObject();
        }

        private static string Text(JsonElement group, string name) =>
            group.TryGetProperty(name, out JsonElement value) && value.GetString() is { Length: > 0 } text ? text : throw new JsonException($"a group has no '{name}'");
    }

    private sealed class SourceConverter(Dictionary<int, KnownSource> sources) : JsonConverter<KnownSource>
    {
        public override KnownSource? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            sources.TryGetValue(reader.GetInt32(), out KnownSource? source) ? source : throw new JsonException($"there is no source {reader.GetInt32()}");

        public override void Write(Utf8JsonWriter writer, KnownSource value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
    }
}

/// <summary>A source as it is written.</summary>
internal sealed record WrittenSource(int Number, string Name, string? Publisher, string? Published, string? Url)
{
    /// <summary>The source.</summary>
    public KnownSource Known() => new()
    {
        Number = Number,
        Name = Name,
        Publisher = Publisher,
        Published = SourceDate.TryParse(Published, out SourceDate date) ? date : null,
        Url = Url,
    };
}

/// <summary>What of a file is read first.</summary>
internal sealed record WrittenSources(int Format, ImmutableArray<WrittenSource> Sources);

/// <summary>A file of assessments.</summary>
internal sealed record AssessmentFile(
    int Format, string KnowledgeSha256, string ModelSha256, string IndicatorsSha256, AssessmentRequest Request, ImmutableArray<IncidentAssessment> Incidents, ImmutableArray<WrittenSource> Sources);

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(AssessmentFile))]
[JsonSerializable(typeof(WrittenSources))]
internal sealed partial class AssessmentJsonContext : JsonSerializerContext;
