using System.Collections.Immutable;
using System.Globalization;

namespace Culprit.Knowledge.Facts;

/// <summary>One fact: what stands on one line, before it is text.</summary>
/// <param name="Kind">One of <see cref="FactKinds"/>.</param>
/// <param name="Fields">What it says, in the order in which <see cref="FactKinds"/> gives it; null where that is not known.</param>
/// <param name="Sources">What it rests on; null where facts of its kind name no sources.</param>
internal sealed record Fact(string Kind, ImmutableArray<string?> Fields, ImmutableArray<KnownSource>? Sources = null)
{
    /// <summary>Divides what is listed in one field.</summary>
    public const char Separator = '|';

    /// <summary>Everything that a knowledge base holds, in the order in which it is written.</summary>
    public static IEnumerable<Fact> All(KnowledgeParts parts) => [.. Origins(parts), .. Definitions(parts), .. Claims(parts), .. Relations(parts), .. Actors(parts)];

    private static IEnumerable<Fact> Origins(KnowledgeParts parts)
    {
        foreach (KnowledgeOrigin origin in parts.Origins)
        {
            yield return new(
                FactKinds.Origin,
                [origin.Origin is ClaimOrigin.Attack ? FactKinds.Attack : FactKinds.MispGalaxy, origin.Name, origin.Version, Day(origin.Date), origin.Licence, origin.Notice]);
        }

        foreach (KnownSource source in parts.Sources)
        {
            yield return new(FactKinds.Source, [Number(source.Number), source.Name, source.Publisher, source.Published?.ToString(), source.Url]);
        }
    }

    private static IEnumerable<Fact> Definitions(KnowledgeParts parts) =>
    [
        .. parts.Techniques.Select(static t => new Fact(FactKinds.Technique, [t.Id, t.Name, t.Parent, List(t.Tactics), List(t.Platforms)])),
        .. parts.Software.Select(static s => new Fact(
            FactKinds.Software,
            [s.Id, s.Name, s.Kind switch { SoftwareKind.Tool => FactKinds.Tool, SoftwareKind.Commodity => FactKinds.Commodity, _ => FactKinds.Malware }, List(s.Platforms)])),
        .. parts.Groups.Select(static g => new Fact(FactKinds.Group, [g.Id, g.Name, Day(g.Created)])),
        .. parts.Campaigns.Select(static c => new Fact(FactKinds.Campaign, [c.Id, c.Name, Day(c.FirstSeen), Day(c.LastSeen)])),
        .. parts.Actors.Select(static a => new Fact(FactKinds.Actor, [a.Uuid, a.Name, a.Country, a.Confidence is { } confidence ? Number(confidence) : null, a.Sponsor])),
        .. parts.Successors.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => new Fact(FactKinds.Successor, [p.Key, p.Value])),
        .. parts.Retired.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => new Fact(FactKinds.Retired, [p.Key, p.Value])),
    ];

    // What the MISP galaxy claims of a group stands with its actor.
    private static IEnumerable<Fact> Claims(KnowledgeParts parts) =>
    [
        .. from entity in parts.Groups.Select(static g => (g.Id, g.Aliases)).Concat(parts.Software.Select(static s => (s.Id, s.Aliases)))
               .Concat(parts.Campaigns.Select(static c => (c.Id, c.Aliases))).OrderBy(static e => e.Id, StringComparer.Ordinal)
           from alias in entity.Aliases
           select new Fact(FactKinds.Alias, [entity.Id, alias.Name], alias.Sources),
        .. from @group in parts.Groups
           from claim in @group.Countries
           where claim.Origin is ClaimOrigin.Attack
           select new Fact(FactKinds.Country, [@group.Id, claim.Country, Said(claim.Suspected)], claim.Sources),
        .. from @group in parts.Groups
           from claim in @group.Sponsors
           where claim.Origin is ClaimOrigin.Attack
           select new Fact(FactKinds.Sponsor, [@group.Id, claim.Sponsor, claim.Country, Said(claim.Suspected)], claim.Sources),
    ];

    // Identifiers of software (S...) sort before those of techniques (T...).
    private static IEnumerable<Fact> Relations(KnowledgeParts parts) =>
    [
        .. Related(FactKinds.Attributed, parts.Campaigns.Select(static c => (c.Id, c.AttributedTo))),
        .. Related(FactKinds.Uses, parts.Groups.Select(static g => (g.Id, g.Software.AddRange(g.Techniques)))
            .Concat(parts.Software.Select(static s => (s.Id, s.Techniques)))
            .Concat(parts.Campaigns.Select(static c => (c.Id, c.Software.AddRange(c.Techniques))))),
        .. Related(FactKinds.Exploits, parts.Groups.Select(static g => (g.Id, g.Vulnerabilities)).Concat(parts.Campaigns.Select(static c => (c.Id, c.Vulnerabilities)))),
    ];

    private static IEnumerable<Fact> Related(string kind, IEnumerable<(string Id, ImmutableArray<Relation> Relations)> all) =>
        all.OrderBy(static e => e.Id, StringComparer.Ordinal).SelectMany(e => e.Relations.Select(relation => new Fact(kind, [e.Id, relation.Target], relation.Sources)));

    private static IEnumerable<Fact> Actors(KnowledgeParts parts) =>
    [
        .. parts.Actors.SelectMany(static a => a.Aliases.Select(alias => new Fact(FactKinds.Synonym, [a.Uuid, alias]))),
        .. parts.Actors.Select(static a => a.Victims).OfType<KnownVictims>().SelectMany(static v => Victims(v, FactKinds.VictimCountry, v.Countries)
            .Concat(Victims(v, FactKinds.VictimOther, v.Others)).Concat(Victims(v, FactKinds.VictimSector, v.Sectors))),
        .. parts.Actors.SelectMany(static a => a.References.Select(reference => new Fact(FactKinds.Reference, [a.Uuid, reference]))),
        .. parts.Links.OrderByDescending(static l => l.Certain)
            .Select(static l => new Fact(l.Certain ? FactKinds.Same : FactKinds.Candidate, [l.GroupId, l.ActorId, List(l.Names)])),
    ];

    private static IEnumerable<Fact> Victims(KnownVictims of, string kind, ImmutableArray<string> victims) =>
        victims.Select(victim => new Fact(FactKinds.Victim, [of.ActorId, kind, victim]));

    private static string Said(bool suspected) => suspected ? FactKinds.Suspected : FactKinds.Stated;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(ImmutableArray<string> items) => string.Join(Separator, items);
}
