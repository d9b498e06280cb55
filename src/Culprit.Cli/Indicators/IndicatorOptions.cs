using System.Collections.Immutable;
using System.CommandLine;
using Culprit.Cli.Summary;
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
    /// <summary>Reads them, and tells on standard error which lists, files and folders were left out. Values that are refused are left out too; <c>indicators check</c> says which.</summary>
    /// <exception cref="IndicatorFileException">A path of the user's does not exist, cannot be read or holds no indicator.</exception>
    public IndicatorSet Load(CliHost host)
    {
        LoadedIndicators loaded = LoadAndCount();
        loaded.Tell(host);
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
        UnreadList[] lists = NotUsed(reports, gathered.Places);
        set.Prepare();
        return new LoadedIndicators(
            set, new IndicatorsNotUsed(reports.Sum(static r => (long)r.RefusedCount), gathered.LeftOut, gathered.NotRead, lists),
            [.. reports.SelectMany(static r => r.Warnings.Select(w => $"{r.Name}: {w}"))]);
    }

    // Whoever names a file means that file. Of a folder, what is of no use may lie beside what is; but something of it has to be.
    private static UnreadList[] NotUsed(ImmutableArray<IndicatorFileReport> reports, IReadOnlyList<IndicatorPlace> places)
    {
        List<UnreadList> lists = [];
        HashSet<string?> useful = [.. places.Where((_, at) => reports[at].ReadCount > 0).Select(static p => p.Folder)];
        for (int i = 0; i < reports.Length; i++)
        {
            if (IndicatorReportText.Problem(reports[i]) is not { } problem)
            {
                continue;
            }

            if (places[i].Folder is not { } folder)
            {
                throw new IndicatorFileException($"{reports[i].Name}: {problem}");
            }

            if (!useful.Contains(folder))
            {
                throw new IndicatorFileException($"no list in {folder} holds an indicator that can be used; {reports[i].Name}: {problem}");
            }

            lists.Add(new UnreadList(places[i].Path, problem));
        }

        return [.. lists];
    }
}

/// <summary>Indicators, ready for use.</summary>
/// <param name="Set">The indicators.</param>
/// <param name="NotUsed">What of the user's lists is not among them.</param>
/// <param name="Warnings">What of the user's lists was taken otherwise than it may be meant, each with the list's name and without a full stop.</param>
internal sealed record LoadedIndicators(IndicatorSet Set, IndicatorsNotUsed NotUsed, IReadOnlyList<string> Warnings)
{
    private const int Shown = 10;

    /// <summary>Tells on standard error what of the user's folders cannot be used, and what was taken otherwise than it may be meant.</summary>
    public void Tell(CliHost host)
    {
        UnreadFolder.Tell(NotUsed.Folders, host);
        string[] all = [.. NotUsed.Lists.Select(static l => $"{l.Path}: {l.Reason}; the other lists are used"), .. Warnings];
        foreach (string problem in all.Take(Shown))
        {
            host.Error.WriteLine($"culprit: indicators: {host.Safe(problem)}.");
        }

        if (all.Length > Shown)
        {
            host.Error.WriteLine($"culprit: indicators: and {Words.Count(all.Length - Shown, "more warning")}.");
        }
    }
}

/// <summary>A list in a folder of the user's that cannot be read, or not to its end, or of which nothing can be used.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record UnreadList(string Path, string Reason);

/// <summary>What of the user's lists of indicators is not used.</summary>
/// <param name="Refused">How many values were refused.</param>
/// <param name="Files">Files of folders that are not called as lists are, by path.</param>
/// <param name="Folders">Folders that cannot be listed.</param>
/// <param name="Lists">Lists in folders that cannot be used.</param>
internal sealed record IndicatorsNotUsed(long Refused, IReadOnlyList<string> Files, IReadOnlyList<UnreadFolder> Folders, IReadOnlyList<UnreadList> Lists)
{
    /// <summary>All is used.</summary>
    public static IndicatorsNotUsed None { get; } = new(0, [], [], []);
}
