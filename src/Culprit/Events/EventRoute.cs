namespace Culprit.Events;

/// <summary>
/// Where an event comes from, which decides what can be said of it. A Windows event has a channel, a provider and an
/// event id; other sources have Sigma's own triple. Each worker has one instance for equal routes.
/// </summary>
/// <param name="Product">Sigma product, such as <c>windows</c>; empty where not known.</param>
/// <param name="Category">Sigma category, such as <c>webserver</c>; empty for Windows events.</param>
/// <param name="Service">Sigma service, such as <c>iis</c>; empty for Windows events.</param>
/// <param name="Channel">Windows channel as the record writes it; empty otherwise.</param>
/// <param name="Provider">Windows provider as the record writes it; empty otherwise.</param>
/// <param name="EventId">Windows event id, 0 to 65535; 0 where there is none.</param>
public sealed record EventRoute(
    string Product, string Category, string Service, string Channel, string Provider, int EventId);
