using System.Security.Cryptography;
using System.Text;

namespace Culprit.TestSupport.Evtx;

/// <summary>A piece of BinXML. The same tree serves template definitions and records without templates.</summary>
public abstract record BinXmlNode
{
    /// <summary>Text is a node, so that trees read well.</summary>
    public static implicit operator BinXmlNode(string text) => new BinXmlText(text);
}

/// <summary>An element.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes, in order.</param>
/// <param name="Children">Its content, in order.</param>
public sealed record BinXmlElement(string Name, IReadOnlyList<BinXmlAttribute> Attributes, IReadOnlyList<BinXmlNode> Children) : BinXmlNode
{
    /// <summary>The substitution on which the element depends: it is left out where that one is null; -1: none.</summary>
    public int Dependency { get; init; } = -1;

    /// <summary>An element without attributes.</summary>
    public BinXmlElement(string name, params BinXmlNode[] children)
        : this(name, [], children)
    {
    }
}

/// <summary>An attribute; its content is text, references and substitutions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its content, in order.</param>
public sealed record BinXmlAttribute(string Name, params BinXmlNode[] Content);

/// <summary>Text, as a value token with type string.</summary>
/// <param name="Value">The text.</param>
public sealed record BinXmlText(string Value) : BinXmlNode;

/// <summary>A CDATA section.</summary>
/// <param name="Value">Its text.</param>
public sealed record BinXmlCData(string Value) : BinXmlNode;

/// <summary>A character reference, <c>&amp;#n;</c>.</summary>
/// <param name="Value">The character's number.</param>
public sealed record BinXmlCharReference(ushort Value) : BinXmlNode;

/// <summary>An entity reference, <c>&amp;name;</c>.</summary>
/// <param name="Name">The entity's name.</param>
public sealed record BinXmlEntityReference(string Name) : BinXmlNode;

/// <summary>A processing instruction.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Data">What follows the target; null leaves the data token out.</param>
public sealed record BinXmlInstruction(string Target, string? Data) : BinXmlNode;

/// <summary>A place for a value of the substitution array.</summary>
/// <param name="Index">Which value.</param>
/// <param name="Type">The type that the template declares.</param>
/// <param name="Optional">Whether a null leaves the enclosing element out.</param>
public sealed record BinXmlSubstitution(int Index, BinXmlType Type, bool Optional = false) : BinXmlNode;

/// <summary>Bytes that are written as they are, for what no well-behaved writer writes.</summary>
/// <param name="Bytes">The bytes.</param>
public sealed record BinXmlBytes(byte[] Bytes) : BinXmlNode;

/// <summary>A template together with its values. The definition is written where a chunk first needs it.</summary>
/// <param name="Template">The template.</param>
/// <param name="Values">The substitution array.</param>
public sealed record BinXmlTemplateInstance(BinXmlTemplate Template, IReadOnlyList<BinXmlValue> Values) : BinXmlNode;

/// <summary>A template definition. Its identifier follows from its content, as a publisher's does in practice.</summary>
public sealed class BinXmlTemplate
{
    /// <summary>Makes a template of the given content.</summary>
    public BinXmlTemplate(params IReadOnlyList<BinXmlNode> nodes)
        : this(null, nodes)
    {
    }

    /// <summary>Makes a template with a chosen identifier, so that two contents can share one.</summary>
    public BinXmlTemplate(Guid? id, IReadOnlyList<BinXmlNode> nodes)
    {
        Nodes = nodes;
        Id = id ?? IdOf(nodes);
    }

    /// <summary>The identifier; its first four bytes decide the bucket of the chunk's template table.</summary>
    public Guid Id { get; }

    /// <summary>The content.</summary>
    public IReadOnlyList<BinXmlNode> Nodes { get; }

    private static Guid IdOf(IReadOnlyList<BinXmlNode> nodes)
    {
        var text = new StringBuilder();
        foreach (BinXmlNode node in nodes)
        {
            Describe(node, text);
        }

        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static void Describe(BinXmlNode node, StringBuilder text)
    {
        if (node is not BinXmlElement element)
        {
            text.Append(node is BinXmlBytes raw ? Convert.ToHexString(raw.Bytes) : node.ToString()).Append('\n');
            return;
        }

        text.Append('<').Append(element.Name).Append(' ').Append(element.Dependency);
        foreach (BinXmlAttribute attribute in element.Attributes)
        {
            text.Append('@').Append(attribute.Name).Append('=');
            foreach (BinXmlNode content in attribute.Content)
            {
                Describe(content, text);
            }
        }

        text.Append('>');
        foreach (BinXmlNode child in element.Children)
        {
            Describe(child, text);
        }

        text.Append('/');
    }
}
