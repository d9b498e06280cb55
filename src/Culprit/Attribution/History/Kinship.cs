using Culprit.Attribution.Judging;
using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>
/// Which groups are of one cluster, and whom the public names behind them, by everything that is known today: what a judgement of
/// the past is held against.
/// </summary>
internal sealed class Kinship
{
    private readonly ActivityIndex _index;
    private readonly KnowledgeBase _knowledge;
    private readonly ProfileSet _today;
    private readonly Dictionary<int, HashSet<int>> _relatives = [];

    /// <summary>Takes all activities.</summary>
    public Kinship(KnowledgeBase knowledge, ActivityIndex index)
    {
        (_knowledge, _index) = (knowledge, index);
        _today = new ProfileSet(index, index.NewestYear, static _ => true);
    }

    /// <summary>Whether a group is another or one of its relatives. Not safe for use by several threads.</summary>
    public bool Related(int group, int other)
    {
        if (!_relatives.TryGetValue(group, out HashSet<int>? relatives))
        {
            int profile = Array.FindIndex(_today.Profiles, p => p.Group == group);
            relatives = profile < 0 ? [group] : [.. Relatives.Of(profile, _today, _knowledge).Select(p => _today.Profiles[p].Group)];
            _relatives.Add(group, relatives);
        }

        return relatives.Contains(other);
    }

    /// <summary>The country that the public gives a group; null where that is none or several.</summary>
    public string? Country(int group)
    {
        string[] countries = [.. _index.Groups[group].Countries.Select(static c => c.Country).Distinct(StringComparer.Ordinal)];
        return countries.Length == 1 ? countries[0] : null;
    }
}
