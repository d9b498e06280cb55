using System.Collections.Immutable;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>Puts an assessment together: weighs, leaves out each cause once, judges, and says what speaks against it.</summary>
internal sealed class AssessmentBuilder(KnowledgeBase knowledge, EvidenceScales scales, AttributionModel model, Likelihood? ceiling = null)
{
    /// <summary>What more groups than this have, strangers among them, is nobody's own.</summary>
    internal const int MostOwners = 2;

    private readonly JudgementRules _rules = new(model, ceiling);
    private readonly ObservationNotes _notes = new(knowledge, scales);

    // What judges by the base rates of history, where others were set.
    private readonly AssessmentBuilder? _usual = scales.ByUsualRates is { } usual ? new AssessmentBuilder(knowledge, usual, model, ceiling) : null;

    /// <summary>The assessment of observations in their one order.</summary>
    /// <param name="observed">The observations.</param>
    /// <param name="wholes">Techniques that were observed too, and of which parts are among <paramref name="observed"/>.</param>
    /// <param name="year">The year of what is to be explained.</param>
    /// <param name="leftOut">How many indicators were observed beside them and are not weighed.</param>
    /// <param name="stop">Ends it before each cause was left out.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public Assessment Build(ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes, int year, int leftOut = 0, CancellationToken stop = default)
    {
        Balance balance = scales.Weigh(observed);
        int leader = balance.Leader, unknown = balance.Probabilities.Length - 1;
        var explanations = new Explanations(scales.Profiles);
        (Support? support, Standing material, Verdict verdict, ImmutableArray<string> reasons) = Decide(balance, observed, explanations);
        Rests rests = RestsOf(observed, wholes, explanations, stop);
        Rest? rest = rests.WithoutStrongest(leader, verdict);
        rest = rest is null ? null : rest with { Word = WordOf(rest.Verdict, Remaining(rest.Cause, observed, wholes), [], explanations, stop) };
        var teller = new Teller(scales, explanations, balance, observed);
        (Judgement? cluster, Judgement? group, Judgement? sponsor) = verdict is Verdict.NamedGroup or Verdict.NamedCluster
            ? new Judgements(knowledge, scales.Profiles, _rules).Of(verdict, Standings(balance, observed, material), support!, rest, teller)
            : (null, null, null);
        Likelihood? word = verdict is Verdict.UnknownGroup ? _rules.UnknownWord(balance.Probabilities[unknown]) : (group ?? cluster)?.Likelihood, said = verdict is Verdict.NamedCluster ? null : word;
        var thin = new ThinGroups(scales, observed);
        return new Assessment
        {
            KnowledgeSha256 = knowledge.Sha256,
            ModelSha256 = model.Sha256,
            Year = year,
            UnknownBaseRate = scales.UnknownRate,
            GroupFactors = scales.GroupFactors,
            Observations = [.. observed.Select((o, i) => Weighed(o, observed, leader, rests.Without(i), explanations))],
            Groups = Groups(balance, observed),
            Unknown = new UnknownHypothesis(balance.Probabilities[unknown], _rules.UnknownWord(balance.Probabilities[unknown]), balance.Bases[unknown],
                [.. balance.Weights[unknown].Select(static w => new ObservationWeight(w, []))]),
            TooThin = thin.All,
            Verdict = verdict,
            Reasons = [.. reasons, .. OfSeveral(observed, explanations), .. thin.Sentences(), .. OfSetRates(balance, observed, wholes, (verdict, word), explanations, stop), .. RestByUsualRates(rest, observed, explanations), .. ForeignLists.Sentences(observed)],
            Cluster = cluster,
            Group = group,
            Sponsor = sponsor,
            NoSponsor = cluster is null || sponsor is not null ? null : Judgements.WhyNoSponsor(group is null ? null : explanations.Group(leader)),
            Rivals = teller.Rivals(leader),
            WithoutStrongest = rest?.Tell(explanations),
            WouldChange = teller.WouldChange(leader, rests, scales.UnknownRate, said, () => Several(rests, leader, said, observed, wholes, explanations, stop)),
            Hypotheses = Competing.Table(balance, explanations, observed.Length),
            Limits = Limits.Of(observed, leftOut, knowledge, model, scales),
        };
    }

