namespace Culprit.Attribution.Weighing;

/// <summary>Which techniques are one thing that happened: those that the very same rules show in the very same events, or findings where there are no events.</summary>
internal static class SameSigns
{
    /// <summary>What shows a technique, as one text that is alike for all that are one thing; null for what is no technique, and for what the user gives.</summary>
    public static string? Of(Observation observation) => observation.Kind != ObservationKind.Technique || Signs.IsGiven(observation) ? null
        : string.Join('\n', observation.Bases.OrderBy(static b => b.Text, StringComparer.Ordinal).Select(static b => $"{b.Text}\n{Numbers(b.Events)}\n{Numbers(b.Findings)}"))
            + $"\n{Numbers(observation.Events)}\n{Numbers(observation.Findings)}";

    private static string Numbers(IEnumerable<int> numbers) => string.Join(',', numbers);
}
