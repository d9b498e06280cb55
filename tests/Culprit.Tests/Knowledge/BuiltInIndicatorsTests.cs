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

    // A list of one's own is no other's, whatever it is called.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_list_that_is_given_under_the_name_of_one_that_ships_is_another(bool isBeside)
    {
        IndicatorFile[] files =
        [
            new("apt_sofacy.txt", "# MITRE: https://attack.mitre.org/groups/G0010/\n# Aliases: made up\nmade-up-evil.com"u8.ToArray()),
            new("apt_turla.txt", "made-up-evil.net"u8.ToArray()),
            new("ours.txt", "made-up-evil.org"u8.ToArray()),
        ];

        IndicatorSet set = IndicatorSet.Read(files, isBeside ? IndicatorSet.BuiltIn : IndicatorSet.Empty, out _);

        Assert.Equal(["apt_sofacy (given)", "apt_turla (given)", "ours"],
            ((string[])["made-up-evil.com", "made-up-evil.net", "made-up-evil.org"]).Select(value => Assert.Single(set.Find(value)).List.Name));
        Assert.Equal(["G0010"], KnowledgeBase.Embedded.GroupsOf(set.Lists.Single(static l => l.Name == "apt_sofacy (given)")));
        Assert.Equal(["G0010"], KnowledgeBase.Embedded.GroupsOf(set.Lists.Single(static l => l.Name == "apt_turla (given)")));
        Assert.All(set.Lists.Where(static l => l.Name is "apt_sofacy" or "apt_turla"), static l =>
            Assert.Equal(IndicatorSet.BuiltIn.Lists.Single(b => b.Name == l.Name) is var b ? (string.Join(';', b.Aliases), string.Join(';', b.GroupIds)) : default, (string.Join(';', l.Aliases), string.Join(';', l.GroupIds))));
        Assert.Equal(set.ContentHash, IndicatorSet.Read(files.Reverse(), isBeside ? IndicatorSet.BuiltIn : IndicatorSet.Empty, out _).ContentHash);
    }

    // Who gives a list that ships again, newer or older, says nothing of another group.
    [Fact]
    public void A_value_of_a_list_that_ships_is_of_one_group_where_the_list_is_given_again()
    {
        Indicator known = Enumerable.Range(0, IndicatorSet.BuiltIn.Count).Select(static i => IndicatorSet.BuiltIn[i])
            .First(static i => i is { Kind: IndicatorKind.Domain, ListCount: 1 } && IndicatorSet.BuiltIn.Find(i.Value).Count == 1);

        IndicatorSet set = IndicatorSet.Read([new IndicatorFile(known.List.Name + ".txt", System.Text.Encoding.UTF8.GetBytes(known.Value))], IndicatorSet.BuiltIn, out _);

        Assert.Equal([(known.List.Name, 1), (known.List.Name + IndicatorList.Given, 1)], set.Find(known.Value).Select(static i => (i.List.Name, i.ListCount)).Order());
    }

    // Of so many lists one value fills what a bucket of the index can count.
    [Fact]
    public void A_value_that_very_many_lists_hold_can_be_packed_indexed_and_found()
    {
        const int lists = 70_000;
        IndicatorSet set = Lists.Of(("many.csv", "value,actor\nother-evil.com,one\n" + string.Concat(Enumerable.Range(0, lists).Select(static i => $"many-evil.com,actor {i}\n"))));
        using var index = new MemoryStream();
        set.WriteIndex(index);
        index.Position = 0;
        ScanIndex read = ScanIndex.Read(index);

        Assert.Equal((set.Count, set.ContentHash), (read.Count, read.ContentHash));
        Assert.All(set.All().DistinctBy(static i => i.Value, StringComparer.Ordinal), i => Assert.False(read.Signs.Names.Lacks(Keys.Of(IndicatorKind.Domain, i.Value))));
        Assert.True(read.Signs.Names.Lacks(Keys.Of(IndicatorKind.Domain, "third-evil.com")));
        IReadOnlyList<Indicator> found = set.Find("many-evil.com", out bool more);
        Assert.Equal((IndicatorSet.MaxFound, true), (found.Count, more));
        Assert.All(found, static i => Assert.Equal(lists, i.ListCount));
        Assert.Equal(found.Count, found.Select(static i => i.List.Name).Distinct(StringComparer.Ordinal).Count());
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
