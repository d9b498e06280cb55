using System.Collections.Immutable;
using System.Globalization;

namespace Culprit.Knowledge.Attack;

/// <summary>An external reference of a STIX object.</summary>
internal sealed record StixReference(string Name, string? Url, string? Description);

/// <summary>What facts are taken from, of one STIX object.</summary>
internal sealed record StixObject
{
    public required string Type { get; init; }

    public required string StixId { get; init; }

    /// <summary>When this version was made, as <see cref="StixTime.InOrder"/> has it: later ones are greater in ordinal order. Empty, which is before all, where that is not known.</summary>
    public required string Modified { get; init; }

    public required bool Live { get; init; }

    /// <summary>Such as <c>T1003</c>; null for relations.</summary>
    public required string? AttackId { get; init; }

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public DateOnly? Created { get; init; }

    public DateOnly? FirstSeen { get; init; }

    public DateOnly? LastSeen { get; init; }

    public ImmutableArray<string> Aliases { get; init; } = [];

    public ImmutableArray<string> Platforms { get; init; } = [];

    public ImmutableArray<string> Tactics { get; init; } = [];

    public ImmutableArray<StixReference> References { get; init; } = [];

    public string RelationshipType { get; init; } = "";

    public string SourceRef { get; init; } = "";

    public string TargetRef { get; init; } = "";

    /// <summary>
    /// Whether it takes the place of another version of the same object: the one changed last does, of those changed at the same time the one that is not
    /// withdrawn, and else what its content decides, so that the order in which they are read never does.
    /// </summary>
    public bool IsRatherThan(StixObject other) =>
        string.CompareOrdinal(Modified, other.Modified) is not 0 and var age ? age > 0
        : Live != other.Live ? Live
        : string.CompareOrdinal(Content(), other.Content()) > 0;

    private string Content() => string.Join(
        '\n',
        [
            Type, AttackId, Name, Description, Day(Created), Day(FirstSeen), Day(LastSeen), RelationshipType, SourceRef, TargetRef,
            .. Aliases, "", .. Platforms, "", .. Tactics, "", .. References.SelectMany(static r => new[] { r.Name, r.Url, r.Description }),
        ]);

    private static string? Day(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>The objects of all bundles; of each the newest version (<see cref="StixObject.IsRatherThan"/>).</summary>
internal sealed class StixObjects
{
    private readonly Dictionary<string, StixObject> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passedOver = new(StringComparer.Ordinal);

    /// <summary>What the bundles are.</summary>
    public List<KnowledgeOrigin> Origins { get; } = [];

    public int Count => _byId.Count;

    /// <summary>In the order of their identifiers.</summary>
    public IEnumerable<StixObject> All => _byId.Values.OrderBy(static o => o.StixId, StringComparer.Ordinal);

    public StixObject? Find(string stixId) => _byId.GetValueOrDefault(stixId);

    /// <summary>Remembers an object that is in a file and that nothing is taken from; null for one without an identifier.</summary>
    public void PassOver(string? stixId)
    {
        if (stixId is not null)
        {
            _passedOver.Add(stixId);
        }
    }

    /// <summary>Whether a file holds the object and nothing was taken from it.</summary>
    public bool IsPassedOver(string stixId) => _passedOver.Contains(stixId);

    public void Add(StixObject added)
    {
        if (!_byId.TryGetValue(added.StixId, out StixObject? present) || added.IsRatherThan(present))
        {
            _byId[added.StixId] = added;
        }
    }
}
