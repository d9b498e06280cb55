using System.Collections.Immutable;
using Culprit.Sigma.Correlation;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Binds correlation documents (correlation specification, "Correlation section"); references stay names until files are joined.</summary>
internal sealed class CorrelationBinder
{
    private static readonly string[] Types =
    [
        "event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median",
    ];

    private static readonly string[] Attributes = ["type", "rules", "group-by", "timespan", "aliases", "condition", "generate"];

    private readonly YamlMapping _document;
    private readonly YamlMapping _section;
    private readonly DiagnosticSink _sink;

    private CorrelationBinder(YamlMapping document, YamlMapping section, DiagnosticSink sink)
    {
        _document = document;
        _section = section;
        _sink = sink;
    }

    /// <summary>The correlation without its references; null where it is refused (reported).</summary>
    public static CorrelationDraft? Bind(YamlMapping document, DiagnosticSink sink)
    {
        if (document["correlation"] is not YamlMapping section)
        {
            sink.Report(DiagnosticKinds.WrongShape, document["correlation"]!, $"'correlation' must be a map, not {document["correlation"]!.Describe()}");
            return null;
        }

        return new CorrelationBinder(document, section, sink).Bind();
    }

    private CorrelationDraft? Bind()
    {
        int errors = _sink.ErrorCount;
        CheckAttributes();
        Metadata metadata = Metadata.Read(_document, _sink);
        string typeName = ReadType();
        CorrelationType type = TypeOf(typeName);
        bool temporal = type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        CorrelationCondition condition = CorrelationCondition.Read(_section, type, _sink);
        ImmutableArray<(string Name, YamlScalar At)> references = ReadReferences(condition);
        TimeSpan timespan = Timespans.Read(_section, _sink);
        ImmutableArray<string> groupBy = Texts("group-by");
        ImmutableDictionary<string, ImmutableDictionary<string, string>> aliases = ReadAliases();
        bool generate = ReadGenerate();
        if (typeName.Length > 0 && !temporal && type != CorrelationType.EventCount && condition.Fields.IsEmpty && _sink.ErrorCount == errors)
        {
            _sink.Report(DiagnosticKinds.CorrelationCondition, _section["condition"]!, $"A correlation of type {typeName} needs 'field' in its condition");
        }

        if (type == CorrelationType.TemporalOrdered && references.Length > OrderedChains.MaxChosen && (condition.Extended is not null || !condition.Bounds.IsEmpty))
        {
            _sink.Report(DiagnosticKinds.TooComplex, _section, $"A temporal_ordered correlation with a condition of its own takes at most {OrderedChains.MaxChosen} rules");
        }

        if (_sink.ErrorCount > errors)
        {
            return null;
        }

        var correlation = new SigmaCorrelation
        {
            Id = metadata.Id,
            Name = metadata.Name,
            Title = metadata.Title,
            Location = metadata.Location,
            Level = metadata.Level,
            Status = metadata.Status,
            Description = metadata.Description,
            Author = metadata.Author,
            Tags = metadata.Tags,
            Similar = metadata.Similar,
            References = metadata.References,
            FalsePositives = metadata.FalsePositives,
            Fields = metadata.Fields,
            Type = type,
            Rules = [],
            GroupBy = groupBy,
            Timespan = timespan,
            Bounds = condition.Bounds,
            ValueFields = condition.Fields,
            Percentile = typeName == "value_median" ? 50 : condition.Percentile,
            Aliases = aliases,
            TemporalCondition = condition.Extended,
            Generate = generate,
        };
        return new(correlation, references, _section);
    }

    private void CheckAttributes()
    {
        foreach ((YamlScalar key, _) in _section.Entries)
        {
            if (!Attributes.Contains(key.Value, StringComparer.Ordinal) && NearestName.Find(key.Value, Attributes) is { } near)
            {
                _sink.Report(DiagnosticKinds.UnknownKey, key, $"The attribute '{key.Value}' is not one of a correlation's", $"Did you mean '{near}'?");
            }
        }
    }

    private string ReadType()
    {
        if (_section["type"] is not YamlScalar { IsNull: false } type)
        {
            _sink.Report(DiagnosticKinds.MissingAttribute, _section, "The correlation has no type");
            return "";
        }

        if (Types.Contains(type.Value, StringComparer.Ordinal))
        {
            return type.Value;
        }

        _sink.Report(
            DiagnosticKinds.CorrelationType, type, $"The correlation type '{type.Value}' is unknown", NearestName.Help(type.Value, Types, $"Types are {string.Join(", ", Types)}"));
        return "";
    }

    private static CorrelationType TypeOf(string name) => name switch
    {
        "value_count" => CorrelationType.ValueCount,
        "temporal" => CorrelationType.Temporal,
        "temporal_ordered" => CorrelationType.TemporalOrdered,
        "value_sum" => CorrelationType.ValueSum,
        "value_avg" => CorrelationType.ValueAverage,
        "value_percentile" or "value_median" => CorrelationType.ValuePercentile,
        _ => CorrelationType.EventCount,
    };

