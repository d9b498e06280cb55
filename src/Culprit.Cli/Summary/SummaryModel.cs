using System.Collections.Immutable;
using Culprit.Cli.Indicators;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cli.Summary;

/// <summary>Everything that the summary on the console says.</summary>
internal sealed record SummaryModel
{
    public required FindingsSummary Findings { get; init; }

    public required ImmutableArray<Incident> Incidents { get; init; }

    public required Coverage Coverage { get; init; }

    public required RuleCounts Rules { get; init; }

    /// <summary>How many indicators records were held against.</summary>
    public required int Indicators { get; init; }

    /// <summary>What of the user's lists of indicators was not used.</summary>
    public required IndicatorsNotUsed IndicatorsNotUsed { get; init; }

    public required TimeSpan Duration { get; init; }

    public required NotJudged NotJudged { get; init; }

    /// <summary>Whether a name that antivirus gives is that of one group's malware, by the knowledge in use.</summary>
    public required Func<string, bool> IsTelling { get; init; }

    /// <summary>The folder that all findings were written to; null where none was given or writing failed.</summary>
    public string? OutputFolder { get; init; }
}

/// <summary>How many rules were used.</summary>
internal sealed record RuleCounts(int Loaded, int Correlations, int Filters, int Refused, FindingLevel Minimum)
{
    public static RuleCounts Of(RuleCatalog catalog) =>
        new(catalog.Rules.Length, catalog.Correlations.Length, catalog.FilterCount, catalog.RefusedCount, catalog.MinimumLevel);
}
