namespace Culprit.Sigma.Syntax;

/// <summary>
/// The collections of early Sigma, in which a document with <c>action: global</c> gives attributes to those after it,
/// <c>repeat</c> makes another rule of the document before, and <c>reset</c> forgets the global attributes.
/// </summary>
internal sealed class CollectionReader(DiagnosticSink sink)
{
    private YamlMapping? _global;
    private YamlMapping? _previous;

    /// <summary>The document with what the collection adds to it; null where it stands for no rule itself, or is refused (reported).</summary>
    public YamlMapping? Read(YamlNode node)
    {
        if (node is not YamlMapping document)
        {
            // "---" twice in a row leaves an empty document, which means nothing.
            if (node is not YamlScalar { IsNull: true })
            {
                sink.Report(DiagnosticKinds.NotSigma, node, $"A document must be a map, not {node.Describe()}");
            }

            return null;
        }

        if (document["action"] is not { } action)
        {
            return Remember(Merge(_global, document));
        }

        switch ((action as YamlScalar)?.Value)
        {
            case "global":
                _global = Merge(_global, Without(document));
                return null;
            case "reset":
                _global = null;
                return null;
            case "repeat" when _previous is not null:
                return Remember(Merge(_previous, Without(document)));
            case "repeat":
                sink.Report(DiagnosticKinds.CollectionAction, action, "There is no document before that could be repeated");
                return null;
            default:
                sink.Report(
                    DiagnosticKinds.CollectionAction,
                    action,
                    $"The action {action.Describe()} is unknown",
                    NearestName.Help((action as YamlScalar)?.Value ?? "", ["global", "reset", "repeat"], "Actions are global, reset and repeat"));
                return null;
        }
    }

    private YamlMapping Remember(YamlMapping document) => _previous = document;

    private static YamlMapping Without(YamlMapping document)
    {
        var copy = new YamlMapping(document.Line, document.Column);
        foreach ((YamlScalar key, YamlNode value) in document.Entries)
        {
            if (key.Value != "action")
            {
                copy.Add(key, value);
            }
        }

        return copy;
    }

    // Maps are joined key by key; whatever else both have, the later document says.
    private static YamlMapping Merge(YamlMapping? first, YamlMapping second)
    {
        if (first is null)
        {
            return second;
        }

        var merged = new YamlMapping(second.Line, second.Column);
        foreach ((YamlScalar key, YamlNode value) in first.Entries)
        {
            YamlNode? other = second[key.Value];
            merged.Add(key, other is null ? value : value is YamlMapping a && other is YamlMapping b ? Merge(a, b) : other);
        }

        foreach ((YamlScalar key, YamlNode value) in second.Entries)
        {
            if (!first.Contains(key.Value))
            {
                merged.Add(key, value);
            }
        }

        return merged;
    }
}
