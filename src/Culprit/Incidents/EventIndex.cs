using System.Collections.Concurrent;
using Culprit.Evidence;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents;

/// <summary>
/// Remembers of every event of the evidence, in some sixty bytes, when and where it was and what it may have in common with
/// others, so that the events around findings can be told without reading the evidence for each of them. Filled while
/// evidence is read (<see cref="CreateSink"/>); the order of sinks and events plays no part in what is made of it.
/// </summary>
/// <param name="createSpill">
/// Opens a file for reading, writing and seeking that is deleted when it is closed, for what does not fit into memory; null keeps all there.
/// </param>
public sealed class EventIndex(Func<Stream>? createSpill = null) : IDisposable
{
    private const long MemoryBudget = 256L << 20;

    private readonly ConcurrentBag<IndexSink> _sinks = [];

    /// <summary>Events before this are left out. Those without a readable time never are.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Events at or after this are left out. Those without a readable time never are.</summary>
    public DateTimeOffset? Until { get; init; }

    internal IndexBlocks Blocks { get; } = new(MemoryBudget, createSpill);

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

    /// <summary>Writes all of it, so that it can be read in another run.</summary>
    public void WriteTo(Stream output)
    {
        Complete();
        IndexFormat.Write(this, output);
    }

    /// <summary>Adds what another index wrote.</summary>
    /// <param name="open">Opens it at its start, as often as its events are asked for.</param>
    /// <exception cref="InvalidDataException">It is none, or damaged.</exception>
    public void Append(Func<Stream> open) => IndexFormat.Append(this, open);

    /// <inheritdoc/>
    public void Dispose() => Blocks.Dispose();
}
