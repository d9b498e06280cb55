using System.Globalization;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>
/// What antivirus named and nobody can be told by: malware that the knowledge base does not hold under that name, names that mean several, and what was too long to be read.
/// </summary>
internal static class UnknownThreats
{
    // What antivirus finds is as many names as whoever brings files wants.
    private const int MostTold = 12;

    /// <summary>As sentences; none where all was known.</summary>
    public static IEnumerable<string> In(Incident incident, KnowledgeBase knowledge, CancellationToken stop)
    {
        ThreatMeaning[] open =
        [
            .. incident.Events.Select(ThreatNames.In).Where(static threat => threat.Length > 0).Distinct(StringComparer.Ordinal).Select(Meaning)
                .Where(static meaning => meaning.Family.Length > 0 && meaning.Only is null)
                .DistinctBy(static meaning => meaning.Family.ToUpperInvariant(), StringComparer.Ordinal).OrderBy(static meaning => meaning.Family, StringComparer.OrdinalIgnoreCase),
        ];
        string[] unknown = [.. open.Where(static m => m.Software.Count == 0).Select(static m => m.Family)];
        if (unknown.Length > 0)
        {
            yield return $"Antivirus named {string.Join(", ", unknown.Take(MostTold))}{(unknown.Length > MostTold ? $" and {unknown.Length - MostTold} more" : "")}, which the knowledge base does not know as malware, so that "
                + $"{(unknown.Length == 1 ? "it speaks" : "they speak")} for no group: --software NAME says what it is, where it is known under another name.";
        }

        foreach (ThreatMeaning meaning in open.Where(static m => m.Software.Count > 1).Take(MostTold))
        {
            yield return $"Antivirus named {meaning.Family}, which may be {string.Join(" or ", meaning.Software.Take(MostTold).Select(static s => $"{s.Name} ({s.Id})"))}, so that it speaks for no group: --software NAME says which it is.";
        }

        if (incident.Events.Count(ThreatNames.IsUnread) is > 0 and var unread)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{unread:N0} {(unread == 1 ? "text" : "texts")} of antivirus of more than {ThreatTexts.MaxLength:N0} characters {(unread == 1 ? "was" : "were")} not read for names of malware.");
        }

        ThreatMeaning Meaning(string threat)
        {
            stop.ThrowIfCancellationRequested();
            return ThreatNames.Meaning(threat, knowledge);
        }
    }
}
