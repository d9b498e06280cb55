using System.Text.Json;
using Culprit.Primitives;

namespace Culprit.Cases.Exports;

/// <summary>Writes nodes of a CASE/UCO graph: what is empty is left out.</summary>
internal sealed class UcoGraph(Utf8JsonWriter json, string caseId)
{
    private static readonly (string Prefix, string Space)[] Prefixes =
    [
        ("kb", "http://example.org/kb/"),
        ("case-investigation", "https://ontology.caseontology.org/case/investigation/"),
        ("case-vocabulary", "https://ontology.caseontology.org/case/vocabulary/"),
        ("uco-action", "https://ontology.unifiedcyberontology.org/uco/action/"),
        ("uco-core", "https://ontology.unifiedcyberontology.org/uco/core/"),
        ("uco-identity", "https://ontology.unifiedcyberontology.org/uco/identity/"),
        ("uco-observable", "https://ontology.unifiedcyberontology.org/uco/observable/"),
        ("uco-tool", "https://ontology.unifiedcyberontology.org/uco/tool/"),
        ("uco-types", "https://ontology.unifiedcyberontology.org/uco/types/"),
        ("uco-vocabulary", "https://ontology.unifiedcyberontology.org/uco/vocabulary/"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ];

    /// <summary>Writes the context: a reader needs no network to know what the names mean.</summary>
    public static void Context(Utf8JsonWriter json)
    {
        json.WriteStartObject("@context"u8);
        foreach ((string prefix, string space) in Prefixes)
        {
            json.WriteString(prefix, space);
        }

        json.WriteEndObject();
    }

    /// <summary>What a thing of this case is called.</summary>
    public string Id(string kind, string name) => $"kb:{kind}-{NamedUuid.Of(caseId, kind + "\0" + name)}";

    public void Begin(string id, string type)
    {
        json.WriteStartObject();
        json.WriteString("@id"u8, id);
        json.WriteString("@type"u8, type);
    }

    public void End() => json.WriteEndObject();

    public void Facets() => json.WriteStartArray("uco-core:hasFacet"u8);

    public void BeginFacet(string owner, string type) => Begin(Id(type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant(), owner), type);

    public void EndFacets() => json.WriteEndArray();

    public void Text(string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    public void Texts(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (string value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }

    public void Typed(string name, string type, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("@type"u8, type);
        json.WriteString("@value"u8, value);
        json.WriteEndObject();
    }

    public void Reference(string name, string id)
    {
        if (id.Length > 0)
        {
            json.WriteStartObject(name);
            json.WriteString("@id"u8, id);
            json.WriteEndObject();
        }
    }

    public void References(string name, IReadOnlyCollection<string> ids)
    {
        if (ids.Count > 0)
        {
            json.WriteStartArray(name);
            foreach (string id in ids)
            {
                json.WriteStartObject();
                json.WriteString("@id"u8, id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    public void Hash(string owner, string sha256)
    {
        json.WriteStartArray("uco-observable:hash"u8);
        Begin(Id("hash", owner), "uco-types:Hash");
        Typed("uco-types:hashMethod", "uco-vocabulary:HashNameVocab", "SHA256");
        Typed("uco-types:hashValue", "xsd:hexBinary", sha256.ToUpperInvariant());
        End();
        json.WriteEndArray();
    }

    /// <summary>Says that one thing is part of another.</summary>
    public void Within(string part, string whole)
    {
        Begin(Id("relationship", part + "\0" + whole), "uco-observable:ObservableRelationship");
        Reference("uco-core:source", part);
        Reference("uco-core:target", whole);
        Text("uco-core:kindOfRelationship", "Contained_Within");
        json.WriteBoolean("uco-core:isDirectional"u8, value: true);
        End();
    }
}
