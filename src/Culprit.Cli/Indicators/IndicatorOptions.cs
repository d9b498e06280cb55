using System.Collections.Immutable;
using System.CommandLine;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Indicators;

/// <summary>The options by which several commands choose indicators.</summary>
internal sealed class IndicatorOptions
{
    private readonly Option<string[]> _indicators = new("--indicators")
    {
        Description = "Use these indicators too: a file (one value a line, STIX, MISP JSON, .facts.br) or a folder of them. May be given several times",
        HelpName = "FILE|DIR",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _none = new("--no-indicators") { Description = "Leave out the indicators that Culprit brings" };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Add(_indicators);
        command.Add(_none);
    }

    /// <summary>What the user chose.</summary>
    public IndicatorChoice Read(ParseResult parsed) => new(parsed.GetValue(_indicators) ?? [], !parsed.GetValue(_none));
}

/// <summary>Which indicators a command is to use.</summary>
/// <param name="Paths">Files and folders of the user's.</param>
/// <param name="BuiltIn">Whether those that the program brings are used.</param>
internal sealed record IndicatorChoice(IReadOnlyList<string> Paths, bool BuiltIn)
{
    /// <summary>Reads them, and tells on standard error which files and folders were left out. Values that are refused are left out too; <c>indicators check</c> says which.</summary>
    /// <exception cref="IndicatorFileException">A path of the user's does not exist, cannot be read or holds no indicator.</exception>
    public IndicatorSet Load(CliHost host)
    {
        LoadedIndicators loaded = LoadAndCount();
        UnreadFolder.Tell(loaded.NotUsed.Folders, host);
        if (IndicatorReportText.LeftOut(loaded.NotUsed.Files) is { } leftOut)
        {
            host.Error.WriteLine($"culprit: {host.Safe(leftOut)}.");
        }

        return loaded.Set;
    }

    /// <summary>As <see cref="Load"/>, but tells nothing: what is not used is in the answer.</summary>
    /// <exception cref="IndicatorFileException">A path of the user's does not exist, cannot be read or holds no indicator.</exception>
    public LoadedIndicators LoadAndCount()
    {
        ImmutableArray<IndicatorFileReport> reports = [];
        IndicatorSet basis = BuiltIn ? IndicatorSet.BuiltIn : IndicatorSet.Empty;
        GatheredIndicators gathered = IndicatorFileGatherer.From(Paths);
        IndicatorSet set = Paths.Count == 0 ? basis : IndicatorSet.Read(gathered.Files, basis, out reports);
        foreach (IndicatorFileReport report in reports)
        {
            if (report.Error.Length > 0 || (report.ReadCount == 0 && report.RefusedCount > 0))
            {
                throw new IndicatorFileException($"{report.Name}: {(report.Error.Length > 0 ? report.Error : $"all of its {report.RefusedCount} values were refused; 'culprit indicators check' says why")}");
            }
        }

        set.Prepare();
        return new LoadedIndicators(set, new IndicatorsNotUsed(reports.Sum(static r => (long)r.RefusedCount), gathered.LeftOut, gathered.NotRead));
    }
}

/// <summary>Indicators, ready for use.</summary>
/// <param name="Set">The indicators.</param>
/// <param name="NotUsed">What of the user's lists is not among them.</param>
internal sealed record LoadedIndicators(IndicatorSet Set, IndicatorsNotUsed NotUsed);

/// <summary>What of the user's lists of indicators is not used.</summary>
/// <param name="Refused">How many values were refused.</param>
/// <param name="Files">Files of folders that are not called as lists are, by path.</param>
/// <param name="Folders">Folders that cannot be listed.</param>
internal sealed record IndicatorsNotUsed(long Refused, IReadOnlyList<string> Files, IReadOnlyList<UnreadFolder> Folders)
{
    /// <summary>All is used.</summary>
    public static IndicatorsNotUsed None { get; } = new(0, [], []);
}
