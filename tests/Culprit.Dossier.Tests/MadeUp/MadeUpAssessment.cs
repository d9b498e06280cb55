using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>An assessment with every part filled, of invented figures, so that no weight of the real model stands in a test.</summary>
internal static class MadeUpAssessment
{
    /// <summary>One that names a group.</summary>
    /// <param name="text">Text from evidence: of indicators, and of what shows an observation.</param>
    /// <param name="events">Events that show observations.</param>
    public static Assessment Named(Func<string> text, params int[] events)
    {
        var report = new KnownSource { Name = "Example Report 2019", Publisher = "Example", Published = new SourceDate(2019), Url = "https://example.org/report" };
        string domain = text();
        ImmutableArray<WeighedObservation> observations =
        [
            Weighed(Observation(ObservationKind.Technique, "T1505.003", "Server Software Component: Web Shell", text(), events), EvidenceLine.Behaviour, Spoofability.Easy, 33, 0.55, 1),
            Weighed(Observation(ObservationKind.Software, "S0020", "China Chopper", text(), events), EvidenceLine.Tooling, Spoofability.Moderate, 9, 0.41, 2),
            Weighed(
                Observation(ObservationKind.Indicator, domain, domain, text(), events) with { Indicators = [new IndicatorClaim("A list", ["G0001"], "Example Report 2019", 2019, IndicatorKind.Domain, false, 1)] },
                EvidenceLine.Infrastructure, Spoofability.Moderate, 1, 0.22, 3) with { Note = "Its report has no date; it is taken for six years old." },
        ];
        GroupHypothesis[] groups =
        [
            new(Group("G0001", "Axiom"), 0.62, 0.3, [new(0.25, [report]), new(1.43, [report]), new(2.6, [])], report),
            new(Group("G0002", "Moafee"), 0.2, -0.1, [new(0.31, []), new(-0.12, []), new(-0.4, [])], null),
            new(Group("G0003", "Cleaver"), 0.08, -0.6, [new(-0.04, []), new(-0.12, []), new(-0.4, [])], null),
        ];
        ImmutableArray<string> against = [$"China Chopper (S0020) is not known of it (4.7 times less likely than under Axiom (G0001)).", $"{domain} is not known of it (20 times less likely than under Axiom (G0001))."];
        return new Assessment
        {
            KnowledgeSha256 = IncidentMaker.Hash("knowledge"),
            ModelSha256 = IncidentMaker.Hash("model"),
            Year = 2020,
            UnknownBaseRate = 0.4,
            GroupFactors = ImmutableSortedDictionary<string, double>.Empty.Add("G0002", 2),
            Observations = observations,
            Groups = [.. groups],
            Unknown = new UnknownHypothesis(0.1, Likelihood.HighlyUnlikely, 2.1, [new(0.02, []), new(0.8, []), new(-0.2, [])]),
            TooThin = [new ThinGroup(Group("G0009", "Deep Panda"), [new KnownTrace(0, [report])], false)],
            Verdict = Verdict.NamedGroup,
            Reasons = [],
            Cluster = Judged(JudgementLevel.Cluster, "the activity reported as Axiom, or as Moafee", null, "this belongs to the activity reported as Axiom, or as Moafee.", ["These groups share malware that no other group is known for."]),
            Group = Judged(JudgementLevel.Group, "Axiom (G0001)", null, "this was the work of Axiom (G0001).", ["China Chopper (S0020) speaks for it (4.2 times as likely as under the average explanation)."])
                with
            { Caps = ["More than \"likely\" needs two independent lines of evidence, one of them hard to forge."] },
            Sponsor = Judged(JudgementLevel.Sponsor, "Example", "XX", "whoever did this acts for Example.", ["MITRE ATT&CK gives Example, with reserve."]),
            Rivals =
            [
                new Rival("G0002", "Moafee (G0002)", 0.2, ["Server Software Component: Web Shell (T1505.003) speaks for it (1.4 times as likely as under the average explanation)."], against),
                new Rival(UnknownHypothesis.Id, RankedExplanation.UnknownName, 0.1, [], [$"{domain} is known of Axiom (G0001) and would be a coincidence otherwise (16 times less likely)."]),
            ],
            WithoutStrongest = new Robustness([2], "G0002", "Moafee (G0002)", 0.36, Verdict.NotEnoughEvidence, null),
            WouldChange = [$"If {domain} was misread or planted: without it Moafee (G0002) leads."],
            Hypotheses = new CompetingHypotheses(
                [new("G0001", "Axiom (G0001)", 0.62, -0.2), new("G0002", "Moafee (G0002)", 0.2, -3.1), new(UnknownHypothesis.Id, RankedExplanation.UnknownName, 0.1, -2.4)],
                [
                    new HypothesisRow(2, 3, [Consistency.VeryConsistent, Consistency.VeryInconsistent, Consistency.Inconsistent]),
                    new HypothesisRow(1, 1.5, [Consistency.Consistent, Consistency.Inconsistent, Consistency.Neutral]),
                ]),
            Limits = ["It cannot tell a group from one that imitates it well. Who wants to mislead can read the same reports."],
        };
    }

    /// <summary>One that comes to nothing.</summary>
    public static Assessment Nothing { get; } = Named(static () => "rule: Scan", 0) with
    {
        Verdict = Verdict.NotEnoughEvidence,
        Reasons = ["Only one technique or piece of software was observed, which is too little to tell groups apart."],
        Cluster = null,
        Group = null,
        Sponsor = null,
    };

    /// <summary>The same with other names of groups.</summary>
    public static Assessment Renamed(Assessment assessment, Func<string> name) => assessment with
    {
        Groups = [.. assessment.Groups.Select(group => group with { Group = Group(group.Group.Id, name()), Nearest = group.Nearest is null ? null : new KnownSource { Name = name() } })],
        Hypotheses = assessment.Hypotheses with { Columns = [.. assessment.Hypotheses.Columns.Select(column => column with { Name = name() })] },
        Rivals = [.. assessment.Rivals.Select(rival => rival with { Name = name() })],
        Group = assessment.Group! with { Subject = name(), LikelihoodSentence = name(), ConfidenceSentence = name() },
    };

    private static KnownGroup Group(string id, string name) => new()
    {
        Id = id,
        Name = name,
        Aliases = [],
        Created = default,
        Techniques = [],
        Software = [],
        Vulnerabilities = [],
        Countries = [],
        Sponsors = [],
        Victims = null,
        ActorIds = [],
    };

    private static Observation Observation(ObservationKind kind, string value, string name, string basis, int[] events) =>
        new() { Kind = kind, Value = value, Name = name, Bases = [new ObservationBasis(basis, [.. events], [])], Events = [.. events] };

    private static WeighedObservation Weighed(Observation observation, EvidenceLine line, Spoofability forging, int users, double without, int rank) =>
        new(observation, line, forging, users, new RankingEffect(rank == 1 ? "G0001" : "G0002", without, rank), "");

    private static Judgement Judged(JudgementLevel level, string subject, string? country, string what, ImmutableArray<string> grounds) =>
        new(level, subject, ["G0001"], country, 0.62, Likelihood.Likely, AnalyticConfidence.Low, $"It is likely that {what}",
            "Confidence in this is low: without its strongest observation another explanation leads.", [], grounds);
}
