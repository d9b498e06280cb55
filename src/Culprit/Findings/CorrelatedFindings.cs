using System.Collections.Immutable;
using Culprit.Findings.Store;
using Culprit.Primitives;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>Finds what correlation rules say of the stored findings, once each copy of a record counts once.</summary>
internal static class CorrelatedFindings
{
    public static ImmutableArray<Finding> Find(FindingStore store, RuleCatalog rules, IndicatorRules byRank, SigmaCorrelator correlator)
    {
        if (rules.Correlations.IsEmpty)
        {
            return [];
        }

        var reader = new FindingReader(store, byRank);
        foreach ((long number, Finding finding, IReadOnlyList<string?> captured) in reader.Read())
        {
            // What has no time cannot lie in a window of time.
            if (finding.Rule.Indicator is null && correlator.IsNeeded(finding.Rule.Index) && finding.Time.Certainty != TimeCertainty.Unknown)
            {
                correlator.Add(finding.Rule.Index, finding.Time.UtcTicks, number, captured);
            }
        }

        ImmutableArray<SigmaCorrelationMatch> matches = correlator.Complete();
        Dictionary<long, List<Finding>> events = Fetch(reader, matches);
        return [.. matches.Select(m => Describe(m, rules, events)).Order(FindingOrder.Instance)];
    }

    private static Dictionary<long, List<Finding>> Fetch(FindingReader reader, ImmutableArray<SigmaCorrelationMatch> matches)
    {
        HashSet<long> wanted = [.. matches.SelectMany(static m => Kept(m))];
        var events = new Dictionary<long, List<Finding>>(wanted.Count);
        if (wanted.Count > 0)
        {
            foreach (StoredFinding stored in reader.Read())
            {
                if (wanted.Contains(stored.Number))
                {
                    if (!events.TryGetValue(stored.Number, out List<Finding>? of))
                    {
                        events.Add(stored.Number, of = []);
                    }

                    of.Add(stored.Finding);
                }
            }
        }

        return events;
    }

    private static IEnumerable<long> Kept(SigmaCorrelationMatch match) => match.EventKeys.Distinct().Order().Take(Finding.MaxEvents);

    // The detection rules that a correlation rests on, through other correlations too.
    private static HashSet<int> RulesOf(SigmaRuleSet rules, int correlation)
    {
        HashSet<int> found = [], seen = [correlation];
        var pending = new Stack<int>([correlation]);
        while (pending.TryPop(out int index))
        {
            foreach (CorrelationReference reference in rules.Correlations[index].Rules)
            {
                if (!reference.IsCorrelation)
                {
                    found.Add(reference.Index);
                }
                else if (seen.Add(reference.Index))
                {
                    pending.Push(reference.Index);
                }
            }
        }

        return found;
    }

    private static Finding Describe(SigmaCorrelationMatch match, RuleCatalog rules, Dictionary<long, List<Finding>> events)
    {
        SigmaCorrelation correlation = rules.RuleSet.Correlations[match.CorrelationIndex];
        HashSet<int> restsOn = RulesOf(rules.RuleSet, match.CorrelationIndex);
        Finding[] kept = [.. Kept(match).Select(key => events[key].Find(e => restsOn.Contains(e.Rule.Index)) ?? events[key][0])];
        TimeCertainty certainty = kept.Max(static e => e.Time.Certainty);
        return new Finding
        {
            Rule = rules.Correlations[match.CorrelationIndex],
            Time = new EventTime(match.FirstTicks, certainty),
            LastTime = new EventTime(match.LastTicks, certainty),
            Host = Common(kept, static e => e.Host),
            Account = Common(kept, static e => e.Account),
            Channel = Common(kept, static e => e.Channel),
            Provider = Common(kept, static e => e.Provider),
            EventId = kept.Select(static e => e.EventId).Distinct().Count() == 1 ? kept[0].EventId : 0,
            RecordId = kept[0].RecordId,
            Recovered = kept.All(static e => e.Recovered),
            Matched = [new MatchedValue("correlation", string.Join(", ", correlation.ValueFields), match.Value?.ToString() ?? "", CorrelationText.Of(correlation))],
            Clues = [.. kept.SelectMany(static e => e.Clues).Distinct().Take(Finding.MaxClues)],
            Places = kept[0].Places,
            PlaceCount = kept[0].PlaceCount,
            Events =
            [
                .. kept.Select(static e => new CorrelatedEvent(e.Rule.Id, e.Rule.Title, e.Time, e.Host, e.Account, e.RecordId, e.Places[0])),
            ],
            EventCount = match.EventKeys.Distinct().LongCount(),
            Group = [.. correlation.GroupBy.Zip(match.GroupValues, static (field, value) => new MatchedValue("group-by", field, value, "is the same in all events"))],
        };
    }

    private static string Common(Finding[] events, Func<Finding, string> text) =>
        Array.TrueForAll(events, e => string.Equals(text(e), text(events[0]), StringComparison.OrdinalIgnoreCase)) ? text(events[0]) : "";
}

/// <summary>The order of findings in every output: time, host, channel, record id, rule, place.</summary>
internal sealed class FindingOrder : IComparer<Finding>
{
    public static FindingOrder Instance { get; } = new();

    public int Compare(Finding? x, Finding? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int order = x.Time.UtcTicks.CompareTo(y.Time.UtcTicks);
        order = order != 0 ? order : string.CompareOrdinal(x.Host, y.Host);
        order = order != 0 ? order : string.CompareOrdinal(x.Channel, y.Channel);
        order = order != 0 ? order : x.RecordId.CompareTo(y.RecordId);
        order = order != 0 ? order : x.Rule.Rank.CompareTo(y.Rule.Rank);
        order = order != 0 ? order : string.CompareOrdinal(x.Places[0].Source.Path, y.Places[0].Source.Path);
        order = order != 0 ? order : x.Places[0].Offset.CompareTo(y.Places[0].Offset);
        order = order != 0 ? order : x.LastTime.UtcTicks.CompareTo(y.LastTime.UtcTicks);
        return order != 0 ? order : CompareGroups(x.Group, y.Group);
    }

    private static int CompareGroups(ImmutableArray<MatchedValue> x, ImmutableArray<MatchedValue> y)
    {
        for (int i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            if (string.CompareOrdinal(x[i].Value, y[i].Value) is var order and not 0)
            {
                return order;
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
