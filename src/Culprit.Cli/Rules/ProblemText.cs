using System.Globalization;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Rules;

/// <summary>Shows a problem of a rule as compilers do: what and where, the line with a caret below the place, what to do.</summary>
internal static class ProblemText
{
    private const int MaxLine = 160;

    public static void Write(TextWriter output, RuleProblem problem, CliHost host)
    {
        string severity = problem.Severity switch
        {
            RuleProblemSeverity.Error => "error",
            RuleProblemSeverity.Warning => "warning",
            _ => "remark",
        };
        output.WriteLine($"{severity} {problem.Code}: {host.Safe(problem.Message)}");
        string line = problem.Line > 0 ? ":" + problem.Line.ToString(CultureInfo.InvariantCulture) : "";
        string column = problem.Line > 0 && problem.Column > 0 ? ":" + problem.Column.ToString(CultureInfo.InvariantCulture) : "";
        output.WriteLine($"  --> {host.Safe(problem.Path)}{line}{column}");
        if (problem.SourceLine.Length > 0)
        {
            string number = problem.Line.ToString(CultureInfo.InvariantCulture);
            output.WriteLine($"  {number} | {Window(problem, host, out int caret)}");
            if (caret >= 0)
            {
                output.WriteLine($"  {new string(' ', number.Length)} | {new string(' ', caret)}^");
            }
        }

        if (problem.Help.Length > 0)
        {
            output.WriteLine("  help: " + host.Safe(problem.Help));
        }

        output.WriteLine();
    }

    // The part of the line around the place. Tabs become spaces, and what is escaped widens the line before the caret.
    private static string Window(RuleProblem problem, CliHost host, out int caret)
    {
        string source = problem.SourceLine.Replace('\t', ' ').TrimEnd('\r', '\n');
        int at = problem.Column - 1;
        if (at < 0 || at > source.Length)
        {
            caret = -1;
            return TerminalText.Fit(source, MaxLine, host.Unicode);
        }

        int start = at > MaxLine - 40 ? at - (MaxLine / 2) : 0;
        string shown = source.Substring(start, Math.Min(MaxLine, source.Length - start));
        string prefix = start > 0 ? "..." : "";
        caret = prefix.Length + host.Safe(shown[..(at - start)]).Length;
        return prefix + host.Safe(shown);
    }
}
