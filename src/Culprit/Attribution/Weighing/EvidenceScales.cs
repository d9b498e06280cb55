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
        : this(knowledge, profiles, model, options, new FurtherEvidence(knowledge, profiles))
    {
    }

    private EvidenceScales(KnowledgeBase knowledge, ProfileSet profiles, AttributionModel model, AssessmentOptions options, FurtherEvidence further)
    {
        _knowledge = knowledge;
        Profiles = profiles;
        Further = further;
        _model = model;
        _options = options;
        ByUsualRates = options.UnknownBaseRate is null && options.GroupFactors.IsEmpty ? null
            : new EvidenceScales(knowledge, profiles, model, options with { UnknownBaseRate = null, GroupFactors = ImmutableSortedDictionary<string, double>.Empty }, further);
    }

    /// <summary>The groups that are weighed.</summary>
    public ProfileSet Profiles { get; }

    /// <summary>Indicators, vulnerabilities, victims and hours.</summary>
    public FurtherEvidence Further { get; }

    /// <summary>The base rate of the unknown group that is used.</summary>
    public double UnknownRate => _options.UnknownBaseRate ?? _model.UnknownRate;

    /// <summary>Whether the year is that of the evidence.</summary>
    public bool IsYearOfEvidence => _options.IsYearOfEvidence;

    /// <summary>The same by the base rates of history, where the user set others: then that is told, and no judgement is sounder for it. Null where he set none.</summary>
    public EvidenceScales? ByUsualRates { get; }

    /// <summary>The factors on groups that are used.</summary>
    public ImmutableSortedDictionary<string, double> GroupFactors => _options.GroupFactors;

    /// <summary>The feature that an observation is; -1 where it is none.</summary>
    public int Feature(Observation observation) =>
        !observation.NewMalware && observation.Kind is ObservationKind.Technique or ObservationKind.Software ? Profiles.Index.Feature(observation.Value) : -1;

    /// <summary>
    /// Whether evidence shows a technique of which reports name the parts (<see cref="ProfileSet.IsSeldomNamedWhole"/>), so that it is weighed for nobody: that a rule
    /// is tagged with the whole is a matter of its author. What a user gives is of reports, as history is.
    /// </summary>
    public bool IsSeldomNamedWhole(Observation observation) => !Signs.IsGiven(observation) && Feature(observation) is var feature and >= 0 && Profiles.IsSeldomNamedWhole(feature);

    /// <summary>
    /// Whether an observation can speak for an explanation: a technique or software only for a group that is known for it, and for
    /// the unknown group. What is not known of a group can at most count less against it than against others.
    /// </summary>
    public bool CanSpeak(int explanation, Observation observation) =>
        explanation >= Profiles.Profiles.Length
        || (!observation.NewMalware && (Feature(observation) is not (>= 0 and var feature) || Profiles.Profiles[explanation].Strength.ContainsKey(feature)));

    /// <summary>Whether a group is not known for a technique as such, but for a part of it.</summary>
    public bool KnowsPartOf(int explanation, Observation technique) => explanation < Profiles.Profiles.Length && technique.Kind == ObservationKind.Technique
        && Profiles.Profiles[explanation].Strength.Keys.Any(f => Profiles.Index.Features[f].StartsWith(technique.Value + ".", StringComparison.Ordinal));

    /// <summary>
    /// The observed software that implements a technique, or a part of it, or what it is a part of: the one comes with the other, so
    /// that they have one cause. Null where there is none, and for what is no technique.
    /// </summary>
    public Observation? BroughtBy(Observation technique, IReadOnlyList<Observation> observed) => technique.Kind != ObservationKind.Technique ? null
        : observed.FirstOrDefault(o => o is { Kind: ObservationKind.Software, NewMalware: false }
            && _knowledge.SoftwareOf(o.Value) is { } software && software.Techniques.Any(t => IsWithin(t.Target, technique.Value) || IsWithin(technique.Value, t.Target)));

    /// <summary>Whether it is software of its own that none of the weighed groups is known for, but some that cannot be weighed.</summary>
    public bool IsThinOnly(Observation observation) =>
        Feature(observation) is var f and >= 0 && Profiles.Index.IsOwnMalware(f) && Profiles.Users(f) == 0 && Profiles.AllUsers(f) > 0;

    /// <summary>Whether who has malware has, as far as anybody knows, made it, and it does not go round by itself (<see cref="OfferedMalware"/>).</summary>
    public bool IsOwn(Observation malware) =>
        Feature(malware) is var feature and >= 0 && Profiles.Index.IsOwnMalware(feature) && !OfferedMalware.Roams(malware.Value, Profiles.Year);

    /// <summary>The group that alone is known for a piece of software of its own, as explanation; -1 where there is none, or where it cannot be weighed.</summary>
    public int OnlyOwner(Observation software) => Feature(software) is var feature and >= 0 && Profiles.IsOfOneGroup(feature)
        ? Array.FindIndex([.. Profiles.Profiles], p => p.Strength.ContainsKey(feature)) : -1;

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
        int[] each = [.. observed.Select((o, i) => o.NewMalware ? Profiles.Index.Features.Length + i : IsSeldomNamedWhole(o) ? -1 : Feature(o))];
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
            bases[g] = usual[g] + Factor(Profiles.Index.Groups[Profiles.Profiles[g].Group].Id);
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
        return Balance.Centred(bases, usual, weights, nearest, [.. observed.Select(static o => o.Tentative ? Math.Log(TentativeOdds) : double.PositiveInfinity)], [.. observed.Select(static o => 1 / Math.Sqrt(o.Together))]);
    }

    private double Factor(string group) => _options.GroupFactors.TryGetValue(group, out double factor) ? Math.Log(factor) : 0;
}
