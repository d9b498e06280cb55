using System.Collections.Immutable;
using Culprit.Attribution;

namespace Culprit.Dossier.Redaction;

/// <summary>
/// Replaces names from evidence and from the user's own lists in an assessment: what was observed, who lists it, and sentences that quote it. What knowledge
/// says stays: the names of groups, software and techniques, and who reports what, name nobody of the case.
/// </summary>
internal static class AssessmentRedaction
{
    /// <summary>The assessment with names replaced by those of <paramref name="book"/>.</summary>
    public static Assessment Apply(Assessment assessment, PseudonymBook book)
    {
        // A host that is called as a group is takes nothing from the group's name.
        string[] kept =
        [
            .. assessment.Groups.Select(static group => group.Group.Name)
                .Concat(assessment.Observations.Where(static one => one.Observation is { Kind: ObservationKind.Technique or ObservationKind.Software, NewMalware: false }).Select(static one => one.Observation.Name))
                .Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(static name => name.Length).ThenBy(static name => name, StringComparer.Ordinal),
        ];
        ImmutableArray<string> Sentences(ImmutableArray<string> sentences) => [.. sentences.Select(sentence => book.Replace(sentence, kept))];
        Judgement? Judged(Judgement? judgement) => judgement is null ? null : judgement with { Caps = Sentences(judgement.Caps), Grounds = Sentences(judgement.Grounds) };
        return assessment with
        {
            Observations = [.. assessment.Observations.Select(one => one with { Observation = Of(one.Observation, book.Replace), Note = book.Replace(one.Note, kept) })],
            Reasons = Sentences(assessment.Reasons),
            Cluster = Judged(assessment.Cluster),
            Group = Judged(assessment.Group),
            Sponsor = Judged(assessment.Sponsor),
            Rivals = [.. assessment.Rivals.Select(rival => rival with { For = Sentences(rival.For), Against = Sentences(rival.Against) })],
            WouldChange = Sentences(assessment.WouldChange),
            Limits = Sentences(assessment.Limits),
        };
    }

    // What the user calls new malware, and lists of his own, may be named after a client or a host.
    private static Observation Of(Observation observation, Func<string, string> replace)
    {
        Observation redacted = observation with
        {
            Bases = [.. observation.Bases.Select(basis => basis with { Text = replace(basis.Text) })],
            Indicators = [.. observation.Indicators.Select(claim => claim with { List = replace(claim.List), Source = claim.Source is { } source ? replace(source) : null })],
        };
        return observation is { Kind: ObservationKind.Technique or ObservationKind.Software or ObservationKind.Vulnerability, NewMalware: false } ? redacted
            : redacted with { Name = replace(observation.Name), Value = replace(observation.Value) };
    }
}
