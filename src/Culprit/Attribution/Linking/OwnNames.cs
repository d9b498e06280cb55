using System.Globalization;
using System.Net;
using Culprit.Attribution.Observing;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Linking;

/// <summary>The names that an institution gives to itself: they say who the victim is and nothing of the intruder.</summary>
internal sealed class OwnNames
{
    private const int MaxNamed = 3, MinName = 2, MaxName = 255;

    // So many servers of one full name each, in a domain inside that is called after something, are one network's, though each is called as everywhere.
    private const int SeveralHosts = 3;

    private readonly SortedSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _domains = new(StringComparer.Ordinal);

    // Anybody can ask a server for any name, so that these are left out of what is shared and show no one victim.
    private readonly HashSet<string> _sites = new(StringComparer.Ordinal);
    private readonly VictimDomains _victim;

    private OwnNames(VictimDomains victim) => _victim = victim;

    /// <summary>
    /// The names that an incident's events give. Those of <see cref="Incident.Hosts"/> are not among them, as hosts that a proxy was asked for stand there too.
    /// </summary>
    public static OwnNames Of(LinkedIncident linked)
    {
        var names = new OwnNames(VictimDomains.Of(linked.Computers.Concat(linked.Incident.Events.Select(VictimHosts.Of))));
        foreach (string computer in linked.Computers)
        {
            names.Add(computer);
        }

        foreach (IncidentEvent one in linked.Incident.Events)
        {
            names.Add(VictimHosts.Of(one));
            names.AddSite(VictimHosts.SiteOf(one));
        }

        return names;
    }

    /// <summary>
    /// Whether a domain is one of the institution's hosts or sites, or lies within the registered domain of a host. A host's own name of one label is no domain:
    /// below <c>dev</c> and <c>cloud</c> half the internet has names.
    /// </summary>
    /// <param name="domain">In lower case.</param>
    public bool Has(string domain) => _hosts.Contains(domain) || _sites.Contains(domain) || _victim.Has(domain);

    /// <summary>What shows that two incidents have one victim, as a sentence; empty where nothing does.</summary>
    /// <param name="a">The names of one.</param>
    /// <param name="b">Those of the other.</param>
    /// <param name="oneCase">Whether both are of one case, in which a name means one machine.</param>
    public static string Same(OwnNames a, OwnNames b, bool oneCase)
    {
        string? domain = a._domains.FirstOrDefault(d => b._domains.Contains(d) && HostWords.OfDomain(d) >= HostWords.Uncommon);
        if (domain is not null)
        {
            return $"Both name hosts of the domain {domain}, so that the victim is probably the same institution.";
        }

        string[] shared = [.. a._hosts.Where(b._hosts.Contains)];
        if (shared.Length > 0 && oneCase)
        {
            return $"Both are of one case and name the host {shared[0]}, so that the victim is probably the same institution.";
        }

        if (Array.Find(shared, static h => HostWords.OfHost(h) >= HostWords.Uncommon) is { } rare)
        {
            return $"Both name the host {rare}, as few others would call one, so that the victim is probably the same institution.";
        }

        if (a._domains.FirstOrDefault(d => b._domains.Contains(d) && HostWords.IsNamed(d) && shared.Count(h => IsIn(h, d)) >= SeveralHosts) is { } network)
        {
            return $"Both name the hosts {Few([.. shared.Where(h => IsIn(h, network))])}, so that the victim is probably the same institution.";
        }

        string[] counted = [.. shared.Where(static h => HostWords.OfHost(h) > 0)];
        int inside = a._domains.Where(b._domains.Contains).Select(HostWords.OfDomain).DefaultIfEmpty(0).Max();
        return counted.Length > 0 && counted.Length + inside >= HostWords.Uncommon
            ? $"Both name the {(counted.Length == 1 ? "host" : "hosts")} {Few(counted)}{(counted.Length == 1 ? " in domains of one name" : "")}, so that the victim is probably the same institution."
            : "";
    }

    /// <summary>
    /// What both name that does not show one victim, because other networks have such names too, completing "each ..."; empty where there is nothing.
    /// </summary>
    public static string Everywhere(OwnNames a, OwnNames b)
    {
        string[] hosts = [.. a._hosts.Where(b._hosts.Contains)], domains = [.. a._domains.Where(d => b._domains.Contains(d) && HostWords.IsNamed(d))];
        return hosts.Length > 0 ? $"names {Few(hosts)}, as hosts are called everywhere"
            : domains.Length > 0 ? $"names hosts of {Few(domains)}, as anybody may call a network of his own"
            : "";
    }

    private static bool IsIn(string host, string domain) => host.Length > domain.Length && host.EndsWith(domain, StringComparison.Ordinal) && host[^(domain.Length + 1)] == '.';

    private static string Few(string[] names) =>
        string.Join(", ", names.Take(MaxNamed)) + (names.Length > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MaxNamed} more") : "");

    private void Add(string name)
    {
        string lower = Lower(name);
        if (lower.Length == 0 || !_hosts.Add(lower))
        {
            return;
        }

        int point = lower.IndexOf('.');
        if (point > 0 && lower[(point + 1)..] is var domain && domain.Length > 1 && !PrivateNames.IsNoDomain(domain))
        {
            _domains.Add(domain);
        }
    }

    private void AddSite(string name)
    {
        if (Lower(name) is { Length: > 0 } site)
        {
            _sites.Add(site);
        }
    }

    // Empty for an address, and for what no name is as short or as long as.
    private static string Lower(string name)
    {
        string lower = name.TrimEnd('.').ToLowerInvariant();
        return lower.Length is >= MinName and <= MaxName && !IPAddress.TryParse(lower, out _) ? lower : "";
    }
}
