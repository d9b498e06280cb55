namespace Culprit.Sigma.Syntax;

/// <summary>A node of a YAML document with its place; aliases share the node that they name.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>What the node would cost written out, aliases expanded.</summary>
    public int Weight { get; protected set; } = 1;

    public abstract string Describe();
}

/// <summary>How a scalar was written.</summary>
internal enum ScalarStyle
{
    /// <summary>Without quotes: null, true, 5 and 0x10 are then not just text.</summary>
    Plain,

    /// <summary>In quotes.</summary>
    Quoted,

    /// <summary>As a block, with | or &gt;.</summary>
    Block,
}

internal sealed class YamlScalar(string value, ScalarStyle style, int line, int column) : YamlNode(line, column)
{
    public string Value { get; } = value;

    public ScalarStyle Style { get; } = style;

    /// <summary>YAML 1.2 core schema: an empty plain scalar, ~ and null.</summary>
    public bool IsNull => Style == ScalarStyle.Plain && Value is "" or "~" or "null" or "Null" or "NULL";

    public bool? AsBoolean => Style != ScalarStyle.Plain
        ? null
        : Value switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => null,
        };

    public override string Describe() => IsNull ? "null" : $"'{Value}'";
}

internal sealed class YamlSequence(int line, int column) : YamlNode(line, column)
{
    private readonly List<YamlNode> _items = [];

    public IReadOnlyList<YamlNode> Items => _items;

    public void Add(YamlNode item)
    {
        _items.Add(item);
        Weight = (int)Math.Min(int.MaxValue, (long)Weight + item.Weight);
    }

    public override string Describe() => "a list";
}

internal sealed class YamlMapping(int line, int column) : YamlNode(line, column)
{
    private readonly List<KeyValuePair<YamlScalar, YamlNode>> _entries = [];

    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries => _entries;

    public YamlNode? this[string key]
    {
        get
        {
            int at = IndexOf(key);
            return at < 0 ? null : _entries[at].Value;
        }
    }

    public YamlScalar? KeyOf(string key)
    {
        int at = IndexOf(key);
        return at < 0 ? null : _entries[at].Key;
    }

    public bool Contains(string key) => IndexOf(key) >= 0;

    public void Add(YamlScalar key, YamlNode value)
    {
        _entries.Add(new(key, value));
        Weight = (int)Math.Min(int.MaxValue, (long)Weight + 1 + value.Weight);
    }

    public override string Describe() => "a map";

    private int IndexOf(string key)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key.Value, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
