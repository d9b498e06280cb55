using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Cli.Summary;
using Culprit.Incidents;

namespace Culprit.Cli.Output;

/// <summary>Writes the story of an incident as <c>docs/cli.md</c> describes it.</summary>
internal static class StoryJson
{
    // Trees are deep only as far as the engine lets them be.
    public static void Write(Utf8JsonWriter json, IncidentStory story)
    {
        json.WriteStartObject("story"u8);
        Statements(json, "entry", story.Entry);
        Statements(json, "told", story.Told);
        JsonArrays.Each(json, "hosts_fallen", story.HostsFallen, static (json, host) =>
        {
            json.WriteString("host"u8, host.Host);
            json.WriteString("first"u8, Words.Iso(host.First));
            Statement(json, "how", host.How);
        });
        JsonArrays.Each(json, "accounts_used", story.AccountsUsed, static (json, account) =>
        {
            json.WriteString("account"u8, account.Account);
            json.WriteString("first"u8, Words.Iso(account.First));
            Statement(json, "how", account.How);
        });
        JsonArrays.Each(json, "movements", story.Movements, static (json, movement) =>
        {
            json.WriteString("from"u8, movement.From);
            json.WriteString("to"u8, movement.To);
            json.WriteString("account"u8, movement.Account);
            json.WriteString("means"u8, movement.Means);
            json.WriteString("time"u8, Words.Iso(movement.Time));
            Events(json, movement.Events);
        });
        JsonArrays.Each(json, "processes", story.Processes, Process);
        JsonArrays.Each(json, "tools", story.Tools, static (json, tool) =>
        {
            json.WriteString("name"u8, tool.Name);
            json.WriteString("kind"u8, tool.Kind);
            Statement(json, "basis", tool.Basis);
        });
        JsonArrays.Each(json, "channels", story.Channels, static (json, channel) =>
        {
            json.WriteString("value"u8, channel.Value);
            json.WriteString("first"u8, Words.Iso(channel.First));
            json.WriteString("last"u8, Words.Iso(channel.Last));
            Statement(json, "role", channel.Role);
        });
        JsonArrays.Each(json, "taken", story.Taken, static (json, taken) =>
        {
            json.WriteString("what"u8, taken.What);
            json.WriteString("host"u8, taken.Host);
            json.WriteString("state"u8, taken.State == TakenState.Taken ? "taken" : "staged");
            json.WriteString("time"u8, Words.Iso(taken.Time));
            Number(json, "at_least_bytes", taken.AtLeastBytes);
            Number(json, "at_most_bytes", taken.AtMostBytes);
            Statement(json, "how", taken.How);
        });
        Statements(json, "hidden", story.Hidden);
        Statements(json, "returned", story.Returned);
        JsonArrays.Each(json, "limits", story.Limits, static (json, limit) =>
        {
            json.WriteString("question"u8, limit.Question);
            json.WriteString("would_have_told"u8, limit.WouldHaveTold);
        });
        JsonArrays.Each(json, "benign", story.Benign, static (json, benign) =>
        {
            json.WriteString("explanation"u8, benign.Explanation);
            Statements(json, "for", benign.For);
            Statements(json, "against", benign.Against);
            Statement(json, "verdict", benign.Verdict);
        });
        JsonArrays.Each(json, "indicators", story.Indicators, static (json, indicator) =>
        {
            json.WriteString("kind"u8, indicator.Kind);
            json.WriteString("value"u8, indicator.Value);
            Events(json, indicator.Events);
        });
        json.WriteEndObject();
    }

    private static void Process(Utf8JsonWriter json, ProcessTree tree)
    {
        json.WriteString("host"u8, tree.Host);
        json.WriteString("image"u8, tree.Image);
        json.WriteString("command_line"u8, tree.CommandLine);
        json.WriteString("account"u8, tree.Account);
        json.WriteString("time"u8, Words.Iso(tree.Time));
        Events(json, tree.Events);
        JsonArrays.Each(json, "children", tree.Children, Process);
    }

    private static void Statements(Utf8JsonWriter json, string name, ImmutableArray<Statement> statements) => JsonArrays.Each(json, name, statements, Body);

    private static void Statement(Utf8JsonWriter json, string name, Statement statement)
    {
        json.WriteStartObject(name);
        Body(json, statement);
        json.WriteEndObject();
    }

    private static void Body(Utf8JsonWriter json, Statement statement)
    {
        json.WriteString("text"u8, statement.Text);
        json.WriteBoolean("judgement"u8, statement.IsJudgement);
        Events(json, statement.Events);
    }

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Events(Utf8JsonWriter json, ImmutableArray<int> events)
    {
        json.WriteStartArray("events"u8);
        foreach (int number in events)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
