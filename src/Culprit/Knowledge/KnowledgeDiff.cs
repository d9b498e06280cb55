using System.Collections.Immutable;
using System.Globalization;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge;

/// <summary>What became of a fact.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is there in both, and says something else or rests on other sources.</summary>
    Changed,
}

/// <summary>A difference between two knowledge bases.</summary>
/// <param name="Change">What became of the fact.</param>
/// <param name="Fact">What kind of fact: <c>group</c>, <c>alias</c>, <c>uses</c> and so on.</param>
/// <param name="Subject">The identifier of what it speaks of.</param>
/// <param name="Object">What it says of it; empty where the subject itself came or went.</param>
/// <param name="Before">What it said or rested on before; empty where it is new.</param>
/// <param name="After">What it says or rests on now; empty where it is gone.</param>
public sealed record KnowledgeChange(ChangeKind Change, string Fact, string Subject, string Object, string Before, string After);

/// <summary>
/// Compares knowledge bases fact by fact, by everything that is read of facts. Numbers of sources do not count, their names do.
/// </summary>
public static class KnowledgeDiff
{
    // What divides parts, items of lists and sources while they are compared: no field of a fact holds a tab.
    private const string Part = "\t,", Item = "\t/", Source = "\t;";

    // The order in which changes are told: what came and went first, then what is said of it.
    private static readonly string[] Order =
    [
        FactKinds.Origin, FactKinds.Group, FactKinds.Campaign, FactKinds.Software, FactKinds.Technique, FactKinds.Actor, FactKinds.Successor, FactKinds.Source,
        FactKinds.Alias, FactKinds.Country, FactKinds.Sponsor, FactKinds.Attributed, FactKinds.Exploits, FactKinds.Uses, FactKinds.Same, FactKinds.Candidate,
        FactKinds.Synonym, FactKinds.Victim, FactKinds.Reference,
    ];

    /// <summary>The differences: by kind of fact, subject and object.</summary>
    public static IReadOnlyList<KnowledgeChange> Compare(KnowledgeBase before, KnowledgeBase after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Dictionary<(string Fact, string Subject, string Object), string> old = Said(before);
        Dictionary<(string Fact, string Subject, string Object), string> current = Said(after);
        IEnumerable<KnowledgeChange> gone = old.Where(pair => !current.ContainsKey(pair.Key))
            .Select(static pair => new KnowledgeChange(ChangeKind.Removed, pair.Key.Fact, pair.Key.Subject, pair.Key.Object, Told(pair.Value), ""));
        IEnumerable<KnowledgeChange> come = current.Where(pair => !old.ContainsKey(pair.Key))
            .Select(static pair => new KnowledgeChange(ChangeKind.Added, pair.Key.Fact, pair.Key.Subject, pair.Key.Object, "", Told(pair.Value)));
        IEnumerable<KnowledgeChange> other = current.Where(pair => old.TryGetValue(pair.Key, out string? was) && was != pair.Value)
            .Select(pair => new KnowledgeChange(ChangeKind.Changed, pair.Key.Fact, pair.Key.Subject, pair.Key.Object, Told(old[pair.Key]), Told(pair.Value)));
        return [.. gone.Concat(come).Concat(other)
            .OrderBy(static c => Array.IndexOf(Order, c.Fact))
            .ThenBy(static c => c.Subject, StringComparer.Ordinal)
            .ThenBy(static c => c.Object, StringComparer.Ordinal)];
    }

    private static string Told(string value) => value
        .Replace(Part, ", ", StringComparison.Ordinal).Replace(Item, "/", StringComparison.Ordinal).Replace(Source, "; ", StringComparison.Ordinal);

