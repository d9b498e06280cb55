using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Binds filter documents (filter specification, "Global Filter").</summary>
internal static class FilterBinder
{
    /// <summary>The filter before it is joined into rules; null where it is refused (reported).</summary>
    public static FilterDraft? Bind(YamlMapping document, RuleBinder rules, DiagnosticSink sink)
    {
        int errors = sink.ErrorCount;
        Metadata metadata = Metadata.Read(document, sink);
        SigmaLogSource? logSource = LogSourceReader.Read(document, sink);
        if (document["filter"] is not YamlMapping section)
        {
            sink.Report(DiagnosticKinds.WrongShape, document["filter"]!, $"'filter' must be a map, not {document["filter"]!.Describe()}");
            return null;
        }

        (bool any, ImmutableArray<(string Name, YamlScalar At)> targets) = ReadTargets(section, sink);
        Expression? detection = rules.BindDetection(section, isFilter: true);
        if (section["condition"] is YamlSequence list)
        {
            sink.Report(DiagnosticKinds.WrongShape, list, "A filter has one condition, not a list");
        }

        if (logSource is null || detection is null || section["condition"] is not YamlScalar condition || sink.ErrorCount > errors)
        {
            return null;
        }

        return new(metadata, logSource, any, targets, detection, condition);
    }

    private static (bool Any, ImmutableArray<(string Name, YamlScalar At)> Targets) ReadTargets(YamlMapping section, DiagnosticSink sink)
    {
        switch (section["rules"])
        {
            case null or YamlScalar { IsNull: true }:
                sink.Report(DiagnosticKinds.MissingAttribute, section, "The filter does not say to which rules it applies", "List ids or names under 'rules', or write 'rules: any'");
                return (false, []);
            case YamlScalar word when word.Value.ToLowerInvariant() is "any" or "all":
                return (true, []);
            case YamlScalar single:
                return (false, [(single.Value, single)]);
            case YamlSequence { Items.Count: 0 }:
                return (true, []);
            case YamlSequence list when list.Items.All(i => i is YamlScalar { IsNull: false }):
                return (false, [.. list.Items.Cast<YamlScalar>().Select(s => (s.Value, s))]);
            case { } other:
                sink.Report(DiagnosticKinds.WrongShape, other, "'rules' takes ids or names of rules, or 'any'");
                return (false, []);
        }
    }
}
