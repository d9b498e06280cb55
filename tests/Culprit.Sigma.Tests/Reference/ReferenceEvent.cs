using System.Globalization;

namespace Culprit.Sigma.Tests.Reference;

/// <summary>An event as plain as it can be: a route, and fields in order, each with its values. A value of null is null.</summary>
public sealed record ReferenceEvent(SigmaRoute Route, IReadOnlyList<KeyValuePair<string, IReadOnlyList<string?>>> Fields)
{
    public static readonly SigmaRoute NoRoute = new("", "", "", "", "", 0);

    /// <summary>
    /// An event of <paramref name="route"/>. As readers of Windows logs do, the fields of the route are added where a channel is
    /// given and <paramref name="fields"/> does not say them.
    /// </summary>
    public static ReferenceEvent Of(SigmaRoute route, params (string Name, string? Value)[] fields)
    {
        List<KeyValuePair<string, IReadOnlyList<string?>>> all = [];
        if (route.Channel.Length > 0)
        {
            AddIfNew("EventID", route.EventId.ToString(CultureInfo.InvariantCulture));
            AddIfNew("Channel", route.Channel);
            AddIfNew("Provider_Name", route.Provider);
        }

        foreach (IGrouping<string, string?> field in fields.GroupBy(f => f.Name, f => f.Value, StringComparer.Ordinal))
        {
            all.Add(new(field.Key, [.. field]));
        }

        return new(route, all);

        void AddIfNew(string name, string value)
        {
            if (!Array.Exists(fields, f => f.Name == name))
            {
                all.Add(new(name, [value]));
            }
        }
    }

    public static ReferenceEvent Of(params (string Name, string? Value)[] fields) => Of(NoRoute, fields);
}
