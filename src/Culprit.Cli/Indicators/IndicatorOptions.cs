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
        Description = "Use these indicators too: a file (one value a line, MISP JSON, .facts.br) or a folder of them. May be given several times",
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
        UnreadFolder.Tell(loaded.NotRead, host);
        if (IndicatorReportText.LeftOut(loaded.LeftOut) is { } leftOut)
        {
            host.Error.WriteLine($"culprit: {host.Safe(leftOut)}.");
        }

        return loaded.Set;
    }

    /// <summary>As <see cref="Load"/>, but tells nothing: how many values were refused and which files and folders left out is in the answer.</summary>
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
        return new LoadedIndicators(set, reports.Sum(static r => (long)r.RefusedCount), gathered.LeftOut, gathered.NotRead);
    }
}

/// <summary>Indicators, ready for use.</summary>
/// <param name="Set">The indicators.</param>
/// <param name="Refused">How many values of the user's lists were refused.</param>
/// <param name="LeftOut">Files of the user's folders that are not called as lists are.</param>
/// <param name="NotRead">Folders of the user's that cannot be listed.</param>
internal sealed record LoadedIndicators(IndicatorSet Set, long Refused, IReadOnlyList<string> LeftOut, IReadOnlyList<UnreadFolder> NotRead);
