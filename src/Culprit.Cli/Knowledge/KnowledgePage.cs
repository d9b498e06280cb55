using System.Collections.Immutable;
using System.Globalization;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;
using Spectre.Console;

namespace Culprit.Cli.Knowledge;

/// <summary>What is known of names, for people: first what is claimed and by whom, then relations, each with its sources.</summary>
internal sealed class KnowledgePage(KnowledgeBase knowledge, CliHost host)
{
    private const int MostSources = 3;

    private readonly Page _page = new(host);

    /// <summary>Writes all that <paramref name="wanted"/> means.</summary>
    public void Write(IReadOnlyList<KnownName> found, string wanted)
    {
        if (found.Count > 1)
        {
            _page.Line($"'{wanted}' has {Words.Count(found.Count, "meaning")}:");
            foreach (KnownName name in found)
            {
                _page.Line($"  {KnowledgeText.Kind(name.Kind)} {name.Id} {name.Name}");
            }
        }

        foreach (KnownName name in found)
        {
            host.Out.WriteLine();
            _page.Line($"{KnowledgeText.Kind(name.Kind)} {name.Id}  {(name.Kind is KnownKind.Vulnerability ? "" : name.Name)}".TrimEnd(), Tone.Strong);
            if (name.Matched != name.Id && name.Matched != name.Name)
            {
                _page.Wrapped("found", knowledge.Successors.GetValueOrDefault(name.Matched) == name.Id
                    ? $"{name.Matched} was withdrawn; this took its place"
                    : $"'{name.Matched}' is another name of it");
            }

            Describe(name);
        }
    }

    private void Describe(KnownName name)
    {
        switch (name.Kind)
        {
            case KnownKind.Group when knowledge.Group(name.Id) is { } group:
                Group(group);
                break;
            case KnownKind.Campaign when knowledge.Campaign(name.Id) is { } campaign:
                Campaign(campaign);
                break;
            case KnownKind.Software when knowledge.SoftwareOf(name.Id) is { } software:
                Software(software);
                break;
            case KnownKind.Technique when knowledge.Technique(name.Id) is { } technique:
                Technique(technique);
                break;
            case KnownKind.Actor when knowledge.Actor(name.Id) is { } actor:
                Actor(actor);
                break;
            default:
                Users("Exploited by groups", "Exploited in campaigns", name.Id);
                break;
        }
    }

    private void Group(KnownGroup group)
    {
        _page.Wrapped("listed", $"by ATT&CK since {KnowledgeText.Day(group.Created)}");
        Names(group.Aliases);
        foreach (string uuid in group.ActorIds)
        {
            _page.Wrapped("same", $"as the MISP actor {knowledge.Actor(uuid)?.Name} ({uuid})");
        }

        foreach (CountryClaim claim in group.Countries)
        {
            _page.Wrapped("from", $"{KnownCountries.Name(claim.Country)} ({claim.Country}){(claim.Suspected ? ", suspected" : "")}: {Claim(claim.Origin, claim.Confidence, claim.Sources)}");
        }

        foreach (SponsorClaim claim in group.Sponsors)
        {
            _page.Wrapped("behind", $"{claim.Sponsor}{(claim.Suspected ? ", suspected" : "")}: {Claim(claim.Origin, null, claim.Sources)}");
        }

        Victims(group.Victims);
        foreach (OpenQuestion question in knowledge.Questions.Where(q => q.GroupId == group.Id))
        {
            Question(question);
        }

        Relations("Exploited vulnerabilities", group.Vulnerabilities, static _ => "");
        Relations("Campaigns", knowledge.CampaignsOf(group.Id), NameOf);
        Relations("Software", group.Software, NameOf);
        Relations("Techniques", group.Techniques, NameOf);
        Indicators(group);
    }

    private void Indicators(KnownGroup group)
    {
        IndicatorListExtent[] lists = [.. IndicatorSet.BuiltIn.ListsOf(group.Id, knowledge)];
        if (lists.Length == 0)
        {
            return;
        }

        host.Out.WriteLine();
        _page.Line($"  Lists of indicators that come with culprit ({Words.Number(lists.Length)})", Tone.Strong);
        Grid table = _page.Table(("list", 0), ("values", 1), ("reports of", 0));
        foreach (IndicatorListExtent list in lists)
        {
            table.AddRow(_page.Cell(list.List.Name), _page.Cell(Words.Number(list.Values)), _page.Cell(KnowledgeText.Years(list.FirstYear, list.LastYear), Tone.Quiet));
        }

        _page.Write(table);
    }

    private void Question(OpenQuestion question)
    {
        _page.Wrapped("open", question.Kind is QuestionKind.SeveralActors
            ? "the group shares names with several MISP actors, which are not merged with it:"
            : "the group shares names with a MISP actor that other groups share names with, too:");
        foreach (CandidateActor candidate in question.Candidates)
        {
            _page.Wrapped("", $"- {candidate.ActorName} ({candidate.ActorId}{(knowledge.Actor(candidate.ActorId)?.Country is { } country ? ", " + country : "")}) through {string.Join(", ", candidate.SharedNames)}"
                + (candidate.OtherGroups.IsEmpty ? "" : $"; also {string.Join(", ", candidate.OtherGroups.Select(id => $"{id} {knowledge.Group(id)?.Name}"))}"));
        }
    }

