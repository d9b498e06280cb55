using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Database;

/// <summary>What people wrote into a case.</summary>
/// <param name="Notes">Notes, oldest first.</param>
/// <param name="Tags">Tags, oldest first.</param>
internal sealed record CaseMarks(ImmutableArray<CaseNote> Notes, ImmutableArray<CaseTag> Tags)
{
    public static CaseMarks Read(CaseStore store) => new(
        Lines(store, CaseLayout.Notes, CaseJson.Default.CaseNote), Lines(store, CaseLayout.Tags, CaseJson.Default.CaseTag));

    private static ImmutableArray<T> Lines<T>(CaseStore store, string name, JsonTypeInfo<T> type)
    {
        if (!store.Has(name))
        {
            return [];
        }

        using var reader = new StreamReader(store.OpenFile(name));
        var lines = ImmutableArray.CreateBuilder<T>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(JsonSerializer.Deserialize(line, type) ?? throw new CaseException(CaseFault.Damaged, $"{name} holds an empty line"));
        }

        return lines.ToImmutable();
    }
}
