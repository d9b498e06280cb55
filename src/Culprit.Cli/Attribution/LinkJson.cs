using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Attribution;
using Culprit.Cli.Output;
using Culprit.Cli.Summary;

namespace Culprit.Cli.Attribution;

/// <summary>Which incidents are one campaign, for programs: one JSON object, described in docs/cli.md.</summary>
internal static class LinkJson
{
    /// <summary>Writes the object and a line feed.</summary>
    public static void Write(Stream stream, CampaignLinks links)
    {
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default, Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("tool"u8, ToolVersion.Text);
            json.WriteString("knowledge_sha256"u8, links.KnowledgeSha256);
            Number(json, "base_rate", links.BaseRate);
            Number(json, "pair_prior", links.PairPrior);
            json.WriteStartArray("incidents"u8);
            foreach (LinkedIncident one in links.Incidents)
            {
                json.WriteStartObject();
                json.WriteString("case"u8, one.Case);
                json.WriteNumber("number"u8, one.Number);
                json.WriteString("severity"u8, one.Incident.Severity.ToString().ToLowerInvariant());
                json.WriteString("first"u8, Words.Iso(one.Incident.First));
                json.WriteString("last"u8, Words.Iso(one.Incident.Last));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Campaigns(json, links);
            json.WriteStartArray("pairs"u8);
            foreach (IncidentLink link in links.Pairs)
            {
                Pair(json, link);
            }

            json.WriteEndArray();
            JsonArrays.Strings(json, "limits", links.Limits);
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void Campaigns(Utf8JsonWriter json, CampaignLinks links)
    {
        json.WriteStartArray("campaigns"u8);
        foreach (CampaignCluster campaign in links.Campaigns)
        {
            json.WriteStartObject();
            Numbers(json, "members", campaign.Members);
            json.WriteNumber("links"u8, campaign.Links);
            json.WriteStartArray("shared"u8);
            foreach (ClusterItem item in campaign.Shared)
            {
                json.WriteStartObject();
                json.WriteString("line"u8, SnakeCase.Of(item.Line));
                json.WriteString("kind"u8, item.Kind);
                json.WriteString("value"u8, item.Value);
                Number(json, "weight", item.Weight);
                Numbers(json, "members", item.Members);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("strongest_shared"u8, campaign.StrongestShared);
            json.WriteStartArray("without_strongest"u8);
            foreach (IReadOnlyList<int> members in campaign.WithoutStrongest)
            {
                Numbers(json, name: null, members);
            }

            json.WriteEndArray();
            JsonArrays.Strings(json, "without_strongest_caps", campaign.WithoutStrongestCaps);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Pair(Utf8JsonWriter json, IncidentLink link)
    {
        json.WriteStartObject();
        json.WriteNumber("first"u8, link.First);
        json.WriteNumber("second"u8, link.Second);
        Number(json, "probability", link.Probability);
        json.WriteString("likelihood"u8, SnakeCase.Of(link.Likelihood));
        json.WriteString("confidence"u8, SnakeCase.Of(link.Confidence));
        json.WriteString("likelihood_sentence"u8, link.LikelihoodSentence);
        json.WriteString("confidence_sentence"u8, link.ConfidenceSentence);
        JsonArrays.Strings(json, "caps", link.Caps);
        json.WriteString("same_victim"u8, link.SameVictim);
        json.WriteString("same_evidence"u8, link.SameEvidence);
        json.WriteBoolean("is_same_evidence"u8, link.IsSameEvidence);
        Number(json, "probability_without_strongest", link.ProbabilityWithoutStrongest);
        json.WriteString("likelihood_without_strongest"u8, SnakeCase.Of(link.LikelihoodWithoutStrongest));
        JsonArrays.Strings(json, "would_change", link.WouldChange);
        json.WriteStartArray("items"u8);
        foreach (LinkItem item in link.Items)
        {
            json.WriteStartObject();
            json.WriteString("line"u8, SnakeCase.Of(item.Line));
            json.WriteString("kind"u8, item.Kind);
            json.WriteString("value"u8, item.Value);
            Number(json, "weight", item.LogLikelihoodRatio);
            json.WriteString("spoofability"u8, SnakeCase.Of(item.Spoofability));
            json.WriteBoolean("dependent"u8, item.Dependent);
            json.WriteString("note"u8, item.Note);
            Numbers(json, "first_events", item.FirstEvents);
            Numbers(json, "second_events", item.SecondEvents);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("items_left_out"u8, link.ItemsLeftOut);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 6));

    private static void Numbers(Utf8JsonWriter json, string? name, IReadOnlyList<int> numbers)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
