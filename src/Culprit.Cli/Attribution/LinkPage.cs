using System.Globalization;
using Culprit.Attribution;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Attribution;

/// <summary>Which incidents are one campaign, for people: the verdict, then why, then what was not linked.</summary>
internal sealed class LinkPage(CliHost host)
{
    private const int MaxItems = 12, MaxEvents = 5, MaxShared = 6, MaxPairs = 20, MaxValue = 32;

    private readonly Page _page = new(host);

    /// <summary>Writes the page.</summary>
    /// <param name="links">What was found.</param>
    /// <param name="cases">How many cases were read, those without an incident that is compared among them.</param>
    public void Write(CampaignLinks links, int cases)
    {
        Verdict(links, cases);
        for (int i = 0; i < links.Campaigns.Length; i++)
        {
            Campaign(links, i);
        }

        IncidentLink[] linked = [.. links.Pairs.Where(static p => p.Likelihood >= Likelihood.Likely)];
        if (linked.Length > 0)
        {
            _page.Heading("Why: pair by pair");
            foreach (IncidentLink link in linked.Take(MaxPairs))
            {
                Pair(links, link);
            }

            foreach (IncidentLink link in linked.Skip(MaxPairs))
            {
                _page.Line($"  {Name(links.Incidents[link.First])}  -  {Name(links.Incidents[link.Second])}: {AssessmentSentences.Name(link.Likelihood)} ({AssessmentSentences.Percent(link.Probability)}){SharedIn(link)}");
            }
        }

        HashSet<int> told = Possible(links);
        SameEvidence(links);
        NotLinked(links, told);
        if (links.Pairs.Length > 0)
        {
            _page.Heading("What this cannot know");
            foreach (string limit in links.Limits)
            {
                _page.Wrapped("", limit);
            }

            _page.Wrapped("", $"Base rate: {AssessmentSentences.Rate(links.BaseRate)} of incidents have a companion among those compared, so that a pair begins with {AssessmentSentences.Rate(links.PairPrior)} (set; --base-rate changes it).");
        }
    }

    private void Verdict(CampaignLinks links, int cases)
    {
        int incidents = links.Incidents.Length, pairs = links.Pairs.Length;
        string compared = $"{Words.Count(incidents, "incident")} of {Words.Count(cases, "case")} compared, {Words.Count(pairs, "pair")}.";
        if (pairs == 0)
        {
            _page.Line("Nothing to compare: it takes at least two incidents.", Tone.Strong);
            _page.Line(compared, Tone.Quiet);
            return;
        }

        int members = links.Campaigns.Sum(static c => c.Members.Length);
        int possible = links.Pairs.Count(static p => p.Likelihood == Likelihood.RealisticPossibility && !p.IsSameEvidence);
        _page.Line(links.Campaigns.IsEmpty
            ? possible > 0 ? $"No incidents are likely one campaign; of {Words.Count(possible, "pair")} it is a realistic possibility." : "No incidents are likely one campaign."
            : $"{Words.Count(members, "incident")} likely belong to {Words.Count(links.Campaigns.Length, "campaign")}.", Tone.Strong);
        _page.Line(compared, Tone.Quiet);
        int same = links.Pairs.Count(static p => p.IsSameEvidence);
        if (same > 0)
        {
            _page.Line($"{Words.Count(same, "pair")} of them {(same == 1 ? "is" : "are")} the same evidence, given twice: no campaign.", Tone.Strong);
        }
    }

