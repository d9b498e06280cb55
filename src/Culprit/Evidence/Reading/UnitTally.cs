using Culprit.Primitives;

namespace Culprit.Evidence.Reading;

/// <summary>What one worker counts while it reads one unit.</summary>
internal sealed class UnitTally(EvidenceOptions options)
{
    private readonly StringPool _names = new(4096);
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly List<CoverageProblem> _problems = [];
    private string _lastHost = "";

    public long Good { get; private set; }

    public long Bad { get; private set; }

    public long Recovered { get; private set; }

    /// <summary>Bytes in which nothing could be found.</summary>
    public long BytesLost { get; private set; }

    public long MoreProblems { get; private set; }

    /// <summary>Events whose data has no names, although its maker gave it some.</summary>
    public long Nameless { get; private set; }

    public EventTime First { get; private set; }

    public EventTime Last { get; private set; }

    public string TimeAssumption { get; private set; } = "";

    public HashSet<string> Hosts => _hosts;

    public List<CoverageProblem> Problems => _problems;

    /// <summary>Whether a time sorts before another; among equal ones the more certain first.</summary>
    public static bool IsBefore(EventTime a, EventTime b) =>
        a.UtcTicks < b.UtcTicks || (a.UtcTicks == b.UtcTicks && a.Certainty < b.Certainty);

    /// <summary>Starts afresh.</summary>
    public void Clear()
    {
        Good = 0;
        Bad = 0;
        Recovered = 0;
        BytesLost = 0;
        MoreProblems = 0;
        Nameless = 0;
        First = EventTime.Unknown;
        Last = EventTime.Unknown;
        TimeAssumption = "";
        _lastHost = "";
        _hosts.Clear();
        _problems.Clear();
    }

    /// <summary>Counts a good record.</summary>
    public void Count(scoped in RecordView record)
    {
        if (record.Recovered)
        {
            Recovered++;
        }
        else
        {
            Good++;
        }

        EventTime time = record.Time;
        if (time.Certainty != TimeCertainty.Unknown)
        {
            if (First.Certainty == TimeCertainty.Unknown)
            {
                First = time;
                Last = time;
            }
            else if (IsBefore(time, First))
            {
                First = time;
            }
            else if (IsBefore(Last, time))
            {
                Last = time;
            }
        }

        foreach (int field in record.Layout.HostFields)
        {
            if (record.TryGetText(field, 0, out ReadOnlySpan<char> host) && host.Length > 0)
            {
                if (!host.SequenceEqual(_lastHost))
                {
                    AddHost(host);
                }

                break;
            }
        }
    }

    /// <summary>Counts a record that could not be read.</summary>
    public void CountBad(long offset, string message)
    {
        Bad++;
        AddProblem(offset, message);
    }

    /// <summary>Counts records that could not be read and whose problems were told already.</summary>
    public void CountBad(int count) => Bad += count;

    /// <summary>Counts a good record whose data has lost its names.</summary>
    public void CountNameless() => Nameless++;

    /// <summary>Counts bytes in which nothing could be found.</summary>
    public void CountLost(int bytes) => BytesLost += bytes;

    /// <summary>Adds a problem. A unit is read from its start, so that those kept are those nearest to it.</summary>
    public void AddProblem(long offset, string message)
    {
        if (_problems.Count < options.MaxProblems)
        {
            _problems.Add(new CoverageProblem(offset, message));
        }
        else
        {
            MoreProblems++;
        }
    }

    /// <summary>Says what was assumed about times; of several the one that sorts first is told.</summary>
    public void Assume(string assumption)
    {
        if (TimeAssumption.Length == 0 || string.CompareOrdinal(assumption, TimeAssumption) < 0)
        {
            TimeAssumption = assumption;
        }
    }

    private void AddHost(ReadOnlySpan<char> host)
    {
        _lastHost = _names.Get(host);

        // Those that sort first are kept, as in the source's own set, so that the outcome has no order.
        if (_hosts.Add(_lastHost) && _hosts.Count > options.MaxHosts * 2)
        {
            foreach (string dropped in _hosts.OrderBy(static h => h, StringComparer.Ordinal).Skip(options.MaxHosts).ToList())
            {
                _hosts.Remove(dropped);
            }
        }
    }
}
