using System.Collections.Immutable;

namespace Culprit.Attribution.Weighing;

/// <summary>Techniques and the sub-techniques that are parts of them.</summary>
internal static class TechniqueParts
{
    /// <summary>
    /// The observations without techniques of which a part was observed too: who sees T1059.001 has seen T1059, and whether a source or a rule names
    /// both is a matter of style.
    /// </summary>
    public static ImmutableArray<Observation> WithoutWholes(ImmutableArray<Observation> observed)
    {
        var wholes = observed.Where(static o => o.Kind == ObservationKind.Technique && o.Value.Contains('.', StringComparison.Ordinal))
            .Select(static o => WholeOf(o.Value)).ToHashSet(StringComparer.Ordinal);
        return observed.RemoveAll(o => o.Kind == ObservationKind.Technique && wholes.Contains(o.Value));
    }

    /// <summary>The technique that a sub-technique is a part of; any other technique is its own whole.</summary>
    public static string WholeOf(string technique) => technique.IndexOf('.', StringComparison.Ordinal) is var point and > 0 ? technique[..point] : technique;
}
