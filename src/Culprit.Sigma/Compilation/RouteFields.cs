using System.Collections.Immutable;
using System.Globalization;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>Fields of a Windows event whose value its route already tells, so that tests of them are decided once a route.</summary>
internal static class RouteFields
{
    /// <summary>Whether the route of a Windows event decides this test. A comparison with another field it cannot decide.</summary>
    public static bool IsRouteField(string field, ValueTest test) =>
        field is "EventID" or "Provider_Name" && test is not ValueTest.FieldReference;

    /// <summary>The value that the route of a Windows event tells.</summary>
    public static string ValueOf(SigmaRoute route, string field) => field switch
    {
        "EventID" => route.EventId.ToString(CultureInfo.InvariantCulture),
        _ => route.Provider,
    };

    /// <summary>
    /// Whether a field of the event's own data hides the header's field of the same name. Event 104 (log cleared) stands in the
    /// channel System and names the cleared log in a field <c>Channel</c> of its own, and that is what rules ask for.
    /// </summary>
    public static bool HidesHeader(string field) => string.Equals(field, "Channel", StringComparison.Ordinal);

    /// <summary>The names under which events of a binding may hold a field that a rule names.</summary>
    public static ImmutableArray<string> NamesOf(string field, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap) =>
        fieldMap is not null && fieldMap.TryGetValue(field, out ImmutableArray<string> names) ? names : [field];
}
