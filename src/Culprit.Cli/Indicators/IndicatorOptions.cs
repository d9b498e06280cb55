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
    /// <summary>Reads them. Values that are refused are left out; <c>indicators check</c> says which.</summary>
    /// <param name="host">Hears of folders that cannot be listed and are left out.</param>
    /// <exception cref="IndicatorFileException">A path of the user's does not exist, cannot be read or holds no indicator.</exception>
    public IndicatorSet Load(CliHost host)
    {
        LoadedIndicators loaded = LoadAndCount();
        UnreadFolder.Tell(loaded.NotRead, host);
        return loaded.Set;
    }

    /// <summary>As <see cref="Load"/>, with how many values were refused and which folders were left out, of which nobody has heard yet.</summary>
    /// <exception cref="IndicatorFileException">A path of the user's does not exist, cannot be read or holds no indicator.</exception>
    public LoadedIndicators LoadAndCount()
    {
        ImmutableArray<IndicatorFileReport> reports = [];
        List<UnreadFolder> notRead = [];
        IndicatorSet basis = BuiltIn ? IndicatorSet.BuiltIn : IndicatorSet.Empty;
        IndicatorSet set = Paths.Count == 0 ? basis : IndicatorSet.Read(Paths.SelectMany(path => IndicatorFileGatherer.From(path, notRead)), basis, out reports);
        foreach (IndicatorFileReport report in reports)
        {
            if (report.Error.Length > 0 || (report.ReadCount == 0 && report.RefusedCount > 0))
            {
                throw new IndicatorFileException($"{report.Name}: {(report.Error.Length > 0 ? report.Error : $"all of its {report.RefusedCount} values were refused; 'culprit indicators check' says why")}");
            }
        }

        set.Prepare();
        return new LoadedIndicators(set, reports.Sum(static r => (long)r.RefusedCount), notRead);
    }
}

/// <summary>Indicators, ready for use.</summary>
/// <param name="Set">The indicators.</param>
/// <param name="Refused">How many values of the user's lists were refused.</param>
/// <param name="NotRead">Folders of the user's that cannot be listed.</param>
internal sealed record LoadedIndicators(IndicatorSet Set, long Refused, IReadOnlyList<UnreadFolder> NotRead);
