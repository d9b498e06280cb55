using System.Collections.Immutable;
using Culprit.Dossier.Attack;
using Culprit.Dossier.Measures;
using Culprit.Incidents;

namespace Culprit.Dossier.Model;

/// <summary>One incident as the dossier tells it: every sentence at its place, in the order in which the page shows them.</summary>
public sealed class Chapter
{
    /// <summary>How many records that nothing cites the page quotes too, as long as a reader can page through them.</summary>
    public const int MostUncited = 2000;

    private const int UrgentOnFirstPage = 6;

    /// <summary>Reads an incident.</summary>
    /// <param name="source">The incident.</param>
    /// <param name="anchor">The chapter's anchor, such as <c>i1</c>.</param>
    /// <param name="input">The whole case.</param>
    public Chapter(DossierIncident source, string anchor, DossierInput input)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(input);
        Source = source;
        Anchor = anchor;
        Input = input;
        Book = new ProseBook(anchor);
        Sightings = new Sightings(source);
        IncidentStory? story = source.Incident.Story;
        First = new FirstPage(source.Incident, Book.In("Summary"));
        Certainty = Certainty.Of(source.Incident, input, Book.In("How sure"), anchor);
        Book.In("Summary");
        SummaryLikelihood = Book.Judge(Certainty.LikelihoodSentence.Text);
        SummaryConfidence = Book.Judge(Certainty.ConfidenceSentence.Text);
        Book.In("Counter-measures");
        Measures = [.. MeasureFacts.For(source.Incident, Sightings).Select(measure => new With<Measure>(measure, Book.Say(measure.Text, isJudgement: false, measure.Events)))];
        Book.In("What to do now");
        Urgent = [.. Measures.Where(static measure => measure.Of.Urgency is Urgency.Now).Take(UrgentOnFirstPage)
            .Select(measure => Book.Say(measure.Of.Text, isJudgement: false, measure.Of.Events))];
        Book.In("What happened");
        Entry = Book.SayAll(story?.Entry ?? []);
        Told = Book.SayAll(story?.Told ?? []);
        Book.In("Hosts and accounts");
        Hosts = [.. (story?.HostsFallen ?? []).Select(fall => new With<HostFall>(fall, Book.Say(fall.How)))];
        Accounts = [.. (story?.AccountsUsed ?? []).Select(use => new With<AccountUse>(use, Book.Say(use.How)))];
        Book.In("Programs");
        Tools = [.. (story?.Tools ?? []).Select(tool => new With<NamedTool>(tool, Book.Say(tool.Basis)))];
        Book.In("Indicators");
        Channels = [.. (story?.Channels ?? []).Select(channel => new With<CommandChannel>(channel, Book.Say(channel.Role)))];
        Book.In("What was taken");
        Taken = [.. (story?.Taken ?? []).Select(taken => new With<TakenData>(taken, Book.Say(taken.How)))];
        Book.In("What happened");
        Hidden = Book.SayAll(story?.Hidden ?? []);
        Returned = Book.SayAll(story?.Returned ?? []);
        Book.In("How sure");
        Benign = [.. (story?.Benign ?? []).Select(other => new Alternative(other.Explanation, Book.SayAll(other.For), Book.SayAll(other.Against), Book.Say(other.Verdict)))];
        Reasons = [.. source.Incident.Reasons.Select(reason => new With<IncidentReason>(reason, Book.Judge(reason.Text)))];
        Who = source.Assessment is { } assessment ? new WhoModel(assessment, Book, Incident.Events.Length) : null;
        Matrix = AttackMatrix.Of(source.Incident, Sightings);
    }

    /// <summary>The records that the page quotes, by number: all that a sentence cites, and of the others so many.</summary>
    public IReadOnlyList<IncidentEvent> Quoted(int others)
    {
        HashSet<int> cited = [.. Book.All.SelectMany(static sentence => sentence.Events), .. Sightings.All, .. Incident.Story?.AllCited() ?? [], .. Who?.Shown ?? []];
        HashSet<int> quoted = [.. cited, .. Incident.Events.Select(static happened => happened.Number).Where(number => !cited.Contains(number)).Take(others)];
        return [.. Incident.Events.Where(happened => quoted.Contains(happened.Number))];
    }

    /// <summary>The incident.</summary>
    public DossierIncident Source { get; }

    /// <summary>The chapter's anchor.</summary>
    public string Anchor { get; }

    /// <summary>The whole case.</summary>
    public DossierInput Input { get; }

    /// <summary>All sentences.</summary>
    public ProseBook Book { get; }

    /// <summary>Which events show what.</summary>
    public Sightings Sightings { get; }

    /// <summary>The incident itself.</summary>
    public Incident Incident => Source.Incident;

    /// <summary>What stands on the first page.</summary>
    public FirstPage First { get; }

    /// <summary>How sure the dossier is.</summary>
    public Certainty Certainty { get; }

    /// <summary>How likely an intrusion is, on the first page.</summary>
    public Prose SummaryLikelihood { get; }

    /// <summary>With what confidence, on the first page.</summary>
    public Prose SummaryConfidence { get; }

    /// <summary>Who did it; null where that was not assessed.</summary>
    public WhoModel? Who { get; }

    /// <summary>Counter-measures, the most urgent first.</summary>
    public ImmutableArray<With<Measure>> Measures { get; }

    /// <summary>What to do now.</summary>
    public ImmutableArray<Prose> Urgent { get; }

    /// <summary>Explanations other than an intrusion.</summary>
    public ImmutableArray<Alternative> Benign { get; }

    /// <summary>What speaks for an intrusion and against it.</summary>
    public ImmutableArray<With<IncidentReason>> Reasons { get; }

    /// <summary>The ATT&amp;CK matrix.</summary>
    public ImmutableArray<MatrixColumn> Matrix { get; }

    /// <summary>How it began.</summary>
    public ImmutableArray<Prose> Entry { get; }

    /// <summary>The story.</summary>
    public ImmutableArray<Prose> Told { get; }

    /// <summary>How each host fell.</summary>
    public ImmutableArray<With<HostFall>> Hosts { get; }

    /// <summary>How each account was used.</summary>
    public ImmutableArray<With<AccountUse>> Accounts { get; }

    /// <summary>Tools and malware.</summary>
    public ImmutableArray<With<NamedTool>> Tools { get; }

    /// <summary>Addresses through which the intruder came.</summary>
    public ImmutableArray<With<CommandChannel>> Channels { get; }

    /// <summary>What was gathered and taken.</summary>
    public ImmutableArray<With<TakenData>> Taken { get; }

    /// <summary>What was hidden.</summary>
    public ImmutableArray<Prose> Hidden { get; }

    /// <summary>Whether the intruder came back.</summary>
    public ImmutableArray<Prose> Returned { get; }
}

/// <summary>An explanation other than an intrusion, weighed.</summary>
/// <param name="Explanation">The explanation.</param>
/// <param name="For">What speaks for it.</param>
/// <param name="Against">What speaks against it.</param>
/// <param name="Verdict">The judgement.</param>
public sealed record Alternative(string Explanation, ImmutableArray<Prose> For, ImmutableArray<Prose> Against, Prose Verdict);
