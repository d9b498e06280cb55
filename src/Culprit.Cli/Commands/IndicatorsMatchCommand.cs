using System.CommandLine;
using System.Globalization;
using Culprit.Cli.Indicators;
using Culprit.Cli.Knowledge;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit indicators match</c>: says which lists hold a value.</summary>
internal static class IndicatorsMatchCommand
{
    public static Command Create(CliHost host)
    {
        var value = new Argument<string>("VALUE") { Description = "An address, a domain, a URL, a hash, or any text that holds some; defanged forms are read" };
        var options = new IndicatorOptions();
        var command = new Command("match", "Say which lists hold a value; exit code 1 where none does") { value };
        options.AddTo(command);
        Option<string?> knowledge = KnowledgeFiles.Option();
        command.Add(knowledge);
        command.SetAction(parsed => Run(parsed.GetRequiredValue(value), options.Read(parsed), parsed.GetValue(knowledge), host));
        return command;
    }

    private static int Run(string value, IndicatorChoice choice, string? named, CliHost host)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            host.Error.WriteLine("culprit: VALUE is empty; give an address, a domain, a URL, a hash, or a text that holds some.");
            return ExitCodes.Usage;
        }

        IndicatorSet set;
        KnowledgeBase knowledge;
        try
        {
            set = choice.Load(host);
            knowledge = KnowledgeFiles.Load(named, host).Base;
        }
        catch (Exception e) when (e is IndicatorFileException or KnowledgeException)
        {
            host.Error.WriteLine($"culprit: {(e is KnowledgeException ? "knowledge" : "indicators")}: {host.Safe(e.Message.TrimEnd('.'))}.");
            return ExitCodes.Usage;
        }

        IReadOnlyList<Indicator> found = set.Find(value, out bool more);
        foreach (Indicator indicator in found)
        {
            Tell(indicator, knowledge, host);
        }

        if (found.Count == 0)
        {
            host.Out.WriteLine($"No list holds {host.Safe(value)}.");
        }

        if (more)
        {
            host.Error.WriteLine("culprit: it may hold more indicators than these; give its parts one by one.");
        }

        return found.Count > 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void Tell(Indicator indicator, KnowledgeBase knowledge, CliHost host)
    {
        const int most = 6;
        string names = string.Join(", ", indicator.List.GroupIds.Concat(indicator.List.Aliases).Take(most));
        string groups = string.Join(", ", knowledge.GroupsOf(indicator.List).Select(id => $"{knowledge.Group(id)?.Name} ({id})"));
        host.Out.WriteLine(host.Safe($"{IndicatorWords.Of(indicator.Kind)} {indicator.Value} (list {indicator.List.Name}{(names.Length > 0 ? ": " + names : "")})"));
        host.Out.WriteLine(host.Safe($"  group: {(groups.Length > 0 ? groups : "none of the knowledge base")}"));
        host.Out.WriteLine(host.Safe($"  source: {indicator.Source ?? "none given"}; year: {indicator.Year?.ToString(CultureInfo.InvariantCulture) ?? "not known"}; "
            + $"held by {indicator.ListCount} {(indicator.ListCount == 1 ? "list" : "lists")}{(indicator.Shared is { } shared ? "; shared: " + IndicatorWords.Of(shared) : "")}"));
    }
}