    /// <summary>What an assessment would come to by these alone, as records show them, and by the base rates of history: those that somebody set are his word too.</summary>
    public Robustness ByRecordsAlone(Assessment assessment, ImmutableArray<Observation> shown)
    {
        if (_usual is not null)
        {
            return _usual.ByRecordsAlone(assessment, shown);
        }

        var explanations = new Explanations(scales.Profiles);
        ImmutableArray<int> given = [.. Enumerable.Range(0, assessment.Observations.Length).Where(i => VerdictBasis.IsGiven(assessment.Observations[i].Observation))];
        ImmutableArray<Observation> remaining = TechniqueParts.WithoutWholes(ObservationOrder.Sort(shown));
        Rest rest = RestOf(given, remaining, explanations);
        return (rest with { Word = WordOf(rest.Verdict, remaining, [], explanations, stop: default) }).Tell(explanations);
    }

    // That malware of two groups was seen which are no relatives: two intruders, or one with the other's tools.
    private IEnumerable<string> OfSeveral(ImmutableArray<Observation> observed, Explanations explanations)
    {
        (int Group, Observation Malware)[] owned = [.. observed.Select(o => (Group: scales.OnlyOwner(o), Malware: o)).Where(static o => o.Group >= 0).DistinctBy(static o => o.Group)];
        if (owned.Length > 1 && owned.Skip(1).FirstOrDefault(o => !Relatives.Of(owned[0].Group, scales.Profiles, knowledge).Contains(o.Group)) is { Malware: { } other } stranger)
        {
            yield return $"{AssessmentSentences.Name(owned[0].Malware)} is known of {explanations.Name(owned[0].Group)} alone, and {AssessmentSentences.Name(other)} of {explanations.Name(stranger.Group)} alone: "
                + "two may have been here, or one has what is the other's. Look at their hosts and times apart.";
        }
    }

    // What the usual base rates would say, where those that somebody set make the difference.
    private IEnumerable<string> OfSetRates(
        Balance balance, ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes, (Verdict Verdict, Likelihood? Word) said, Explanations explanations, CancellationToken stop)
    {
        if (_usual is null)
        {
            yield break;
        }

        Balance usual = balance.WithUsualRates();
        Verdict verdict = _usual.Decide(usual, observed, explanations).Verdict;
        Likelihood? word = _usual.WordOf(verdict, observed, wholes, explanations, stop);
        if (usual.Leader != balance.Leader || (verdict, word) != said
            || (word is null && Yardstick.Word(usual.Probabilities[balance.Leader]) != Yardstick.Word(balance.Probabilities[balance.Leader])))
        {
            yield return $"Base rates that were set make it so: by the usual ones {explanations.Name(balance.Leader)} has {AssessmentSentences.Percent(usual.Probabilities[balance.Leader])}"
                + (usual.Leader == balance.Leader ? "" : $", {explanations.Name(usual.Leader)} leads with {AssessmentSentences.Percent(usual.Probabilities[usual.Leader])}")
                + (word is { } other ? $", and \"{Yardstick.Name(other)}\" is what would be said of {(usual.Leader == balance.Leader ? "it" : "that one")}." : ", and nothing would be judged.");
        }
    }

    // Who leads without the strongest cause by the usual base rates, where those that somebody set say another: the word follows from both.
    private static IEnumerable<string> RestByUsualRates(Rest? rest, ImmutableArray<Observation> observed, Explanations explanations)
    {
        if (rest is { ByUsualRates: { } usual } && usual.Leader != rest.Standing.Leader)
        {
            yield return $"Without {AssessmentSentences.Together([.. rest.Cause.Select(i => observed[i])])} {explanations.Name(usual.Leader)} leads by the usual base rates, "
                + $"with {AssessmentSentences.Percent(usual.Probabilities[usual.Leader])}.";
        }
    }

    private static bool IsCircumstance(Observation observation) =>
        observation.Kind is ObservationKind.VictimSector or ObservationKind.VictimCountry or ObservationKind.WorkingHours;

