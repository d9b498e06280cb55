using System.CommandLine;
using Culprit.Cli.Indicators;
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
        command.SetAction(parsed => Run(parsed.GetRequiredValue(value), options.Read(parsed), host));
        return command;
    }

    private static int Run(string value, IndicatorChoice choice, CliHost host)
    {
        IndicatorSet set;
        try
        {
            set = choice.Load();
        }
        catch (IndicatorFileException e)
        {
            host.Error.WriteLine("culprit: indicators: " + host.Safe(e.Message));
            return ExitCodes.Usage;
        }

        IReadOnlyList<Indicator> found = set.Find(value);
        foreach (Indicator indicator in found)
        {
            string groups = string.Join(", ", indicator.List.GroupIds.Concat(indicator.List.Aliases).Take(6));
            host.Out.WriteLine(host.Safe($"{IndicatorWords.Of(indicator.Kind)} {indicator.Value} (list {indicator.List.Name}{(groups.Length > 0 ? ": " + groups : "")})"));
            host.Out.WriteLine(host.Safe($"  source: {indicator.Source ?? "none given"}; year: {indicator.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not known"}; "
                + $"held by {indicator.ListCount} {(indicator.ListCount == 1 ? "list" : "lists")}{(indicator.Shared is { } shared ? "; shared: " + IndicatorWords.Of(shared) : "")}"));
        }

        if (found.Count == 0)
        {
            host.Out.WriteLine($"No list holds {host.Safe(value)}.");
        }

        return found.Count > 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
