using Culprit.Attribution;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Observations by their identifiers, as a user gives them.</summary>
internal static class Observed
{
    /// <summary>Techniques (T...), software (S...) and vulnerabilities (CVE-...), separated by spaces.</summary>
    public static Observation[] Of(string identifiers) => [.. identifiers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(One)];

    /// <summary>What says so by these events.</summary>
    public static ObservationBasis Basis(string text, params int[] events) => new(text, [.. events], []);

    /// <summary>A domain that a list ascribes to a group.</summary>
    public static Observation Domain(string value, string group, int? year, bool shared = false, int lists = 1) => new()
    {
        Kind = ObservationKind.Indicator,
        Value = value,
        Name = value,
        Bases = [ObservationBasis.Of("given")],
        Indicators = [new IndicatorClaim("list", [group], null, year, IndicatorKind.Domain, shared, lists)],
    };

    /// <summary>A file that a list ascribes to a group, by its hash.</summary>
    public static Observation Hash(char digit, int length, string group, int? year) => Domain(new string(digit, length), group, year) is var one
        ? one with { Indicators = [one.Indicators[0] with { Kind = IndicatorKind.Hash }] } : one;

    /// <summary>A place or name of a file that a list ascribes to a group.</summary>
    public static Observation Path(string value, string group, int? year) => Domain(value, group, year) is var one
        ? one with { Indicators = [one.Indicators[0] with { Kind = IndicatorKind.Path }] } : one;

    /// <summary>What is known of groups in a year.</summary>
    public static EvidenceScales Scales(int year) => new(
        KnowledgeBase.Embedded, new ProfileSet(ActivityIndex.Of(KnowledgeBase.Embedded), year, static _ => true), AttributionModel.Embedded, new AssessmentOptions());

    /// <summary>Everything that is known, by some source, of a group's malware that no other group is known for.</summary>
    public static string[] OwnMalware(string group)
    {
        KnowledgeBase knowledge = KnowledgeBase.Embedded;
        return
        [
            .. knowledge.Group(group)!.Software.Where(static s => !s.Sources.IsEmpty).Select(static s => s.Target)
                .Where(s => knowledge.SoftwareOf(s)!.Kind == SoftwareKind.Malware
                    && knowledge.Groups.Count(g => g.Software.Any(x => x.Target == s)) == 1
                    && !knowledge.Campaigns.Any(c => c.Software.Any(x => x.Target == s) && c.AttributedTo.Any(a => a.Target != group))),
        ];
    }

    private static Observation One(string identifier) => new()
    {
        Kind = identifier[0] switch { 'T' => ObservationKind.Technique, 'S' => ObservationKind.Software, _ => ObservationKind.Vulnerability },
        Value = identifier,
        Name = identifier,
        Bases = [ObservationBasis.Of("given")],
    };
}
