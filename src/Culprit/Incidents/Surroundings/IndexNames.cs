namespace Culprit.Incidents.Surroundings;

/// <summary>Numbers hosts and sources, so that an entry holds four bytes for each. Safe for several threads.</summary>
internal sealed class IndexNames
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sources = new(StringComparer.Ordinal);
    private readonly List<string> _hostNames = [];
    private readonly List<string> _hostsInFull = [];
    private readonly List<string> _sourceList = [];

    /// <summary>The hosts, by their numbers; read when no sink writes any more.</summary>
    public IReadOnlyList<string> Hosts => _hostNames;

    /// <summary>The hosts as records name them, by their numbers: of several ways the longest.</summary>
    public IReadOnlyList<string> HostsInFull => _hostsInFull;

    /// <summary>The paths of sources, by their numbers.</summary>
    public IReadOnlyList<string> Sources => _sourceList;

    /// <summary>The number of a host.</summary>
    /// <param name="machine">As clues name machines.</param>
    /// <param name="inFull">As a record names it.</param>
    public int HostNumber(string machine, string inFull)
    {
        lock (_gate)
        {
            if (!_hosts.TryGetValue(machine, out int number))
            {
                _hosts.Add(machine, number = _hostNames.Count);
                _hostNames.Add(machine);
                _hostsInFull.Add(inFull);
            }
            else if (inFull.Length > _hostsInFull[number].Length
                || (inFull.Length == _hostsInFull[number].Length && string.CompareOrdinal(inFull, _hostsInFull[number]) < 0))
            {
                _hostsInFull[number] = inFull;
            }

            return number;
        }
    }

    /// <summary>The number of a source.</summary>
    public int SourceNumber(string path)
    {
        lock (_gate)
        {
            if (!_sources.TryGetValue(path, out int number))
            {
                _sources.Add(path, number = _sourceList.Count);
                _sourceList.Add(path);
            }

            return number;
        }
    }
}
