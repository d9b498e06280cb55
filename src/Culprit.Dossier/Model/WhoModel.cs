using System.Collections.Immutable;
using Culprit.Attribution;

namespace Culprit.Dossier.Model;

/// <summary>Who did it, as the dossier tells it: sentences at their places. Likelihood and confidence stand in sentences of their own.</summary>
public sealed class WhoModel
{
    private const int MostShown = 24, MostRanked = 8, CitedBySentence = 6;

    private readonly int _events;

    /// <summary>Reads an assessment. <paramref name="events"/> is how many events the incident has.</summary>
    internal WhoModel(Assessment assessment, ProseBook book, int events)
    {
        _events = events;
        Assessment = assessment;
        Ranked = RankedExplanation.Of(assessment);
        Compared = RankedExplanation.Compared(assessment);
        Rows = [.. RankedExplanation.ByTelling(assessment).Take(MostShown)];
        var basis = new VerdictBasis(assessment);
        ImmutableArray<int> carrying = basis.Records(events);
        bool judged = assessment.Verdict != Verdict.NotEnoughEvidence;
        book.In("Summary");
        SummaryVerdict = book.JudgeBy(AssessmentSentences.Verdict(assessment), carrying);
        SummaryBasis = basis.IsPartlyGiven ? book.JudgeBy(basis.Sentence()!, carrying) : null;
        SummaryByRecords = ByRecords(book);
        SummaryLikelihood = judged ? book.Judge(AssessmentSentences.Likelihood(assessment)) : null;
        SummaryConfidence = judged ? book.Judge(AssessmentSentences.Confidence(assessment)) : null;
        book.In("Who did it, and how sure");
        VerdictSentence = book.JudgeBy(AssessmentSentences.Verdict(assessment), carrying);
        Basis = basis.Sentence() is { } sentence ? book.JudgeBy(sentence, carrying) : null;
        ByRecordsAlone = ByRecords(book);
        Likelihood = book.Judge(AssessmentSentences.Likelihood(assessment));
        Confidence = book.Judge(AssessmentSentences.Confidence(assessment));
        ImmutableArray<Prose> All(IEnumerable<string> sentences) => [.. sentences.Select(text => book.Judge(text, Speaking(text)))];
        ImmutableArray<Prose> Marked(IEnumerable<string> sentences) => All(sentences.Select(basis.Marked));
        Reasons = Marked(assessment.Reasons);
        Caps = All(assessment.Group?.Caps ?? []);
        Levels =
        [
            .. new (string Title, Judgement? Judgement)[] { ("Body of activity", assessment.Cluster), ("Group", assessment.Group), ("State behind it", assessment.Sponsor) }
                .Where(static level => level.Judgement is not null)
                .Select(level => new WhoLevel(
                    level.Title, book.Judge(level.Judgement!.LikelihoodSentence), book.Judge(level.Judgement.ConfidenceSentence),
                    All(level.Judgement.Level == JudgementLevel.Group ? [] : level.Judgement.Caps), Marked(level.Judgement.Grounds))),
        ];
        NoState = assessment.NoSponsor is { } none ? book.Judge(none) : null;
        Rivals = [.. assessment.Rivals.Select(rival => new WhoRival(rival, Marked(rival.For), Marked(rival.Against)))];
        WouldChange = Marked(assessment.WouldChange);
        WithoutStrongest = assessment.WithoutStrongest is { } rest
            ? book.Judge(
                basis.Marked(AssessmentSentences.WithoutStrongest(assessment)),
                AssessmentSentences.LeansOnOne(assessment) ? rest.Dropped.SelectMany(i => EventsOf(i)).Distinct().Take(CitedBySentence) : [])
            : null;
        Limits = All(assessment.Limits);
    }

    /// <summary>The assessment.</summary>
    public Assessment Assessment { get; }

    /// <summary>All explanations, most probable first.</summary>
    public ImmutableArray<RankedExplanation> Ranked { get; }

    /// <summary>Those that the table of explanations shows: the most probable, and the group that is not known.</summary>
    public ImmutableArray<RankedExplanation> Standing => [.. Ranked.Where(static (one, at) => at < MostRanked || one.IsUnknown)];

    /// <summary>Those that are held against one another.</summary>
    public ImmutableArray<RankedExplanation> Compared { get; }

