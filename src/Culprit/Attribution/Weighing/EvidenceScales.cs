using System.Collections.Immutable;
using Culprit.Attribution.Model;
using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.Weighing;

/// <summary>Weighs observations for every explanation: what the model gives to techniques and software, and what is set for the rest.</summary>
internal sealed class EvidenceScales
{
    /// <summary>
    /// What one rule or one file name takes for a piece of software is something else in one incident of ten or more, so that it cannot
    /// make an explanation likelier than by these odds to 1.
    /// </summary>
    public const int TentativeOdds = 10;

    private readonly KnowledgeBase _knowledge;
    private readonly AttributionModel _model;
    private readonly AssessmentOptions _options;

    /// <summary>Prepares to weigh.</summary>
    /// <param name="knowledge">What is known.</param>
    /// <param name="profiles">The groups that are weighed.</param>
    /// <param name="model">The weights.</param>
    /// <param name="options">Base rates.</param>
    public EvidenceScales(KnowledgeBase knowledge, ProfileSet profiles, AttributionModel model, AssessmentOptions options)
    {
        _knowledge = knowledge;
        Profiles = profiles;
        Further = new FurtherEvidence(knowledge, profiles);
        _model = model;
        _options = options;
    }

    /// <summary>The groups that are weighed.</summary>
    public ProfileSet Profiles { get; }

    /// <summary>Indicators, vulnerabilities, victims and hours.</summary>
    public FurtherEvidence Further { get; }

    /// <summary>The base rate of the unknown group that is used.</summary>
    public double UnknownRate => _options.UnknownBaseRate ?? _model.UnknownRate;

    /// <summary>Whether the year is that of the evidence.</summary>
    public bool IsYearOfEvidence => _options.IsYearOfEvidence;

    /// <summary>Whether the user set base rates: then it is told, and no judgement is sounder for it.</summary>
    public bool HasSetRates => _options.UnknownBaseRate is not null || !_options.GroupFactors.IsEmpty;

    /// <summary>The factors on groups that are used.</summary>
    public ImmutableSortedDictionary<string, double> GroupFactors => _options.GroupFactors;

    /// <summary>The feature that an observation is; -1 where it is none.</summary>
    public int Feature(Observation observation) =>
        !observation.NewMalware && observation.Kind is ObservationKind.Technique or ObservationKind.Software ? Profiles.Index.Feature(observation.Value) : -1;

    /// <summary>
    /// Whether an observation can speak for an explanation: a technique or software only for a group that is known for it, and for
    /// the unknown group. What is not known of a group can at most count less against it than against others.
    /// </summary>
    public bool CanSpeak(int explanation, Observation observation) =>
        explanation >= Profiles.Profiles.Length
        || (!observation.NewMalware && (Feature(observation) is not (>= 0 and var feature) || Profiles.Profiles[explanation].Strength.ContainsKey(feature)));

    /// <summary>
    /// The observed software that implements a technique, or a part of it, or what it is a part of: the one comes with the other, so
    /// that they have one cause. Null where there is none, and for what is no technique.
    /// </summary>
    public Observation? BroughtBy(Observation technique, IReadOnlyList<Observation> observed) => technique.Kind != ObservationKind.Technique ? null
        : observed.FirstOrDefault(o => o is { Kind: ObservationKind.Software, NewMalware: false }
            && _knowledge.SoftwareOf(o.Value) is { } software && software.Techniques.Any(t => IsWithin(t.Target, technique.Value) || IsWithin(technique.Value, t.Target)));

    /// <summary>Whether it is software of its own that none of the weighed groups is known for, but some that cannot be weighed.</summary>
    public bool IsThinOnly(Observation observation) =>
        Feature(observation) is var f and >= 0 && Profiles.Index.IsClosedMalware(f) && Profiles.Users(f) == 0 && Profiles.AllUsers(f) > 0;

    /// <summary>How many signs techniques and software are where those that programs often bring along together are one; see <see cref="CommonCompany"/>.</summary>
    public int Apart(IReadOnlyList<Observation> observed, int enough) => CommonCompany.Signs(observed, _knowledge, enough);

    private static bool IsWithin(string part, string whole) =>
        part.StartsWith(whole, StringComparison.Ordinal) && (part.Length == whole.Length || part[whole.Length] == '.');

    /// <summary>The name of the software that a feature is.</summary>
    public string SoftwareName(int feature) => _knowledge.SoftwareOf(Profiles.Index.Features[feature])?.Name ?? Profiles.Index.Features[feature];

