using System.Collections.Concurrent;
using Culprit.Evidence;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents;

/// <summary>
/// Remembers of every event of the evidence, in some sixty bytes, when and where it was and what it may have in common with
/// others, so that the events around findings can be told without reading the evidence for each of them. Filled while
/// evidence is read (<see cref="CreateSink"/>); the order of sinks and events plays no part in what is made of it.
/// </summary>
/// <param name="memoryBudget">How many bytes may stay in memory before the rest goes to <paramref name="createSpill"/>.</param>
/// <param name="createSpill">Opens a file for reading, writing and seeking that is deleted when it is closed; null keeps all in memory.</param>
public sealed class EventIndex(long memoryBudget = 256L << 20, Func<Stream>? createSpill = null) : IDisposable
{
    private readonly ConcurrentBag<IndexSink> _sinks = [];

    internal IndexBlocks Blocks { get; } = new(memoryBudget, createSpill);

    internal IndexNames Names { get; } = new();

    internal LogExtents Logs { get; } = new();

    internal AddressBook Addresses { get; } = new();

    /// <summary>A sink for one worker. It may be called beside another sink for the same records.</summary>
    public IRecordSink CreateSink()
    {
        var sink = new IndexSink(this);
        _sinks.Add(sink);
        return sink;
    }

    /// <summary>Takes what sinks still hold. To be called when nothing is read any more.</summary>
    internal void Complete()
    {
        while (_sinks.TryTake(out IndexSink? sink))
        {
            sink.Complete();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Blocks.Dispose();
}
