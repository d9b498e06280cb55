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
    /// <returns>What was found, by path and offset. What the evidence no longer holds is missing.</returns>
    public IReadOnlyDictionary<(string Path, long Offset), Event> Read(EvidenceFiles files, EvidenceOptions options, CancellationToken stop)
    {
        if (_wanted.Count > 0)
        {
            new EvidenceReader(options).Read(files.Holding(_wanted.Keys), () => new Sink(this), progress: null, stop);
        }

        return _events;
    }

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
