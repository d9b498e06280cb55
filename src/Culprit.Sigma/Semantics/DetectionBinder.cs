using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>Turns search identifiers (specification, "Search-Identifier") into expressions; null where they are not valid (reported).</summary>
internal sealed class DetectionBinder(SigmaLoadOptions options, DiagnosticSink sink)
{
    private readonly ValueBinder _values = new(options, sink);

    /// <summary>How many tests the detections bound so far hold.</summary>
    public int TestCount { get; private set; }

    public Expression? Bind(YamlNode node) => node switch
    {
        YamlMapping map => BindMap(map),
        YamlSequence list => BindList(list),
        _ => BindItem(ModifierChain.Keyword, node, [node]),
    };

    private Expression? BindMap(YamlMapping map)
    {
        if (map.Entries.Count == 0)
        {
            sink.Report(DiagnosticKinds.EmptyDetection, map, "The map is empty: nothing is searched for");
            return null;
        }

        var items = ImmutableArray.CreateBuilder<Expression>(map.Entries.Count);
        bool valid = true;
        foreach ((YamlScalar key, YamlNode value) in map.Entries)
        {
            Expression? item = ModifierChain.Parse(key, sink) is { } chain ? BindEntry(chain, key, value) : null;
            valid &= item is not null;
            if (item is not null)
            {
                items.Add(item);
            }
        }

        return valid ? Join(all: true, items.DrainToImmutable()) : null;
    }

    private Expression? BindEntry(ModifierChain chain, YamlScalar key, YamlNode value)
    {
        if (value is YamlSequence { Items: var items } list)
        {
            if (items.Count == 0 && chain.Field.Length > 0)
            {
                sink.Report(DiagnosticKinds.EmptyList, list, $"The list of '{chain.Field}' is empty and read as null");
                return BindItem(chain, key, [new YamlScalar("", ScalarStyle.Plain, list.Line, list.Column)]);
            }

            return BindItem(chain, key, items);
        }

        return BindItem(chain, key, [value]);
    }

    private Expression? BindList(YamlSequence list)
    {
        if (list.Items.Count == 0)
        {
            sink.Report(DiagnosticKinds.EmptyDetection, list, "The list is empty: nothing is searched for");
            return null;
        }

        if (list.Items.All(i => i is YamlScalar))
        {
            return BindItem(ModifierChain.Keyword, list, list.Items);
        }

        var alternatives = ImmutableArray.CreateBuilder<Expression>(list.Items.Count);
        bool valid = true;
        foreach (YamlNode item in list.Items)
        {
            Expression? alternative = Bind(item);
            valid &= alternative is not null;
            if (alternative is not null)
            {
                alternatives.Add(alternative);
            }
        }

        return valid ? Join(all: false, alternatives.DrainToImmutable()) : null;
    }

    // One field, or no field, with its values.
    private Expression? BindItem(ModifierChain chain, YamlNode at, IReadOnlyList<YamlNode> values)
    {
        bool keyword = chain.Field.Length == 0;
        if (values.Count == 0)
        {
            sink.Report(DiagnosticKinds.EmptyDetection, at, "There is no value: nothing is searched for");
            return null;
        }

        var alternatives = ImmutableArray.CreateBuilder<Expression>(values.Count);
        bool valid = true;
        foreach (YamlNode value in values)
        {
            if (_values.Bind(chain, value, keyword) is not { } tests)
            {
                valid = false;
                continue;
            }

            TestCount += tests.Length;
            ImmutableArray<Expression> variants = [.. tests.Select(t => keyword ? (Expression)new Expression.KeywordTest(t) : new Expression.FieldTest(chain.Field, t))];
            if (chain.All)
            {
                alternatives.Add(Join(all: false, variants));
            }
            else
            {
                alternatives.AddRange(variants);
            }
        }

        if (!valid)
        {
            return null;
        }

        DetectionLints.CheckValues(chain, at, values, sink);
        Expression joined = Join(chain.All, alternatives.DrainToImmutable());
        return chain.Negated ? new Expression.Not(joined) : joined;
    }

    /// <summary>All or any of <paramref name="parts"/>; one part alone stays itself.</summary>
    public static Expression Join(bool all, ImmutableArray<Expression> parts) =>
        parts.Length == 1 ? parts[0]
        : all ? new Expression.And(parts)
        : new Expression.Or(parts);
}
