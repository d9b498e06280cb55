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
        if (incidents.IsEmpty)
        {
            return;
        }

        Incident[] shown = [.. incidents.Where(static incident => incident.Severity > IncidentSeverity.Low).Take(MaxIncidents)];
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
            string rest = shown.Length == 0 ? $"{Words.Count(incidents.Length, "incident")}, low: probably ordinary, or too little to say"
                : $"... and {Words.Count(incidents.Length - shown.Length, "more incident")}, {SeverityOf(incidents[shown.Length])}{(incidents[shown.Length].Severity > IncidentSeverity.Low ? " and below" : "")}";
            page.Line($"  {rest}; {where}.", Tone.Quiet);
        }
    }

    /// <summary>A severity in lower case.</summary>
    public static string SeverityOf(Incident incident) => incident.Severity.ToString().ToLowerInvariant();

    private void One(Incident incident)
    {
        string number = incident.Number.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        string[] hosts = incident.Story is { } told ? [.. told.HostsFallen.Select(static h => h.Host)] : [.. incident.Hosts.Select(static h => h.Name)];
        string events = incident.Events.IsEmpty ? "" : $" and {Words.Count(incident.Events.Length, "event")}";
        string what = Words.Count(incident.Findings.Length, "finding") + events + (hosts.Length > 0 ? $" on {Words.Count(hosts.Length, "host")}" : "");
        page.Mixed((number + ". ", Tone.Plain), (SeverityOf(incident).ToUpperInvariant(), ToneOf(incident.Severity)), ("  " + what, Tone.Strong));
        page.Detail("when", $"{Words.Time(incident.First)} to {Words.Time(incident.Last)} UTC");
        if (hosts.Length > 0)
        {
            page.Wrapped("hosts", Names(hosts, " > "));
        }

        string[] users = incident.Story is { } known ? [.. known.AccountsUsed.Select(static a => a.Account)] : [.. incident.Accounts.Select(static a => a.Name)];
        if (users.Length > 0)
        {
            page.Wrapped("users", Names(users, ", "));
        }

        if (incident.Addresses.Length > 0)
        {
            page.Wrapped("net", Names(incident.Addresses.Select(static a => a.Name), ", "));
        }

        if (incident.Phases.Length > 0)
        {
            page.Wrapped("did", string.Join(" > ", incident.Phases.Select(static p => AttackReferences.TacticTitle(p.Tactic))));
        }

        if (incident.Story is { } story)
        {
            Story(story);
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

    // The questions that are asked first; the rest of the story is in the files.
    private void Story(IncidentStory story)
    {
        Sentences("entry", story.Entry.Select(static sentence => sentence.Text), 2);
        Sentences("tools", story.Tools.Select(static tool => tool.Name), MaxNames, ", ");
        Sentences("taken", story.Taken.OrderByDescending(static taken => taken.State).Select(static taken => $"{(taken.State == TakenState.Taken ? "taken" : "staged")}: {taken.What} on {taken.Host}{Bounds(taken)}."), 4);
        Sentences("hidden", story.Hidden.Select(static sentence => sentence.Text), 2);
        Sentences("again", story.Returned.Select(static sentence => sentence.Text), 1);
    }

    private void Sentences(string name, IEnumerable<string> sentences, int most, string between = " ")
    {
        string[] all = [.. sentences];
        if (all.Length > 0)
        {
            string more = all.Length > most ? $" And {Words.Number(all.Length - most)} more." : "";
            page.Wrapped(name, string.Join(between, all.Take(most)) + more);
        }
    }

    private static string Bounds(TakenData taken) => (taken.AtLeastBytes, taken.AtMostBytes) switch
    {
        (_, null) => "",
        (null, { } most) => $", at most {Words.Bytes(most)}",
        ({ } least, { } most) => $", {Words.Bytes(least)} to {Words.Bytes(most)}",
    };

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
