using System.Net;
using Culprit.Knowledge.Indicators;

namespace Culprit.Knowledge;

/// <summary>
/// The part of a name that somebody registered: whatever lies below it is theirs. It has one label more than a registry's (<c>com</c>, <c>co.uk</c>,
/// <c>edu.ng</c>). A full list of registries is long and changes every week; those that are missing make one domain of many.
/// </summary>
internal static class RegisteredDomains
{
    /// <summary>
    /// The registered domain that a host's name is or lies below, in lower case. Empty for an address, a name of one label, what others register below, and
    /// names below services that give them to anybody.
    /// </summary>
    public static string Of(string host)
    {
        string name = host.TrimEnd('.').ToLowerInvariant();
        if (name.Length == 0 || name.Split('.').Any(string.IsNullOrEmpty) || IPAddress.TryParse(name, out _) || SharedServices.Of(name) is not null)
        {
            return "";
        }

        string domain = OfHolder(name);
        string[] labels = domain.Split('.');
        return labels.Length < 2 || IsRegistry(domain, labels) ? "" : domain;
    }

    /// <summary>
    /// What of a name, in lower case, one holder has: what somebody registered, or was given by a service that gives names to anybody. The name itself where it
    /// is no more than a registry's or a service's.
    /// </summary>
    public static string OfHolder(string name)
    {
        string[] labels = name.Split('.');
        for (int i = 1; i < labels.Length - 1; i++)
        {
            string above = string.Join('.', labels[i..]);
            if (SharedHosting.IsSharedItself(above) || IsRegistry(above, labels[i..]))
            {
                return string.Join('.', labels[(i - 1)..]);
            }
        }

        return labels.Length > 1 ? string.Join('.', labels[^2..]) : name;
    }

    /// <summary>
    /// The host of an address, a domain or a URL without its scheme, as lists hold them and requests name them: without user, port, path and query, and an address of
    /// IPv6 without its brackets. A user's name may look like a host, and ends at the last <c>@</c> before the path.
    /// </summary>
    public static string HostOf(string text)
    {
        int end = text.AsSpan().IndexOfAny("/?#");
        string authority = end < 0 ? text : text[..end];
        HostText.TrySplit(authority[(authority.LastIndexOf('@') + 1)..], out string host, out _);
        return host;
    }

    // Schools, towns and offices of the United States stand below a place below a state. Nobody is refused a name of two letters for it, as an indicator is.
    private static bool IsRegistry(string name, string[] labels) =>
        WellKnown.IsRegistry(name, labels) || (labels is [.., { Length: 2 }, "us"] && labels.Length <= 3);
}
