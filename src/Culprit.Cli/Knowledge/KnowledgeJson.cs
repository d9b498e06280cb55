using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Output;
using Culprit.Knowledge;

namespace Culprit.Cli.Knowledge;

/// <summary>What is known of names, for programs: one JSON object. Field by field in docs/cli.md.</summary>
internal sealed class KnowledgeJson
{
    private readonly Utf8JsonWriter _json;
    private readonly KnowledgeBase _knowledge;

    private KnowledgeJson(Utf8JsonWriter json, KnowledgeBase knowledge)
    {
        _json = json;
        _knowledge = knowledge;
    }

    /// <summary>Writes all that <paramref name="wanted"/> means.</summary>
    public static void Write(Stream stream, KnowledgeInUse use, string wanted, IReadOnlyList<KnownName> found)
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default }))
        {
            new KnowledgeJson(json, use.Base).All(use, wanted, found);
        }

        stream.Write("\n"u8);
    }

    private void All(KnowledgeInUse use, string wanted, IReadOnlyList<KnownName> found)
    {
        _json.WriteStartObject();
        _json.WriteString("asked", wanted);
        _json.WriteStartObject("knowledge");
        _json.WriteString("from", use.From);
        _json.WriteString("sha256", use.Base.Sha256);
        Each("origins", use.Base.Origins, origin =>
        {
            _json.WriteString("name", origin.Name);
            _json.WriteString("version", origin.Version);
            _json.WriteString("date", KnowledgeText.Day(origin.Date));
            _json.WriteString("licence", origin.Licence);
        });
        _json.WriteEndObject();
        Each("matches", found, Match);
        _json.WriteEndObject();
    }

    private void Match(KnownName name)
    {
        _json.WriteString("kind", KnowledgeText.Kind(name.Kind));
        _json.WriteString("id", name.Id);
        _json.WriteString("name", name.Name);
        _json.WriteString("matched", name.Matched);
        switch (name.Kind)
        {
            case KnownKind.Group when _knowledge.Group(name.Id) is { } group:
                Group(group);
                break;
            case KnownKind.Campaign when _knowledge.Campaign(name.Id) is { } campaign:
                Campaign(campaign);
                break;
            case KnownKind.Software when _knowledge.SoftwareOf(name.Id) is { } software:
                _json.WriteString("type", software.Kind.ToString().ToLowerInvariant());
                Texts("platforms", software.Platforms);
                Aliases(software.Aliases);
                Users(software.Id);
                Relations("techniques", software.Techniques);
                break;
            case KnownKind.Technique when _knowledge.Technique(name.Id) is { } technique:
                Texts("tactics", technique.Tactics);
                _json.WriteString("parent", technique.Parent);
                Texts("platforms", technique.Platforms);
                _json.WriteBoolean("detectable", technique.Detectable);
                Users(technique.Id);
                Relations("software", _knowledge.SoftwareUsing(technique.Id));
                break;
            case KnownKind.Actor when _knowledge.Actor(name.Id) is { } actor:
                Actor(actor);
                break;
            default:
                Users(name.Id);
                break;
        }
    }

    private void Group(KnownGroup group)
    {
        _json.WriteString("created", KnowledgeText.Day(group.Created));
        Aliases(group.Aliases);
        Texts("actors", group.ActorIds);
        Each("countries", group.Countries, claim =>
        {
            _json.WriteString("country", claim.Country);
            _json.WriteString("origin", KnowledgeText.Origin(claim.Origin));
            _json.WriteBoolean("suspected", claim.Suspected);
            Number("confidence", claim.Confidence);
            Sources(claim.Sources);
        });
        Each("sponsors", group.Sponsors, claim =>
        {
            _json.WriteString("sponsor", claim.Sponsor);
            _json.WriteString("country", claim.Country);
            _json.WriteString("origin", KnowledgeText.Origin(claim.Origin));
            _json.WriteBoolean("suspected", claim.Suspected);
            Sources(claim.Sources);
        });
        Victims(group.Victims);
        Each("open_questions", _knowledge.Questions.Where(q => q.GroupId == group.Id).SelectMany(static q => q.Candidates), candidate =>
        {
            _json.WriteString("actor", candidate.ActorId);
            _json.WriteString("name", candidate.ActorName);
            Texts("shared_names", candidate.SharedNames);
            Texts("other_groups", candidate.OtherGroups);
        });
        Relations("vulnerabilities", group.Vulnerabilities);
        Relations("campaigns", _knowledge.CampaignsOf(group.Id));
        Relations("software", group.Software);
        Relations("techniques", group.Techniques);
        Each("indicator_lists", IndicatorSet.BuiltIn.ListsOf(group.Id, _knowledge), list =>
        {
            _json.WriteString("name", list.List.Name);
            _json.WriteNumber("values", list.Values);
            Number("first_year", list.FirstYear);
            Number("last_year", list.LastYear);
        });
    }

    private void Campaign(KnownCampaign campaign)
    {
        _json.WriteString("first_seen", KnowledgeText.Day(campaign.FirstSeen));
        _json.WriteString("last_seen", KnowledgeText.Day(campaign.LastSeen));
        Aliases(campaign.Aliases);
        Relations("attributed_to", campaign.AttributedTo);
        Relations("vulnerabilities", campaign.Vulnerabilities);
        Relations("software", campaign.Software);
        Relations("techniques", campaign.Techniques);
    }

    private void Actor(KnownActor actor)
    {
        Texts("aliases", actor.Aliases);
        _json.WriteString("country", actor.Country);
        Number("confidence", actor.Confidence);
        _json.WriteString("sponsor", actor.Sponsor);
        Victims(actor.Victims);
        Texts("groups", [.. _knowledge.GroupsOfActor(actor.Uuid).Select(static g => g.Id)]);
        Texts("references", actor.References);
    }

    private void Victims(KnownVictims? victims)
    {
        Texts("victim_countries", victims?.Countries ?? []);
        Texts("victim_sectors", victims?.Sectors ?? []);
        Texts("other_victims", victims?.Others ?? []);
    }

    private void Number(string property, int? number)
    {
        if (number is { } given)
        {
            _json.WriteNumber(property, given);
        }
        else
        {
            _json.WriteNull(property);
        }
    }

    private void Users(string id)
    {
        Relations("groups", _knowledge.GroupsUsing(id));
        Relations("campaigns", _knowledge.CampaignsUsing(id));
    }

    private void Aliases(ImmutableArray<KnownAlias> aliases) => Each("aliases", aliases, alias =>
    {
        _json.WriteString("name", alias.Name);
        Sources(alias.Sources);
    });

    private void Relations(string property, ImmutableArray<Relation> relations) => Each(property, relations, relation =>
    {
        _json.WriteString("id", relation.Target);
        Sources(relation.Sources);
    });

    private void Sources(ImmutableArray<KnownSource> sources) => Each("sources", sources, source =>
    {
        _json.WriteString("name", source.Name);
        _json.WriteString("publisher", source.Publisher);
        _json.WriteString("published", source.Published?.ToString());
        _json.WriteString("url", source.Url);
    });

    private void Texts(string property, ImmutableArray<string> texts) => JsonArrays.Strings(_json, property, texts);

    private void Each<T>(string property, IEnumerable<T> items, Action<T> write) => JsonArrays.Each(_json, property, items, (_, item) => write(item));
}
