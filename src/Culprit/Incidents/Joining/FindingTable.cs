using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Incidents.Joining;

/// <summary>
/// What joining needs of findings, by their numbers, in a few bytes each: a million of them fit. Names are numbers too, those
/// of hosts and clues in the order in which they were first met.
/// </summary>
internal sealed class FindingTable
{
    private readonly List<Row> _rows = [];
    private readonly List<int> _clues = [];
    private readonly Dictionary<EventClue, int> _clueNumbers = [];
    private readonly List<EventClue> _clueValues = [];
    private readonly Names _hosts = new();
    private readonly Names _accounts = new();
    private readonly Dictionary<RuleInfo, int> _ruleNumbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<RuleInfo> _rules = [];

    public int Count => _rows.Count;

    public int ClueCount => _clueValues.Count;

    public int HostCount => _hosts.Count;

    public Row this[int finding] => _rows[finding];

    public EventClue Clue(int clue) => _clueValues[clue];

    public RuleInfo Rule(int rule) => _rules[rule];

    public string Host(int host) => _hosts[host];

    /// <summary>Every host, as records name it.</summary>
    public IEnumerable<string> Hosts => Enumerable.Range(0, _hosts.Count).Select(Host);

    /// <summary>The host that a clue names, if anything was found there; -1 otherwise.</summary>
    public int HostNamedBy(int clue) => _clueValues[clue].Kind is ClueKind.Host or ClueKind.Address ? _hosts.Find(_clueValues[clue].Name) : -1;

    /// <summary>The clues of a finding.</summary>
    public ReadOnlySpan<int> CluesOf(int finding) =>
        CollectionsMarshal.AsSpan(_clues).Slice(_rows[finding].ClueStart, _rows[finding].ClueCount);

    public void Add(Finding finding)
    {
        int start = _clues.Count;
        foreach (EventClue clue in finding.Clues)
        {
            // The process that started another is the same thing seen from below.
            bool isBelow = clue.Kind is ClueKind.ParentProcess or ClueKind.ParentProcessNumber;
            EventClue thing = !isBelow ? clue : clue with { Kind = clue.Kind == ClueKind.ParentProcess ? ClueKind.Process : ClueKind.ProcessNumber };
            if (!_clueNumbers.TryGetValue(thing, out int number))
            {
                _clueNumbers.Add(thing, number = _clueValues.Count);
                _clueValues.Add(thing);
            }

            _clues.Add(isBelow ? ~number : number);
        }

        if (!_ruleNumbers.TryGetValue(finding.Rule, out int rule))
        {
            _ruleNumbers.Add(finding.Rule, rule = _rules.Count);
            _rules.Add(finding.Rule);
        }

        _rows.Add(new Row(
            finding.Time, finding.LastTime, rule, finding.Rule.Level,
            _hosts.Of(finding.Host, Machine(finding.Host)), _accounts.Of(finding.Account, finding.Account.ToLowerInvariant()), start, _clues.Count - start));
    }

    // As clues name it, so that a clue finds the host that it means.
    private static string Machine(string host) => ClueText.Machine(host, stackalloc char[ClueBuffer.MaxName]).ToString();

    /// <summary>A finding. Of its clues, those that name the parent process are stored as their complement.</summary>
    internal readonly record struct Row(
        EventTime Time, EventTime LastTime, int Rule, FindingLevel Level, int Host, int Account, int ClueStart, int ClueCount)
    {
        public bool IsTimed => Time.Certainty != TimeCertainty.Unknown;

        public long Day => Time.UtcTicks / TimeSpan.TicksPerDay;
    }

    private sealed class Names
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<string> _names = [];

        public int Count => _names.Count;

        public string this[int number] => _names[number];

        public int Find(string key) => _numbers.GetValueOrDefault(key, -1);

        public int Of(string name, string key)
        {
            if (!_numbers.TryGetValue(key, out int number))
            {
                _numbers.Add(key, number = _names.Count);
                _names.Add(name);
            }

            return number;
        }
    }
}
