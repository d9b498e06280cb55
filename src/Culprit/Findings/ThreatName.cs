using System.Collections.Immutable;

namespace Culprit.Findings;

/// <summary>
/// What an antivirus or EDR calls the thing that a finding is about. A rule that finds whatever they name is as many rules as
/// there are names: what it says of an implant is not said by the toolbars that it finds every week.
/// </summary>
internal static class ThreatName
{
    // Longer names than these are no names.
    private const int MaxLength = 200;

    /// <summary>The fields that hold nothing but such names, whoever writes them, as <see cref="Plain"/> calls them.</summary>
    public static ImmutableArray<string> Fields { get; } = ["threatname", "malwarename", "virusname", "riskname", "detectionname"];

    /// <summary>The name that stands among what satisfied the rule; empty where none does.</summary>
    public static string Of(Finding finding)
    {
        foreach (MatchedValue matched in finding.Matched)
        {
            if (matched.Value.Length is > 0 and <= MaxLength && Fields.Contains(Plain(matched.Field), StringComparer.Ordinal))
            {
                return matched.Value;
            }
        }

        return "";
    }

    /// <summary>A field's name without spaces, underscores and hyphens, in lower case, as exporters spell one name in many ways.</summary>
    public static string Plain(string field) => string.Concat(field.Where(static c => c is not (' ' or '_' or '-'))).ToLowerInvariant();

    /// <summary>
    /// The family, in lower case: variants of one are the same thing. Of names in the order of CARO (<c>Ransom:Win32/Conti.AD!MTB</c>)
    /// what stands between the platform and the variant, of others the whole name.
    /// </summary>
    public static string FamilyOf(string name)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal), slash = name.IndexOf('/', StringComparison.Ordinal);
        if (colon <= 0 || slash <= colon)
        {
            return name.ToLowerInvariant();
        }

        string family = name[(slash + 1)..];
        int variant = family.AsSpan().IndexOfAny('.', '!');
        return (variant > 0 ? family[..variant] : family).ToLowerInvariant();
    }
}
