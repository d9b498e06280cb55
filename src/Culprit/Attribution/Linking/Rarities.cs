using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Linking;

/// <summary>How rare techniques and software are among the groups that are known: the natural logarithm of groups by users.</summary>
internal sealed class Rarities
{
    private readonly KnowledgeBase _knowledge;
    private readonly int[] _users;
    private readonly int[] _onlyUser;

    /// <summary>Counts users.</summary>
    public Rarities(KnowledgeBase knowledge)
    {
        _knowledge = knowledge;
        Index = ActivityIndex.Of(knowledge);
        var users = new HashSet<int>[Index.Features.Length];
        for (int f = 0; f < users.Length; f++)
        {
            users[f] = [];
        }

        foreach (Activity activity in Index.Activities)
        {
            foreach (int feature in Expand(activity.Features))
            {
                users[feature].Add(activity.Group);
            }
        }

        _users = [.. users.Select(static u => u.Count)];
        _onlyUser = [.. users.Select(static u => u.Count == 1 ? u.First() : -1)];
    }

    /// <summary>What was published about each group.</summary>
    public ActivityIndex Index { get; }

    /// <summary>How many groups are known for a feature, by its position in <see cref="ActivityIndex.Features"/>.</summary>
    public int Users(int feature) => _users[feature];

    /// <summary>The one group that is known for it; -1 where there are several or none.</summary>
    public int OnlyUser(int feature) => _onlyUser[feature];

    /// <summary>The rarity of a feature; more than 0.</summary>
    public double Of(int feature) => Rarity.Of(Index.Groups.Length, _users[feature]);

    /// <summary>The name of a feature.</summary>
    public string Name(int feature) =>
        Index.Classes[feature] != FeatureClass.Technique ? _knowledge.SoftwareOf(Index.Features[feature])!.Name
        : _knowledge.Technique(Index.Features[feature])!.Name;

    /// <summary>Whether the victim's logs can show a feature.</summary>
    public bool IsDetectable(int feature) =>
        Index.Classes[feature] != FeatureClass.Technique || _knowledge.Technique(Index.Features[feature])!.Detectable;

    /// <summary>Features with the techniques that sub-techniques are parts of, ascending: sources name either.</summary>
    public int[] Expand(IEnumerable<int> features)
    {
        var all = new SortedSet<int>();
        foreach (int feature in features)
        {
            all.Add(feature);
            if (Index.Classes[feature] == FeatureClass.Technique && Index.Feature(TechniqueParts.WholeOf(Index.Features[feature])) is var whole and >= 0)
            {
                all.Add(whole);
            }
        }

        return [.. all];
    }
}
