using System.Collections.Immutable;
using System.Text.Json;

namespace Culprit.Cases.Storage;

/// <summary>How long files of a case are, in bytes: what is checked of them when a case is opened, however large they are.</summary>
internal sealed record FileSizes(ImmutableSortedDictionary<string, long> Sizes)
{
    public void Write(Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        foreach ((string name, long size) in Sizes)
        {
            json.WriteNumber(name, size);
        }

        json.WriteEndObject();
    }

    public static FileSizes Read(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        return new FileSizes(json.RootElement.EnumerateObject().ToImmutableSortedDictionary(static p => p.Name, static p => p.Value.GetInt64(), StringComparer.Ordinal));
    }
}
