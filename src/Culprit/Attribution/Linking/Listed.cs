using System.Collections.Immutable;
using Culprit.Attribution.Judging;
using Culprit.Knowledge;

namespace Culprit.Attribution.Linking;

/// <summary>What lists say of a value.</summary>
/// <param name="IsShared">Whether one knows that it is used by many.</param>
/// <param name="IsOfGroup">Whether one ascribes it to a group that is named, where it was met. A URL of a group says nothing of whose the host is.</param>
/// <param name="IsPublished">Whether others know of it by one.</param>
internal sealed record Listed(bool IsShared, bool IsOfGroup, bool IsPublished)
{
    /// <summary>What lists say, by <see cref="NameOf"/>.</summary>
    public static Dictionary<string, Listed> In(ImmutableArray<Observation> observations) =>
        observations.Where(static o => o.Kind == ObservationKind.Indicator && !o.Indicators.IsEmpty)
            .GroupBy(NameOf, StringComparer.Ordinal)
            .ToDictionary(
                static g => g.Key,
                static g => new Listed(
                    g.Any(static o => o.Indicators.Any(static c => c.Shared)),
                    g.Any(static o => o.Contact == IndicatorContact.Met && o.Indicators.Any(static c => c.Kind != IndicatorKind.Url && !c.Shared && !c.GroupIds.IsEmpty)),
                    g.Any(static o => o.Indicators.Any(ForeignLists.IsPublished))),
                StringComparer.Ordinal);

    /// <summary>
    /// The traces of what each indicator names, by its value: a file by any of its hashes, a host of an address or URL, and of a domain the names below it
    /// too, which lists mean by it. Those of which there are none are not among them.
    /// </summary>
    public static Dictionary<string, Trace[]> Traces(ImmutableArray<Observation> observations, TraceSet traces)
    {
        ILookup<string, string> values = observations.Where(static o => o.Kind == ObservationKind.Indicator && !o.Indicators.IsEmpty)
            .Select(static o => (Name: NameOf(o), o.Value)).Distinct().ToLookup(static o => o.Name, static o => o.Value, StringComparer.Ordinal);
        var named = values.ToDictionary(static v => v.Key, static _ => new List<Trace>(), StringComparer.Ordinal);
        Dictionary<string, List<Trace>>.AlternateLookup<ReadOnlySpan<char>> parts = named.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Trace trace in named.Count == 0 ? [] : traces.All)
        {
            foreach (string name in trace.Names)
            {
                Add(name, trace);
            }

            for (int point = 0; trace.Kind == TraceKind.Domain && (point = trace.Value.IndexOf('.', point) + 1) > 0;)
            {
                Add(trace.Value.AsSpan(point), trace);
            }
        }

        return named.Where(static n => n.Value.Count > 0).SelectMany(n => values[n.Key].Select(value => (value, n.Value)))
            .ToDictionary(static n => n.value, static n => n.Value.ToArray(), StringComparer.Ordinal);

        void Add(ReadOnlySpan<char> name, Trace trace)
        {
            if (parts.TryGetValue(name, out List<Trace>? known))
            {
                known.Add(trace);
            }
        }
    }

    /// <summary>
    /// What a trace of an indicator is called: of an address, a domain or a URL the host, as connections and questions show no more of it; of all else the
    /// value. In lower case.
    /// </summary>
    /// <param name="indicator">An observation that lists hold.</param>
    public static string NameOf(Observation indicator) =>
        (indicator.Indicators.Any(static c => c.Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url) ? RegisteredDomains.HostOf(indicator.Value) : indicator.Value).ToLowerInvariant();
}
