using System.Text;
using Culprit.Knowledge;

namespace Culprit.Tests.Knowledge;

/// <summary>Sets of indicators, written down as lists.</summary>
internal static class Lists
{
    /// <summary>The set of one list.</summary>
    public static IndicatorSet Of(string name, params string[] lines) => Of((name, string.Join('\n', lines)));

    /// <summary>The set of several files.</summary>
    public static IndicatorSet Of(params (string Name, string Content)[] files) => Of(out _, files);

    /// <summary>The set of several files, and what was read of them.</summary>
    public static IndicatorSet Of(out IndicatorFileReport[] reports, params (string Name, string Content)[] files)
    {
        IndicatorSet set = IndicatorSet.Read(files.Select(static f => new IndicatorFile(f.Name, Encoding.UTF8.GetBytes(f.Content))), basis: null, out var read);
        reports = [.. read];
        return set;
    }

    /// <summary>The set of facts, packed, and what was read of them.</summary>
    public static IndicatorSet OfFacts(ReadOnlyMemory<byte> packed, out IndicatorFileReport report)
    {
        IndicatorSet set = IndicatorSet.Read([new IndicatorFile("list" + IndicatorFile.PackedEnding, packed)], basis: null, out var reports);
        report = reports[0];
        return set;
    }

    /// <summary>A set packed and read again.</summary>
    public static IndicatorSet Again(this IndicatorSet set)
    {
        using var packed = new MemoryStream();
        set.WriteTo(packed);
        IndicatorSet again = OfFacts(packed.ToArray(), out IndicatorFileReport report);
        Assert.Empty(report.Error);
        return again;
    }

    /// <summary>Why a value is refused, where nothing else is in its list.</summary>
    public static string WhyRefused(string written)
    {
        Assert.Equal(0, Of(out IndicatorFileReport[] reports, ("list.txt", written)).Count);
        return Assert.Single(reports[0].Refusals).Reason;
    }

    /// <summary>All indicators of a set.</summary>
    public static Indicator[] All(this IndicatorSet set) => [.. Enumerable.Range(0, set.Count).Select(i => set[i])];

    /// <summary>What a text holds, as <c>value@list</c>, sorted.</summary>
    public static string[] Found(this IndicatorSet set, string text, int port = IndicatorScanner.AnyPort)
    {
        var scanner = new IndicatorScanner(set);
        scanner.Scan(text, port, field: 0);
        return Names(scanner);
    }

    /// <summary>What a scanner found, as <c>value@list</c>, sorted.</summary>
    public static string[] Names(IndicatorScanner scanner)
    {
        List<string> names = [];
        foreach (IndicatorHit hit in scanner.Hits)
        {
            names.Add(scanner.Set[hit.Index].Value + "@" + scanner.Set[hit.Index].List.Name);
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
