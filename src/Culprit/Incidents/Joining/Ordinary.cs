using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Findings;

namespace Culprit.Incidents.Joining;

/// <summary>
/// What is ordinary in this evidence, learned from the evidence itself: what the same rule says of the same account on the
/// same host day after day, and what is seen on most days. Days make it so and never hosts: what many hosts show on one day is a
/// wave. In evidence of one or two days nothing is ordinary.
/// </summary>
internal sealed class Ordinary
{
    // Seen on fewer days than this, nothing is a habit.
    public const int FewestDays = 3;

    // A habit is seen on this share of the days at least; a clue on more of them tells nobody apart.
    public const double HabitShare = 0.25;

    private readonly FindingTable _table;
    private readonly Dictionary<(int Kind, int Host, int Account), DayCount> _habits = [];
    private readonly DayCount[] _clues;
    private readonly DayCount[] _values;
    private readonly DayCount[] _kinds;
    private readonly int[] _countOfKind;

    public Ordinary(FindingTable table)
    {
        _table = table;
        _clues = new DayCount[table.ClueCount];
        _values = new DayCount[table.ValueCount];
        _kinds = new DayCount[table.KindCount];
        _countOfKind = new int[table.KindCount];
        long first = long.MaxValue;
        long last = long.MinValue;
        for (int finding = 0; finding < table.Count; finding++)
        {
            FindingTable.Row row = table[finding];
            _countOfKind[row.Kind]++;
            if (!row.IsTimed)
            {
                continue;
            }

            (first, last) = (Math.Min(first, row.Day), Math.Max(last, row.Day));
            CollectionsMarshal.GetValueRefOrAddDefault(_habits, (row.Kind, row.Host, row.Account), out _).Add(row.Day);
            foreach (int clue in table.CluesOf(finding))
            {
                _clues[clue < 0 ? ~clue : clue].Add(row.Day);
            }

            _kinds[row.Kind].Add(row.Day);
            if (row.Value >= 0)
            {
                _values[row.Value].Add(row.Day);
            }
        }

        Days = last < first ? 0 : (int)Math.Min(int.MaxValue, last - first + 1);
    }

    /// <summary>How many days lie between the first and the last finding, both included.</summary>
    public int Days { get; }

    /// <summary>On how many days the same kind of finding was made of the same account on the same host.</summary>
    public int DaysOfHabit(int finding)
    {
        FindingTable.Row row = _table[finding];
        return _habits.TryGetValue((row.Kind, row.Host, row.Account), out DayCount days) ? days.Days : 0;
    }

    /// <summary>
    /// Whether the finding is of a kind that this host shows day after day. What a rule calls critical never is, nor contact with what a list holds: an implant
    /// asks for its orders every day.
    /// </summary>
    public bool IsHabit(int finding) => _table[finding].Level < FindingLevel.Critical && !_table.IsListed(finding) && IsOften(DaysOfHabit(finding));

    /// <summary>Whether a clue is seen on so few days that having it in common means something.</summary>
    public bool IsRare(int clue) => _table.Clue(clue).Kind is ClueKind.Process or ClueKind.ProcessNumber or ClueKind.Session || !IsOften(_clues[clue].Days);

    /// <summary>Whether what satisfied a rule did so on so few days that it is the same thing on all of its hosts, and not what they all do.</summary>
    public bool IsRareValue(int value) => !IsOften(_values[value].Days);

    /// <summary>On how many days a kind of finding was made, beyond <paramref name="own"/> of them.</summary>
    public int OtherDaysOf(int kind, int own) => Math.Max(0, _kinds[kind].Days - own);

    /// <summary>How many findings of a kind there are.</summary>
    public int CountOf(int kind) => _countOfKind[kind];

    private bool IsOften(int days) => days >= FewestDays && days >= HabitShare * Days;

    // Findings come in the order of time, so that a day is new or the last one.
    private record struct DayCount
    {
        private long _last;

        public int Days { get; private set; }

        public void Add(long day)
        {
            if (Days == 0 || day != _last)
            {
                Days++;
                _last = day;
            }
        }
    }
}
