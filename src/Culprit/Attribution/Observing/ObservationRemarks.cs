using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>What rules speak of and does not count as observed, so that whoever reads of it in a rule learns why it is missing.</summary>
internal sealed class ObservationRemarks
{
    private const int MostTold = 12;

    private readonly SortedDictionary<string, string> _software = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _contested = new(StringComparer.Ordinal), _early = new(StringComparer.Ordinal);

    /// <summary>Rules speak of software, by tag or title.</summary>
    public void SpokenOf(IEnumerable<KnownSoftware> software)
    {
        foreach (KnownSoftware one in software)
        {
            _software[one.Id] = one.Name;
        }
    }

    /// <summary>Rules ascribe one event to several pieces of malware.</summary>
    public void Contested(IEnumerable<string> names) => _contested.Add(string.Join(" or ", names));

    /// <summary>A vulnerability is called after a year that was far to come when what is ascribed to it happened.</summary>
    public void TooEarly(string vulnerability) => _early.Add(vulnerability);

    /// <summary>As sentences; none where all that rules speak of was observed.</summary>
    public IEnumerable<string> Tell(IEnumerable<Observation> observed)
    {
        HashSet<string> counted = [.. observed.Where(static o => o.Kind is ObservationKind.Software or ObservationKind.Vulnerability).Select(static o => o.Value)];
        string[] unseen = [.. _software.Where(s => !counted.Contains(s.Key)).Select(static s => $"{s.Value} ({s.Key})")];
        if (unseen.Length > 0)
        {
            yield return $"Rules speak of {Some(unseen)}, and nothing says that {(unseen.Length == 1 ? "it was" : "they were")} there: a tag says what a rule has to do with, and a title may call it possible. --software NAME says that it was.";
        }

        if (_contested.Count > 0)
        {
            yield return $"Rules ascribe the same event to {Some([.. _contested])}, so that it speaks for none of them: --software NAME says which it is.";
        }

        string[] early = [.. _early.Where(v => !counted.Contains(v))];
        if (early.Length > 0)
        {
            yield return $"What is ascribed to {Some(early)} happened more than a year before the one that {(early.Length == 1 ? "it is" : "they are")} called after, so that it was something else, or clocks are wrong.";
        }
    }

    private static string Some(string[] all) => string.Join(", ", all.Take(MostTold)) + (all.Length > MostTold ? $" and {all.Length - MostTold} more" : "");
}
