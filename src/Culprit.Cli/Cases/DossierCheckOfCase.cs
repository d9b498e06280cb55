using Culprit.Cases;
using Culprit.Dossier;

namespace Culprit.Cli.Cases;

/// <summary>Whether the dossier that a case keeps says what the case says, and each sentence is cited or marked as a judgement.</summary>
internal static class DossierCheckOfCase
{
    private const string Code = "dossier";
    private const string Title = "The dossier says what the case says, and each sentence cites evidence or is marked as a judgement";

    /// <summary>Makes the check; null where the case keeps no dossier.</summary>
    public static CaseCheck? Make(string folder)
    {
        string path = Path.Combine(folder, CaseDossier.HtmlName);
        if (!File.Exists(path))
        {
            return null;
        }

        string[] problems;
        CustodyEntry? since = null;
        try
        {
            problems =
            [
                .. DossierCheck.Check(File.ReadAllText(path), CaseDossier.Read(folder))
                    .Select(static problem => problem.Anchor.Length > 0 ? $"#{problem.Anchor}: {problem.Problem.TrimEnd('.')}" : problem.Problem.TrimEnd('.')),
            ];
            since = problems.Length == 0 ? null : ChangeSince(folder);
        }
        catch (UnauthorizedAccessException e)
        {
            return NotMade("was not held against the case", $"it or the case cannot be read: {e.Message.TrimEnd('.')}", "Verify as a user who may read the whole case.");
        }
        catch (Exception e) when (CaseText.CodeOf(e) is not null)
        {
            problems = [e.Message];
        }

        if (since is not null)
        {
            return NotMade(
                "is from before the case was changed", $"by the custody log the case was changed since it was written: {since.Detail}", "Write it again with 'culprit report'.");
        }

        return new CaseCheck
        {
            Code = Code,
            Title = Title,
            State = problems.Length == 0 ? CheckState.Passed : CheckState.Failed,
            Detail = $"{CaseDossier.HtmlName} was held against the case.",
            Problems = [.. problems.Take(CaseCheck.MaxProblems)],
            ProblemCount = problems.Length,
            Advice = problems.Length == 0 ? "" : "Write it again with 'culprit report', and find out who changed the old one.",
        };
    }

    private static CaseCheck NotMade(string what, string problem, string advice) => new()
    {
        Code = Code,
        Title = Title,
        State = CheckState.NotMade,
        Detail = $"{CaseDossier.HtmlName} {what}.",
        Problems = [problem],
        ProblemCount = 1,
        Advice = advice,
    };

    // What the dossier tells may have been made anew since it was written: then it is old, and nobody changed it.
    private static CustodyEntry? ChangeSince(string folder)
    {
        using CaseReader reader = CaseReader.Open(folder);
        CustodyEntry? written = reader.Custody.LastOrDefault(static entry => entry.Files.ContainsKey(CaseDossier.HtmlName));
        CustodyEntry? changed = reader.Custody.LastOrDefault(static entry => entry.Action is "judge" or "attribute" or "note");
        return written is not null && changed is not null && changed.Sequence > written.Sequence ? changed : null;
    }
}