    private void Campaign(KnownCampaign campaign)
    {
        _page.Wrapped("seen", $"{KnowledgeText.Day(campaign.FirstSeen) ?? "unknown"} to {KnowledgeText.Day(campaign.LastSeen) ?? "unknown"}");
        Names(campaign.Aliases);
        Relations("Attributed to", campaign.AttributedTo, NameOf);
        Relations("Exploited vulnerabilities", campaign.Vulnerabilities, static _ => "");
        Relations("Software", campaign.Software, NameOf);
        Relations("Techniques", campaign.Techniques, NameOf);
    }

    private void Software(KnownSoftware software)
    {
        _page.Wrapped("kind", software.Kind switch
        {
            SoftwareKind.Tool => "tool",
            SoftwareKind.Commodity => "commodity malware: sold, rented, given away or used by many, so that who has it need not have made it",
            _ => "malware",
        });
        List("on", software.Platforms);
        Names(software.Aliases);
        Users("Used by groups", "Used in campaigns", software.Id);
        Relations("Techniques", software.Techniques, NameOf);
    }

    private void Technique(KnownTechnique technique)
    {
        List("tactic", technique.Tactics);
        if (technique.Parent is { } parent)
        {
            _page.Wrapped("under", $"{parent} {knowledge.Technique(parent)?.Name}");
        }

        List("on", technique.Platforms);
        if (!technique.Detectable)
        {
            _page.Wrapped("note", "takes place outside of the victim's systems: no log of the victim shows it");
        }

        Users("Used by groups", "Used in campaigns", technique.Id);
        Relations("Implemented by software", knowledge.SoftwareUsing(technique.Id), NameOf);
    }

    private void Actor(KnownActor actor)
    {
        List("names", actor.Aliases);
        if (actor.Country is { } country)
        {
            _page.Wrapped("from", $"{KnownCountries.Name(country)} ({country}): {Claim(ClaimOrigin.MispGalaxy, actor.Confidence, [])}");
        }

        if (actor.Sponsor is { } sponsor)
        {
            _page.Wrapped("behind", $"{sponsor}: {Claim(ClaimOrigin.MispGalaxy, null, [])}");
        }

        Victims(actor.Victims);
        foreach (KnownGroup group in knowledge.GroupsOfActor(actor.Uuid))
        {
            _page.Wrapped("same", $"as the group {group.Id} {group.Name}");
        }

        foreach (OpenQuestion question in knowledge.Questions.Where(q => q.Candidates.Any(c => c.ActorId == actor.Uuid)))
        {
            _page.Wrapped("open", $"it may be the group {question.GroupId} {knowledge.Group(question.GroupId)?.Name}: names are shared, and not with it alone");
        }

        foreach (string reference in actor.References)
        {
            _page.Whole("see", reference);
        }
    }

    private static string Claim(ClaimOrigin origin, int? confidence, ImmutableArray<KnownSource> sources) =>
        KnowledgeText.Origin(origin)
        + (confidence is { } given ? string.Create(CultureInfo.InvariantCulture, $", confidence {given} of 100") : "")
        + (sources.IsEmpty ? "" : ", citing " + KnowledgeText.Sources(sources));

    private void Names(ImmutableArray<KnownAlias> aliases)
    {
        foreach (KnownAlias alias in aliases)
        {
            _page.Wrapped("name", alias.Name + (alias.Sources.IsEmpty ? "" : " - " + KnowledgeText.Sources(alias.Sources, MostSources)));
        }
    }

    private void Victims(KnownVictims? victims)
    {
        if (victims is not null)
        {
            List("victim", [.. victims.Countries.Select(KnownCountries.Name), .. victims.Others], " (MISP)");
            List("sector", victims.Sectors, " (MISP)");
        }
    }

    private void List(string name, ImmutableArray<string> values, string behind = "")
    {
        if (!values.IsEmpty)
        {
            _page.Wrapped(name, string.Join(", ", values) + behind);
        }
    }

    private void Users(string groups, string campaigns, string id)
    {
        Relations(groups, knowledge.GroupsUsing(id), NameOf);
        Relations(campaigns, knowledge.CampaignsUsing(id), NameOf);
    }

    private void Relations(string heading, ImmutableArray<Relation> relations, Func<string, string> nameOf)
    {
        (string Id, string Name, ImmutableArray<KnownSource> Sources)[] all = [.. relations.Select(r => (r.Target, nameOf(r.Target), r.Sources))];
        if (all.Length == 0)
        {
            return;
        }

        host.Out.WriteLine();
        _page.Line($"  {heading} ({Words.Number(all.Length)})", Tone.Strong);
        // Vulnerabilities have no names beside their identifiers.
        bool named = Array.Exists(all, static row => row.Name.Length > 0);
        Grid table = named ? _page.Table(("id", 0), ("name", 0), ("sources", 0)) : _page.Table(("id", 0), ("sources", 0));
        foreach ((string id, string name, ImmutableArray<KnownSource> sources) in all)
        {
            Text cited = _page.Cell(KnowledgeText.Sources(sources, MostSources), Tone.Quiet);
            table.AddRow(named ? [_page.Cell(id), _page.Cell(TerminalText.Fit(name, 30, host.Unicode)), cited] : [_page.Cell(id), cited]);
        }

        _page.Write(table);
    }

    private string NameOf(string id) => knowledge.Technique(id)?.Name ?? knowledge.SoftwareOf(id)?.Name ?? knowledge.Group(id)?.Name ?? knowledge.Campaign(id)?.Name ?? "";
}
