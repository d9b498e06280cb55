namespace Culprit.Findings;

/// <summary>
/// Which findings have been explained: another copy of the record, whichever thread meets it, adds its place only.
/// Past a number of them the rest are explained each time, so that memory is bounded. Thread-safe.
/// </summary>
internal sealed class ExplainedFindings
{
    private const int Stripes = 16;
    private const int Remembered = 200_000 / Stripes;

    private readonly HashSet<(UInt128 Identity, int Rule)>[] _stripes = [.. Enumerable.Range(0, Stripes).Select(static _ => new HashSet<(UInt128, int)>())];

    /// <summary>Whether the caller is the one to explain a finding.</summary>
    /// <param name="identity">What names the record.</param>
    /// <param name="rule">The rule's position.</param>
    public bool IsFirst(UInt128 identity, int rule)
    {
        HashSet<(UInt128, int)> stripe = _stripes[(int)((ulong)identity % Stripes)];
        lock (stripe)
        {
            return stripe.Count < Remembered ? stripe.Add((identity, rule)) : !stripe.Contains((identity, rule));
        }
    }
}
