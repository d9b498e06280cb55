using System.Collections.Immutable;
using Culprit.Dossier.Measures;
using Culprit.Dossier.Text;
using Culprit.Incidents;

namespace Culprit.Dossier.Model;

/// <summary>What a director needs of an incident: what, when, how sure, what to do now.</summary>
public sealed class FirstPage
{
    /// <summary>Picks and counts.</summary>
    internal FirstPage(Incident incident, ProseBook book)
    {
        IncidentStory? story = incident.Story;
        What = story is null ? Bare(incident, book) : [.. Told(story, book)];
        Days = incident.Events.Where(static happened => happened.Time.UtcTicks > 0).Select(static happened => happened.Time.Utc.Date).Distinct().Count();
        Length = incident.First.UtcTicks > 0 && incident.Last.UtcTicks > incident.First.UtcTicks ? Moments.Span(incident.Last.UtcTicks - incident.First.UtcTicks) : "";
    }

    /// <summary>What happened, in a few sentences.</summary>
    public ImmutableArray<Prose> What { get; }

    /// <summary>On how many days there are records of it.</summary>
    public int Days { get; }

    /// <summary>From the first to the last sign; empty where that is not known.</summary>
    public string Length { get; }

    private static ImmutableArray<Prose> Bare(Incident incident, ProseBook book) =>
    [
        book.Judge("What happened is not told, because the evidence was not read again for this incident."),
        .. incident.Reasons.Select(reason => book.Judge(reason.Text)),
    ];

    private static IEnumerable<Prose> Told(IncidentStory story, ProseBook book)
    {
        foreach (Statement entry in story.Entry.Take(2))
        {
            yield return book.Say(entry);
        }

        foreach (Prose further in Further(story, book))
        {
            yield return further;
        }

        foreach (TakenData taken in story.Taken.OrderByDescending(static data => data.State).Take(3))
        {
            string size = taken switch
            {
                { AtLeastBytes: long least, AtMostBytes: long most } when least == most => $" ({Moments.Size(least)})",
                { AtLeastBytes: long least } => $" (at least {Moments.Size(least)})",
                { AtMostBytes: long most } => $" (at most {Moments.Size(most)})",
                _ => "",
            };
            string state = taken.State is TakenState.Taken ? "Taken" : "Gathered, not known to have left";
            yield return book.Say($"{state}: {ShownText.Plain(taken.What, 200)}{size}. {taken.How.Text}", taken.How.IsJudgement, taken.How.Events);
        }

        foreach (Statement hidden in story.Hidden.Take(1).Concat(story.Returned.Take(1)))
        {
            yield return book.Say(hidden);
        }
    }

    // That one host came after another does not say that it was reached from there: only a recorded movement does.
    private static IEnumerable<Prose> Further(IncidentStory story, ProseBook book)
    {
        HostFall[] further = [.. story.HostsFallen.Skip(1)];
        if (further.Length == 0)
        {
            yield break;
        }

        string first = story.HostsFallen[0].Host;
        AccountUse[] people = [.. story.AccountsUsed.Where(static use => !Names.IsServiceIdentity(use.Account))];
        string accounts = people.Length == 0 ? "" : $" with {Moments.Count(people.Length, "account")} of people or services";
        HostFall[] reached = [.. further.Where(fall => story.Movements.Any(movement => movement.To == fall.Host && story.HostsFallen.Any(from => from.Host == movement.From && from.Host != fall.Host)))];
        if (reached.Length > 0)
        {
            yield return Say($"From {Names.List([first])} it reached {Moments.Count(reached.Length, "more host")}{accounts}: {Named(reached)}.", reached);
        }

        HostFall[] unexplained = [.. further.Except(reached)];
        if (unexplained.Length > 0)
        {
            yield return Say(
                $"It shows on {Moments.Count(unexplained.Length, "more host")}{(reached.Length > 0 ? "" : accounts)}, and no record says from where it came there: {Named(unexplained)}.", unexplained);
        }

        Prose Say(string text, HostFall[] hosts) => book.Say(
            text, hosts.Any(static fall => fall.How.IsJudgement), hosts.SelectMany(static fall => fall.How.Events.Take(1)));

        static string Named(HostFall[] hosts) => Names.List(hosts.Select(static fall => fall.Host), 8);
    }
}
