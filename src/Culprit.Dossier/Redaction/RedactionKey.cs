using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Culprit.Dossier.Redaction;

/// <summary>A name and what stands for it.</summary>
/// <param name="Kind"><c>account</c>, <c>host</c>, <c>domain</c>, <c>address</c> or <c>sid</c>.</param>
/// <param name="Name">The name.</param>
/// <param name="Pseudonym">What stands for it.</param>
public sealed record RedactedName(string Kind, string Name, string Pseudonym);

/// <summary>What turns a pseudonymised dossier back. Whoever has both has the names, so it is kept apart.</summary>
/// <param name="Names">All names that were replaced, in the order of their pseudonyms.</param>
public sealed record RedactionKey(ImmutableArray<RedactedName> Names)
{
    /// <summary>Writes it as JSON, one name a line.</summary>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default });
        json.WriteStartObject();
        json.WriteStartArray("names");
        foreach (RedactedName name in Names)
        {
            json.WriteStartObject();
            json.WriteString("kind", name.Kind);
            json.WriteString("name", name.Name);
            json.WriteString("pseudonym", name.Pseudonym);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
