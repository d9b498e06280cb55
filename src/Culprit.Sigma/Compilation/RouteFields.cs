using System.Collections.Immutable;
using System.Globalization;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Compilation;

/// <summary>Fields of a Windows event whose value its route already tells, so that tests of them are decided once a route.</summary>
internal static class RouteFields
{
    /// <summary>Whether the route of a Windows event decides this test. A comparison with another field it cannot decide.</summary>
    public static bool IsRouteField(string field, ValueTest test) =>
        field is "EventID" or "Channel" or "Provider_Name" && test is not ValueTest.FieldReference;

    /// <summary>The value that the route of a Windows event tells.</summary>
    public static string ValueOf(SigmaRoute route, string field) => field switch
    {
        "EventID" => route.EventId.ToString(CultureInfo.InvariantCulture),
        "Channel" => route.Channel,
        _ => route.Provider,
    };

    /// <summary>The names under which events of a binding may hold a field that a rule names.</summary>
    public static ImmutableArray<string> NamesOf(string field, ImmutableDictionary<string, ImmutableArray<string>>? fieldMap) =>
        fieldMap is not null && fieldMap.TryGetValue(field, out ImmutableArray<string> names) ? names : [field];
}