    // Whoever is to decide what to look for next needs what speaks for and against these. Gives the incidents that are told so; those of one campaign are told as such.
    private HashSet<int> Possible(CampaignLinks links)
    {
        Dictionary<int, int> campaignOf = links.Campaigns.SelectMany(static (c, number) => c.Members.Select(m => (m, number))).ToDictionary();
        IncidentLink[] possible = [.. links.Pairs.Where(p => p.Likelihood == Likelihood.RealisticPossibility && !p.IsSameEvidence && !IsWithin(p))];
        if (possible.Length == 0)
        {
            return [];
        }

        _page.Heading("Possible, and not enough to say so");
        foreach (IncidentLink link in possible.Take(MaxPairs))
        {
            Pair(links, link);
        }

        if (possible.Length > MaxPairs)
        {
            _page.Wrapped("", $"So it is with {Words.Count(possible.Length - MaxPairs, "further pair")}; --format json has all.");
        }

        return [.. possible.Take(MaxPairs).SelectMany(static p => new[] { p.First, p.Second })];

        bool IsWithin(IncidentLink link) => campaignOf.TryGetValue(link.First, out int first) && campaignOf.TryGetValue(link.Second, out int second) && first == second;
    }

    private void SameEvidence(CampaignLinks links)
    {
        IncidentLink[] same = [.. links.Pairs.Where(static p => p.SameEvidence.Length > 0)];
        if (same.Length == 0)
        {
            return;
        }

        _page.Heading("The same evidence in two cases");
        foreach (IncidentLink link in same.Take(MaxPairs))
        {
            _page.Wrapped("", link.SameEvidence);
        }

        if (same.Length > MaxPairs)
        {
            _page.Wrapped("", $"So it is with {Words.Count(same.Length - MaxPairs, "further pair")}; --format json has all.");
        }
    }

    private void Campaign(CampaignLinks links, int index)
    {
        CampaignCluster campaign = links.Campaigns[index];
        int size = campaign.Members.Length, pairs = size * (size - 1) / 2;
        _page.Heading(string.Create(CultureInfo.InvariantCulture, $"Campaign {index + 1}: {size} incidents"));
        foreach (int member in campaign.Members)
        {
            LinkedIncident one = links.Incidents[member];
            _page.Mixed(("  ", Tone.Plain), (Name(one), Tone.Strong), ($"  {Words.Minute(one.Incident.First)} to {Words.Minute(one.Incident.Last)} UTC, {one.Incident.Severity.ToString().ToLowerInvariant()}", Tone.Quiet));
        }

        _page.Wrapped("linked", $"{campaign.Links} of {Words.Count(pairs, "pair")} likely or more; each member to more than half of the others.");
        foreach (ClusterItem item in campaign.Shared.Where(static c => c.Weight >= ObservationWeight.NextToNothing).Take(MaxShared))
        {
            _page.Wrapped("shared", $"{item.Kind} {item.Value}: {(item.Members.Length == size ? "all of them" : $"{item.Members.Length} of {size}")}");
        }

        if (campaign.StrongestShared.Length > 0)
        {
            int most = campaign.WithoutStrongest.Select(static m => m.Length).DefaultIfEmpty(0).Max();
            _page.Wrapped("minus", $"the {campaign.StrongestShared}, which carries most: "
                + (most == size ? "the campaign remains whole." : (most == 0 ? "no campaign remains" : $"{most} of {size} remain together")
                    + (campaign.WithoutStrongestCaps.IsEmpty ? ", as what else they share does not suffice." : $". {string.Join(' ', campaign.WithoutStrongestCaps)}")));
        }
    }

    private void Pair(CampaignLinks links, IncidentLink link)
    {
        _page.Line($"  {Name(links.Incidents[link.First])}  -  {Name(links.Incidents[link.Second])}", Tone.Strong);
        _page.Wrapped("", $"{link.LikelihoodSentence} The figure is {AssessmentSentences.Percent(link.Probability)}.");
        _page.Wrapped("", link.ConfidenceSentence);
        foreach (string cap in link.Caps)
        {
            _page.Wrapped("cap", cap);
        }

        if (link.SameVictim.Length > 0)
        {
            _page.Wrapped("victim", link.SameVictim + " That is no proof of one campaign, and its own names do not count.");
        }

        LinkItem[] saying = [.. link.Items.Where(static i => Math.Abs(i.LogLikelihoodRatio) >= ObservationWeight.NextToNothing)];
        foreach (LinkItem item in saying.Take(MaxItems))
        {
            _page.Wrapped(item.LogLikelihoodRatio > 0 ? "for" : "but", Text(item));
        }

        int more = Math.Max(0, saying.Length - MaxItems) + link.ItemsLeftOut;
        if (more > 0)
        {
            _page.Wrapped("and", $"{Words.Number(more)} more that {(more == 1 ? "weighs" : "weigh")} less; --format json has {(link.ItemsLeftOut == 0 ? "all" : $"all but {Words.Number(link.ItemsLeftOut)}")}.");
        }

        foreach (string sentence in link.WouldChange)
        {
            _page.Wrapped("change", sentence);
        }
    }

