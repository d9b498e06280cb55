using System.Collections.Frozen;
using System.Net;
using Culprit.Knowledge.Indicators;

namespace Culprit.Knowledge;

/// <summary>What many unrelated people stand behind: services that give names, addresses and files to anybody.</summary>
internal static class SharedServices
{
    /// <summary>Whether a domain is one below which anybody can have a name or leave a file.</summary>
    public static bool IsSharedItself(string domain) => SharedHosting.IsSharedItself(domain);

    /// <summary>Whether an address answers for very many names.</summary>
    public static bool IsShared(IPAddress address) => SharedHosting.OfAddress(address.ToString()) is not null;

    /// <summary>Whose service a domain is, or lies below; null where nothing of the kind is known.</summary>
    public static SharedInfrastructure? Of(string domain) => SharedHosting.Of(IndicatorKind.Domain, domain);

    /// <summary>Whether a domain is one that everybody visits, or lies below one.</summary>
    public static bool IsVisited(string domain) => IsAtOrBelow(domain, WellKnown.Visited) || WellKnown.IsNational(RegisteredDomains.OfHolder(domain));

    /// <summary>Whether a domain is one of some, in lower case, or lies below one.</summary>
    public static bool IsAtOrBelow(string domain, FrozenSet<string> domains)
    {
        FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = domains.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> rest = domain;
        while (!lookup.Contains(rest))
        {
            int point = rest.IndexOf('.');
            if (point < 0)
            {
                return false;
            }

            rest = rest[(point + 1)..];
        }

        return true;
    }
}
