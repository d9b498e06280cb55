using System.Collections.Immutable;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Profiles;

/// <summary>
/// What is known of groups in one year, by the activities that count then: for each group its reports, its features with their
/// age, and how rare each feature is among groups.
/// </summary>
internal sealed class ProfileSet
{
    /// <summary>With fewer techniques than this a group's profile is too thin to be weighed.</summary>
    public const int MinTechniques = 5;

    /// <summary>How many years ago something counts as reported that has no date: as long as what is known of groups is old on average.</summary>
    public const int UndatedAge = 6;

    // What was last reported n years before (or after) counts for this to the power of n: groups change their ways slowly.
    internal const double YearlyDecay = 0.92;

    // A group that was reported on n years ago is as likely to be met again as this to the power of n.
    internal const double ActivityDecay = 0.6;

    // Malware is often one group's own, where a technique of the same rarity is nobody's.
    internal const double MalwareFactor = 2;

    /// <summary>Of so many groups that are known for a technique or a part of it fewer than one is known for the whole where reports name parts.</summary>
    internal const int MostWholes = 4;

    // What no report mentions is taken for mentioned this often, so that it is rare rather than impossible.
    private const double Unmentioned = 0.1;

    private readonly ActivityIndex _index;
    private readonly int[] _users;
    private readonly int[] _thinUsers;
    private readonly bool[] _seldomNamedWholes;
    private readonly double[] _weights;
    private readonly double[] _mentions;

    // By group; made when first asked for, by whichever thread asks.
    private readonly Lazy<Dictionary<int, double>> _ownLikeness;

    // Of malware that the knowledge base does not hold, as of what it holds and no group is known for.
    private readonly double _newWeight;
    private readonly double _newMentions;

    /// <summary>Takes the activities that count.</summary>
    /// <param name="index">All activities.</param>
    /// <param name="year">The year of what is to be explained.</param>
    /// <param name="counts">Which activities are known.</param>
    public ProfileSet(ActivityIndex index, int year, Func<Activity, bool> counts)
    {
        _index = index;
        Year = year;
        var profiles = new List<GroupProfile>();
        var thin = new List<GroupProfile>();
        int at = 0;
        for (int group = 0; group < index.Groups.Length; group++)
        {
            var reports = new List<Activity>();
            for (; at < index.Activities.Length && index.Activities[at].Group == group; at++)
            {
                Activity activity = index.Activities[at];
                if (counts(activity))
                {
                    // Parts of one source's account that are known of the group by different sources are one account again.
                    if (reports.Count > 0 && reports[^1].Source.Number == activity.Source.Number)
                    {
                        reports[^1] = reports[^1].With(activity);
                    }
                    else
                    {
                        reports.Add(activity);
                    }
                }
            }

            int techniques = reports.SelectMany(static r => r.OfGroup).Distinct().Count(f => index.Classes[f] == FeatureClass.Technique);
            (techniques < MinTechniques ? thin : profiles).Add(Profile(group, reports));
        }

        Profiles = [.. profiles];
        Thin = [.. thin];
        _users = CountUsers(Profiles);
        _thinUsers = CountUsers(Thin);

        _weights = new double[_users.Length];
        for (int f = 0; f < _weights.Length; f++)
        {
            _weights[f] = WeightOf(_users[f], index.Classes[f]);
        }

        _newWeight = WeightOf(0, FeatureClass.Malware);
        _seldomNamedWholes = FindSeldomNamedWholes();
        (_mentions, _newMentions) = CountMentions();
        _ownLikeness = new(() => Profiles.ToDictionary(static p => p.Group, p => OwnLikeness.Factor(this, p)));
    }

    /// <summary>The year of what is to be explained.</summary>
    public int Year { get; }

    /// <summary>All activities that this is a view of.</summary>
    public ActivityIndex Index => _index;

    /// <summary>The groups that can be weighed.</summary>
    public GroupProfile[] Profiles { get; }

    /// <summary>The groups that cannot, because too little is published.</summary>
    public GroupProfile[] Thin { get; }

    /// <summary>How many of the weighed groups are known for a feature.</summary>
    public int Users(int feature) => feature < _users.Length ? _users[feature] : 0;

    /// <summary>How many groups are known for a feature, those that cannot be weighed among them.</summary>
    public int AllUsers(int feature) => feature < _thinUsers.Length ? _users[feature] + _thinUsers[feature] : 0;

    /// <summary>
    /// Whether a feature is malware that one weighed group alone is known for and that its description does not call offered: what the fitted term for own
    /// malware counts. Rules of judgement ask more (<see cref="IsOfOneGroup"/>).
    /// </summary>
    public bool IsOfOneWeighedGroup(int feature) => _index.IsClosedMalware(feature) && Users(feature) == 1;

    /// <summary>Whether a feature is malware that one group alone, weighed or not, is known for, and made as far as anybody knows (<see cref="ActivityIndex.IsOwnMalware"/>).</summary>
    public bool IsOfOneGroup(int feature) => _index.IsOwnMalware(feature) && AllUsers(feature) == 1;

    /// <summary>
    /// Whether a feature is a technique of which reports name the parts: fewer than one in four of the weighed groups that are known for it or a part of it
    /// are known for the whole.
    /// </summary>
    public bool IsSeldomNamedWhole(int feature) => feature < _seldomNamedWholes.Length && _seldomNamedWholes[feature];