    /// <summary>The observations that are shown, by position, those that tell most first.</summary>
    public ImmutableArray<int> Rows { get; }

    /// <summary>The verdict, on the first page.</summary>
    public Prose SummaryVerdict { get; }

    /// <summary>What of it the user gave, on the first page; null where that is nothing.</summary>
    public Prose? SummaryBasis { get; }

    /// <summary>What it would be by the records alone, on the first page; null where the user gave nothing besides, or everything.</summary>
    public Prose? SummaryByRecords { get; }

    /// <summary>How likely that is, on the first page; null where nothing is judged.</summary>
    public Prose? SummaryLikelihood { get; }

    /// <summary>How sound its basis is, on the first page; null where nothing is judged.</summary>
    public Prose? SummaryConfidence { get; }

    /// <summary>The verdict.</summary>
    public Prose VerdictSentence { get; }

    /// <summary>What carries it, and what of that the user gave; null where nothing single carries it.</summary>
    public Prose? Basis { get; }

    /// <summary>What it would be by the records alone; null where the user gave nothing besides, or everything.</summary>
    public Prose? ByRecordsAlone { get; }

    /// <summary>How likely it is.</summary>
    public Prose Likelihood { get; }

    /// <summary>How sound its basis is.</summary>
    public Prose Confidence { get; }

    /// <summary>Why the verdict is what it is.</summary>
    public ImmutableArray<Prose> Reasons { get; }

    /// <summary>Why the word is no stronger.</summary>
    public ImmutableArray<Prose> Caps { get; }

    /// <summary>How far it can be narrowed: to a body of activity, a group, a state.</summary>
    public ImmutableArray<WhoLevel> Levels { get; }

    /// <summary>Why no state is named although a group or its cluster is; null otherwise.</summary>
    public Prose? NoState { get; }

    /// <summary>Other explanations.</summary>
    public ImmutableArray<WhoRival> Rivals { get; }

    /// <summary>What would change the judgement.</summary>
    public ImmutableArray<Prose> WouldChange { get; }

    /// <summary>What remains without the strongest observation; null where nothing was observed.</summary>
    public Prose? WithoutStrongest { get; }

    /// <summary>What it cannot know.</summary>
    public ImmutableArray<Prose> Limits { get; }

    /// <summary>The events that show what is shown, by number.</summary>
    public IEnumerable<int> Shown => Rows.SelectMany(row => EventsOf(row));

    /// <summary>The events that show an observation, by number.</summary>
    public ImmutableArray<int> EventsOf(int observation) =>
        [.. Assessment.Observations[observation].Observation.Events.Where(number => number >= 0 && number < _events)];

    /// <summary>Whether the user alone says that something was observed, so that no record shows it.</summary>
    public bool IsGiven(int observation) => VerdictBasis.IsGiven(Assessment.Observations[observation].Observation);

    private Prose? ByRecords(ProseBook book) => AssessmentSentences.ByRecordsAlone(Assessment) is { } sentence
        ? book.JudgeBy(sentence, [.. Rows.SelectMany(row => EventsOf(row).Take(1)).Distinct().Take(CitedBySentence)]) : null;

    // Sentences name what they speak of as the tables do; they cite what shows it.
    private IEnumerable<int> Speaking(string sentence) => Enumerable.Range(0, Assessment.Observations.Length)
        .Where(i => VerdictBasis.IsNamed(Assessment.Observations[i].Observation, sentence))
        .SelectMany(i => EventsOf(i).Take(CitedBySentence));
}

/// <summary>How far the judgement reaches.</summary>
/// <param name="Title">To what.</param>
/// <param name="Likelihood">How likely.</param>
/// <param name="Confidence">How sound its basis.</param>
/// <param name="Caps">Why the word is no stronger.</param>
/// <param name="Grounds">What carries it.</param>
public sealed record WhoLevel(string Title, Prose Likelihood, Prose Confidence, ImmutableArray<Prose> Caps, ImmutableArray<Prose> Grounds);

/// <summary>Another explanation.</summary>
/// <param name="Of">It.</param>
/// <param name="For">What speaks for it.</param>
/// <param name="Against">What speaks against it.</param>
public sealed record WhoRival(Rival Of, ImmutableArray<Prose> For, ImmutableArray<Prose> Against);
