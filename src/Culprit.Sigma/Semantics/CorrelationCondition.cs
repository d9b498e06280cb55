using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>The condition of a correlation: bounds of a number, or an expression over the names of rules.</summary>
internal sealed record CorrelationCondition
{
    public ImmutableArray<CorrelationBound> Bounds { get; private init; } = [];

    public ImmutableArray<string> Fields { get; private init; } = [];

    public decimal? Percentile { get; private init; }

    /// <summary>Each leaf is <see cref="Expression.Named"/> after a rule; what it names holds where the rule has matched.</summary>
    public Expression? Extended { get; private init; }

    /// <summary>The names in <see cref="Extended"/>, in the order in which they first stand there.</summary>
    public ImmutableArray<string> Names { get; private init; } = [];

    private static readonly string[] Keys = ["gt", "gte", "lt", "lte", "eq", "neq", "field", "percentile"];

    public static CorrelationCondition Read(YamlMapping section, CorrelationType type, DiagnosticSink sink)
    {
        bool temporal = type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        switch (section["condition"])
        {
            case null or YamlScalar { IsNull: true }:
                if (!temporal)
                {
                    sink.Report(DiagnosticKinds.MissingAttribute, section, "The correlation has no condition", "Such as 'condition:' with 'gte: 10' below it");
                }

                return new();
            case YamlMapping map:
                return ReadBounds(map, temporal, sink);
            case YamlScalar text when temporal:
                return ReadExtended(text, sink);
            case { } other:
                sink.Report(
                    DiagnosticKinds.CorrelationCondition,
                    other,
                    $"The condition must be a map of bounds, not {other.Describe()}",
                    "An expression over rules goes with the types temporal and temporal_ordered");
                return new();
        }
    }

    private static CorrelationCondition ReadBounds(YamlMapping map, bool temporal, DiagnosticSink sink)
    {
        var bounds = ImmutableArray.CreateBuilder<CorrelationBound>();
        ImmutableArray<string> fields = [];
        decimal? percentile = null;
        foreach ((YamlScalar key, YamlNode value) in map.Entries)
        {
            switch (key.Value)
            {
                case "field":
                    fields = ReadFields(value, sink);
                    break;
                case "percentile":
                    percentile = ReadNumber(value, sink);
                    if (percentile is < 0 or > 100)
                    {
                        sink.Report(DiagnosticKinds.CorrelationCondition, value, "A percentile lies between 0 and 100");
                    }

                    break;
                case var name when BoundOf(name) is { } bound:
                    bounds.Add(bound with { Operand = ReadNumber(value, sink) ?? 0 });
                    break;
                default:
                    sink.Report(
                        DiagnosticKinds.CorrelationCondition, key, $"'{key.Value}' is no part of a correlation's condition", NearestName.Help(key.Value, Keys, $"Parts are {string.Join(", ", Keys)}"));
                    break;
            }
        }

        if (bounds.Count == 0 && !temporal)
        {
            sink.Report(DiagnosticKinds.CorrelationCondition, map, "The condition sets no bound", "Such as 'gte: 10'");
        }

        return new() { Bounds = bounds.DrainToImmutable(), Fields = fields, Percentile = percentile };
    }

    private static CorrelationBound? BoundOf(string key) => key switch
    {
        "gt" => new(NumberComparison.Greater, Negated: false, 0),
        "gte" => new(NumberComparison.GreaterOrEqual, Negated: false, 0),
        "lt" => new(NumberComparison.Less, Negated: false, 0),
        "lte" => new(NumberComparison.LessOrEqual, Negated: false, 0),
        "eq" => new(NumberComparison.Equal, Negated: false, 0),
        "neq" => new(NumberComparison.Equal, Negated: true, 0),
        _ => null,
    };

    private static ImmutableArray<string> ReadFields(YamlNode node, DiagnosticSink sink)
    {
        IReadOnlyList<YamlNode> items = node is YamlSequence list ? list.Items : [node];
        if (items.Count > 0 && items.All(i => i is YamlScalar { IsNull: false }))
        {
            return [.. items.Select(i => ((YamlScalar)i).Value)];
        }

        sink.Report(DiagnosticKinds.CorrelationCondition, node, "'field' takes the name of a field, or a list of names");
        return [];
    }

    private static decimal? ReadNumber(YamlNode node, DiagnosticSink sink)
    {
        if (node is YamlScalar scalar && Numbers.TryParse(scalar.Value, out decimal number))
        {
            return number;
        }

        sink.Report(DiagnosticKinds.CorrelationCondition, node, $"{node.Describe()} is no number");
        return null;
    }

    private static CorrelationCondition ReadExtended(YamlScalar text, DiagnosticSink sink)
    {
        if (ConditionParser.Parse(text, sink, static _ => false) is not { } syntax)
        {
            return new();
        }

        var names = new List<string>();
        Expression? expression = Convert(syntax, text, names, sink);
        return new() { Extended = expression, Names = [.. names] };
    }

    private static Expression? Convert(ConditionSyntax syntax, YamlScalar at, List<string> names, DiagnosticSink sink)
    {
        switch (syntax)
        {
            case ConditionSyntax.Or or:
                return ConvertAll(or.Operands, at, names, sink) is { } any ? new Expression.Or(any) : null;
            case ConditionSyntax.And and:
                return ConvertAll(and.Operands, at, names, sink) is { } all ? new Expression.And(all) : null;
            case ConditionSyntax.Not not:
                return Convert(not.Operand, at, names, sink) is { } operand ? new Expression.Not(operand) : null;
            case ConditionSyntax.Identifier identifier:
                if (!names.Contains(identifier.Name, StringComparer.Ordinal))
                {
                    names.Add(identifier.Name);
                }

                return new Expression.Named(identifier.Name, new Expression.Constant(true));
            default:
                sink.Report(DiagnosticKinds.CorrelationCondition, at, syntax.Offset, "An expression over rules names each rule: '1 of' and 'all of' do not belong here");
                return null;
        }
    }

    private static ImmutableArray<Expression>? ConvertAll(
        IReadOnlyList<ConditionSyntax> operands, YamlScalar at, List<string> names, DiagnosticSink sink)
    {
        var converted = ImmutableArray.CreateBuilder<Expression>(operands.Count);
        foreach (ConditionSyntax operand in operands)
        {
            if (Convert(operand, at, names, sink) is not { } expression)
            {
                return null;
            }

            converted.Add(expression);
        }

        return converted.DrainToImmutable();
    }
}
