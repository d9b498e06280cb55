using Culprit.Knowledge.Indicators;

namespace Culprit.Knowledge;

/// <summary>An indicator found in a text.</summary>
/// <param name="Index">Its position in the set.</param>
/// <param name="Field">What the caller called the text.</param>
/// <param name="Start">Where in the text what satisfies it begins.</param>
/// <param name="Length">How long that is.</param>
/// <param name="PortUnknown">Whether the indicator has a port that nothing in the record could be compared with.</param>
/// <param name="Value">Which of the texts of that name it was, as the caller counts them.</param>
public readonly record struct IndicatorHit(int Index, int Field, int Start, int Length, bool PortUnknown = false, int Value = 0);

/// <summary>
/// Holds texts against a set's indicators, in one pass over each and without allocation. What is found must stand for itself: a
/// domain with a letter, digit, hyphen or underscore before or behind it is another domain, a hash inside longer hexadecimal is
/// none. Of one list, what says most is found: <c>a.example.org</c> rather than <c>example.org</c>. One thread.
/// </summary>
/// <remarks>
/// Time is linear in the text, whatever stands in it: each token is walked over a fixed number of times. Paths of URLs, which may stand within each other,
/// are walked over whole while all of a text together are at most 16 times as long as the text; of those behind, 128 characters each are, and
/// <see cref="HasMore"/> tells where that cuts one.
/// </remarks>
public sealed class IndicatorScanner
{
    /// <summary>How many hits are kept until <see cref="Clear"/>; of whatever comes later only <see cref="HasMore"/> tells.</summary>
    public const int MaxHits = 64;

    /// <summary>The port is not known.</summary>
    public const int AnyPort = -1;

    private readonly TextScan _scan;

    /// <summary>Makes a scanner for a thread.</summary>
    public IndicatorScanner(IndicatorSet set)
        : this(set, MaxHits)
    {
    }

    /// <summary>Makes a scanner that keeps another number of hits.</summary>
    internal IndicatorScanner(IndicatorSet set, int hits)
    {
        ArgumentNullException.ThrowIfNull(set);
        Set = set;
        _scan = new TextScan(set, new HitList(set, hits));
    }

    /// <summary>The set.</summary>
    public IndicatorSet Set { get; }

    /// <summary>What was found since <see cref="Clear"/>, in the order of the texts; each indicator once for each field.</summary>
    public ReadOnlySpan<IndicatorHit> Hits => _scan.Hits.Found;

    /// <summary>Whether there was more to find since <see cref="Clear"/> than <see cref="MaxHits"/>, or may be in a text that would take too long.</summary>
    public bool HasMore => _scan.Hits.HasMore;

    /// <summary>Forgets what was found.</summary>
    public void Clear() => _scan.Hits.Clear();

    /// <summary>Forgets what was found behind the first <paramref name="count"/> hits.</summary>
    public void Forget(int count) => _scan.Hits.Clear(count);

    /// <summary>Looks for indicators in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="port">The port that belongs to an address in the text; <see cref="AnyPort"/> where it is not known. One that stands behind the address goes first.</param>
    /// <param name="field">What hits are to call the text.</param>
    /// <param name="value">Which of the texts of that name it is.</param>
    public void Scan(ReadOnlySpan<char> text, int port, int field, int value = 0)
    {
        _scan.Hits.Value = value;
        _scan.Scan(text, port, field);
    }

    /// <summary>Looks for indicators in the path of a URL whose host is known otherwise.</summary>
    /// <param name="host">The host, with or without a port; empty where it is not known.</param>
    /// <param name="path">The path, which begins with <c>/</c>; anything else holds none.</param>
    /// <param name="field">What hits are to call the path.</param>
    public void ScanPath(ReadOnlySpan<char> host, ReadOnlySpan<char> path, int field)
    {
        _scan.Hits.Value = 0;
        _scan.ScanPath(host, path, field);
    }
}
