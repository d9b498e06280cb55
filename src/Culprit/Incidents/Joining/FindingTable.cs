using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
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
    private readonly Dictionary<(int Rule, string Family), int> _kinds = [];
    private readonly Dictionary<(int Rule, UInt128 Values), int> _values = [];

    public int Count => _rows.Count;

    public int ClueCount => _clueValues.Count;

    public int HostCount => _hosts.Count;

    public int KindCount => _kinds.Count;

    public int ValueCount => _values.Count;

    public Row this[int finding] => _rows[finding];

    public EventClue Clue(int clue) => _clueValues[clue];

    public RuleInfo Rule(int rule) => _rules[rule];

    /// <summary>Whether a finding tells of contact with what a list of indicators holds and few people use, and of more than a passing mention.</summary>
    public bool IsListed(int finding) => _rows[finding] is { Level: >= FindingLevel.Medium } row && _rules[row.Rule].Indicator is { Shared: null };

    public string Host(int host) => _hosts[host];

    /// <summary>Every host, as records name it.</summary>
    public IEnumerable<string> Hosts => Enumerable.Range(0, _hosts.Count).Select(Host);

    /// <summary>The host that a clue names, if anything was found there; -1 otherwise.</summary>
    public int HostNamedBy(int clue) => _clueValues[clue].Kind is ClueKind.Host or ClueKind.Address ? _hosts.Find(_clueValues[clue].Name) : -1;

    /// <summary>The clues of a finding.</summary>
    public ReadOnlySpan<int> CluesOf(int finding) =>
        CollectionsMarshal.AsSpan(_clues).Slice(_rows[finding].ClueStart, _rows[finding].ClueCount);

    /// <summary>The clue that is the hash of a file, as <see cref="ClueBuffer.ContentOf"/> tells; -1 where none was recorded.</summary>
    /// <param name="clues">The clues of a finding.</param>
    /// <param name="file">Which of them is the file.</param>
    public int ContentOf(ReadOnlySpan<int> clues, int file)
    {
        int next = file + 1;
        next += next < clues.Length && clues[next] >= 0 && _clueValues[clues[next]].Kind == ClueKind.WebFile ? 1 : 0;
        return next < clues.Length && clues[next] >= 0 && _clueValues[clues[next]].TellsContent ? clues[next] : -1;
    }

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

        string family = ThreatName.FamilyOf(ThreatName.Of(finding));
        _rows.Add(new Row(
            finding.Time, finding.LastTime, rule, NumberOf(_kinds, (rule, family)), ValueOf(finding, rule, family), finding.Rule.Level,
            _hosts.Of(finding.Host, Machine(finding.Host)), _accounts.Of(finding.Account, finding.Account.ToLowerInvariant()), start, _clues.Count - start));
    }

    // What satisfied a grave rule, where that is more than the kind of event that the rule is for; -1 otherwise.
    private int ValueOf(Finding finding, int rule, string family)
    {
        if (finding.Rule.Level < FindingLevel.High || finding.IsCorrelation)
        {
            return -1;
        }

        var values = new XxHash128();
        bool any = false;
        foreach (MatchedValue matched in finding.Matched)
        {
            if (family.Length == 0 && IsTelling(matched))
            {
                values.Append(Encoding.UTF8.GetBytes($"{matched.Field}\0{matched.Value}\0"));
                any = true;
            }
        }

        values.Append(Encoding.UTF8.GetBytes(family));
        return any || family.Length > 0 ? NumberOf(_values, (rule, values.GetCurrentHashAsUInt128())) : -1;
    }

    // Numbers and the log that they stand in are the same wherever such an event is recorded.
    private static bool IsTelling(MatchedValue matched) =>
        matched.Field is not ("Provider_Name" or "Channel") && matched.Value.AsSpan().ContainsAnyExceptInRange('0', '9') && matched.Value.Length > 1;

    private static int NumberOf<TKey>(Dictionary<TKey, int> numbers, TKey key)
        where TKey : notnull
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out bool known);
        return number = known ? number : numbers.Count - 1;
    }

    // As clues name it, so that a clue finds the host that it means.
    private static string Machine(string host) => ClueText.Machine(host, stackalloc char[ClueBuffer.MaxName]).ToString();

    /// <summary>
    /// A finding. Of its clues, those that name the parent process are stored as their complement. Its kind is its rule, and where
    /// antivirus names what was found, that family too; findings have the same value where the same satisfied the same grave rule.
    /// </summary>
    internal readonly record struct Row(
        EventTime Time, EventTime LastTime, int Rule, int Kind, int Value, FindingLevel Level, int Host, int Account, int ClueStart, int ClueCount)
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
