using System.Collections.Immutable;
using Culprit.Attribution.Weighing;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Attribution.Linking;

/// <summary>An incident as pairs are weighed by it.</summary>
internal sealed class IncidentProfile
{
    private IncidentProfile(LinkedIncident linked, OwnNames names, ImmutableArray<Observation> observations, Rarities rarities)
    {
        Linked = linked;
        Names = names;
        Observations = observations;
        Ascribed = [.. observations.Where(static o => o is { Kind: ObservationKind.Indicator, OfVictim: false } && o.Indicators.Any(static c => !c.Shared && !c.GroupIds.IsEmpty))];
        Behaviour = new Behaviour(observations, rarities);
    }

    /// <summary>The incident.</summary>
    public LinkedIncident Linked { get; }

    /// <summary>The names of its institution.</summary>
    public OwnNames Names { get; }

    /// <summary>Its traces, by kind and value.</summary>
    public required TraceSet Traces { get; init; }

    /// <summary>How many traces are not among them because there are too many.</summary>
    public required int TracesLeftOut { get; init; }

    /// <summary>How many URLs were not read, as one text holds too many.</summary>
    public required long UrlsLeftOut { get; init; }

    /// <summary>The observations, by line, kind and value.</summary>
    public ImmutableArray<Observation> Observations { get; }

    /// <summary>Those of them that lists ascribe to groups, as far as not many unrelated people use what they name and it is not the victim's own.</summary>
    public ImmutableArray<Observation> Ascribed { get; }

    /// <summary>The traces of what an indicator names (<see cref="Listed.Traces"/>); the same for all that is left of an incident.</summary>
    private Lazy<Dictionary<string, Trace[]>> Meant { get; init; } = new(static () => []);

    /// <summary>Its techniques and software.</summary>
    public Behaviour Behaviour { get; }

    /// <summary>Makes the profile of an incident by itself.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static IncidentProfile Of(LinkedIncident linked, Rarities rarities, CancellationToken stop) => AllOf([linked], rarities, stop)[0];

    /// <summary>Makes the profiles of incidents that are compared, in which one file has one name.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static IncidentProfile[] AllOf(ImmutableArray<LinkedIncident> all, Rarities rarities, CancellationToken stop)
    {
        OwnNames[] names = [.. all.Select(OwnNames.Of)];
        ReadTraces[] read = [.. all.Zip(names, (linked, own) => TraceReader.Read(linked, own, stop))];
        ImmutableArray<Trace>[] traces = SameFiles.Join([.. read.Select(static r => r.Traces)], stop);
        return [.. all.Select((linked, i) => Of(linked, names[i], read[i], new TraceSet(traces[i]), rarities))];
    }

    private static IncidentProfile Of(LinkedIncident linked, OwnNames names, ReadTraces read, TraceSet traces, Rarities rarities)
    {
        return new IncidentProfile(linked, names, ObservationOrder.Sort(linked.Observations), rarities)
        {
            Traces = traces,
            Meant = new Lazy<Dictionary<string, Trace[]>>(() => Listed.Traces(linked.Observations, traces), isThreadSafe: false),
            TracesLeftOut = read.LeftOut,
            UrlsLeftOut = read.UrlsLeftOut,
        };
    }

    /// <summary>The traces of what an indicator of it names; empty where no event shows it so that it could be compared.</summary>
    public Trace[] TracesOf(Observation indicator) => Meant.Value.GetValueOrDefault(indicator.Value, []);

    /// <summary>The same without what these events alone show. Its traces stay whole: each knows its own events (<see cref="Trace.Without"/>).</summary>
    public IncidentProfile Without(IReadOnlySet<int> events, Rarities rarities)
    {
        if (events.Count == 0)
        {
            return this;
        }

        return new IncidentProfile(Linked, Names, [.. Observations.Select(o => Rest(o, events)).OfType<Observation>()], rarities)
        {
            Traces = Traces,
            Meant = Meant,
            TracesLeftOut = TracesLeftOut,
            UrlsLeftOut = UrlsLeftOut,
        };
    }

    // What an observation is without these events; null where they alone show it. What says so by nothing else says nothing: neither that it knows
    // malware by the thing itself, nor, by its findings, that anything more happened.
    private static Observation? Rest(Observation whole, IReadOnlySet<int> events)
    {
        ImmutableArray<int> left = whole.Events.RemoveAll(events.Contains);
        if (left.IsEmpty && !whole.Events.IsEmpty)
        {
            return null;
        }

        ImmutableArray<ObservationBasis> bases =
        [
            .. whole.Bases.Select(b => (Whole: b, Left: b with { Events = b.Events.RemoveAll(events.Contains) }))
                .Where(static b => b.Whole.Events.IsEmpty || !b.Left.Events.IsEmpty).Select(static b => b.Left),
        ];

        // Of a basis no more than its first events are kept. Where none of any is left, what is left of all was shown by one that has more.
        if (bases.IsEmpty)
        {
            bases = [.. whole.Bases.Where(static b => b.Events.Length >= ObservationBasis.MaxShown).Select(b => b with { Events = [.. left.Take(ObservationBasis.MaxShown)] })];
        }

        return whole with { Events = left, Bases = bases, ByName = whole.ByName || (whole.Kind == ObservationKind.Software && bases.All(static b => b.IsByName)) };
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
