using System.Collections.Immutable;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Attribution.Linking;

/// <summary>An incident as pairs are weighed by it.</summary>
internal sealed class IncidentProfile
{
    private IncidentProfile(LinkedIncident linked, OwnNames names)
    {
        Linked = linked;
        Names = names;
    }

    /// <summary>The incident.</summary>
    public LinkedIncident Linked { get; }

    /// <summary>The names of its institution.</summary>
    public OwnNames Names { get; }

    /// <summary>Its traces, by kind and value.</summary>
    public required ImmutableArray<Trace> Traces { get; init; }

    /// <summary>How many traces are not among them because there are too many.</summary>
    public required int TracesLeftOut { get; init; }

    /// <summary>How many URLs were not read, as one text holds too many.</summary>
    public required long UrlsLeftOut { get; init; }

    /// <summary>Its techniques and software, parents of sub-techniques among them, ascending.</summary>
    public required int[] Features { get; init; }

    /// <summary>The techniques in the order in which events first show them.</summary>
    public required int[] Sequence { get; init; }

    /// <summary>The observations, by line, kind and value.</summary>
    public required ImmutableArray<Observation> Observations { get; init; }

    /// <summary>The events that show a feature.</summary>
    public required Dictionary<int, ImmutableArray<int>> EventsOf { get; init; }

    /// <summary>Makes the profile.</summary>
    public static IncidentProfile Of(LinkedIncident linked, Rarities rarities)
    {
        OwnNames names = OwnNames.Of(linked.Incident);
        ImmutableArray<Observation> observations = ObservationOrder.Sort(linked.Observations);
        var own = new SortedSet<int>();
        var events = new Dictionary<int, SortedSet<int>>();
        foreach (Observation observation in observations.Where(static o => o.Kind is ObservationKind.Technique or ObservationKind.Software))
        {
            if (rarities.Index.Feature(observation.Value) is not (var feature and >= 0))
            {
                continue;
            }

            own.Add(feature);
            foreach (int one in rarities.Expand([feature]))
            {
                (events.TryGetValue(one, out SortedSet<int>? known) ? known : events[one] = []).UnionWith(observation.Events);
            }
        }

        int[] sequence =
        [
            .. own.Where(f => rarities.Index.Classes[f] == FeatureClass.Technique && events[f].Count > 0)
                .OrderBy(f => events[f].Min).ThenBy(static f => f),
        ];
        return new IncidentProfile(linked, names)
        {
            Traces = [.. TraceReader.Read(linked, names, out int leftOut, out long urlsLeftOut)],
            TracesLeftOut = leftOut,
            UrlsLeftOut = urlsLeftOut,
            Features = rarities.Expand(own),
            Sequence = sequence,
            Observations = observations,
            EventsOf = events.ToDictionary(static e => e.Key, static e => e.Value.ToImmutableArray()),
        };
    }

    /// <summary>The first and last time of some of its events, in ticks; of all of it where no event is given or none has a time. 0 where nothing is known.</summary>
    public (long First, long Last) When(IReadOnlyCollection<int> events)
    {
        long first = 0, last = 0;
        ImmutableArray<IncidentEvent> all = Linked.Incident.Events;
        foreach (int number in events)
        {
            if (number >= 0 && number < all.Length && all[number].Time is { Certainty: not TimeCertainty.Unknown } time)
            {
                first = first == 0 ? time.UtcTicks : Math.Min(first, time.UtcTicks);
                last = Math.Max(last, time.UtcTicks);
            }
        }

        return first > 0 ? (first, last)
            : Linked.Incident.First.Certainty == TimeCertainty.Unknown ? (0, 0)
            : (Linked.Incident.First.UtcTicks, Math.Max(Linked.Incident.First.UtcTicks, Linked.Incident.Last.UtcTicks));
    }
}
