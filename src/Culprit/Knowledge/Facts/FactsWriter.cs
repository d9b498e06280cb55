using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Culprit.Knowledge.Facts;

/// <summary>A knowledge base as facts (<see cref="FactKinds"/>). The same knowledge gives the same bytes.</summary>
internal static class FactsWriter
{
    /// <summary>The bytes.</summary>
    public static byte[] Write(KnowledgeParts parts)
    {
        var lines = new Lines();
        lines.Add(FactKinds.Header, FactKinds.Version);
        foreach (KnowledgeOrigin origin in parts.Origins)
        {
            lines.Add(FactKinds.Origin, origin.Origin is ClaimOrigin.Attack ? FactKinds.Attack : FactKinds.MispGalaxy,
                origin.Name, origin.Version, Day(origin.Date), origin.Licence, origin.Notice);
        }

        foreach (KnownSource source in parts.Sources)
        {
            lines.Add(FactKinds.Source, Number(source.Number), source.Name, source.Publisher, source.Published?.ToString(), source.Url);
        }

        Definitions(parts, lines);
        Claims(parts, lines);
        Relations(parts, lines);
        Actors(parts, lines);
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static void Definitions(KnowledgeParts parts, Lines lines)
    {
        foreach (KnownTechnique technique in parts.Techniques)
        {
            lines.Add(FactKinds.Technique, technique.Id, technique.Name, technique.Parent, List(technique.Tactics), List(technique.Platforms));
        }

        foreach (KnownSoftware software in parts.Software)
        {
            lines.Add(FactKinds.Software, software.Id, software.Name,
                software.Kind switch { SoftwareKind.Tool => FactKinds.Tool, SoftwareKind.Commodity => FactKinds.Commodity, _ => FactKinds.Malware }, List(software.Platforms));
        }

        foreach (KnownGroup group in parts.Groups)
        {
            lines.Add(FactKinds.Group, group.Id, group.Name, Day(group.Created));
        }

        foreach (KnownCampaign campaign in parts.Campaigns)
        {
            lines.Add(FactKinds.Campaign, campaign.Id, campaign.Name, Day(campaign.FirstSeen), Day(campaign.LastSeen));
        }

        foreach (KnownActor actor in parts.Actors)
        {
            lines.Add(FactKinds.Actor, actor.Uuid, actor.Name, actor.Country,
                actor.Confidence is { } confidence ? Number(confidence) : null, actor.Sponsor);
        }

        foreach ((string old, string current) in parts.Successors.OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            lines.Add(FactKinds.Successor, old, current);
        }
    }

    private static void Claims(KnowledgeParts parts, Lines lines)
    {
        foreach ((string id, ImmutableArray<KnownAlias> aliases) in parts.Groups.Select(static g => (g.Id, g.Aliases))
            .Concat(parts.Software.Select(static s => (s.Id, s.Aliases)))
            .Concat(parts.Campaigns.Select(static c => (c.Id, c.Aliases)))
            .OrderBy(static e => e.Id, StringComparer.Ordinal))
        {
            foreach (KnownAlias alias in aliases)
            {
                lines.Add(FactKinds.Alias, id, alias.Name, Numbers(alias.Sources));
            }
        }

        // What the MISP galaxy claims of a group stands with its actor.
        foreach (KnownGroup group in parts.Groups)
        {
            foreach (CountryClaim claim in group.Countries.Where(static c => c.Origin is ClaimOrigin.Attack))
            {
                lines.Add(FactKinds.Country, group.Id, claim.Country, claim.Suspected ? FactKinds.Suspected : FactKinds.Stated, Numbers(claim.Sources));
            }
        }

        foreach (KnownGroup group in parts.Groups)
        {
            foreach (SponsorClaim claim in group.Sponsors.Where(static s => s.Origin is ClaimOrigin.Attack))
            {
                lines.Add(FactKinds.Sponsor, group.Id, claim.Sponsor, claim.Country, claim.Suspected ? FactKinds.Suspected : FactKinds.Stated, Numbers(claim.Sources));
            }
        }
    }

    private static void Relations(KnowledgeParts parts, Lines lines)
    {
        Add(FactKinds.Attributed, parts.Campaigns.Select(static c => (c.Id, c.AttributedTo)));
        Add(FactKinds.Uses, parts.Groups.Select(static g => (g.Id, Merged(g.Software, g.Techniques)))
            .Concat(parts.Software.Select(static s => (s.Id, s.Techniques)))
            .Concat(parts.Campaigns.Select(static c => (c.Id, Merged(c.Software, c.Techniques)))));
        Add(FactKinds.Exploits, parts.Groups.Select(static g => (g.Id, g.Vulnerabilities))
            .Concat(parts.Campaigns.Select(static c => (c.Id, c.Vulnerabilities))));

        void Add(string kind, IEnumerable<(string Id, ImmutableArray<Relation> Relations)> all)
        {
            foreach ((string id, ImmutableArray<Relation> relations) in all.OrderBy(static e => e.Id, StringComparer.Ordinal))
            {
                foreach (Relation relation in relations)
                {
                    lines.Add(kind, id, relation.Target, Numbers(relation.Sources));
                }
            }
        }
    }

    // Identifiers of software (S...) sort before those of techniques (T...).
    private static ImmutableArray<Relation> Merged(ImmutableArray<Relation> software, ImmutableArray<Relation> techniques) => [.. software, .. techniques];

    private static void Actors(KnowledgeParts parts, Lines lines)
    {
        foreach (KnownActor actor in parts.Actors)
        {
            foreach (string alias in actor.Aliases)
            {
                lines.Add(FactKinds.Synonym, actor.Uuid, alias);
            }
        }

        foreach (KnownVictims victims in parts.Actors.Select(static a => a.Victims).OfType<KnownVictims>())
        {
            Add(victims.ActorId, FactKinds.VictimCountry, victims.Countries);
            Add(victims.ActorId, FactKinds.VictimOther, victims.Others);
            Add(victims.ActorId, FactKinds.VictimSector, victims.Sectors);
        }

        foreach (KnownActor actor in parts.Actors)
        {
            foreach (string reference in actor.References)
            {
                lines.Add(FactKinds.Reference, actor.Uuid, reference);
            }
        }

        foreach (ActorLink link in parts.Links.OrderByDescending(static l => l.Certain))
        {
            lines.Add(link.Certain ? FactKinds.Same : FactKinds.Candidate, link.GroupId, link.ActorId, List(link.Names));
        }

        void Add(string actor, string kind, ImmutableArray<string> values)
        {
            foreach (string value in values)
            {
                lines.Add(FactKinds.Victim, actor, kind, value);
            }
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Numbers(ImmutableArray<KnownSource> sources) => string.Join(',', sources.Select(static s => Number(s.Number)));

    private static string List(ImmutableArray<string> items) => string.Join('|', items);

    private sealed class Lines
    {
        private readonly StringBuilder _text = new(2 << 20);

        public void Add(string kind, params ReadOnlySpan<string?> fields)
        {
            _text.Append(kind);
            foreach (string? field in fields)
            {
                _text.Append('\t').Append(field);
            }

            _text.Append('\n');
        }

        public override string ToString() => _text.ToString();
    }
}
