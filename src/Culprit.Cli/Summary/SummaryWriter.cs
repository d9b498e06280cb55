using Culprit.Cli.Terminal;
using Culprit.Evidence;
using Culprit.Findings;
using Spectre.Console;

namespace Culprit.Cli.Summary;

/// <summary>
/// The summary of an investigation, for a person who is tired and may never have seen a Sigma rule: the verdict first,
/// then what to look at, then the whole by host, rule and tactic, then what was read and what was not.
/// </summary>
internal sealed class SummaryWriter(CliHost host)
{
    private const int MaxFirst = 8;
    private const int MaxHosts = 20;
    private const int MaxRules = 40;
    private const int MaxNames = 8;
    private const int MaxHostWidth = 32;

    private readonly Page _page = new(host);

    /// <summary>Writes the summary.</summary>
    public void Write(SummaryModel model)
    {
        Verdict(model);
        if (model.Findings.Count > 0)
        {
            new IncidentSection(_page).Write(model.Incidents, model.OutputFolder);
            LookFirst(model);
            Hosts(model.Findings);
            Rules(model);
            Tactics(model.Findings);
        }

        new CoverageSection(_page).Write(model);
    }

    private void Verdict(SummaryModel model)
    {
        FindingsSummary findings = model.Findings;
        string stopped = model.Coverage.Stopped ? "Stopped before the end. So far: " : "";
        if (findings.Count == 0)
        {
            string nothing = model.Coverage.RecordsGood == 0 ? "nothing was found, because no record could be read"
                : "no record looks suspicious to these rules";
            _page.Line(stopped + (stopped.Length == 0 ? char.ToUpperInvariant(nothing[0]) + nothing[1..] : nothing) + ".", Tone.Strong);
            return;
        }

        string grave = string.Join(" and ", new[] { FindingLevel.Critical, FindingLevel.High }
            .Where(l => findings.CountByLevel[(int)l] > 0)
            .Select(l => Words.Number(findings.CountByLevel[(int)l]) + " " + Words.Level(l)));
        int known = KnownHosts(model.Coverage);
        int touched = findings.Hosts.Count(static h => h.Host.Length > 0);
        string hosts = touched == 0 ? ""
            : ", on " + (findings.AllHostsCounted ? "" : "at least ") + (known > touched ? $"{Words.Number(touched)} of {Words.Number(known)} hosts" : Words.Count(touched, "host"));
        string span = findings.First.UtcTicks == 0 ? ""
            : $", between {Words.Time(findings.First)} and {Words.Time(findings.Last)} UTC";
        _page.Line(
            stopped + Words.Count(findings.Count, "finding") + (grave.Length > 0 ? ", " + grave : "") + hosts + span + ".",
            findings.CountByLevel[(int)FindingLevel.Critical] > 0 ? Tone.Critical : Tone.Strong);
        _page.Line("A finding is a log record that fits a rule, which describes something that attackers do.", Tone.Quiet);
        _page.Line("Look at critical and high first; low and info are often harmless, but tell the story.", Tone.Quiet);
    }

    private void LookFirst(SummaryModel model)
    {
        Finding[] first = [.. model.Findings.LookAtFirst(MaxFirst, model.IsTelling)];
        if (first.Length == 0)
        {
            return;
        }

        _page.Heading("Look at these first");
        for (int i = 0; i < first.Length; i++)
        {
            Finding f = first[i];
            string number = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(2);
            _page.Mixed((number + ". ", Tone.Plain), (Words.Level(f.Rule.Level).ToUpperInvariant(), Page.ToneOf(f.Rule.Level)), ("  " + f.Rule.Title, Tone.Strong));
            string who = (f.Host.Length > 0 ? "  on " + f.Host : "") + (f.Account.Length > 0 ? "  account " + f.Account : "");
            _page.Detail("when", Words.Time(f.Time) + " UTC" + who);
            if (Why(f) is { Length: > 0 } why)
            {
                _page.TwoLines("why", why);
            }

            string copies = f.PlaceCount > 1 ? $" (and {Words.Count(f.PlaceCount - 1, "copy", "copies")})" : "";
            string events = f.IsCorrelation ? $" (the first of {Words.Count(f.EventCount, "event")})" : copies;
            _page.Whole("where", Place(f) + events);
        }
    }

    private static string Why(Finding finding)
    {
        if (finding.IsCorrelation)
        {
            string group = string.Join(", ", finding.Group.Select(static g => $"{g.Field} = {g.Value}"));
            return finding.Matched.Length == 0 ? group : finding.Matched[0].Test + (group.Length > 0 ? "; " + group : "");
        }

        return string.Join("; ", finding.Matched.Take(3).Select(static m => m.Field.Length > 0 ? $"{m.Field} is {m.Value}" : $"the record says {m.Value}"));
    }

