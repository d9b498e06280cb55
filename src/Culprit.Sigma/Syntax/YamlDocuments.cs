using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Culprit.Sigma.Syntax;

/// <summary>
/// Reads the documents of a YAML file one by one into nodes that know their place. Depth, the size of the file and what
/// aliases expand to are bounded, so that a hostile file costs no more than its bytes.
/// </summary>
internal sealed class YamlDocuments
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>How deep maps and lists may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many nodes a document may have once its aliases are written out.</summary>
    public const int MaxNodes = 250_000;

    private readonly Parser _parser;
    private readonly DiagnosticSink _sink;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    public YamlDocuments(string text, DiagnosticSink sink)
    {
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _sink = sink;
    }

    /// <summary>Decodes a file; null where it is not UTF-8 (reported).</summary>
    public static string? Decode(ReadOnlySpan<byte> utf8, DiagnosticSink sink)
    {
        if (utf8.Length > MaxBytes)
        {
            sink.Report(DiagnosticKinds.TooLarge, 0, 0, $"The file has {utf8.Length} bytes; at most {MaxBytes} are read");
            return null;
        }

        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            utf8 = utf8[3..];
        }

        try
        {
            // YAML takes CR LF for one line break.
            return StrictUtf8.GetString(utf8).Replace("\r\n", "\n", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException e)
        {
            sink.Report(DiagnosticKinds.NotUtf8, 0, 0, $"The file is not UTF-8: invalid bytes at offset {e.Index}");
            return null;
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The next document; null at the end. A syntax error is reported and ends the file: what follows it cannot be trusted.
    /// </summary>
    public YamlNode? Next()
    {
        try
        {
            while (_parser.MoveNext())
            {
                if (_parser.Current is DocumentStart)
                {
                    _anchors.Clear();
                    _parser.MoveNext();
                    return ReadNode(0);
                }
            }
        }
        catch (YamlException e)
        {
            _sink.Report(DiagnosticKinds.InvalidYaml, (int)e.Start.Line, (int)e.Start.Column, Sentence(e.Message));
            Failed = true;
        }
        catch (YamlRefusedException e)
        {
            _sink.Report(e.Kind, e.Line, e.Column, e.Message, e.Help);
            Failed = true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException or FormatException or NullReferenceException)
        {
            // For some texts that are not valid YAML the scanner fails instead of saying so.
            Mark at = _parser.Current?.End ?? Mark.Empty;
            _sink.Report(DiagnosticKinds.InvalidYaml, (int)at.Line, (int)at.Column, "The file is not valid YAML somewhere after this place");
            Failed = true;
        }

        return null;
    }

    /// <summary>Whether reading ended with an error rather than at the end of the file.</summary>
    public bool Failed { get; private set; }

    private static string Sentence(string message) => message.TrimEnd('.', ' ').ReplaceLineEndings(" ");

    private YamlNode ReadNode(int depth)
    {
        ParsingEvent current = _parser.Current!;
        (int line, int column) = ((int)current.Start.Line, (int)current.Start.Column);
        if (depth > MaxDepth)
        {
            throw new YamlRefusedException(DiagnosticKinds.TooLarge, line, column, $"Maps and lists are nested deeper than {MaxDepth}");
        }

        switch (current)
        {
            case Scalar scalar:
                var node = new YamlScalar(scalar.Value, StyleOf(scalar), line, column);
                Remember(scalar.Anchor, node);
                return node;
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value.Value, out YamlNode? target)
                    ? target
                    : throw new YamlRefusedException(DiagnosticKinds.InvalidYaml, line, column, $"The alias '*{alias.Value.Value}' names no anchor before it");
            case SequenceStart start:
                return ReadSequence(start, line, column, depth);
            case MappingStart start:
                return ReadMapping(start, line, column, depth);
            default:
                throw new YamlRefusedException(DiagnosticKinds.InvalidYaml, line, column, "A value is expected here");
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, int line, int column, int depth)
    {
        var sequence = new YamlSequence(line, column);
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            sequence.Add(ReadNode(depth + 1));
            CheckWeight(sequence);
        }

        // Remembered only now: an alias inside of what it names would be a cycle.
        Remember(start.Anchor, sequence);
        return sequence;
    }

    private YamlMapping ReadMapping(MappingStart start, int line, int column, int depth)
    {
        var mapping = new YamlMapping(line, column);
        HashSet<string>? seen = null;
        List<YamlNode>? merges = null;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw new YamlRefusedException(DiagnosticKinds.InvalidYaml, (int)_parser.Current!.Start.Line, (int)_parser.Current.Start.Column, "A key must be text, not a list or a map");
            }

            _parser.MoveNext();
            YamlNode value = ReadNode(depth + 1);
            if (key is { Style: ScalarStyle.Plain, Value: "<<" })
            {
                (merges ??= []).Add(value);
                continue;
            }

            if (IsRepeated(mapping, key.Value, ref seen))
            {
                throw new YamlRefusedException(
                    DiagnosticKinds.DuplicateKey,
                    key.Line,
                    key.Column,
                    $"The key '{key.Value}' is written twice in one map",
                    "Only one of the two would count: join the values in a list, or use two search identifiers");
            }

            mapping.Add(key, value);
            CheckWeight(mapping);
        }

        if (merges is not null)
        {
            Merge(mapping, merges);
        }

        Remember(start.Anchor, mapping);
        return mapping;
    }

    // Small maps are searched; a set is kept only for the few large ones.
    private static bool IsRepeated(YamlMapping mapping, string key, ref HashSet<string>? seen)
    {
        if (mapping.Entries.Count < 24)
        {
            return mapping.Contains(key);
        }

        seen ??= mapping.Entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        return !seen.Add(key);
    }

    // YAML 1.1 merge keys: what the map says itself wins.
    private static void Merge(YamlMapping mapping, List<YamlNode> merges)
    {
        foreach (YamlNode merge in merges)
        {
            IEnumerable<YamlMapping> sources = merge switch
            {
                YamlMapping one => [one],
                YamlSequence many => many.Items.OfType<YamlMapping>(),
                _ => [],
            };
            foreach ((YamlScalar key, YamlNode value) in sources.SelectMany(s => s.Entries))
            {
                if (!mapping.Contains(key.Value))
                {
                    mapping.Add(key, value);
                    CheckWeight(mapping);
                }
            }
        }
    }

    private static void CheckWeight(YamlNode node)
    {
        if (node.Weight > MaxNodes)
        {
            throw new YamlRefusedException(DiagnosticKinds.TooLarge, node.Line, node.Column, $"The document has more than {MaxNodes} values once its aliases are written out");
        }
    }

    private void Remember(AnchorName anchor, YamlNode node)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }
    }

    private static ScalarStyle StyleOf(Scalar scalar) => scalar.Style switch
    {
        YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Block,
        YamlDotNet.Core.ScalarStyle.Plain when scalar.Tag.IsEmpty => ScalarStyle.Plain,
        _ => ScalarStyle.Quoted,
    };

    private sealed class YamlRefusedException(DiagnosticKind kind, int line, int column, string message, string help = "")
        : Exception(message)
    {
        public DiagnosticKind Kind { get; } = kind;

        public int Line { get; } = line;

        public int Column { get; } = column;

        public string Help { get; } = help;
    }
}