    private Standings Standings(Balance balance, ImmutableArray<Observation> observed, Standing material)
    {
        int leader = balance.Leader;
        int[] family = Relatives.Of(leader, scales.Profiles, knowledge);
        return new Standings(
            balance, material, Without(balance, observed, o => IsSold(o, family)), Without(balance, observed, o => IsTool(o) || IsSold(o, family)),
            Without(balance, observed, o => IsBrought(o, observed, leader)));
    }

    private bool IsTool(Observation observation) => scales.Feature(observation) is var f and >= 0 && scales.Profiles.Index.ClassOf(f) == FeatureClass.Tool;

    // Sold, rented, given away, or used by many: also where three groups or more have it, and not all are of one family, and what still goes round by itself.
    private bool IsSold(Observation observation, int[] family) =>
        scales.Feature(observation) is var f and >= 0 && scales.Profiles.Index.ClassOf(f) == FeatureClass.Malware
        && (!scales.IsOwn(observation)
            || (scales.Profiles.AllUsers(f) > MostOwners && family.Count(g => scales.Profiles.Profiles[g].Strength.ContainsKey(f)) < scales.Profiles.AllUsers(f)));

    // A technique that software implements which the leader is not known for, and none that it is known for.
    private bool IsBrought(Observation observation, ImmutableArray<Observation> observed, int leader) => observation.Kind == ObservationKind.Technique
        && scales.BroughtBy(observation, [.. observed.Where(o => !scales.CanSpeak(leader, o))]) is not null
        && scales.BroughtBy(observation, [.. observed.Where(o => scales.CanSpeak(leader, o))]) is null;

    // Who stands where without some observations.
    private Standing Without(Balance balance, ImmutableArray<Observation> observed, Func<Observation, bool> left) =>
        observed.Any(left) ? scales.Weigh([.. observed.Where(o => !left(o))]) : balance;

    // What remains without each cause.
    private Rests RestsOf(ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes, Explanations explanations, CancellationToken stop) =>
        new([.. Causes.Of(observed, scales).Select(cause => RestOf(cause, observed, wholes, explanations, stop))]);

    private Rest RestOf(ImmutableArray<int> cause, ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes, Explanations explanations, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return RestOf(cause, Remaining(cause, observed, wholes), explanations);
    }

    // Without a part, the whole that was observed beside it remains, unless the same rules said both.
    private static ImmutableArray<Observation> Remaining(ImmutableArray<int> cause, ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes)
    {
        HashSet<string> said = [.. cause.SelectMany(i => observed[i].Bases).Select(static b => b.Text)];
        return TechniqueParts.WithoutWholes(ObservationOrder.Sort(
            observed.Where((_, i) => !cause.Contains(i)).Concat(wholes.Where(w => Signs.IsGiven(w) || w.Bases.Any(b => !said.Contains(b.Text))))));
    }

    private Rest RestOf(ImmutableArray<int> dropped, ImmutableArray<Observation> remaining, Explanations explanations)
    {
        Balance rest = scales.Weigh(remaining);
        Verdict verdict = Decide(rest, remaining, explanations).Verdict;

        // That it would still be named must not follow from base rates that somebody set.
        Balance? usual = _usual is null ? null : rest.WithUsualRates();
        if (verdict is Verdict.NamedGroup or Verdict.NamedCluster && usual is not null
            && (usual.Leader != rest.Leader || _usual!.Decide(usual, remaining, explanations).Verdict != verdict))
        {
            verdict = Verdict.NotEnoughEvidence;
        }

        return new Rest(dropped, new Standing(rest.Probabilities), verdict) { ByUsualRates = usual is null ? null : new Standing(usual.Probabilities) };
    }

    // What would be said by these observations alone, every rule applied. What would become of that without its own strongest observation counts by figures.
    private Likelihood? WordOf(Verdict verdict, ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes, Explanations explanations, CancellationToken stop)
    {
        if (verdict is Verdict.NotEnoughEvidence)
        {
            return null;
        }

        Balance balance = scales.Weigh(observed);
        if (verdict is Verdict.UnknownGroup)
        {
            return _rules.UnknownWord(balance.Probabilities[^1]);
        }

        (Support? support, Standing material, _, _) = Decide(balance, observed, explanations);
        Rest? rest = RestsOf(observed, wholes, explanations, stop).WithoutStrongest(balance.Leader, verdict);
        (Judgement cluster, Judgement? group, _) = new Judgements(knowledge, scales.Profiles, _rules).Of(
            verdict, Standings(balance, observed, material), support!, rest, new Teller(scales, explanations, balance, observed));
        return (group ?? cluster).Likelihood;
    }

