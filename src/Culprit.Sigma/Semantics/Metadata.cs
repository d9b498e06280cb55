using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>What every document says of itself. Nothing here refuses a document: matching does not need it.</summary>
internal sealed record Metadata
{
    public required SigmaLocation Location { get; init; }

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string Title { get; init; } = "";

    public SigmaLevel Level { get; init; }

    public string Status { get; init; } = "";

    public string Description { get; init; } = "";

    public string Author { get; init; } = "";

    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<string> Similar { get; init; } = [];

    public ImmutableArray<string> References { get; init; } = [];

    public ImmutableArray<string> FalsePositives { get; init; } = [];

    public ImmutableArray<string> Fields { get; init; } = [];

    public static Metadata Read(YamlMapping document, DiagnosticSink sink)
    {
        MetadataLints.Check(document, sink);
        string title = Text(document, "title", sink);
        return new()
        {
            Location = sink.At(document),
            Id = Text(document, "id", sink),
            Name = Text(document, "name", sink),
            Title = title.Length == 0 ? "(untitled)" : title,
            Level = ReadLevel(document, sink),
            Status = Text(document, "status", sink),
            Description = Text(document, "description", sink),
            Author = document["author"] is YamlSequence ? string.Join(", ", Texts(document, "author", sink)) : Text(document, "author", sink),
            Tags = Texts(document, "tags", sink),
            Similar = ReadSimilar(document),
            References = Texts(document, "references", sink),
            FalsePositives = Texts(document, "falsepositives", sink),
            Fields = Texts(document, "fields", sink),
        };
    }

    // Whatever else stands there is of other kinds, or for people.
    private static ImmutableArray<string> ReadSimilar(YamlMapping document) => document["related"] is not YamlSequence related ? []
        : [.. related.Items.OfType<YamlMapping>().Where(static one => one["type"] is YamlScalar { Value: var type } && type.Trim().Equals("similar", StringComparison.OrdinalIgnoreCase))
            .Select(static one => one["id"]).OfType<YamlScalar>().Where(static id => !id.IsNull).Select(static id => id.Value.Trim())];

    private static SigmaLevel ReadLevel(YamlMapping document, DiagnosticSink sink)
    {
        string text = Text(document, "level", sink);
        if (text.Length == 0)
        {
            return SigmaLevel.Informational;
        }

        foreach ((string name, SigmaLevel level) in Levels)
        {
            if (string.Equals(text, name, StringComparison.OrdinalIgnoreCase))
            {
                return level;
            }
        }

        sink.Report(
            DiagnosticKinds.UnknownLevel,
            document["level"]!,
            $"The level '{text}' is unknown; the rule counts as informational",
            NearestName.Help(text, Levels.Select(l => l.Name), "Levels are informational, low, medium, high and critical"));
        return SigmaLevel.Informational;
    }

    private static readonly (string Name, SigmaLevel Level)[] Levels =
    [
        ("informational", SigmaLevel.Informational),
        ("low", SigmaLevel.Low),
        ("medium", SigmaLevel.Medium),
        ("high", SigmaLevel.High),
        ("critical", SigmaLevel.Critical),
    ];

    private static string Text(YamlMapping document, string key, DiagnosticSink sink)
    {
        switch (document[key])
        {
            case null:
                return "";
            case YamlScalar scalar:
                return scalar.IsNull ? "" : scalar.Value.Trim();
            case { } other:
                sink.Report(DiagnosticKinds.AttributeShape, other, $"'{key}' is {other.Describe()} and not a text; it is passed over");
                return "";
        }
    }

    private static ImmutableArray<string> Texts(YamlMapping document, string key, DiagnosticSink sink)
    {
        switch (document[key])
        {
            case null or YamlScalar { IsNull: true }:
                return [];
            case YamlScalar scalar:
                return [scalar.Value.Trim()];
            case YamlSequence list:
                return [.. list.Items.OfType<YamlScalar>().Where(s => !s.IsNull).Select(s => s.Value.Trim())];
            case { } other:
                sink.Report(DiagnosticKinds.AttributeShape, other, $"'{key}' is {other.Describe()} and not a list of texts; it is passed over");
                return [];
        }
    }
}
