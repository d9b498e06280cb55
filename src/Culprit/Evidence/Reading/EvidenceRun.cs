using System.Collections.Immutable;
using Culprit.Evidence.Discovery;
using Culprit.Evtx;

namespace Culprit.Evidence.Reading;

/// <summary>
/// One run over the evidence. Each worker takes a file for itself, reads a unit of it, parses it and takes the next;
/// when no file is left it joins the one with the fewest workers. Reading (with hashing and unpacking) is in order,
/// under the file's lock; parsing is outside of it. No unit waits anywhere, so memory is a few units for each worker,
/// whatever the size of the evidence.
/// </summary>
internal sealed class EvidenceRun : IDisposable
{
    private const long ReportEvery = 4 << 20;

    private readonly Lock _gate = new();
    private readonly Lock _progressGate = new();
    private readonly List<FoundFile> _files;
    private readonly List<Root> _active = [];
    private readonly List<SourceState> _states = [];
    private readonly IProgress<EvidenceProgress>? _progress;
    private readonly CancellationTokenSource _stopping;
    private readonly CancellationToken _asked;
    private readonly long _bytesTotal;
    private Exception? _fault;
    private int _nextFile;
    private int _filesDone;
    private long _bytesRead;
    private long _reported;
    private long _records;

    public EvidenceRun(
        EvidenceOptions options, List<FoundFile> files, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        Options = options;
        _files = files;
        _progress = progress;
        _asked = stop;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _bytesTotal = files.Sum(static f => f.Length);
    }

    public EvidenceOptions Options { get; }

    public UnitPool Units { get; } = new();

    /// <summary>The shapes of event log records met so far.</summary>
    public EvtxLayoutCache Layouts { get; } = new();

    public CancellationToken Stop => _stopping.Token;

    /// <summary>The state of a new source.</summary>
    public SourceState NewState(EvidenceSource source)
    {
        var state = new SourceState(source, Options);
        lock (_gate)
        {
            _states.Add(state);
        }

        return state;
    }

    /// <summary>The next unit for a worker; false when there is nothing left or the run is stopped.</summary>
    /// <param name="root">The file that the worker is at; null at the start.</param>
    /// <param name="unit">The unit.</param>
    public bool TryNext(ref Root? root, out WorkUnit unit)
    {
        while (!Stop.IsCancellationRequested)
        {
            root ??= TakeRoot();
            if (root is null)
            {
                break;
            }

            if (root.TryNext(out unit!))
            {
                return true;
            }

            Leave(root);
            root = null;
        }

        unit = null!;
        return false;
    }

    /// <summary>Counts bytes read of the files given.</summary>
    public void CountBytes(int bytes)
    {
        long now = Interlocked.Add(ref _bytesRead, bytes);
        if (_progress is not null && now - Interlocked.Read(ref _reported) >= ReportEvery)
        {
            Report();
        }
    }

    /// <summary>Counts good records.</summary>
    public void CountRecords(long records) => Interlocked.Add(ref _records, records);

    /// <summary>Ends the run because of a fault of the program or of a sink.</summary>
    public void Fail(Exception fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        _stopping.Cancel();
    }

    /// <summary>Closes what is open and says what was read; throws what made the run fail.</summary>
    public Coverage Complete()
    {
        foreach (Root root in _active)
        {
            root.Dispose();
        }

        if (_fault is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_fault);
        }

        for (; _nextFile < _files.Count; _nextFile++)
        {
            FoundFile file = _files[_nextFile];
            SourceState state = NewState(new EvidenceSource(file.Path, container: null) { Length = file.Length, Format = "unknown" });
            state.NotRead(file.Problem.Length > 0 ? file.Problem : "the run was stopped before it was reached");
        }

        ImmutableArray<SourceCoverage> sources =
            [.. _states.Select(static s => s.ToCoverage()).OrderBy(static s => s.Source.Path, StringComparer.Ordinal)];
        SourceCoverage[] given = [.. sources.Where(static s => s.Source.Container is null)];
        Report();
        return new Coverage
        {
            Sources = sources,
            BytesGiven = given.Sum(static s => s.Source.Length),
            BytesRead = given.Sum(static s => s.BytesRead),
            BytesNotRead = given.Sum(static s => s.BytesNotRead),
            RecordsGood = sources.Sum(static s => s.RecordsGood),
            RecordsBad = sources.Sum(static s => s.RecordsBad),
            RecordsRecovered = sources.Sum(static s => s.RecordsRecovered),
            Stopped = _asked.IsCancellationRequested,
        };
    }

    public void Dispose() => _stopping.Dispose();

    private Root? TakeRoot()
    {
        lock (_gate)
        {
            Root? root = null;
            if (_nextFile < _files.Count)
            {
                root = new Root(new SourceUnits(this).Read(_files[_nextFile++]));
                _active.Add(root);
            }
            else
            {
                foreach (Root candidate in _active)
                {
                    if (root is null || candidate.Workers < root.Workers)
                    {
                        root = candidate;
                    }
                }
            }

            if (root is not null)
            {
                root.Workers++;
            }

            return root;
        }
    }

    private void Leave(Root root)
    {
        lock (_gate)
        {
            if (!_active.Remove(root))
            {
                return;
            }

            _filesDone++;
        }

        if (_progress is not null)
        {
            Report();
        }
    }

    private void Report()
    {
        if (_progress is null)
        {
            return;
        }

        lock (_progressGate)
        {
            long read = Interlocked.Read(ref _bytesRead);
            Interlocked.Exchange(ref _reported, read);
            _progress.Report(new EvidenceProgress(
                Math.Min(read, _bytesTotal), _bytesTotal, Interlocked.Read(ref _records), _filesDone, _files.Count));
        }
    }

    /// <summary>A file that is being read.</summary>
    internal sealed class Root(IEnumerable<WorkUnit> units) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly IEnumerator<WorkUnit> _units = units.GetEnumerator();
        private bool _finished;

        /// <summary>How many workers are at it.</summary>
        public int Workers { get; set; }

        public bool TryNext(out WorkUnit? unit)
        {
            lock (_gate)
            {
                if (!_finished && _units.MoveNext())
                {
                    unit = _units.Current;
                    return true;
                }

                Close();
                unit = null;
                return false;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                Close();
            }
        }

        private void Close()
        {
            if (!_finished)
            {
                _finished = true;
                _units.Dispose();
            }
        }
    }
}
