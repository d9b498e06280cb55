using System.Globalization;
using Culprit.Attribution;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Attribution;

/// <summary>How well pairs of reports are told apart, as a table for people.</summary>
internal static class LinkingHistoryPage
{
    /// <summary>Prints the table and the weights.</summary>
    public static void Write(CliHost host, LinkingHistoryResult result)
    {
        host.Out.WriteLine("Pairs of reports within two years: of one group against of two. Weights never saw either group of a pair.");
        host.Out.WriteLine();
        host.Out.WriteLine($"{"reports",-16}{"same",8}{"different",11}{"area",8}{"same>.5",9}{"diff>.5",9}{"ECE",8}{"log loss",10}");
        foreach (LinkingScore s in result.Scores)
        {
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{s.Name,-16}{s.Same,8}{s.Different,11}{s.Area,8:F3}{s.SameFound,9:F3}{s.DifferentFound,9:F3}{s.CalibrationError,8:F3}{s.LogLoss,10:F3}"));
        }

        if (result.NotJudged > 0)
        {
            host.Out.WriteLine($"Not judged: {Words.Count(result.NotJudged, "pair")}, as without both groups too little is left to fit weights on.");
        }

        host.Out.WriteLine();
        host.Out.WriteLine("Both kinds count the same; knowing nothing gives an area of 0.5 and a log loss of 0.693.");
        host.Out.WriteLine();
        host.Out.WriteLine($"{"weight",-16}{"fitted",10}{"in use",10}");
        for (int i = 0; i < result.Weights.Length; i++)
        {
            host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Weights[i].Key,-16}{result.Weights[i].Value,10:F4}{result.InUse[i].Value,10:F4}"));
        }
    }
}
