using Culprit.Cases;
using Culprit.Dossier;

namespace Culprit.Cli.Cases;

/// <summary>Whether the dossier that a case keeps says what the case says, and each sentence is cited or marked as a judgement.</summary>
internal static class DossierCheckOfCase
{
    /// <summary>Makes the check; null where the case keeps no dossier.</summary>
    public static CaseCheck? Make(string folder)
    {
        string path = Path.Combine(folder, CaseDossier.HtmlName);
        if (!File.Exists(path))
        {
            return null;
        }

        string[] problems;
        try
        {
            problems =
            [
                .. DossierCheck.Check(File.ReadAllText(path), CaseDossier.Read(folder))
                    .Select(static problem => problem.Anchor.Length > 0 ? $"#{problem.Anchor}: {problem.Problem.TrimEnd('.')}" : problem.Problem.TrimEnd('.')),
            ];
        }
        catch (Exception e) when (CaseText.CodeOf(e) is not null)
        {
            problems = [e.Message];
        }

        return new CaseCheck
        {
            Code = "dossier",
            Title = "The dossier says what the case says, and each sentence cites evidence or is marked as a judgement",
            State = problems.Length == 0 ? CheckState.Passed : CheckState.Failed,
            Detail = $"{CaseDossier.HtmlName} was held against the case.",
            Problems = [.. problems.Take(CaseCheck.MaxProblems)],
            ProblemCount = problems.Length,
            Advice = problems.Length == 0 ? "" : "Write it again with 'culprit report', and find out who changed the old one.",
        };
    }
}
