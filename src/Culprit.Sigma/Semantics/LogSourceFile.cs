using System.Collections.Immutable;
using System.Globalization;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>One log source of the map with the ways in which it occurs.</summary>
internal sealed record LogSourceEntry(SigmaLogSource Source, ImmutableArray<LogSourceBinding> Bindings, bool Replaces)
{
    /// <summary>Whether the entry is about exactly this source.</summary>
    public bool Answers(SigmaLogSource source) =>
        Same(Source.Product, source.Product) && Same(Source.Category, source.Category) && Same(Source.Service, source.Service);

    /// <summary>Whether the entry is about this source's category, of its product or, where it names none, of any.</summary>
    public bool AnswersCategory(SigmaLogSource source) =>
        Same(Source.Category, source.Category) && (source.Product.Length == 0 || Same(Source.Product, source.Product));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The content of a log source map file.</summary>
internal sealed record LogSourceFile(ImmutableArray<LogSourceEntry> Entries, ImmutableArray<SigmaLogSource> Known)
{
    public static LogSourceFile Read(SigmaSource source, DiagnosticSink sink)
    {
        LogSourceFile empty = new([], []);
        if (YamlDocuments.Decode(source.Utf8.Span, sink) is not { } text)
        {
            return empty;
        }

        sink.SetText(text);
        var reader = new Reader(sink);
        switch (new YamlDocuments(text, sink).Next())
        {
            case YamlMapping map:
                return reader.File(map);
            case null:
                return empty;
            case { } other:
                reader.Report(other, $"A log source map must be a map, not {other.Describe()}");
                return empty;
        }
    }

    private sealed class Reader(DiagnosticSink sink)
    {
        public void Report(YamlNode at, string message, string help = "") => sink.Report(DiagnosticKinds.LogSourceMap, at, message, help);

        public LogSourceFile File(YamlMapping file)
        {
            CheckKeys(file, ["sources", "known"]);
            var entries = ImmutableArray.CreateBuilder<LogSourceEntry>();
            foreach (YamlMapping entry in Maps(file["sources"]))
            {
                int errors = sink.ErrorCount;
                LogSourceEntry read = Entry(entry);
                if (sink.ErrorCount == errors)
                {
                    entries.Add(read);
                }
            }

            ImmutableArray<SigmaLogSource> known = [];
            if (file["known"] is YamlMapping names)
            {
                CheckKeys(names, ["products", "categories", "services"]);
                known =
                [
                    .. Texts(names["products"]).Select(n => new SigmaLogSource(n, "", "")),
                    .. Texts(names["categories"]).Select(n => new SigmaLogSource("", n, "")),
                    .. Texts(names["services"]).Select(n => new SigmaLogSource("", "", n)),
                ];
            }

            return new(entries.DrainToImmutable(), known);
        }

        private LogSourceEntry Entry(YamlMapping entry)
        {
            CheckKeys(entry, ["product", "category", "service", "replace", "bindings"]);
            var source = new SigmaLogSource(Text(entry, "product"), Text(entry, "category"), Text(entry, "service"));
            if (source is { Product.Length: 0, Category.Length: 0, Service.Length: 0 })
            {
                Report(entry, "The entry says none of product, category and service");
            }

            ImmutableArray<LogSourceBinding> bindings = [.. Maps(entry["bindings"]).Select(Binding)];
            if (bindings.IsEmpty)
            {
                Report(entry, "The entry has no bindings");
            }

            return new(source, bindings, entry["replace"] is YamlScalar { AsBoolean: true });
        }

        private LogSourceBinding Binding(YamlMapping map)
        {
            CheckKeys(map, ["name", "product", "category", "services", "channels", "providers", "events", "where", "fields"]);
            var binding = new LogSourceBinding
            {
                Name = Text(map, "name"),
                Product = Text(map, "product"),
                Category = Text(map, "category"),
                Services = Texts(map["services"]),
                Channels = Texts(map["channels"]),
                Providers = Texts(map["providers"]),
                EventIds = [.. Texts(map["events"]).Select(t => EventId(t, map))],
                Condition = map["where"] is { } where ? new DetectionBinder(new SigmaLoadOptions(), sink).Bind(where) : null,
                FieldMap = Fields(map["fields"]),
            };
            if (binding.Name.Length == 0)
            {
                Report(map, "The binding has no name");
            }

            if (binding is { Product.Length: 0, Category.Length: 0, Services.IsEmpty: true, Channels.IsEmpty: true, Providers.IsEmpty: true })
            {
                Report(map, "The binding accepts every event", "Say at least one of product, category, services, channels and providers");
            }

            return binding;
        }

        private int EventId(string text, YamlMapping at)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id > 65535)
            {
                Report(at["events"]!, $"'{text}' is no event id");
            }

            return id;
        }

        private ImmutableDictionary<string, ImmutableArray<string>> Fields(YamlNode? node)
        {
            var fields = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
            if (node is YamlMapping map)
            {
                foreach ((YamlScalar key, YamlNode value) in map.Entries)
                {
                    fields[key.Value] = Texts(value);
                }
            }
            else if (node is not null)
            {
                Report(node, $"'fields' must be a map, not {node.Describe()}");
            }

            return fields.ToImmutable();
        }

        private IEnumerable<YamlMapping> Maps(YamlNode? node)
        {
            if (node is not YamlSequence list)
            {
                if (node is not null)
                {
                    Report(node, $"A list is expected here, not {node.Describe()}");
                }

                yield break;
            }

            foreach (YamlNode item in list.Items)
            {
                if (item is YamlMapping map)
                {
                    yield return map;
                }
                else
                {
                    Report(item, $"A map is expected here, not {item.Describe()}");
                }
            }
        }

        private ImmutableArray<string> Texts(YamlNode? node)
        {
            switch (node)
            {
                case null:
                    return [];
                case YamlScalar scalar:
                    return [scalar.Value];
                case YamlSequence list when list.Items.All(i => i is YamlScalar):
                    return [.. list.Items.Select(i => ((YamlScalar)i).Value)];
                default:
                    Report(node, "A text or a list of texts is expected here");
                    return [];
            }
        }

        private string Text(YamlMapping map, string key)
        {
            switch (map[key])
            {
                case null:
                    return "";
                case YamlScalar scalar:
                    return scalar.Value;
                case { } other:
                    Report(other, $"'{key}' must be a text, not {other.Describe()}");
                    return "";
            }
        }

        private void CheckKeys(YamlMapping map, string[] known)
        {
            foreach ((YamlScalar key, _) in map.Entries)
            {
                if (!known.Contains(key.Value, StringComparer.Ordinal))
                {
                    Report(key, $"The key '{key.Value}' is unknown", NearestName.Help(key.Value, known));
                }
            }
        }
    }
}