    // One line for each incident that is in no campaign and was not told yet, with the one that it is nearest to.
    private void NotLinked(CampaignLinks links, HashSet<int> possible)
    {
        int[] alone = [.. Enumerable.Range(0, links.Incidents.Length).Except(links.Campaigns.SelectMany(static c => c.Members)).Except(possible)];
        if (alone.Length == 0 || links.Pairs.IsEmpty)
        {
            return;
        }

        _page.Heading("Not linked");
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (int incident in alone)
        {
            IncidentLink nearest = links.Pairs.First(p => p.First == incident || p.Second == incident);
            if (links.Pairs.FirstOrDefault(p => p.IsSameEvidence && (p.First == incident || p.Second == incident)) is { } same)
            {
                _page.Line($"  {Name(links.Incidents[incident])}: the same evidence as {Name(links.Incidents[same.First == incident ? same.Second : same.First])}");
                continue;
            }

            LinkedIncident other = links.Incidents[nearest.First == incident ? nearest.Second : nearest.First];
            _page.Line($"  {Name(links.Incidents[incident])}: nearest {Name(other)}, {AssessmentSentences.Name(nearest.Likelihood)} ({AssessmentSentences.Percent(nearest.Probability)}){SharedIn(nearest)}");

            // Where the word is weaker than the figure beside it, why it is; of many incidents once.
            foreach (string cap in nearest.Caps.Where(told.Add))
            {
                _page.Wrapped("cap", cap);
            }
        }
    }

    private string SharedIn(IncidentLink link) =>
        link.Items.FirstOrDefault(static i => i.LogLikelihoodRatio >= ObservationWeight.NextToNothing) is { } item
            ? $"; shares {(item.Value.Length > 0 ? $"{item.Kind} {TerminalText.Fit(item.Value, MaxValue, host.Unicode)}" : item.Kind)}"
            : "";

    private static string Text(LinkItem item)
    {
        string what = item.Value.Length > 0 ? $"{item.Kind} {item.Value}" : item.Kind;
        string odds = $"{Times(Math.Exp(Math.Abs(item.LogLikelihoodRatio)))} times {(item.LogLikelihoodRatio >= 0 ? "as" : "less")} likely in one campaign";
        string events = item.FirstEvents.IsEmpty && item.SecondEvents.IsEmpty ? "" : $" Events {Events(item.FirstEvents)} and {Events(item.SecondEvents)}.";
        string dependent = item.Dependent ? " From the same events as other things that both share." : "";
        return $"{what}: {odds}.{(item.Note.Length > 0 ? " " + item.Note : "")}{dependent}{events}";
    }

    private static string Times(double odds) => odds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{odds:0.0}")
        : Words.Number((long)(Math.Round(odds / Math.Pow(10, Math.Floor(Math.Log10(odds)) - 1)) * Math.Pow(10, Math.Floor(Math.Log10(odds)) - 1)));

    private static string Events(IReadOnlyList<int> events) => events.Count == 0 ? "none"
        : string.Join(", ", events.Take(MaxEvents).Select(static e => e.ToString(CultureInfo.InvariantCulture))) + (events.Count > MaxEvents ? $" and {events.Count - MaxEvents} more" : "");

    private static string Name(LinkedIncident incident) => $"{incident.Case} #{incident.Number}";
}
