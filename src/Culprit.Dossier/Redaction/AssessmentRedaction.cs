using System.Collections.Immutable;
using System.Text;
using Culprit.Attribution;

namespace Culprit.Dossier.Redaction;

/// <summary>
/// Replaces names from evidence in an assessment: what was observed, and sentences that quote it. What knowledge says stays: the
/// names of groups, software and techniques, and who reports what, name nobody of the case.
/// </summary>
internal static class AssessmentRedaction
{
    /// <summary>The assessment with names replaced by <paramref name="replace"/>.</summary>
    public static Assessment Apply(Assessment assessment, Func<string, string> replace)
    {
        string[] kept =
        [
            .. assessment.Groups.Select(static group => group.Group.Name)
                .Concat(assessment.Observations.Where(static one => one.Observation is { Kind: ObservationKind.Technique or ObservationKind.Software, NewMalware: false }).Select(static one => one.Observation.Name))
                .Where(static name => name.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(static name => name.Length).ThenBy(static name => name, StringComparer.Ordinal),
        ];
        ImmutableArray<string> Sentences(ImmutableArray<string> sentences) => [.. sentences.Select(sentence => Around(sentence, kept, replace))];
        Judgement? Judged(Judgement? judgement) => judgement is null ? null : judgement with { Grounds = Sentences(judgement.Grounds) };
        return assessment with
        {
            Observations = [.. assessment.Observations.Select(one => one with { Observation = Of(one.Observation, replace) })],
            Reasons = Sentences(assessment.Reasons),
            Cluster = Judged(assessment.Cluster),
            Group = Judged(assessment.Group),
            Sponsor = Judged(assessment.Sponsor),
            Rivals = [.. assessment.Rivals.Select(rival => rival with { For = Sentences(rival.For), Against = Sentences(rival.Against) })],
            WouldChange = Sentences(assessment.WouldChange),
        };
    }

    // What the user calls new malware may be named after a client.
    private static Observation Of(Observation observation, Func<string, string> replace)
    {
        Observation redacted = observation with { Bases = [.. observation.Bases.Select(basis => basis with { Text = replace(basis.Text) })] };
        return observation is { Kind: ObservationKind.Technique or ObservationKind.Software or ObservationKind.Vulnerability, NewMalware: false } ? redacted
            : redacted with { Name = replace(observation.Name), Value = replace(observation.Value) };
    }

    // A host that is called as a group is takes nothing from the group's name.
    private static string Around(string sentence, string[] kept, Func<string, string> replace)
    {
        var output = new StringBuilder(sentence.Length);
        int done = 0;
        for (int at = 0; at < sentence.Length; at++)
        {
            string? name = Array.Find(kept, one => string.CompareOrdinal(sentence, at, one, 0, one.Length) == 0);
            if (name is not null)
            {
                output.Append(replace(sentence[done..at])).Append(name);
                done = at + name.Length;
                at = done - 1;
            }
        }

        return output.Append(replace(sentence[done..])).ToString();
    }
}
