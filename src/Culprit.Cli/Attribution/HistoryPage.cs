using System.Globalization;
using Culprit.Attribution;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Attribution;

/// <summary>The result of an evaluation as tables for people.</summary>
internal sealed class HistoryPage(CliHost host)
{
    /// <summary>Prints the tables.</summary>
    public void Write(HistoryResult result, bool cases)
    {
        host.Out.WriteLine("Held-out history: shares of known cases unless said otherwise. Weights never saw the group that they name.");
        host.Out.WriteLine();
        Row("cases", "known", "new", "top-1", "top-3", "top-5", "top-10", "cover95", "..all", "new>=.55", "named", "right", "cluster", "state", "ECE", "ECE any", "country");
        foreach (HistoryScore s in result.Scores.Concat(result.PlainScores))
        {
            Row(s.Name, Text(s.Known), Text(s.New), Text(s.Top1), Text(s.Top3), Text(s.Top5), Text(s.Top10), Text(s.Coverage), Text(s.CoverageAmongAll),
                Text(s.NewNamed), Text(s.Named), Share(s.NamedRight, s.Named), Share(s.NamedCluster, s.Named), Share(s.NamedCountriesRight, s.NamedCountries), Text(s.CalibrationError), Text(s.CalibrationErrorOfAny), Text(s.CountryTop1));
        }

        host.Out.WriteLine();
        host.Out.WriteLine("cover95: named with 95 of 100 names right, asked of known groups; ..all: asked of new ones too. new>=.55: share of new groups'");
        host.Out.WriteLine("cases in which a known group got 55 % or more. named, right: how many cases got one at 55 %, and how often it was right.");
        host.Out.WriteLine("cluster: how often it was the right one or a relative of it, as is known today; state: how often its country, where both have one, was the");
        host.Out.WriteLine("right group's. country: the known cases in which the right country had most probability, whether or not a group was named.");
        host.Out.WriteLine("ECE: expected calibration error of the leading group's probability, new groups' cases being wrong ones; ECE any: of the leading explanation's,");
        host.Out.WriteLine("the unknown group's among them. campaigns, past only: without what was published in the year of its first report and later. reports, earlier");
        host.Out.WriteLine("weights: what logs can show of reports since 2019, by weights fitted on the years before each, its own group's among them.");
        host.Out.WriteLine("plain: a logit over summed rarities of techniques and software, profile size and number of sources, on the same cases.");
        host.Out.WriteLine();
        host.Out.WriteLine("Words of the yardstick (every explanation of every report and year; 90 % bootstrap interval over groups):");
        foreach (WordReliability w in result.Model.Words)
        {
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {AssessmentSentences.Name(w.Likelihood),-21} {w.Count,7} judgements, right {w.Rate:F3} [{w.Low:F3}, {w.High:F3}]{(w.Usable ? "" : "  outside its band: not used")}"));
        }

        host.Out.WriteLine();
        host.Out.WriteLine("False flags (planted in known cases, detectable):");
        foreach (FalseFlagScore f in result.FalseFlags)
        {
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {f.Name,-42} {f.Cases,4} cases: true group first {f.TrueFirst:F3} (before {f.TrueFirstBefore:F3}), planted first {f.PlantedFirst:F3}, named likely or more {f.PlantedNamed:F3}, more than likely {f.PlantedStrong:F3}"));
        }

        host.Out.WriteLine();
        host.Out.WriteLine("What would have been said, every rule applied (to decline is right where the group could not have been named):");
        foreach (SaidScore s in result.Said)
        {
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {s.Set,-19} {s.Said,-36} {s.Count,3} times, right {s.Right,3} ({(double)s.Right / s.Count:F2}) [{s.Low:F2}, {s.High:F2}], {s.New,3} of new groups"));
        }

        if (cases)
        {
            host.Out.WriteLine();
            foreach (HistoryCase c in result.Cases.OrderBy(static c => c.Set, StringComparer.Ordinal)
                .ThenByDescending(static c => c.Leader == c.Group ? -1 : c.LeaderProbability))
            {
                string rank = c.Known ? string.Create(CultureInfo.InvariantCulture, $"rank {c.Rank}") : "new";
                host.Out.WriteLine(host.Safe(string.Create(CultureInfo.InvariantCulture,
                    $"{c.Set}: {c.Case} ({c.Year}) {c.Group} {rank} p {c.Probability:F2}; first {c.Leader} {c.LeaderProbability:F2}; unknown {c.UnknownProbability:F2}; shared {c.Shared} of {c.Observed}")));
            }
        }
    }

    private static string Share(int part, int of) => of == 0 ? "-" : Text((double)part / of);

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Row(string first, params ReadOnlySpan<string> cells)
    {
        host.Out.Write(first.PadRight(30));
        foreach (string cell in cells)
        {
            host.Out.Write(cell.PadLeft(9));
        }

        host.Out.WriteLine();
    }
}