    private static Dictionary<(string Fact, string Subject, string Object), string> Said(KnowledgeBase knowledge)
    {
        Dictionary<(string, string, string), string> facts = [];
        foreach (IGrouping<(ClaimOrigin Origin, string Name), KnowledgeOrigin> named in knowledge.Origins.GroupBy(static o => (o.Origin, o.Name)))
        {
            facts[(FactKinds.Origin, named.Key.Origin is ClaimOrigin.Attack ? FactKinds.Attack : FactKinds.MispGalaxy, named.Key.Name)] =
                string.Join(Source, named.Select(static o => Parts(Given("version", Empty(o.Version)), Day(o.Date), o.Licence, Given("notice", Empty(o.Notice)))));
        }

        foreach (KnownSource source in knowledge.Sources)
        {
            facts[(FactKinds.Source, source.Name, "")] = Parts(Given("publisher", source.Publisher), Given("date", source.Published?.ToString()), Given("address", source.Url));
        }

        foreach (KnownGroup group in knowledge.Groups)
        {
            facts[(FactKinds.Group, group.Id, "")] = Parts(group.Name, "listed " + Day(group.Created));
            Add(FactKinds.Alias, group.Id, group.Aliases.Select(static a => (a.Name, a.Sources)));
            foreach (CountryClaim claim in group.Countries.Where(static c => c.Origin is ClaimOrigin.Attack))
            {
                facts[(FactKinds.Country, group.Id, claim.Country)] = Claim(claim.Suspected, claim.Sources);
            }

            foreach (SponsorClaim claim in group.Sponsors.Where(static s => s.Origin is ClaimOrigin.Attack))
            {
                facts[(FactKinds.Sponsor, group.Id, claim.Sponsor)] = Parts(Given("country", claim.Country), Claim(claim.Suspected, claim.Sources));
            }

            AddRelations(FactKinds.Uses, group.Id, group.Techniques);
            AddRelations(FactKinds.Uses, group.Id, group.Software);
            AddRelations(FactKinds.Exploits, group.Id, group.Vulnerabilities);
        }

        foreach (KnownCampaign campaign in knowledge.Campaigns)
        {
            facts[(FactKinds.Campaign, campaign.Id, "")] = Parts(campaign.Name, $"{Day(campaign.FirstSeen)} to {Day(campaign.LastSeen)}");
            Add(FactKinds.Alias, campaign.Id, campaign.Aliases.Select(static a => (a.Name, a.Sources)));
            AddRelations(FactKinds.Attributed, campaign.Id, campaign.AttributedTo);
            AddRelations(FactKinds.Uses, campaign.Id, campaign.Techniques);
            AddRelations(FactKinds.Uses, campaign.Id, campaign.Software);
            AddRelations(FactKinds.Exploits, campaign.Id, campaign.Vulnerabilities);
        }

        foreach (KnownSoftware software in knowledge.Software)
        {
            facts[(FactKinds.Software, software.Id, "")] = Parts(software.Name, software.Kind.ToString().ToLowerInvariant(), Items(software.Platforms));
            Add(FactKinds.Alias, software.Id, software.Aliases.Select(static a => (a.Name, a.Sources)));
            AddRelations(FactKinds.Uses, software.Id, software.Techniques);
        }

        foreach (KnownTechnique technique in knowledge.Techniques)
        {
            facts[(FactKinds.Technique, technique.Id, "")] = Parts(technique.Name, Given("parent", technique.Parent), Items(technique.Tactics), Items(technique.Platforms));
        }

        foreach (KnownActor actor in knowledge.Actors)
        {
            facts[(FactKinds.Actor, actor.Uuid, "")] = Parts(
                actor.Name, Given("country", actor.Country), Given("confidence", actor.Confidence?.ToString(CultureInfo.InvariantCulture)), Given("sponsor", actor.Sponsor));
            AddTexts(FactKinds.Synonym, actor.Uuid, actor.Aliases);
            foreach (IGrouping<string, string> victim in Victims(actor).GroupBy(static v => v.Victim, static v => v.Kind, StringComparer.Ordinal))
            {
                facts[(FactKinds.Victim, actor.Uuid, victim.Key)] = string.Join(Item, victim);
            }

            AddTexts(FactKinds.Reference, actor.Uuid, actor.References);
        }

        foreach ((string withdrawn, string successor) in knowledge.Successors)
        {
            facts[(FactKinds.Successor, withdrawn, "")] = successor;
        }

        foreach (ActorLink link in knowledge.Links)
        {
            facts[(link.Certain ? FactKinds.Same : FactKinds.Candidate, link.GroupId, link.ActorId)] = Items(link.Names);
        }

        return facts;

        void AddRelations(string fact, string subject, ImmutableArray<Relation> relations) =>
            Add(fact, subject, relations.Select(static r => (r.Target, r.Sources)));

        void Add(string fact, string subject, IEnumerable<(string Name, ImmutableArray<KnownSource> Sources)> all)
        {
            foreach ((string name, ImmutableArray<KnownSource> sources) in all)
            {
                facts[(fact, subject, name)] = Names(sources);
            }
        }

        void AddTexts(string fact, string subject, ImmutableArray<string> texts)
        {
            foreach (string text in texts)
            {
                facts[(fact, subject, text)] = "";
            }
        }
    }

    private static IEnumerable<(string Victim, string Kind)> Victims(KnownActor actor) => actor.Victims is not { } victims ? [] :
    [
        .. victims.Countries.Select(static v => (v, FactKinds.VictimCountry)),
        .. victims.Sectors.Select(static v => (v, FactKinds.VictimSector)),
        .. victims.Others.Select(static v => (v, FactKinds.VictimOther)),
    ];

    private static string Claim(bool suspected, ImmutableArray<KnownSource> sources) => (suspected ? "suspected; " : "stated; ") + Names(sources);

    private static string Names(ImmutableArray<KnownSource> sources) => string.Join(Source, sources.Select(static s => s.Name));

    private static string Parts(params ReadOnlySpan<string?> parts) => string.Join(Part, parts);

    private static string Items(ImmutableArray<string> items) => string.Join(Item, items);

    private static string Given(string what, string? value) => value is null ? "no " + what : what + " " + value;

    private static string? Empty(string text) => text.Length == 0 ? null : text;

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "unknown";
}
