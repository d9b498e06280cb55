using System.Globalization;
using Culprit.Sigma;
using YamlDotNet.RepresentationModel;

namespace Culprit.Tests.Findings;

/// <summary>
/// The test of one shipped rule, read from <c>tests/Data/Rules</c>: records that the rule must find and look-alikes that it
/// must not. For a correlation each list is one sequence.
/// </summary>
internal sealed record ShippedRuleCase(string RuleId, IReadOnlyList<ShippedRuleEvent> Positive, IReadOnlyList<ShippedRuleEvent> Negative)
{
    public static ShippedRuleCase Read(string path)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(path))
        {
            yaml.Load(reader);
        }

        var root = (YamlMappingNode)yaml.Documents.Single().RootNode;
        return new(((YamlScalarNode)root["rule"]).Value!, Events(root["positive"]), Events(root["negative"]));
    }

    private static ShippedRuleEvent[] Events(YamlNode list) =>
        [.. ((YamlSequenceNode)list).Select((node, index) => ShippedRuleEvent.Read((YamlMappingNode)node, index))];
}

/// <summary>One event, as the engine sees it: the fields of its System section, then its own. A field of several values stands several times.</summary>
internal sealed class ShippedRuleEvent : ISigmaEvent
{
    private static readonly string[] Known = ["channel", "provider", "event_id", "computer", "time", "category", "fields"];
    private readonly IReadOnlyList<KeyValuePair<string, string>> _fields;

    public ShippedRuleEvent(SigmaRoute route, DateTimeOffset time, int index, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        Route = route;
        Time = time;
        Index = index;
        _fields = fields;
    }

    public SigmaRoute Route { get; }

    public DateTimeOffset Time { get; }

    /// <summary>Position in the list, from 0.</summary>
    public int Index { get; }

    public object Layout => this;

    public int FieldCount => _fields.Count;

    public static ShippedRuleEvent Read(YamlMappingNode node, int index)
    {
        Dictionary<string, YamlNode> map = node.ToDictionary(p => ((YamlScalarNode)p.Key).Value!, p => p.Value, StringComparer.Ordinal);
        Assert.Empty(map.Keys.Except(Known, StringComparer.Ordinal));
        string Text(string key) => map.TryGetValue(key, out YamlNode? value) ? ((YamlScalarNode)value).Value! : "";

        List<KeyValuePair<string, string>> fields = [];
        SigmaRoute route;
        if (Text("category").Length > 0)
        {
            route = new("", Text("category"), "", "", "", 0);
        }
        else
        {
            route = new("windows", "", "", Text("channel"), Text("provider"), int.Parse(Text("event_id"), CultureInfo.InvariantCulture));
            fields.Add(new("Provider_Name", Text("provider")));
            fields.Add(new("EventID", Text("event_id")));
            fields.Add(new("Channel", Text("channel")));
            fields.Add(new("Computer", Text("computer")));
        }

        fields.AddRange(((YamlMappingNode)map["fields"]).Select(p =>
            KeyValuePair.Create(((YamlScalarNode)p.Key).Value!, ((YamlScalarNode)p.Value).Value!)));
        DateTimeOffset time = DateTimeOffset.Parse(Text("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new(route, time, index, fields);
    }

    public string FieldName(int ordinal) => _fields[ordinal].Key;

    public FieldState StateOf(int ordinal) => FieldState.Present;

    // Every value of the written events is text.
    public bool IsText(int ordinal) => true;

    public bool IsConstant(int ordinal) => false;

    public bool TryGetRaw(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return false;
    }

    public bool TryGetText(int ordinal, int index, out ReadOnlySpan<char> text)
    {
        text = index == 0 ? _fields[ordinal].Value : default;
        return index == 0;
    }
}
