using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>Names of explanations: the weighed groups in their order, and the unknown group last.</summary>
internal sealed class Explanations(ProfileSet profiles)
{
    /// <summary>How many there are.</summary>
    public int Count => profiles.Profiles.Length + 1;

    /// <summary>Whether it is the unknown group.</summary>
    public bool IsUnknown(int explanation) => explanation == profiles.Profiles.Length;

    /// <summary>The group; not to be asked of the unknown one.</summary>
    public KnownGroup Group(int explanation) => profiles.Index.Groups[profiles.Profiles[explanation].Group];

    /// <summary>Its identifier.</summary>
    public string Id(int explanation) => IsUnknown(explanation) ? UnknownHypothesis.Id : Group(explanation).Id;

    /// <summary>Its name, with the identifier where it is a group.</summary>
    public string Name(int explanation) =>
        IsUnknown(explanation) ? RankedExplanation.UnknownName : $"{Group(explanation).Name} ({Group(explanation).Id})";
}
