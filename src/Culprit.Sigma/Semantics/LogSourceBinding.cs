using System.Collections.Immutable;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma;

/// <summary>
/// One way in which a log source is found in real events, such as <c>process_creation</c> as Sysmon's event 1.
/// Empty lists do not restrict. All names are compared without regard to case.
/// </summary>
public sealed record LogSourceBinding
{
    /// <summary>Name of the entry in the map, for explanations.</summary>
    public required string Name { get; init; }

    /// <summary>The event's product must be this; empty: any.</summary>
    public string Product { get; init; } = "";

    /// <summary>The event's own category must be this; empty: any. (For sources that are not Windows channels.)</summary>
    public string Category { get; init; } = "";

    /// <summary>The event's own service must be one of these.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>The channel must be one of these.</summary>
    public ImmutableArray<string> Channels { get; init; } = [];

    /// <summary>The provider must be one of these.</summary>
    public ImmutableArray<string> Providers { get; init; } = [];

    /// <summary>The event id must be one of these.</summary>
    public ImmutableArray<int> EventIds { get; init; } = [];

    /// <summary>A further test of the event's own fields (such as <c>EventType</c> for <c>registry_add</c>), before renaming; null: none.</summary>
    public Expression? Condition { get; init; }

    /// <summary>Field as rules name it -> fields as these events name it, any of which may hold the value.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> FieldMap { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Whether events of this route can belong to the log source.</summary>
    public bool Accepts(SigmaRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return (Product.Length == 0 || Same(Product, route.Product))
            && (Category.Length == 0 || Same(Category, route.Category))
            && (EventIds.IsEmpty || EventIds.Contains(route.EventId))
            && (Services.IsEmpty || Holds(Services, route.Service))
            && (Channels.IsEmpty || Holds(Channels, route.Channel))
            && (Providers.IsEmpty || Holds(Providers, route.Provider));
    }

    private static bool Holds(ImmutableArray<string> names, string name)
    {
        foreach (string candidate in names)
        {
            if (Same(candidate, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
