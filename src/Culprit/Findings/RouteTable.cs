using System.Collections.Concurrent;
using Culprit.Events;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>One <see cref="SigmaRoute"/> for each distinct route of events in a run, because the matcher looks routes up by reference.</summary>
internal sealed class RouteTable
{
    // Hostile evidence may name a new provider in every record; past this, routes are no longer kept.
    private const int MaxRoutes = 100_000;

    private readonly ConcurrentDictionary<SigmaRoute, SigmaRoute> _routes = new();

    public SigmaRoute Of(EventRoute route)
    {
        var wanted = new SigmaRoute(route.Product, route.Category, route.Service, route.Channel, route.Provider, route.EventId);
        return _routes.TryGetValue(wanted, out SigmaRoute? known) ? known
            : _routes.Count < MaxRoutes ? _routes.GetOrAdd(wanted, wanted)
            : wanted;
    }
}
