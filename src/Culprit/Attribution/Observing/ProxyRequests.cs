using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Attribution.Observing;

/// <summary>
/// Requests that a proxy passed on for a machine inside. The host of such a request was spoken to; that of any other is what whoever sent it wrote, be it
/// to a server that stands in the open or to one behind a load balancer, whose address is a private one too.
/// </summary>
internal static class ProxyRequests
{
    // Headers by which whoever stands in front of a server tells for whom it asks.
    private static readonly string[] InFront = ["x-forwarded-for", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip", "forwarded"];

    private static readonly string[] Schemes = ["http://", "https://", "ftp://"];

    /// <summary>Whether a field shows that a host was spoken to.</summary>
    /// <param name="indicator">An address, a domain or a URL.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="field">The field that holds it.</param>
    /// <param name="request">The request.</param>
    public static bool IsTo(string indicator, IndicatorKind kind, string field, IncidentEvent request)
    {
        if (kind is not (IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url) || !IsProxied(request))
        {
            return false;
        }

        // Where else than in its host it stands, as in a query, it is only mentioned.
        bool isOfTarget = field.ToLowerInvariant() is "cs-uri" or "cs-uri-stem" or "cs-host";
        return isOfTarget ? IsHost(Target(request), indicator) : IsOfPeer(field);
    }

    /// <summary>
    /// Whether a record looks like that of a proxy, for whomever it passed the request on: by fields that no other server writes, or by a request for a whole URL or
    /// a tunnel, which browsers send to proxies alone.
    /// </summary>
    public static bool IsOfProxy(IncidentEvent request) =>
        request.Fields.Any(static f => IsSaid(f.Value) && IsFieldOfProxy(f.Name)) || request.Value("cs-method") == "CONNECT" || Absolute(request).Length > 0;

    private static bool IsProxied(IncidentEvent request) =>
        AddressRange.IsPrivate(request.Value("c-ip")) && !AddressRange.IsPrivate(request.Value("r-ip"))
        && !request.Fields.Any(static f => IsSaid(f.Value) && Array.Exists(InFront, name => f.Name.EndsWith(name, StringComparison.OrdinalIgnoreCase)))
        && IsOfProxy(request);

    private static bool IsFieldOfProxy(string field) =>
        IsOfPeer(field) || field.StartsWith("rs-", StringComparison.OrdinalIgnoreCase) || field.StartsWith("s-hierarchy", StringComparison.OrdinalIgnoreCase);

    // With whom the proxy spoke.
    private static bool IsOfPeer(string field) => field.StartsWith("r-", StringComparison.OrdinalIgnoreCase) || field.StartsWith("s-supplier-", StringComparison.OrdinalIgnoreCase);

    private static bool IsSaid(string? value) => value is not (null or "" or "-");

    // The host that was asked for, with its port.
    private static string Target(IncidentEvent request) =>
        Absolute(request) is { Length: > 0 } url ? url
        : request.Value("cs-method") == "CONNECT" && Uri(request) is { Length: > 0 } tunnel && tunnel[0] != '/' ? tunnel
        : request.Value("cs-host");

    // What follows the scheme of a whole URL; empty where a path alone was asked for.
    private static string Absolute(IncidentEvent request)
    {
        string uri = Uri(request);
        return Array.Find(Schemes, s => uri.StartsWith(s, StringComparison.OrdinalIgnoreCase)) is { } scheme ? uri[scheme.Length..] : "";
    }

    private static string Uri(IncidentEvent request) => request.Value("cs-uri") is { Length: > 0 } uri ? uri : request.Value("cs-uri-stem");

    /// <summary>Whether a target, with or without port and path, is an indicator's host or a name below it.</summary>
    public static bool IsHost(string target, string indicator)
    {
        string host = RegisteredDomains.HostOf(target), known = RegisteredDomains.HostOf(indicator);
        return known.Length > 0 && host.EndsWith(known, StringComparison.OrdinalIgnoreCase) && (host.Length == known.Length || host[^(known.Length + 1)] == '.');
    }
}