    /// <summary>
    /// What a feature weighs: the natural logarithm of how rare it is among groups, more for malware. Tools are rare in
    /// reports because few list them, not because few use them, so they get no more than techniques.
    /// </summary>
    public double Weight(int feature) => feature < _weights.Length ? _weights[feature] : _newWeight;

    /// <summary>
    /// How commonplace a feature is: the share that it has in all mentions of features of its class, in reports about weighed
    /// groups. The shares of a class sum to 1.
    /// </summary>
    public double Mentions(int feature) => feature < _mentions.Length ? _mentions[feature] : _newMentions;

    /// <summary>What likeness to all that is known of a weighed group is multiplied by (see <see cref="OwnLikeness"/>).</summary>
    public double OwnLikenessFactor(GroupProfile profile) => _ownLikeness.Value[profile.Group];

    private bool[] FindSeldomNamedWholes()
    {
        bool[] wholes = new bool[_index.Features.Length];
        foreach (IGrouping<string, int> family in Enumerable.Range(0, wholes.Length).Where(f => _index.Classes[f] == FeatureClass.Technique)
            .GroupBy(f => TechniqueParts.WholeOf(_index.Features[f]), StringComparer.Ordinal).Where(static g => g.Skip(1).Any()))
        {
            if (_index.Feature(family.Key) is var whole and >= 0)
            {
                wholes[whole] = MostWholes * _users[whole] < Profiles.Count(p => family.Any(p.Strength.ContainsKey));
            }
        }

        return wholes;
    }

    private double WeightOf(int users, FeatureClass kind) =>
        Math.Max(0, Rarity.Of(Profiles.Length, users)) * (kind == FeatureClass.Malware ? MalwareFactor : 1);

    private int[] CountUsers(GroupProfile[] groups)
    {
        int[] users = new int[_index.Features.Length];
        foreach (int feature in groups.SelectMany(static g => g.Strength.Keys))
        {
            users[feature]++;
        }

        return users;
    }

    private (double[] Mentions, double OfNewMalware) CountMentions()
    {
        double[] mentions = new double[_users.Length];
        double[] ofClass = new double[Enum.GetValues<FeatureClass>().Length];
        Array.Fill(mentions, Unmentioned);
        foreach (GroupProfile profile in Profiles)
        {
            foreach ((Activity report, _) in profile.Reports)
            {
                foreach (int feature in report.Features)
                {
                    mentions[feature]++;
                }
            }
        }

        for (int f = 0; f < mentions.Length; f++)
        {
            ofClass[(int)_index.Classes[f]] += mentions[f];
        }

        for (int f = 0; f < mentions.Length; f++)
        {
            mentions[f] /= ofClass[(int)_index.Classes[f]];
        }

        double ofMalware = ofClass[(int)FeatureClass.Malware];
        return (mentions, ofMalware > 0 ? Unmentioned / ofMalware : 1);
    }

    private GroupProfile Profile(int group, List<Activity> reports)
    {
        var strength = new SortedDictionary<int, double>();
        var aged = new (Activity Activity, double Decay)[reports.Count];
        var mentions = new SortedDictionary<int, double>();
        double recent = 0;
        for (int r = 0; r < reports.Count; r++)
        {
            int age = reports[r].Year is { } published ? Math.Abs(Year - published) : UndatedAge;
            double decay = Math.Pow(YearlyDecay, age);
            aged[r] = (reports[r], decay);
            recent += Math.Pow(ActivityDecay, age);
            foreach (int feature in reports[r].Features)
            {
                strength[feature] = Math.Max(decay, strength.GetValueOrDefault(feature));
                mentions[feature] = mentions.GetValueOrDefault(feature) + decay;
            }
        }

        return new GroupProfile(group, aged, strength, mentions, mentions.Values.Sum(), recent);
    }
}

/// <summary>What is known of one group in one year.</summary>
/// <param name="Group">Position in <see cref="ActivityIndex.Groups"/>.</param>
/// <param name="Reports">Each report with what its age leaves of it, 0 to 1.</param>
/// <param name="Strength">Each feature with what the age of its newest report leaves of it, 0 to 1.</param>
/// <param name="Mentions">Each feature with how many reports mention it, each report counting what its age leaves of it.</param>
/// <param name="AllMentions">Their sum.</param>
/// <param name="Recent">How much it was reported on lately: the sum over reports, each halving in about 16 months.</param>
internal sealed record GroupProfile(
    int Group, (Activity Activity, double Decay)[] Reports, SortedDictionary<int, double> Strength, SortedDictionary<int, double> Mentions, double AllMentions,
    double Recent)
{
    /// <summary>Who reports that the group is known for a feature, the newest first.</summary>
    public ImmutableArray<KnownSource> Sources(int feature) =>
    [
        .. Reports.Where(r => Array.BinarySearch(r.Activity.Features, feature) >= 0).Select(static r => r.Activity.Source).DistinctBy(static s => s.Number)
            .OrderByDescending(static s => s.Published).ThenBy(static s => s.Name, StringComparer.Ordinal),
    ];
}
