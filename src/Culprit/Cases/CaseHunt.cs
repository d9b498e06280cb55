using System.Collections.Immutable;
using Culprit.Cases.Queries;
using Culprit.Findings;

namespace Culprit.Cases;

/// <summary>Asks the events that a case keeps. Nothing is written: neither to the case nor anywhere else.</summary>
public static class CaseHunt
{
    /// <summary>
    /// Answers a query in SQL (DuckDB's) over the tables of the case. It must be one SELECT; it can neither write nor reach a file
    /// or the network.
    /// </summary>
    /// <param name="opened">The case.</param>
    /// <param name="sql">The query.</param>
    /// <param name="each">Takes each row: values as text, null where there is none; called first with the columns' names.</param>
    /// <param name="stop">Ends the query early.</param>
    /// <exception cref="QueryException">The query is wrong, or asks for what it may not.</exception>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static void Sql(CaseReader opened, string sql, Action<ImmutableArray<string?>> each, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentException.ThrowIfNullOrEmpty(sql);
        ArgumentNullException.ThrowIfNull(each);
        ReadOnlyQuery.Run(opened, sql, each, stop);
    }

    /// <summary>Judges the events that the case keeps by rules.</summary>
    /// <param name="opened">The case.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="stop">Ends judging early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static HuntResult Sigma(CaseReader opened, RuleCatalog rules, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(rules);
        return SigmaHunt.Run(opened, rules, stop);
    }
}
