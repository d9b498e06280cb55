using System.Collections.Immutable;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>Describes a rule set's documents in the terms of Findings.</summary>
internal static class RuleDescriptions
{
    public static (ImmutableArray<RuleInfo> Rules, ImmutableArray<RuleInfo> Correlations) Of(SigmaRuleSet set)
    {
        (SigmaDocument Document, bool IsCorrelation, int Index)[] all =
        [
            .. set.Rules.Select(static (r, i) => ((SigmaDocument)r, false, i)),
            .. set.Correlations.Select(static (c, i) => ((SigmaDocument)c, true, i)),
        ];
        Array.Sort(all, static (a, b) => Compare(a.Document, b.Document) is var order and not 0
            ? order
            : (a.IsCorrelation, a.Index).CompareTo((b.IsCorrelation, b.Index)));

        var rules = new RuleInfo[set.Rules.Length];
        var correlations = new RuleInfo[set.Correlations.Length];
        for (int rank = 0; rank < all.Length; rank++)
        {
            (SigmaDocument document, bool isCorrelation, int index) = all[rank];
            (isCorrelation ? correlations : rules)[index] = Describe(document, index, rank);
        }

        return ([.. rules], [.. correlations]);
    }

    private static int Compare(SigmaDocument a, SigmaDocument b) =>
        string.CompareOrdinal(a.Id, b.Id) is var id and not 0 ? id : string.CompareOrdinal(a.Title, b.Title);

    private static RuleInfo Describe(SigmaDocument d, int index, int rank) => new()
    {
        Id = d.Id,
        Name = d.Name,
        Title = d.Title,
        Level = (FindingLevel)d.Level,
        IsCorrelation = d is SigmaCorrelation,
        Status = d.Status,
        Description = d.Description,
        Author = d.Author,
        LogSource = d switch
        {
            SigmaRule rule => string.Join('/', new[] { rule.LogSource.Product, rule.LogSource.Category, rule.LogSource.Service }.Where(static p => p.Length > 0)),
            SigmaCorrelation c => "correlation/" + c.Type,
            _ => "",
        },
        Attack = AttackReferences.Parse(d.Tags),
        Vulnerabilities = VulnerabilityReferences.Parse(d.Tags, d.Title),
        Similar = d.Similar,
        References = d.References,
        FalsePositives = d.FalsePositives,
        Path = d.Location.Path,
        Line = d.Location.Line,
        Index = index,
        Rank = rank,
    };
}
