namespace Culprit.Incidents.Surroundings;

/// <summary>Numbers hosts and sources, so that an entry holds four bytes for each. Safe for several threads.</summary>
internal sealed class IndexNames
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sources = new(StringComparer.Ordinal);
    private readonly List<string> _hostNames = [];
    private readonly List<string> _sourceList = [];

    /// <summary>The hosts, by their numbers; read when no sink writes any more.</summary>
    public IReadOnlyList<string> Hosts => _hostNames;

    /// <summary>The paths of sources, by their numbers.</summary>
    public IReadOnlyList<string> Sources => _sourceList;

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
