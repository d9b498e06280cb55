using Culprit.Events;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Incidents.Joining;

/// <summary>
/// Joins findings that share something rare, near enough in time: union-find over each clue's findings in order, so that the
/// time it takes is near-linear in their number.
/// </summary>
internal sealed class Joiner
{
    // How long after one another two findings on one host still belong together when nothing but time and place speaks for it.
    private static readonly TimeSpan NearOnHost = TimeSpan.FromHours(1);
    private static readonly TimeSpan NearIfSmall = TimeSpan.FromMinutes(10);

    private readonly FindingTable _table;
    private readonly Ordinary _ordinary;
    private readonly Components _components;
    private readonly List<(int Finding, string Through)> _joins = [];

    private Joiner(FindingTable table, Ordinary ordinary)
    {
        _table = table;
        _ordinary = ordinary;
        _components = new Components(table.Count);
    }

    /// <summary>The components, and through what each join was made.</summary>
    public static (Components Components, List<(int Finding, string Through)> Joins) Join(FindingTable table, Ordinary ordinary)
    {
        var joiner = new Joiner(table, ordinary);
        joiner.ByClues();
        joiner.ByHost();
        joiner.AcrossHosts();
        joiner.ByWave();
        joiner.ByContact();
        return (joiner._components, joiner._joins);
    }

    private void ByClues()
    {
        // For each clue the last finding that had it; of processes, also the last that had it as its parent.
        int[] last = Filled(_table.ClueCount);
        int[] lastBelow = Filled(_table.ClueCount);
        var files = new FileContents();
        for (int finding = 0; finding < _table.Count; finding++)
        {
            ReadOnlySpan<int> clues = _table.CluesOf(finding);
            for (int i = 0; i < clues.Length; i++)
            {
                bool isBelow = clues[i] < 0;
                int clue = isBelow ? ~clues[i] : clues[i];
                EventClue value = _table.Clue(clue);
                if (value.Kind == ClueKind.Host || !_ordinary.IsRare(clue))
                {
                    continue;
                }

                if (value.Kind is ClueKind.Process or ClueKind.ProcessNumber)
                {
                    TimeSpan lasting = value.Kind == ClueKind.Process ? TimeSpan.MaxValue : Nearness.OfNumber;
                    if (last[clue] >= 0 && IsNear(last[clue], finding, lasting))
                    {
                        Union(last[clue], finding, isBelow ? "a process and what started it" : "the same process");
                    }

                    if (isBelow ? lastBelow[clue] >= 0 && IsNear(lastBelow[clue], finding, Nearness.OfSiblings) : lastBelow[clue] >= 0 && IsNear(lastBelow[clue], finding, lasting))
                    {
                        Union(lastBelow[clue], finding, isBelow ? "started by the same process" : "a process and what started it");
                    }

                    (isBelow ? lastBelow : last)[clue] = finding;
                    continue;
                }

                if (IsJoinable(finding, value.Kind))
                {
                    int before = value.Kind == ClueKind.File ? files.Last(clue, _table.ContentOf(clues, i), last[clue], finding) : last[clue];
                    if (before >= 0 && IsNear(before, finding, WindowOf(value, before, finding)))
                    {
                        Union(before, finding, TextOf(value.Kind));
                    }

                    last[clue] = finding;
                }
            }
        }
    }

    private void ByHost()
    {
        int[] last = Filled(_table.HostCount);
        int[] lastSmall = Filled(_table.HostCount);
        for (int finding = 0; finding < _table.Count; finding++)
        {
            FindingTable.Row row = _table[finding];
            if (!row.IsTimed || _table.Host(row.Host).Length == 0 || row.Level < FindingLevel.Low || _ordinary.IsHabit(finding))
            {
                continue;
            }

            if (lastSmall[row.Host] >= 0 && IsNear(lastSmall[row.Host], finding, NearIfSmall))
            {
                Union(lastSmall[row.Host], finding, "the same host within minutes");
            }

            lastSmall[row.Host] = finding;
            if (row.Level < FindingLevel.Medium)
            {
                continue;
            }

            if (last[row.Host] >= 0 && IsNear(last[row.Host], finding, NearOnHost))
            {
                Union(last[row.Host], finding, "the same host within the hour");
            }

            last[row.Host] = finding;
        }
    }

