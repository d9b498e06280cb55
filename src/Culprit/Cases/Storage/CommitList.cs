using System.Collections.Immutable;
using System.Text.Json;

namespace Culprit.Cases.Storage;

/// <summary>What a commit does once it counts: files that take their place, and files that go. Doing it twice does no harm.</summary>
internal sealed record CommitList(ImmutableArray<string> Moves, ImmutableArray<string> Deletes)
{
    public void Write(Stream output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        Names(json, "moves", Moves);
        Names(json, "deletes", Deletes);
        json.WriteEndObject();
    }

    public static CommitList Read(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        return new CommitList(Names(json.RootElement, "moves"), Names(json.RootElement, "deletes"));
    }

    private static void Names(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Names(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(static v => Inside(v.GetString()!))];

    // Who can write the list can write anything in the case, and nothing outside of it.
    private static string Inside(string name) => name.Length > 0 && !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..", StringComparer.Ordinal)
        ? name
        : throw new InvalidDataException($"a commit names the file '{name}', which lies outside of the case");
}
