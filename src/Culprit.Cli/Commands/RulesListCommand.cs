using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Output;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit rules list</c>: which rules there are.</summary>
internal static class RulesListCommand
{
    public static Command Create(CliHost host)
    {
        var rules = new RuleOptions();
        Option<FindingLevel> level = RuleOptions.Level("--level", "List rules of this level and above");
        var json = new Option<bool>("--json") { Description = "Write one JSON object a line" };
        var command = new Command("list", "List the rules that 'investigate' would use");
        rules.AddTo(command);
        command.Add(level);
        command.Add(json);
        command.SetAction(parsed => Run(rules.Read(parsed), parsed.GetValue(level), parsed.GetValue(json), host));
        return command;
    }

    private static int Run(RuleChoice choice, FindingLevel level, bool json, CliHost host)
    {
        RuleCatalog catalog;
        try
        {
            catalog = RuleLoader.Load(choice, host);
        }
        catch (RuleFileException e)
        {
            host.Error.WriteLine("culprit: rules: " + host.Safe(e.Message));
            return ExitCodes.Usage;
        }

        RuleInfo[] listed =
        [
            .. catalog.Rules.Concat(catalog.Correlations).Where(r => r.Level >= level)
                .OrderByDescending(static r => r.Level).ThenBy(static r => r.Title, StringComparer.Ordinal).ThenBy(static r => r.Path, StringComparer.Ordinal),
        ];
        foreach (RuleInfo rule in listed)
        {
            host.Out.WriteLine(json ? Json(rule) : Line(rule, host));
        }

        if (!json)
        {
            host.Out.WriteLine($"{Words.Count(listed.Length, "rule")}"
                + (catalog.RefusedCount > 0 ? $"; {Words.Number(catalog.RefusedCount)} refused ('culprit rules check' says why)" : ""));
        }

        return ExitCodes.Done;
    }

    private static string Line(RuleInfo rule, CliHost host) =>
        $"{Words.Level(rule.Level),-13}  {host.Safe(rule.Id),-36}  {host.Safe(rule.Title)}  [{host.Safe(rule.LogSource)}]";

    private static string Json(RuleInfo rule)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartObject();
            json.WriteString("rule_id"u8, rule.Id);
            json.WriteString("rule_title"u8, rule.Title);
            json.WriteString("level"u8, Words.Level(rule.Level));
            json.WriteString("status"u8, rule.Status);
            json.WriteString("log_source"u8, rule.LogSource);
            JsonArrays.Strings(json, "attack", rule.Attack.Ids);
            json.WriteString("author"u8, rule.Author);
            json.WriteString("description"u8, rule.Description);
            json.WriteString("path"u8, rule.Path);
            json.WriteNumber("line"u8, rule.Line);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