    // One host names another, on which something was found before or after: a command that reaches over, or a logon from there.
    private void AcrossHosts()
    {
        int[] last = Filled(_table.HostCount);
        int[] lastNaming = Filled(_table.HostCount);
        for (int finding = 0; finding < _table.Count; finding++)
        {
            FindingTable.Row row = _table[finding];
            if (!row.IsTimed || row.Level < FindingLevel.Medium || _ordinary.IsHabit(finding))
            {
                continue;
            }

            if (lastNaming[row.Host] >= 0 && IsNear(lastNaming[row.Host], finding, Nearness.OfAccount))
            {
                Union(lastNaming[row.Host], finding, "one host named by the other");
            }

            foreach (int clue in _table.CluesOf(finding))
            {
                int named = clue < 0 ? -1 : _table.HostNamedBy(clue);
                if (named < 0 || named == row.Host)
                {
                    continue;
                }

                if (last[named] >= 0 && IsNear(last[named], finding, Nearness.OfAccount))
                {
                    Union(last[named], finding, "one host named by the other");
                }

                lastNaming[named] = finding;
            }

            last[row.Host] = finding;
        }
    }

    // The same grave thing on one host after the other is one wave, though each host tells of itself alone.
    private void ByWave()
    {
        int[] last = Filled(_table.ValueCount);
        for (int finding = 0; finding < _table.Count; finding++)
        {
            FindingTable.Row row = _table[finding];
            if (row.Value < 0 || !row.IsTimed || _table.Host(row.Host).Length == 0 || _ordinary.IsHabit(finding) || !_ordinary.IsRareValue(row.Value))
            {
                continue;
            }

            if (last[row.Value] >= 0 && _table[last[row.Value]].Host != row.Host && IsNear(last[row.Value], finding, Nearness.OfAccount))
            {
                Union(last[row.Value], finding, "the same on another host within hours");
            }

            last[row.Value] = finding;
        }
    }

    // What lists hold is one thing on whatever day and host it is met, though a clue that is seen every day joins nothing.
    private void ByContact()
    {
        var last = new Dictionary<int, int>();
        for (int finding = 0; finding < _table.Count; finding++)
        {
            if (!_table.IsListed(finding) || !_table[finding].IsTimed)
            {
                continue;
            }

            int rule = _table[finding].Rule;
            if (last.TryGetValue(rule, out int before) && IsNear(before, finding, Nearness.OfContact))
            {
                Union(before, finding, "the same listed indicator");
            }

            last[rule] = finding;
        }
    }

    // What a host shows every day joins nothing through an account, which acts every day too.
    private bool IsJoinable(int finding, ClueKind kind) => kind switch
    {
        ClueKind.Account => _table[finding].Level >= FindingLevel.Low && !_ordinary.IsHabit(finding),
        _ => true,
    };

    private TimeSpan WindowOf(EventClue clue, int earlier, int later) => clue.Kind switch
    {
        ClueKind.Session => Nearness.OfSession,
        ClueKind.Account => _table[earlier].Level >= FindingLevel.Medium && _table[later].Level >= FindingLevel.Medium ? Nearness.OfAccount : NearIfSmall,
        ClueKind.Address => AddressRange.IsPrivate(clue.Name) ? Nearness.OfInsideAddress : Nearness.OfContact,
        ClueKind.Service or ClueKind.Task => Nearness.OfWork,
        _ => Nearness.OfContact,
    };

    private static string TextOf(ClueKind kind) => kind switch
    {
        ClueKind.Session => "the same logon session",
        ClueKind.Account => "the same account within hours",
        ClueKind.Address => "the same address",
        ClueKind.File => "the same file",
        ClueKind.Hash => "the same hash",
        ClueKind.WebFile => "the same file of a web server",
        ClueKind.Domain => "the same domain",
        ClueKind.Service => "the same service",
        _ => "the same task",
    };

    private bool IsNear(int earlier, int later, TimeSpan window) =>
        window == TimeSpan.MaxValue || (_table[earlier].IsTimed && _table[later].IsTimed && _table[later].Time.UtcTicks - _table[earlier].LastTime.UtcTicks <= window.Ticks);

    private void Union(int a, int b, string through)
    {
        if (_components.Union(a, b))
        {
            _joins.Add((b, through));
        }
    }

    private static int[] Filled(int length)
    {
        int[] array = new int[length];
        Array.Fill(array, -1);
        return array;
    }
}
