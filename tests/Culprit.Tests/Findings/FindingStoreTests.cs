using CsCheck;
using Culprit.Evidence;
using Culprit.Findings.Store;
using Culprit.Primitives;

namespace Culprit.Tests.Findings;

public sealed class FindingStoreTests
{
    private static readonly EvidenceSource[] Sources =
        [new("b/two.evtx", container: null), new("a/one.evtx", container: null), new("a/one.evtx!/x", container: null)];

    private static readonly Gen<EntryKey> Keys =
        from time in Gen.Long[0, 5]
        from rank in Gen.Int[0, 3]
        from host in Gen.Int[0, 3].Select(static i => new[] { "", "ALPHA", "beta", "Ünicode" }[i])
        from channel in Gen.Bool.Select(static b => b ? "Security" : "System")
        from record in Gen.Long[-1, 3]
        from identity in Gen.Int[0, 2]
        from source in Gen.Int[0, 2]
        from offset in Gen.Long[0, 3]
        select new EntryKey(new EventTime(time, TimeCertainty.Exact), rank, host, channel, record, (UInt128)identity, source, offset, 10, Recovered: false);

    [Fact]
    public void Entries_come_back_in_one_order_whatever_the_threads_and_the_memory() =>
        Gen.Select(Keys.Array[0, 80], Gen.Int[1, 4], Gen.Bool).Sample((keys, shards, spills) =>
        {
            string[] expected = Read(keys, shards: 1, spills: false, reversed: false);
            Assert.Equal(keys.Length, expected.Length);
            Assert.Equal(expected, Read(keys, shards, spills, reversed: true));
        });

    [Fact]
    public void Reading_twice_gives_the_same() =>
        Keys.Array[1, 40].Sample(keys =>
        {
            using FindingStore store = Filled(keys, shards: 2, spills: true, reversed: false);
            Assert.Equal(Texts(store), Texts(store));
        });

    [Fact]
    public void Spilled_entries_are_read_whole_where_they_are_larger_than_the_buffer()
    {
        string large = new('x', 200_000);
        using var store = new FindingStore(Table(), budget: 1, static () => new MemoryStream());
        FindingStore.Shard shard = store.CreateShard(threads: 1);
        for (int i = 0; i < 5; i++)
        {
            EntryWriter writer = shard.Begin();
            writer.Key(new EntryKey(new EventTime(5 - i, TimeCertainty.Exact), 0, "h", "c", i, 0, 0, i, 1, Recovered: false), detailed: true);
            writer.Text(large + i);
            shard.End();
        }

        EntryMerge merge = store.Read();
        for (int i = 4; i >= 0; i--)
        {
            Assert.True(merge.MoveNext());
            FindingEntry.TextReader texts = merge.Current.Texts();
            Assert.Equal("h", texts.Text());
            Assert.Equal("c", texts.Text());
            Assert.Equal(large + i, texts.Text());
        }

        Assert.False(merge.MoveNext());
    }

    private static string[] Read(EntryKey[] keys, int shards, bool spills, bool reversed)
    {
        using FindingStore store = Filled(keys, shards, spills, reversed);
        return Texts(store);
    }

    private static FindingStore Filled(EntryKey[] keys, int shards, bool spills, bool reversed)
    {
        var store = new FindingStore(Table(), spills ? 1 : 1 << 20, spills ? static () => new MemoryStream() : null);
        FindingStore.Shard[] parts = [.. Enumerable.Range(0, shards).Select(_ => store.CreateShard(shards))];
        IEnumerable<EntryKey> order = reversed ? keys.Reverse() : keys;
        foreach ((int i, EntryKey key) in order.Index())
        {
            EntryWriter writer = parts[i % shards].Begin();
            writer.Key(in key, detailed: true);
            // Some weight, so that a small budget is exceeded more than once.
            writer.Text(new string('w', spills ? 20_000 : 1));
            parts[i % shards].End();
        }

        return store;
    }

    private static SourceTable Table()
    {
        var table = new SourceTable();
        Assert.All(Sources, source => Assert.Equal(Array.IndexOf(Sources, source), table.NumberOf(source)));
        return table;
    }

    private static string[] Texts(FindingStore store)
    {
        List<string> texts = [];
        EntryMerge merge = store.Read();
        while (merge.MoveNext())
        {
            FindingEntry entry = merge.Current;
            FindingEntry.TextReader reader = entry.Texts();
            texts.Add(string.Join('|', entry.Ticks, reader.Text(), reader.Text(), entry.RecordId, entry.Rank, entry.Source, entry.Offset));
        }

        return [.. texts];
    }
}
