using System.Runtime.InteropServices;

namespace Culprit.Incidents.Surroundings;

/// <summary>One log of one host, as far as the evidence holds it.</summary>
internal sealed class LogExtent
{
    private const int MaxHours = 24 * 366 * 3;

    private readonly HashSet<int> _hours = [];
    private int _lastHour = -1;

    /// <summary>How many records it has, copies counted as often as they are there.</summary>
    public long Records { get; private set; }

    /// <summary>The lowest record number; <see cref="long.MaxValue"/> where there is none.</summary>
    public long LowestId { get; private set; } = long.MaxValue;

    /// <summary>The highest record number; -1 where there is none.</summary>
    public long HighestId { get; private set; } = -1;

    /// <summary>The first time, in ticks.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The last time, in ticks.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>How many hours have records; exact up to three years.</summary>
    public int Hours => _hours.Count;

    /// <summary>Counts a record.</summary>
    public void Add(long ticks, long recordId)
    {
        Records++;
        if (recordId >= 0)
        {
            (LowestId, HighestId) = (Math.Min(LowestId, recordId), Math.Max(HighestId, recordId));
        }

        if (ticks <= 0)
        {
            return;
        }

        (First, Last) = (Math.Min(First, ticks), Math.Max(Last, ticks));
        int hour = (int)(ticks / TimeSpan.TicksPerHour);
        if (hour != _lastHour && _hours.Count < MaxHours)
        {
            _hours.Add(hour);
            _lastHour = hour;
        }
    }

    /// <summary>Writes it.</summary>
    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(Records);
        writer.Write(LowestId);
        writer.Write(HighestId);
        writer.Write(First);
        writer.Write(Last);
        writer.Write(_hours.Count);
        foreach (int hour in _hours.Order())
        {
            writer.Write(hour);
        }
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    public static LogExtent Read(BinaryReader reader)
    {
        var extent = new LogExtent
        {
            Records = reader.ReadInt64(),
            LowestId = reader.ReadInt64(),
            HighestId = reader.ReadInt64(),
            First = reader.ReadInt64(),
            Last = reader.ReadInt64(),
        };
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            extent._hours.Add(reader.ReadInt32());
        }

        return extent;
    }

    /// <summary>Adds what another worker counted of the same log.</summary>
    public void Add(LogExtent other)
    {
        Records += other.Records;
        (LowestId, HighestId) = (Math.Min(LowestId, other.LowestId), Math.Max(HighestId, other.HighestId));
        (First, Last) = (Math.Min(First, other.First), Math.Max(Last, other.Last));
        _hours.UnionWith(other._hours);
    }

    /// <summary>
    /// Spans of whole hours without a record, at least as long as asked, between two hours that have some. Told only of a log
    /// that is written in most hours: in others silence says nothing.
    /// </summary>
    public IEnumerable<(DateTime From, DateTime To)> Silences(int hours)
    {
        if (_hours.Count == 0 || _hours.Count < 0.7 * ((Last - First) / TimeSpan.TicksPerHour))
        {
            yield break;
        }

        int before = -1;
        foreach (int hour in _hours.Order())
        {
            if (before >= 0 && hour - before > hours)
            {
                yield return (new DateTime((before + 1) * TimeSpan.TicksPerHour, DateTimeKind.Utc), new DateTime(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc));
            }

            before = hour;
        }
    }
}

/// <summary>Which logs of which hosts the evidence holds. Safe for several threads.</summary>
internal sealed class LogExtents
{
    /// <summary>How requests to web servers are called among channels.</summary>
    public const string WebRequests = "web requests";

    private readonly Lock _gate = new();
    private readonly Dictionary<(int Host, string Channel), LogExtent> _extents = [];

    /// <summary>All of them, by host and channel.</summary>
    public IReadOnlyDictionary<(int Host, string Channel), LogExtent> All => _extents;

    /// <summary>How many days lie between the first and the last record, both included; 0 where none has a time.</summary>
    public int Days
    {
        get
        {
            long first = _extents.Values.Select(static extent => extent.First).DefaultIfEmpty(long.MaxValue).Min();
            long last = _extents.Values.Select(static extent => extent.Last).DefaultIfEmpty(long.MinValue).Max();
            return last < first ? 0 : (int)((last / TimeSpan.TicksPerDay) - (first / TimeSpan.TicksPerDay)) + 1;
        }
    }

    /// <summary>Adds what one worker counted.</summary>
    public void Add(IReadOnlyDictionary<(int Host, string Channel), LogExtent> counted)
    {
        lock (_gate)
        {
            foreach (((int Host, string Channel) key, LogExtent extent) in counted)
            {
                ref LogExtent? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_extents, key, out bool exists);
                if (exists)
                {
                    known!.Add(extent);
                }
                else
                {
                    known = extent;
                }
            }
        }
    }
}
