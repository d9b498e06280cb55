using System.Net;
using Culprit.Incidents;

namespace Culprit.Attribution.Linking;

/// <summary>The names that an institution gives to itself: they say who the victim is and nothing of the intruder.</summary>
internal sealed class OwnNames
{
    // Suffixes that machines without a domain give to themselves.
    private static readonly string[] NoDomains = ["local", "lan", "home", "internal", "localdomain", "workgroup", "home.arpa"];

    private readonly SortedSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _domains = new(StringComparer.Ordinal);

    /// <summary>The names in an incident's events.</summary>
    public static OwnNames Of(Incident incident)
    {
        var names = new OwnNames();
        foreach (IncidentHost host in incident.Hosts)
        {
            names.Add(host.Name);
        }

        foreach (IncidentEvent one in incident.Events)
        {
            names.Add(one.Host);
        }

        return names;
    }

    /// <summary>Whether a domain lies within the institution's own.</summary>
    public bool Has(string domain)
    {
        for (int point = -1; ;)
        {
            string rest = domain[(point + 1)..];
            if (_domains.Contains(rest) || _hosts.Contains(rest))
            {
                return true;
            }

            point = domain.IndexOf('.', point + 1);
            if (point < 0)
            {
                return false;
            }
        }
    }

    /// <summary>What shows that two incidents have one victim, as a sentence; empty where nothing does.</summary>
    public static string Same(OwnNames a, OwnNames b)
    {
        if (a._domains.FirstOrDefault(b._domains.Contains) is { } domain)
        {
            return $"Both name hosts of the domain {domain}, so that the victim is probably the same institution.";
        }

        return a._hosts.FirstOrDefault(b._hosts.Contains) is { } host
            ? $"Both name the host {host}, so that the victim is probably the same institution."
            : "";
    }

    private void Add(string name)
    {
        string lower = name.TrimEnd('.').ToLowerInvariant();
        if (lower.Length < 2 || lower.Length > 255 || IPAddress.TryParse(lower, out _))
        {
            return;
        }

        _hosts.Add(lower);
        int point = lower.IndexOf('.');
        if (point > 0 && lower[(point + 1)..] is var domain && domain.Length > 1 && Array.IndexOf(NoDomains, domain) < 0)
        {
            _domains.Add(domain);
        }
    }
}
