using System.Collections.Immutable;

namespace Culprit.Sigma;

/// <summary>How rules are loaded.</summary>
public sealed record SigmaLoadOptions
{
    /// <summary>
    /// Values of placeholders for the modifier <c>expand</c>, by name without percent signs and without regard to case.
    /// A value may hold wildcards. A rule whose placeholder is not here is refused.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Placeholders { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);
}
