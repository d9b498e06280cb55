using System.Text;
using System.Text.Json;
using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

/// <summary>Small STIX bundles and MISP clusters, written as MITRE and MISP write theirs.</summary>
internal static class Bundles
{
    /// <summary>A bundle of these objects.</summary>
    public static string Bundle(params string[] objects) => $$"""{"type":"bundle","id":"bundle--1","objects":[{{string.Join(',', objects)}}]}""";

    /// <summary>A group; <paramref name="more"/> is further properties, each with a leading comma.</summary>
    public static string Group(string id, string name, string description = "", string more = "", string references = "") =>
        Entity("intrusion-set", id, name, $$""","description":{{Text(description)}}{{more}}""", references);

    /// <summary>A technique of these tactics.</summary>
    public static string Technique(string id, string name, params string[] tactics) =>
        Entity("attack-pattern", id, name, $$""","kill_chain_phases":[{{string.Join(',', tactics.Select(t => $$"""{"kill_chain_name":"mitre-attack","phase_name":"{{t}}"}"""))}}]""");

    /// <summary>Any object that has an identifier of ATT&amp;CK. Its STIX identifier is its type and that.</summary>
    public static string Entity(string type, string id, string name, string more = "", string references = "") =>
        $$"""
        {"type":"{{type}}","id":"{{type}}--{{id}}","created":"2019-01-29T21:27:24.793Z","modified":"2025-01-22T21:54:11.727Z","name":{{Text(name)}},
        "external_references":[{"source_name":"mitre-attack","external_id":"{{id}}"}{{references}}]{{more}}}
        """;

    /// <summary>A relation between objects as <see cref="Entity"/> names them.</summary>
    public static string Relation(string kind, string from, string to, string description = "", string references = "", string more = "") =>
        $$"""
        {"type":"relationship","id":"relationship--{{kind}}-{{from}}-{{to}}","modified":"2025-01-22T21:54:11.727Z","relationship_type":"{{kind}}",
        "source_ref":"{{from}}","target_ref":"{{to}}","description":{{Text(description)}},"external_references":[{{references}}]{{more}}}
        """;

    /// <summary>A reference to a source.</summary>
    public static string Reference(string name, string description, string url) =>
        $$"""{"source_name":{{Text(name)}},"description":{{Text(description)}},"url":{{Text(url)}}}""";

    /// <summary>A MISP cluster of these actors.</summary>
    public static string Cluster(params string[] actors) => $$"""{"type":"threat-actor","name":"Threat Actor","version":7,"values":[{{string.Join(',', actors)}}]}""";

    /// <summary>An actor whose UUID ends in <paramref name="number"/>.</summary>
    public static string Actor(int number, string name, string meta = "") =>
        $$"""{"uuid":"{{Uuid(number)}}","value":{{Text(name)}},"meta":{ {{meta}} } }""";

    /// <summary>The UUID of <see cref="Actor"/>.</summary>
    public static string Uuid(int number) => $"00000000-0000-4000-8000-{number:D12}";

    /// <summary>Text as JSON.</summary>
    public static string Text(string text) => JsonSerializer.Serialize(text);

    /// <summary>What these files make.</summary>
    public static KnowledgeBase Build(params string[] files) => Build(out _, files);

    /// <summary>What these files make, and what could not be used of them.</summary>
    public static KnowledgeBase Build(out IReadOnlyList<KnowledgeWarning> warnings, params string[] files)
    {
        var builder = new KnowledgeBuilder();
        for (int i = 0; i < files.Length; i++)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(files[i]));
            builder.Add($"file-{i}.json", stream);
        }

        KnowledgeBase built = builder.Build();
        warnings = builder.Warnings;
        return built;
    }

    /// <summary>The facts as text.</summary>
    public static string Facts(KnowledgeBase knowledge)
    {
        using var stream = new MemoryStream();
        knowledge.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads facts.</summary>
    public static KnowledgeBase Read(string facts)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(facts));
        return KnowledgeBase.Read(stream);
    }
}
