using System.Collections.Immutable;
using System.Globalization;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cli.Summary;

/// <summary>The incidents of a summary: what belongs together, where it began, how far it went, and why it is taken for an intrusion.</summary>
internal sealed class IncidentSection(Page page)
{
    private const int MaxIncidents = 5;
    private const int MaxNames = 6;
    private const int MaxReasons = 3;

    /// <summary>Writes the section; nothing where there are no incidents.</summary>
    public void Write(ImmutableArray<Incident> incidents, string? outputFolder)
    {
        Incident[] shown = [.. incidents.Where(static incident => incident.Severity > IncidentSeverity.Low).Take(MaxIncidents)];
        if (shown.Length == 0)
        {
            return;
        }

        page.Heading("Incidents: findings that belong together");
        page.Line("Joined through what they share: process, session, account, address, file, host and time.", Tone.Quiet);
        page.Line("Points say what speaks for an intrusion and what against it; what is rare here weighs most.", Tone.Quiet);
        foreach (Incident incident in shown)
        {
            One(incident);
        }

        if (incidents.Length > shown.Length)
        {
            string where = outputFolder is null ? "--out DIR writes them all" : "all are in " + outputFolder;
            page.Line($"  ... and {Words.Count(incidents.Length - shown.Length, "more incident")}, {SeverityOf(incidents[shown.Length])} and below; {where}.", Tone.Quiet);
        }
    }

    /// <summary>A severity in lower case.</summary>
    public static string SeverityOf(Incident incident) => incident.Severity.ToString().ToLowerInvariant();

    private void One(Incident incident)
    {
        string number = incident.Number.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        string what = Words.Count(incident.Findings.Length, "finding") + (incident.Hosts.Length > 0 ? $" on {Words.Count(incident.Hosts.Length, "host")}" : "");
        page.Mixed((number + ". ", Tone.Plain), (SeverityOf(incident).ToUpperInvariant(), ToneOf(incident.Severity)), ("  " + what, Tone.Strong));
        page.Detail("when", $"{Words.Time(incident.First)} to {Words.Time(incident.Last)} UTC");
        if (incident.Hosts.Length > 0)
        {
            page.Wrapped("hosts", Names(incident.Hosts.Select(static h => h.Name), " > "));
        }

        if (incident.Accounts.Length > 0)
        {
            page.Wrapped("users", Names(incident.Accounts.Select(static a => a.Name), ", "));
        }

        if (incident.Addresses.Length > 0)
        {
            page.Wrapped("net", Names(incident.Addresses.Select(static a => a.Name), ", "));
        }

        if (incident.Phases.Length > 0)
        {
            page.Wrapped("did", string.Join(" > ", incident.Phases.Select(static p => AttackReferences.TacticTitle(p.Tactic))));
        }

        foreach ((IncidentReason reason, int i) in incident.Reasons.Take(MaxReasons).Select(static (reason, i) => (reason, i)))
        {
            page.Wrapped(i == 0 ? "why" : "", reason.Points.ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + "  " + reason.Text);
        }

        if (incident.Joins.Length > 0)
        {
            page.Wrapped("links", string.Join(", ", incident.Joins.Select(static j => $"{Words.Number(j.Count)} x {j.Through}")));
        }
    }

    private static string Names(IEnumerable<string> names, string between)
    {
        string[] all = [.. names];
        string more = all.Length > MaxNames ? $" and {Words.Number(all.Length - MaxNames)} more" : "";
        return string.Join(between, all.Take(MaxNames)) + more;
    }

    private static Tone ToneOf(IncidentSeverity severity) => severity switch
    {
        IncidentSeverity.Critical => Tone.Critical,
        IncidentSeverity.High => Tone.High,
        IncidentSeverity.Medium => Tone.Medium,
        _ => Tone.Low,
    };
}
