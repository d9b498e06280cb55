namespace Culprit.Cases;

/// <summary>A query cannot be answered. The message says why, as a sentence without its full stop; it may hold text of the query.</summary>
public sealed class QueryException : Exception
{
    /// <summary>Says why.</summary>
    public QueryException(string message)
        : base(message)
    {
    }
}
