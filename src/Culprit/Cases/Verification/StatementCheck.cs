using System.Collections.Immutable;
using Culprit.Incidents;

namespace Culprit.Cases.Verification;

/// <summary>Whether each sentence of the incidents' stories cites events that are there, or is marked as a judgement.</summary>
internal sealed class StatementCheck() : VerificationCheck(
    "statements", "Every sentence cites evidence or is marked as a judgement",
    "Do not repeat the sentences that are named; report them as a defect of the program.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        if (!context.IsJudged(findings))
        {
            return "There is nothing to check yet.";
        }

        int count = 0;
        foreach (Incident incident in context.Database.Incidents().Where(static i => i.Story is not null))
        {
            foreach (Statement statement in Of(incident.Story!))
            {
                count++;
                if (!statement.IsJudgement && statement.Events.IsEmpty)
                {
                    findings.Fail($"incident {incident.Number}: cites nothing: {statement.Text}");
                }
                else if (statement.Events.Any(e => e < 0 || e >= incident.Events.Length))
                {
                    findings.Fail($"incident {incident.Number}: cites an event that is not there: {statement.Text}");
                }
            }
        }

        return $"{count} sentences were checked.";
    }

    private static IEnumerable<Statement> Of(IncidentStory story) =>
    [
        .. story.Entry, .. story.Told, .. story.HostsFallen.Select(static h => h.How), .. story.AccountsUsed.Select(static a => a.How),
        .. story.Tools.Select(static t => t.Basis), .. story.Channels.Select(static c => c.Role), .. story.Taken.Select(static t => t.How),
        .. story.Hidden, .. story.Returned, .. story.Benign.SelectMany(static b => b.For.Concat(b.Against).Append(b.Verdict)),
    ];
}