    // What remains without the strongest causes together: twice as many each time, until the result is another. Null where it stays to the last.
    private Rest? Several(
        Rests rests, int leader, Likelihood? said, ImmutableArray<Observation> observed, ImmutableArray<Observation> wholes, Explanations explanations, CancellationToken stop)
    {
        ImmutableArray<int>[] strongest = [.. rests.All.OrderBy(r => r.Standing.Probabilities[leader]).Select(static r => r.Cause)];
        for (int count = 2; count < 2 * strongest.Length; count *= 2)
        {
            Rest rest = RestOf([.. strongest.Take(count).SelectMany(static c => c)], observed, wholes, explanations, stop);
            if (Teller.IsDecisive(rest, leader, said))
            {
                return rest;
            }
        }

        return null;
    }

    // What the leader's lines carry, who stands where without the victim and the hours, and what it all comes to.
    private (Support? OfLeader, Standing Material, Verdict Verdict, ImmutableArray<string> Reasons) Decide(Balance balance, ImmutableArray<Observation> observed, Explanations explanations)
    {
        Support? support = explanations.IsUnknown(balance.Leader) ? null : Support.Of(balance, balance.Leader, observed, scales);
        Standing material = Without(balance, observed, IsCircumstance);
        (Verdict verdict, ImmutableArray<string> reasons) = _rules.Decide(balance, scales, observed, support, material, () => Relatives.Of(balance.Leader, scales.Profiles, knowledge));
        return (support, material, verdict, reasons);
    }

    private WeighedObservation Weighed(Observation observation, ImmutableArray<Observation> observed, int leader, Standing without, Explanations explanations) => new(
        observation, EvidenceLines.Of(observation), Support.Forging(observation, scales), Users(observation),
        new RankingEffect(explanations.Id(without.Leader), without.Probabilities[leader], without.Rank(leader)), _notes.Of(observation, observed));

    private ImmutableArray<GroupHypothesis> Groups(Balance balance, ImmutableArray<Observation> observed) =>
    [
        .. Enumerable.Range(0, scales.Profiles.Profiles.Length)
            .Select(g => (Index: g, Group: scales.Profiles.Index.Groups[scales.Profiles.Profiles[g].Group]))
            .OrderByDescending(g => balance.Probabilities[g.Index]).ThenBy(static g => g.Group.Id, StringComparer.Ordinal)
            .Select(g => new GroupHypothesis(g.Group, balance.Probabilities[g.Index], balance.Bases[g.Index],
                [.. observed.Select((o, i) => new ObservationWeight(balance.Weights[g.Index][i], Sources(o, g.Group, g.Index)))],
                balance.Nearest[g.Index]?.Source)),
    ];

    private ImmutableArray<KnownSource> Sources(Observation observation, KnownGroup group, int profile)
    {
        if (observation.Kind == ObservationKind.Vulnerability)
        {
            return
            [
                .. group.Vulnerabilities.Concat(knowledge.CampaignsOf(group.Id).SelectMany(c => knowledge.Campaign(c.Target)!.Vulnerabilities))
                    .Where(v => string.Equals(v.Target, observation.Value, StringComparison.OrdinalIgnoreCase)).SelectMany(static v => v.Sources).Distinct(),
            ];
        }

        int feature = scales.Feature(observation);
        return feature < 0 ? [] : scales.Profiles.Profiles[profile].Sources(feature);
    }

    private int Users(Observation observation) => observation.Kind switch
    {
        ObservationKind.Vulnerability => scales.Further.AllExploiters(observation.Value),
        ObservationKind.Indicator => observation.Indicators.SelectMany(static c => c.GroupIds).Distinct(StringComparer.Ordinal).Count(),
        _ => scales.Feature(observation) is var f and >= 0 ? scales.Profiles.AllUsers(f) : 0,
    };
}
