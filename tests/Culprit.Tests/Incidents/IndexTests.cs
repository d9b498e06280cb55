using Culprit.Evidence;
using Culprit.Incidents;
using Culprit.Incidents.Surroundings;
using Culprit.Tests.Evidence;
using CsCheck;

namespace Culprit.Tests.Incidents;

/// <summary>What is remembered of events: spans of time, addresses, and the stream that a case keeps.</summary>
public sealed class IndexTests
{
    [Fact]
    public void Windows_of_time_hold_what_was_added_and_nothing_else() =>
        Gen.Select(Gen.Long[0, 200], Gen.Long[0, 20]).Array[1, 20].Sample(spans =>
        {
            var windows = new TimeWindows();
            bool[] covered = new bool[240];
            foreach ((long from, long length) in spans)
            {
                bool isNew = false;
                for (long at = from; at <= from + length; at++)
                {
                    isNew |= !covered[at];
                    covered[at] = true;
                }

                Assert.Equal(isNew, windows.Add(from, from + length) && isNew);
            }

            Assert.All(Enumerable.Range(0, covered.Length), at => Assert.Equal(covered[at], windows.Contains(at)));
        });

    [Fact]
    public void An_address_belongs_to_the_machine_that_says_so_most_and_to_nobody_where_many_do()
    {
        var book = new AddressBook();
        book.Add("10.0.0.5", "pc-1", 8);
        book.Add("10.0.0.5", "liar", 1);
        book.Add("10.0.0.6", "pc-1", 4);
        book.Add("10.0.0.6", "pc-2", 4);

        Assert.Equal("pc-1", book.MachineOf("10.0.0.5"));
        Assert.Null(book.MachineOf("10.0.0.6"));
        Assert.Null(book.MachineOf("10.0.0.7"));
        Assert.Equal([("10.0.0.5", "pc-1")], book.Known());
    }

    [Fact]
    public void An_index_that_was_written_is_read_as_it_was()
    {
        using var folder = new EvidenceFolder();
        folder.Add("one.evtx", EvidenceFolder.EventLog(300));
        using EventIndex index = Read(folder.Path);
        using var written = new MemoryStream();
        index.WriteTo(written);

        using var other = new EventIndex();
        other.Append(() => new MemoryStream(written.ToArray()));
        using var again = new MemoryStream();
        other.WriteTo(again);

        Assert.Equal(written.ToArray(), again.ToArray());
    }

    [Fact]
    public void A_damaged_index_is_told()
    {
        using var folder = new EvidenceFolder();
        folder.Add("one.evtx", EvidenceFolder.EventLog(3));
        using EventIndex index = Read(folder.Path);
        using var written = new MemoryStream();
        index.WriteTo(written);
        byte[] bytes = written.ToArray();

        using var other = new EventIndex();
        Assert.Throws<InvalidDataException>(() => other.Append(() => new MemoryStream([1, 2, 3])));
        Assert.Throws<InvalidDataException>(() => other.Append(() => new MemoryStream(bytes[..30])));
    }

    private static EventIndex Read(string folder)
    {
        var index = new EventIndex();
        new EvidenceReader(new EvidenceOptions { Threads = 1 }).Read([folder], index.CreateSink, progress: null, TestContext.Current.CancellationToken);
        return index;
    }
}
