using System.Text.Json;

namespace Culprit.Evtx.BinXml;

/// <summary>A node of the tree that a signature stands for.</summary>
internal abstract class Node
{
}

/// <summary>An element. It is left out of a record in which the value <see cref="Dependency"/> is null.</summary>
internal sealed class ElementNode(string name, int dependency) : Node
{
    public string Name { get; } = name;

    /// <summary>A slot of the same template, or -1.</summary>
    public int Dependency { get; } = dependency;

    public List<AttributeNode> Attributes { get; } = [];

    public List<Node> Children { get; } = [];

    /// <summary>A <c>Data</c> without attributes; all of an element's are one array in JSON.</summary>
    public bool IsUnnamedData => Attributes.Count == 0 && string.Equals(Name, "Data", StringComparison.Ordinal);

    /// <summary>The name as XML allows it.</summary>
    public string XmlName { get; set; } = "";

    /// <summary>The key of the element in its parent's JSON object.</summary>
    public JsonEncodedText JsonKey { get; set; }

    /// <summary>The attribute that names the field, where the element is a named <c>Data</c>; it becomes the key and is no attribute in JSON.</summary>
    public AttributeNode? KeyAttribute { get; set; }
}

/// <summary>An attribute: a name and the parts of its value.</summary>
internal sealed class AttributeNode(string name)
{
    public string Name { get; } = name;

    public List<Node> Parts { get; } = [];

    /// <summary>The name as XML allows it, unlike any other of the element.</summary>
    public string XmlName { get; set; } = "";

    /// <summary>The key of the attribute in JSON.</summary>
    public JsonEncodedText JsonKey { get; set; }
}

/// <summary>Text that is the same in every record.</summary>
internal sealed class TextNode(string text, bool isCData = false) : Node
{
    public string Text { get; } = text;

    public bool IsCData { get; } = isCData;
}

/// <summary>A value of the record, or the root of a nested fragment.</summary>
internal sealed class SlotNode(int slot, bool isOptional, byte declaredType) : Node
{
    public int Slot { get; } = slot;

    /// <summary>Where the value is null, what it stands in is left out.</summary>
    public bool IsOptional { get; } = isOptional;

    public byte DeclaredType { get; } = declaredType;
}

/// <summary>A processing instruction.</summary>
internal sealed class ProcessingNode(string target, string data) : Node
{
    public string Target { get; } = target;

    public string Data { get; } = data;
}
