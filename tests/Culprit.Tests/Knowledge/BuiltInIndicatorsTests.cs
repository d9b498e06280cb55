using Culprit.Knowledge;
using Culprit.Knowledge.Indicators;
using Culprit.TestSupport;

namespace Culprit.Tests.Knowledge;

public sealed class BuiltInIndicatorsTests
{
    private static string Index => Path.Combine(RepositoryRoot.Path, "knowledge", "indicators.index");

    private static string Packed => Path.Combine(RepositoryRoot.Path, "knowledge", "indicators.facts.br");

    [Fact]
    public void What_ships_is_what_the_repository_holds_and_is_read_back_whole()
    {
        byte[] packed = File.ReadAllBytes(Packed);
        IndicatorSet read = Lists.OfFacts(packed, out IndicatorFileReport report);

        Assert.Empty(report.Error);
        Assert.Equal(read.ContentHash, IndicatorSet.BuiltIn.ContentHash);
        Assert.InRange(read.Count, 150_000, 1_000_000);
        Assert.InRange(packed.Length, 100_000, 3_000_000);
        IndicatorList sofacy = read.Lists.Single(static l => l.Name == "apt_sofacy");
        Assert.Equal(["G0007"], sofacy.GroupIds);
        Assert.Contains("fancy bear", sofacy.Aliases);
    }

    [Fact]
    [Trait("needs", "corpus")]
    public void It_is_made_of_the_lists_that_it_says()
    {
        string folder = Path.Combine(RepositoryRoot.Shared, "knowledge", "indicators");
        Assert.SkipUnless(Directory.Exists(folder), "the lists lie in ../shared, which is absent");
        IndicatorFile[] files = [.. Directory.EnumerateFiles(folder, "*.txt").Select(static path => new IndicatorFile(Path.GetFileName(path), File.ReadAllBytes(path)))];

        IndicatorSet made = IndicatorSet.Read(files, basis: null, out var reports);

        Assert.Equal(made.ContentHash, IndicatorSet.BuiltIn.ContentHash);
        Assert.All(reports, static report => Assert.Empty(report.Error));
        Assert.InRange(reports.Sum(static r => r.RefusedCount), 0, 100);
    }

    [Fact]
    public void The_index_is_that_of_the_facts()
    {
        using var made = new MemoryStream();
        Lists.OfFacts(File.ReadAllBytes(Packed), out _).WriteIndex(made);

        Assert.True(File.ReadAllBytes(Index).AsSpan().SequenceEqual(made.ToArray()), "knowledge/indicators.index is not made of these facts: knowledge/INDICATORS.md says how to make it");
    }

    // What most texts of Windows end with must not be walked over as if it were a name: the table would still be right, and slow.
    [Theory]
    [InlineData("exe")]
    [InlineData("dll")]
    [InlineData("sys")]
    [InlineData("tmp")]
    [InlineData("log")]
    [InlineData("ini")]
    [InlineData("txt")]
    [InlineData("json")]
    public void Endings_of_files_pass_for_the_end_of_no_name(string ending)
    {
        ulong packed = ending.Aggregate(0UL, static (sum, c) => (sum << 8) ^ c);

        Assert.False(IndicatorSet.BuiltIn.Signs.MayEndName(ScanSigns.Fingerprint(packed, ending.Length)));
    }

    [Fact]
    public void Each_of_a_sample_is_found_by_its_own_value()
    {
        IndicatorSet known = IndicatorSet.BuiltIn;
        for (int i = 0; i < known.Count; i += 97)
        {
            Indicator one = known[i];
            string text = one.Kind == IndicatorKind.Path ? "http://some-host.internal" + one.Value : one.Value;
            Assert.Contains(known.Found(text), found => found.StartsWith(one.Value + "@", StringComparison.Ordinal));
        }
    }
}
