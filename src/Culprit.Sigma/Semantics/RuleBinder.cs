using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Binds detection rules, and the detection of filters.</summary>
internal sealed class RuleBinder(SigmaLoadOptions options, DiagnosticSink sink)
{
    // Conditions may name one identifier often; what they come to when written out is bounded.
    private const int MaxTests = 500_000;

    /// <summary>The rule; null where it is refused (reported).</summary>
    public SigmaRule? Bind(YamlMapping document)
    {
        int errors = sink.ErrorCount;
        Metadata metadata = Metadata.Read(document, sink);
        SigmaLogSource? logSource = LogSourceReader.Read(document, sink);
        Expression? detection = document["detection"] switch
        {
            YamlMapping map => BindDetection(map, isFilter: false),
            { } other => Refuse(other, $"'detection' must be a map, not {other.Describe()}"),
            null => null,
        };
        if (logSource is null || detection is null || sink.ErrorCount > errors)
        {
            return null;
        }

        return new SigmaRule
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
            LogSource = logSource,
            Detection = detection,
        };
    }

    /// <summary>The search identifiers and the condition of <paramref name="detection"/> as one expression; null where refused.</summary>
    public Expression? BindDetection(YamlMapping detection, bool isFilter)
    {
        int errors = sink.ErrorCount;
        var binder = new DetectionBinder(options, sink);
        var identifiers = new List<KeyValuePair<string, Expression.Named>>();
        var keys = new List<YamlScalar>();
        foreach ((YamlScalar key, YamlNode value) in detection.Entries)
        {
            if (key.Value == "condition" || (isFilter && key.Value == "rules"))
            {
                continue;
            }

            if (key.Value == "timeframe")
            {
                sink.Report(DiagnosticKinds.Timeframe, key, "'timeframe' is passed over: it belongs to the retired aggregation syntax", "Write a correlation document with 'timespan'");
                continue;
            }

            if (binder.Bind(value) is { } bound)
            {
                identifiers.Add(new(key.Value, new Expression.Named(key.Value, bound)));
                keys.Add(key);
            }
        }

        // With an identifier missing, every complaint of the condition would be an echo.
        if (sink.ErrorCount > errors)
        {
            return null;
        }

        return BindConditions(detection, identifiers, keys, binder.TestCount);
    }

    private Expression? BindConditions(
        YamlMapping detection, List<KeyValuePair<string, Expression.Named>> identifiers, List<YamlScalar> keys, int testCount)
    {
        IReadOnlyList<YamlNode> conditions;
        switch (detection["condition"])
        {
            case null or YamlScalar { IsNull: true } or YamlSequence { Items.Count: 0 }:
                sink.Report(DiagnosticKinds.MissingAttribute, detection, "The detection has no condition", "Such as 'condition: selection'");
                return null;
            case YamlSequence list:
                conditions = list.Items;
                break;
            case { } single:
                conditions = [single];
                break;
        }

        var binder = new ConditionBinder(identifiers, sink);
        var alternatives = ImmutableArray.CreateBuilder<Expression>(conditions.Count);
        foreach (YamlNode condition in conditions)
        {
            if (condition is not YamlScalar text)
            {
                sink.Report(DiagnosticKinds.WrongShape, condition, $"A condition must be a text, not {condition.Describe()}");
                return null;
            }

            ConditionSyntax? syntax = ConditionParser.Parse(text, sink, name => keys.Exists(k => k.Value == name));
            if (syntax is null || binder.Bind(syntax, text) is not { } bound)
            {
                return null;
            }

            alternatives.Add(bound);
        }

        if ((long)binder.ReferenceCount * testCount > MaxTests * (long)Math.Max(1, identifiers.Count))
        {
            sink.Report(DiagnosticKinds.TooComplex, detection, $"The condition puts more than {MaxTests} tests together");
            return null;
        }

        foreach (YamlScalar key in keys)
        {
            if (!binder.Used.Contains(key.Value))
            {
                sink.Report(DiagnosticKinds.UnusedIdentifier, key, $"The condition does not use the search identifier '{key.Value}'");
            }
        }

        return DetectionBinder.Join(all: false, alternatives.DrainToImmutable());
    }

    private Expression? Refuse(YamlNode at, string message)
    {
        sink.Report(DiagnosticKinds.WrongShape, at, message);
        return null;
    }
}
