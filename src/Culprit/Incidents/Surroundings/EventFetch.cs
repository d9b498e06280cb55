using System.Collections.Immutable;
using System.Globalization;
using Culprit.Events;
using Culprit.Evidence;

namespace Culprit.Incidents.Surroundings;

/// <summary>Reads records again, by their places, and keeps copies of them.</summary>
internal sealed class EventFetch
{
    private readonly Dictionary<string, HashSet<long>> _wanted = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Path, long Offset), Event> _events = [];

    /// <summary>Asks for a record.</summary>
    public void Want(string path, long offset)
    {
        if (!_wanted.TryGetValue(path, out HashSet<long>? offsets))
        {
            _wanted.Add(path, offsets = []);
        }

        offsets.Add(offset);
    }

    /// <summary>Reads the files that hold what was asked for.</summary>
    /// <param name="files">The evidence.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="known">What was read before, for places that the evidence no longer gives.</param>
    /// <param name="stop">Ends reading.</param>
    /// <returns>What was found, by path and offset. What neither has is missing.</returns>
    public IReadOnlyDictionary<(string Path, long Offset), Event> Read(
        EvidenceFiles files, EvidenceOptions options, ImmutableArray<IncidentEvent> known, CancellationToken stop)
    {
        if (_wanted.Count > 0)
        {
            new EvidenceReader(options).Read(files.Holding(_wanted.Keys), () => new Sink(this), progress: null, stop);
        }

        foreach (IncidentEvent one in known)
        {
            foreach (CitedPlace place in one.Places.Where(place => _wanted.TryGetValue(place.Path, out HashSet<long>? offsets) && offsets.Contains(place.Offset)))
            {
                _events.TryAdd((place.Path, place.Offset), Again(one, place));
            }
        }

        return _events;
    }

    private static Event Again(IncidentEvent one, CitedPlace place) => new()
    {
        Kind = one.Kind,
        Route = new EventRoute("", "", "", one.Channel, one.Provider, one.EventId),
        Time = one.Time,
        Host = one.Host,
        Account = one.Account,
        RecordId = one.RecordId,
        Fields = one.Fields,
        Place = new EvidencePlace(new EvidenceSource(place.Path, container: null) { Sha256 = place.Sha256 }, place.Offset, place.Length, place.RecordId),
        Recovered = one.Recovered,
        Identity = UInt128.Parse(one.Identity, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
    };

    private sealed class Sink(EventFetch fetch) : IRecordSink
    {
        private readonly EventContext _context = new();
        private EvidenceSource? _source;
        private HashSet<long>? _offsets;

        public void Accept(scoped in RecordView record)
        {
            if (!ReferenceEquals(record.Source, _source))
            {
                _source = record.Source;
                _offsets = fetch._wanted.GetValueOrDefault(record.Source.Path);
            }

            if (_offsets?.Contains(record.Offset) == true)
            {
                Event one = new EventView(in record, _context).ToEvent();
                lock (fetch._gate)
                {
                    fetch._events[(record.Source.Path, record.Offset)] = one;
                }
            }
        }
    }
}