    private static string Place(Finding finding)
    {
        (EvidenceSource source, long offset, _, long record) = finding.Places[0];
        return $"{source.Path}:{offset}" + (record >= 0 ? $" (record {record})" : "");
    }

    private void Hosts(FindingsSummary findings)
    {
        _page.Heading("Hosts");
        Grid table = _page.Table(("host", 0), ("crit", 1), ("high", 1), ("med", 1), ("low", 1), ("info", 1), ("first (UTC)", 0), ("last (UTC)", 0));
        foreach (HostTally tally in findings.Hosts.Take(MaxHosts))
        {
            table.AddRow(
                _page.Cell(tally.Host.Length > 0 ? TerminalText.Fit(tally.Host, MaxHostWidth, host.Unicode) : "(not named)", Page.ToneOf(tally.Gravest)),
                Level(tally, FindingLevel.Critical), Level(tally, FindingLevel.High), Level(tally, FindingLevel.Medium),
                Level(tally, FindingLevel.Low), Level(tally, FindingLevel.Informational),
                _page.Cell(Words.Minute(tally.First)), _page.Cell(Words.Minute(tally.Last)));
        }

        _page.Write(table);
        if (findings.Hosts.Length > MaxHosts)
        {
            _page.Line($"  ... and {Words.Count(findings.Hosts.Length - MaxHosts, "more host")}.", Tone.Quiet);
        }
    }

    private Text Level(HostTally tally, FindingLevel level) => tally.CountByLevel[(int)level] is var count and > 0
        ? _page.Cell(Words.Number(count), Page.ToneOf(level))
        : _page.Cell(".", Tone.Quiet);

    private void Rules(SummaryModel model)
    {
        _page.Heading("Findings by rule");
        Grid table = _page.Table(("level", 0), ("count", 1), ("first (UTC)", 0), ("last (UTC)", 0), ("hosts", 1), ("what was seen", 0));
        RuleTally[] shown = [.. Shown(model)];
        foreach (RuleTally tally in shown)
        {
            table.AddRow(
                _page.Cell(Words.Level(tally.Rule.Level), Page.ToneOf(tally.Rule.Level)), _page.Cell(Words.Number(tally.Count)),
                _page.Cell(Words.Minute(tally.First)), _page.Cell(Words.Minute(tally.Last)), _page.Cell(Words.Number(tally.Hosts.Length)),
                _page.Cell(tally.Threat.Length > 0 ? $"{tally.Rule.Title}: {tally.Threat}" : tally.Rule.Title));
        }

        _page.Write(table);
        RuleTally[] rest = [.. model.Findings.Rules.Except(shown)];
        if (rest.Length > 0)
        {
            string where = model.OutputFolder is null ? "--out DIR writes them all" : "all are in " + model.OutputFolder;
            _page.Line($"  ... and {Words.Count(rest.Length, "more row")} with {Words.Count(rest.Sum(static r => r.Count), "finding")}, {Words.Level(rest.Max(static r => r.Rule.Level))} and below; {where}.", Tone.Quiet);
        }
    }

    // Names that tell nothing more than that there are many of them leave room for other rules.
    private static IEnumerable<RuleTally> Shown(SummaryModel model) => model.Findings.Rules
        .GroupBy(static tally => tally.Rule)
        .SelectMany(rule => rule.OrderByDescending(tally => tally.Threat.Length > 0 && model.IsTelling(tally.Threat)).Take(MaxNames))
        .Take(MaxRules);

    private void Tactics(FindingsSummary findings)
    {
        if (findings.Tactics.IsEmpty)
        {
            return;
        }

        _page.Heading("What an attacker would be doing (MITRE ATT&CK tactics touched)");
        Grid table = _page.Table(("tactic", 0), ("findings", 1), ("techniques", 0));
        foreach (TacticTally tally in findings.Tactics)
        {
            string more = tally.Techniques.Length > 6 ? $", {tally.Techniques.Length - 6} more" : "";
            table.AddRow(
                _page.Cell(AttackReferences.TacticTitle(tally.Tactic)), _page.Cell(Words.Number(tally.Count)),
                _page.Cell(string.Join(", ", tally.Techniques.Take(6)) + more));
        }

        _page.Write(table);
    }

    internal static int KnownHosts(Coverage coverage) =>
        coverage.Sources.SelectMany(static s => s.Hosts).Where(static h => h.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Count();
}
