using System.Collections.Immutable;
using Culprit.Primitives;

namespace Culprit.Evidence.Reading;

/// <summary>How the text of a source is encoded.</summary>
internal enum TextEncoding
{
    /// <summary>UTF-8; a line that is not valid is read as Windows-1252's common part, Latin-1.</summary>
    Utf8,

    /// <summary>UTF-16, little-endian.</summary>
    Utf16Little,

    /// <summary>UTF-16, big-endian.</summary>
    Utf16Big,
}

/// <summary>
/// What is known of a source while it is read. Worker threads merge into it what they found in a unit; the result
/// does not depend on the order in which they do.
/// </summary>
internal sealed class SourceState
{
    private static readonly Comparer<CoverageProblem> ByPlace = Comparer<CoverageProblem>.Create(
        static (a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : string.CompareOrdinal(a.Message, b.Message));

    private readonly Lock _gate = new();
    private readonly EvidenceOptions _options;
    private readonly SortedSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly SortedSet<CoverageProblem> _problems = new(ByPlace);
    private long _problemCount;
    private long _good;
    private long _bad;
    private long _recovered;
    private long _lost;
    private long _nameless;
    private EventTime _first = EventTime.Unknown;
    private EventTime _last = EventTime.Unknown;
    private string _timeAssumption = "";

    public SourceState(EvidenceSource source, EvidenceOptions options)
    {
        Source = source;
        _options = options;
    }

    public EvidenceSource Source { get; }

    /// <summary>How its text is encoded, where it is text.</summary>
    public TextEncoding Encoding { get; set; }

    /// <summary>Bytes read as what it is.</summary>
    public long BytesRead { get; set; }

    /// <summary>Why it, or the rest of it, was not read.</summary>
    public string NotReadReason { get; private set; } = "";

    /// <summary>Says that the source, or the rest of it, is not read; the first reason stays.</summary>
    public void NotRead(string reason)
    {
        if (NotReadReason.Length == 0)
        {
            NotReadReason = reason;
        }
    }

    /// <summary>Whether nothing of it could be made use of, although its bytes passed.</summary>
    public bool IsUseless { get; private set; }

    /// <summary>Says that nothing of the source can be made use of.</summary>
    public void Useless(string reason)
    {
        NotRead(reason);
        IsUseless = true;
    }

    /// <summary>Adds a problem.</summary>
    public void AddProblem(long offset, string message)
    {
        lock (_gate)
        {
            Add(new CoverageProblem(offset, message));
        }
    }

    /// <summary>Adds a record that could not be read.</summary>
    public void AddBad(long offset, string message)
    {
        lock (_gate)
        {
            _bad++;
            Add(new CoverageProblem(offset, message));
        }
    }

    /// <summary>Adds what a worker found in one unit.</summary>
    public void Merge(UnitTally tally)
    {
        lock (_gate)
        {
            _good += tally.Good;
            _bad += tally.Bad;
            _recovered += tally.Recovered;
            _lost += tally.BytesLost;
            _nameless += tally.Nameless;
            _problemCount += tally.MoreProblems;
            foreach (CoverageProblem problem in tally.Problems)
            {
                Add(problem);
            }

            if (tally.First.Certainty != TimeCertainty.Unknown)
            {
                if (_first.Certainty == TimeCertainty.Unknown || UnitTally.IsBefore(tally.First, _first))
                {
                    _first = tally.First;
                }

                if (_last.Certainty == TimeCertainty.Unknown || UnitTally.IsBefore(_last, tally.Last))
                {
                    _last = tally.Last;
                }
            }

            foreach (string host in tally.Hosts)
            {
                _hosts.Add(host);
                if (_hosts.Count > _options.MaxHosts)
                {
                    _hosts.Remove(_hosts.Max!);
                }
            }

            if (tally.TimeAssumption.Length > 0
                && (_timeAssumption.Length == 0 || string.CompareOrdinal(tally.TimeAssumption, _timeAssumption) < 0))
            {
                _timeAssumption = tally.TimeAssumption;
            }
        }
    }

    /// <summary>The coverage statement, once nothing is added any more.</summary>
    public SourceCoverage ToCoverage()
    {
        long read = Math.Clamp(BytesRead - _lost, 0, Source.Length);
        if (_lost > 0)
        {
            NotRead($"{_lost} damaged bytes in which no record could be found");
        }

        return new SourceCoverage
        {
            Source = Source,
            Format = Source.Format,
            BytesRead = read,
            BytesNotRead = Source.Length - read,
            RecordsGood = _good,
            RecordsBad = _bad,
            RecordsRecovered = _recovered,
            First = _first,
            Last = _last,
            Hosts = [.. _hosts],
            Problems = [.. _problems],
            MoreProblems = _problemCount - _problems.Count,
            NotReadReason = NotReadReason,
            TimeAssumption = _timeAssumption,
            RecordsNameless = _nameless,
        };
    }

    private void Add(CoverageProblem problem)
    {
        _problemCount++;
        _problems.Add(problem);
        if (_problems.Count > _options.MaxProblems)
        {
            _problems.Remove(_problems.Max!);
        }
    }
}
