namespace Culprit.Incidents.Surroundings;

/// <summary>How often something is seen in all of the evidence, and on how many days.</summary>
internal sealed class ClueTally
{
    private const int MaxDays = 400;

    private readonly HashSet<int> _days = [];

    /// <summary>How many events have it.</summary>
    public int Events { get; private set; }

    /// <summary>The first time.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>The last time.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>On how many days; exact up to some hundreds.</summary>
    public int Days => _days.Count;

    /// <summary>How long after the first event the last one is.</summary>
    public TimeSpan Span => Last < First ? TimeSpan.Zero : new TimeSpan(Last - First);

    /// <summary>Counts an event.</summary>
    public void Add(in IndexedEvent one)
    {
        Events++;
        if (!one.IsTimed)
        {
            return;
        }

        (First, Last) = (Math.Min(First, one.Ticks), Math.Max(Last, one.Ticks));
        if (_days.Count < MaxDays)
        {
            _days.Add(one.Day);
        }
    }
}