    /// <summary>Weighs them. Explanations are the weighed groups in their order, and the unknown group last.</summary>
    public Balance Weigh(IReadOnlyList<Observation> observed)
    {
        // Each piece of new malware is a feature of its own, behind those that the knowledge base holds.
        int[] each = [.. observed.Select((o, i) => o.NewMalware ? Profiles.Index.Features.Length + i : Feature(o))];
        int[] features = [.. each.Where(static f => f >= 0).Distinct()];
        var position = features.Select(static (f, i) => (f, i)).ToDictionary(static p => p.f, static p => p.i);
        int[] own = [.. each.Select(f => f < 0 ? -1 : position[f])];
        var terms = new Terms(Profiles, features);
        int groups = Profiles.Profiles.Length;
        double[] bases = new double[groups + 1], usual = new double[groups + 1];
        double[][] weights = new double[groups + 1][];
        var nearest = new Activity?[groups];
        double[][] further = Further.Weigh(observed);
        ReadOnlySpan<double> fitted = _model.Weights.AsSpan();
        GroupTerms[] measured = [.. Profiles.Profiles.Select(terms.Of)];
        for (int g = 0; g < groups; g++)
        {
            usual[g] = measured[g].Base(fitted);
            bases[g] = usual[g] + Factor(Profiles.Index.Groups[measured[g].Profile.Group].Id);
            nearest[g] = measured[g].Nearest;
            weights[g] = further[g];
            for (int i = 0; i < own.Length; i++)
            {
                weights[g][i] += own[i] < 0 ? 0 : measured[g].Share(fitted, own[i]);
            }
        }

        UnknownTerms unknown = terms.OfUnknown(measured);
        double known = LogOdds.OfSum(usual.AsSpan(0, groups).ToArray());
        usual[groups] = known + LogOdds.Of(_model.UnknownRate);
        bases[groups] = known + LogOdds.Of(UnknownRate);

        // The model's constant holds what any technique or software says of the unknown group on average, so it is shared among those.
        double average = features.Length == 0 ? 0 : (UnknownTerms.Base(fitted) - LogOdds.Of(_model.UnknownRate) - known) / features.Length;
        weights[groups] = [.. own.Select(o => o < 0 ? 0 : average + unknown.Share(_model.Weights.AsSpan(), o))];
        return Balance.Of(bases, usual, weights, nearest, [.. observed.Select(static o => o.Tentative ? Math.Log(TentativeOdds) : double.PositiveInfinity)], [.. observed.Select(static o => 1 / Math.Sqrt(o.Together))]);
    }

    private double Factor(string group) => _options.GroupFactors.TryGetValue(group, out double factor) ? Math.Log(factor) : 0;
}

/// <summary>Who stands where. Explanations are the weighed groups in their order, and the unknown group last.</summary>
/// <param name="Probabilities">Of each explanation; they sum to 1.</param>
internal record Standing(double[] Probabilities)
{
    /// <summary>The most probable explanation; of equals the first.</summary>
    public int Leader => Array.IndexOf(Probabilities, Probabilities.Max());

    /// <summary>The rank of an explanation, 1 for the most probable.</summary>
    public int Rank(int explanation) => 1 + Probabilities.Count(p => p > Probabilities[explanation]);
}

/// <summary>Observations weighed.</summary>
/// <param name="Probabilities">Of each explanation; they sum to 1.</param>
/// <param name="Bases">Log-odds of each explanation against the average one, before anything is observed.</param>
/// <param name="Weights">For each explanation, each observation's log-likelihood ratio against the average explanation.</param>
/// <param name="Nearest">For each group, the report that is most like what was observed.</param>
/// <param name="Usual">The probability of each explanation before anything is observed, by the base rates of history, whatever the user set.</param>
internal sealed record Balance(double[] Probabilities, double[] Bases, double[][] Weights, Activity?[] Nearest, double[] Usual) : Standing(Probabilities)
{
    /// <summary>The probability of the unknown group before anything is observed.</summary>
    public double UnknownBefore
    {
        get
        {
            double[] prior = [.. Bases];
            ConditionalLogit.Softmax(prior);
            return prior[^1];
        }
    }

    /// <summary>
    /// For each observation its weight for the average group, the unknown one left out: what is only as much above the average explanation as this
    /// tells known groups from an unknown one, and none of them from another.
    /// </summary>
    public double[] OfAverageGroup()
    {
        double known = 1 - Usual[^1];
        return [.. Weights[0].Select((_, i) => Enumerable.Range(0, Usual.Length - 1).Sum(g => Usual[g] / known * Weights[g][i]))];
    }

    /// <summary>The same weights, by the base rates of history.</summary>
    public Balance WithUsualRates()
    {
        double[] scores = [.. Usual.Select(static p => Math.Log(Math.Max(p, double.Epsilon)))];
        for (int e = 0; e < scores.Length; e++)
        {
            scores[e] += Weights[e].Sum();
        }

        ConditionalLogit.Softmax(scores);
        return this with { Probabilities = scores, Bases = [.. Usual.Select(static p => Math.Log(Math.Max(p, double.Epsilon)))] };
    }

    /// <summary>
    /// Puts every weight against the average explanation, which leaves probabilities as they are, and scales down the weights of an
    /// observation that speak for an explanation more strongly than its cap. Which explanation is average do base rates of history say: what an
    /// observation says does not change with what somebody believes beforehand.
    /// </summary>
    /// <param name="bases">Log-odds of each explanation before anything is observed.</param>
    /// <param name="usual">The same by the base rates of history.</param>
    /// <param name="weights">For each explanation, what each observation adds.</param>
    /// <param name="nearest">For each group, the report that is most like what was observed.</param>
    /// <param name="caps">For each observation, the most that it may add to any explanation against the average one.</param>
    /// <param name="shares">For each observation, how much of it counts, more than 0 to 1: what has one cause with others counts in part.</param>
    public static Balance Of(double[] bases, double[] usual, double[][] weights, Activity?[] nearest, double[] caps, double[] shares)
    {
        double[] prior = [.. usual], scores = [.. bases];
        ConditionalLogit.Softmax(prior);
        double baseMean = bases.Zip(prior, static (b, p) => b * p).Sum();
        int observations = weights[0].Length;
        for (int i = 0; i < observations; i++)
        {
            double mean = 0, most = 0;
            for (int e = 0; e < weights.Length; e++)
            {
                mean += prior[e] * weights[e][i];
            }

            for (int e = 0; e < weights.Length; e++)
            {
                most = Math.Max(most, (weights[e][i] - mean) * shares[i]);
            }

            double scale = shares[i] * (most > caps[i] ? caps[i] / most : 1);
            for (int e = 0; e < weights.Length; e++)
            {
                weights[e][i] = (weights[e][i] - mean) * scale;
                scores[e] += weights[e][i];
            }
        }

        ConditionalLogit.Softmax(scores);
        return new Balance(scores, [.. bases.Select(b => b - baseMean)], weights, nearest, prior);
    }
}