    private ImmutableArray<(string Name, YamlScalar At)> ReadReferences(CorrelationCondition condition)
    {
        IReadOnlyList<YamlNode> items = _section["rules"] switch
        {
            null or YamlScalar { IsNull: true } => [],
            YamlSequence list => list.Items,
            { } single => [single],
        };
        var references = ImmutableArray.CreateBuilder<(string Name, YamlScalar At)>();
        foreach (YamlNode item in items)
        {
            if (item is not YamlScalar { IsNull: false } name)
            {
                _sink.Report(DiagnosticKinds.WrongShape, item, $"A rule is referred to by its id or name, not by {item.Describe()}");
            }
            else if (!references.Any(r => string.Equals(r.Name, name.Value, StringComparison.OrdinalIgnoreCase)))
            {
                references.Add((name.Value, name));
            }
        }

        CheckExtended(condition, references);
        if (references.Count == 0)
        {
            _sink.Report(DiagnosticKinds.MissingAttribute, _section, "The correlation refers to no rules");
        }

        return references.DrainToImmutable();
    }

    // The rules of an extended condition may be listed as well, and then both must say the same.
    private void CheckExtended(CorrelationCondition condition, ImmutableArray<(string Name, YamlScalar At)>.Builder references)
    {
        if (condition.Extended is null || _section["condition"] is not YamlScalar at)
        {
            return;
        }

        if (references.Count == 0)
        {
            references.AddRange(condition.Names.Select(n => (n, at)));
            return;
        }

        foreach (string name in condition.Names)
        {
            if (!references.Any(r => r.Name == name))
            {
                _sink.Report(
                    DiagnosticKinds.CorrelationCondition, at, $"The condition speaks of '{name}', which is not under 'rules'", NearestName.Help(name, references.Select(r => r.Name)));
            }
        }

        foreach ((string name, YamlScalar place) in references)
        {
            if (!condition.Names.Contains(name, StringComparer.Ordinal))
            {
                _sink.Report(DiagnosticKinds.CorrelationCondition, place, $"The condition does not speak of '{name}'");
            }
        }
    }

    private ImmutableArray<string> Texts(string key)
    {
        IReadOnlyList<YamlNode> items = _section[key] switch
        {
            null or YamlScalar { IsNull: true } => [],
            YamlSequence list => list.Items,
            { } single => [single],
        };
        foreach (YamlNode item in items)
        {
            if (item is not YamlScalar { IsNull: false })
            {
                _sink.Report(DiagnosticKinds.WrongShape, item, $"'{key}' takes names of fields, not {item.Describe()}");
            }
        }

        return [.. items.OfType<YamlScalar>().Select(s => s.Value).Distinct(StringComparer.Ordinal)];
    }

    private ImmutableDictionary<string, ImmutableDictionary<string, string>> ReadAliases()
    {
        var aliases = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);
        switch (_section["aliases"])
        {
            case null or YamlScalar { IsNull: true }:
                break;
            case YamlMapping map:
                foreach ((YamlScalar alias, YamlNode value) in map.Entries)
                {
                    aliases[alias.Value] = ReadAlias(alias, value);
                }

                break;
            case { } other:
                _sink.Report(DiagnosticKinds.Alias, other, $"'aliases' must be a map, not {other.Describe()}");
                break;
        }

        return aliases.ToImmutable();
    }

    private ImmutableDictionary<string, string> ReadAlias(YamlScalar alias, YamlNode value)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        if (value is not YamlMapping map || map.Entries.Count == 0)
        {
            _sink.Report(DiagnosticKinds.Alias, value, $"The alias '{alias.Value}' must be a map from rules to fields");
            return fields.ToImmutable();
        }

        foreach ((YamlScalar rule, YamlNode field) in map.Entries)
        {
            if (field is YamlScalar { IsNull: false } name)
            {
                fields[rule.Value] = name.Value;
            }
            else
            {
                _sink.Report(DiagnosticKinds.Alias, field, $"The alias '{alias.Value}' names no field for '{rule.Value}'");
            }
        }

        return fields.ToImmutable();
    }

    // The schema puts 'generate' beside 'correlation', pySigma inside it; both are read.
    private bool ReadGenerate()
    {
        YamlNode? generate = _section["generate"] ?? _document["generate"];
        if (generate is YamlScalar { AsBoolean: { } value })
        {
            return value;
        }

        if (generate is not (null or YamlScalar { IsNull: true }))
        {
            _sink.Report(DiagnosticKinds.WrongShape, generate, $"'generate' is true or false, not {generate.Describe()}");
        }

        return false;
    }
}
