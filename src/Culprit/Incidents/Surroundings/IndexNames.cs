using Culprit.Evidence;

namespace Culprit.Incidents.Surroundings;

/// <summary>Numbers hosts and sources, so that an entry holds four bytes for each. Safe for several threads.</summary>
internal sealed class IndexNames
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<EvidenceSource, int> _sources = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _hostNames = [];
    private readonly List<EvidenceSource> _sourceList = [];

    /// <summary>The hosts, by their numbers; read when no sink writes any more.</summary>
    public IReadOnlyList<string> Hosts => _hostNames;

    /// <summary>The sources, by their numbers.</summary>
    public IReadOnlyList<EvidenceSource> Sources => _sourceList;

    /// <summary>The number of a host.</summary>
    /// <param name="machine">As clues name machines.</param>
    public int HostNumber(string machine)
    {
        lock (_gate)
        {
            if (!_hosts.TryGetValue(machine, out int number))
            {
                _hosts.Add(machine, number = _hostNames.Count);
                _hostNames.Add(machine);
            }

            return number;
        }
    }

    /// <summary>The number of a source.</summary>
    public int SourceNumber(EvidenceSource source)
    {
        lock (_gate)
        {
            if (!_sources.TryGetValue(source, out int number))
            {
                _sources.Add(source, number = _sourceList.Count);
                _sourceList.Add(source);
            }

            return number;
        }
    }
}
