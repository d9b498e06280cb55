namespace Culprit.Sigma.Correlation;

/// <summary>A match of a detection rule, as it was added.</summary>
internal sealed record RuleMatch(int RuleIndex, long Ticks, long Key, string?[] Values);

/// <summary>
/// What a correlation counts or orders: an event that one of its rules matched, or an instant at which a correlation that it
/// refers to holds.
/// </summary>
/// <param name="Reference">Position in <see cref="SigmaCorrelation.Rules"/>.</param>
/// <param name="Ticks">When it happened.</param>
/// <param name="Key">The key of the event that happened then.</param>
/// <param name="Matches">The rule matches that it stands for, sorted.</param>
/// <param name="Value">The value, or values, of <see cref="SigmaCorrelation.ValueFields"/>; null where there is none.</param>
internal sealed record CorrelationUnit(int Reference, long Ticks, long Key, IReadOnlyList<RuleMatch> Matches, string? Value);

/// <summary>A burst of units in which a correlation holds.</summary>
/// <param name="Units">Its units, sorted by time and key.</param>
/// <param name="Instants">The units at whose time the correlation holds.</param>
/// <param name="Value">What was compared.</param>
internal sealed record Burst(IReadOnlyList<CorrelationUnit> Units, IReadOnlyList<CorrelationUnit> Instants, decimal? Value);

/// <summary>The values of the fields of <c>group-by</c>; compared without regard to case, like all of Sigma's values.</summary>
internal readonly struct GroupKey(string[] values) : IEquatable<GroupKey>
{
    public string[] Values { get; } = values;

    public bool Equals(GroupKey other) => Values.AsSpan().SequenceEqual(other.Values, StringComparer.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is GroupKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (string value in Values)
        {
            hash.Add(value, StringComparer.OrdinalIgnoreCase);
        }

        return hash.ToHashCode();
    }
}
