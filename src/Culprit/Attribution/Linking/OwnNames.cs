using System.Globalization;
using System.Net;
using Culprit.Attribution.Observing;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Linking;

/// <summary>The names that an institution gives to itself: they say who the victim is and nothing of the intruder.</summary>
internal sealed class OwnNames
{
    private const int MaxNamed = 3;

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

        string[] counted = [.. shared.Where(static h => HostWords.OfHost(h) > 0)];
        int inside = a._domains.Where(b._domains.Contains).Select(HostWords.OfDomain).DefaultIfEmpty(0).Max();
        return counted.Length > 0 && counted.Length + inside >= HostWords.Uncommon
            ? $"Both name the {(counted.Length == 1 ? "host" : "hosts")} {Few(counted)}{(counted.Length == 1 ? " in domains of one name" : "")}, so that the victim is probably the same institution."
            : "";
    }

    /// <summary>
    /// The hosts that both name where that does not show one victim, because every network has such names; empty where there is none.
    /// </summary>
    public static string Everywhere(OwnNames a, OwnNames b) => Few([.. a._hosts.Where(b._hosts.Contains)]);

    private static string Few(string[] names) =>
        string.Join(", ", names.Take(MaxNamed)) + (names.Length > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MaxNamed} more") : "");

    private void Add(string name)
    {
        string lower = name.TrimEnd('.').ToLowerInvariant();
        if (lower.Length < 2 || lower.Length > 255 || IPAddress.TryParse(lower, out _))
        {
            return;
        }

        _hosts.Add(lower);
        int point = lower.IndexOf('.');
        if (point > 0 && lower[(point + 1)..] is var domain && domain.Length > 1 && !PrivateNames.IsNoDomain(domain))
        {
            _domains.Add(domain);
        }
    }
}
