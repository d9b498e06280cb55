using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>
/// Groups whose borders with another group are drawn differently by different publishers: they share a MISP actor that could
/// not be told apart, or malware that nobody else is known for. Groups that the public ascribes to different states are none. Together they are the cluster that evidence can point at even
/// where it cannot point at one of them.
/// </summary>
internal static class Relatives
{
    /// <summary>Positions among the weighed groups of the group and its relatives, the group itself first.</summary>
    public static int[] Of(int profile, ProfileSet profiles, KnowledgeBase knowledge)
    {
        GroupProfile own = profiles.Profiles[profile];
        string id = profiles.Index.Groups[own.Group].Id;
        var named = new HashSet<string>(
            knowledge.Questions.Where(q => q.GroupId == id).SelectMany(static q => q.Candidates).SelectMany(static c => c.OtherGroups),
            StringComparer.Ordinal);
        return
        [
            profile,
            .. Enumerable.Range(0, profiles.Profiles.Length).Where(other => other != profile
                && !OfOtherStates(profiles.Index.Groups[own.Group], profiles.Index.Groups[profiles.Profiles[other].Group])
                && (named.Contains(profiles.Index.Groups[profiles.Profiles[other].Group].Id) || ShareMalware(own, profiles.Profiles[other], profiles))),
        ];
    }

    private static bool OfOtherStates(KnownGroup one, KnownGroup other) =>
        !one.Countries.IsEmpty && !other.Countries.IsEmpty && !one.Countries.Any(c => other.Countries.Any(o => o.Country == c.Country));

    private static bool ShareMalware(GroupProfile one, GroupProfile other, ProfileSet profiles) =>
        one.Strength.Keys.Any(f => profiles.Index.IsOwnMalware(f) && profiles.Users(f) == 2 && other.Strength.ContainsKey(f));
}
