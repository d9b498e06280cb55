using System.Net;

namespace Culprit.Incidents.Joining;

/// <summary>Tells addresses inside of a network from those outside.</summary>
internal static class AddressRange
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Whether an address is given out inside of networks alone (RFC 1918, RFC 6598, RFC 4193).</summary>
    public static bool IsPrivate(string address) =>
        IPAddress.TryParse(address, out IPAddress? parsed)
        && Array.Exists(Private, network => network.BaseAddress.AddressFamily == parsed.AddressFamily && network.Contains(parsed));
}
