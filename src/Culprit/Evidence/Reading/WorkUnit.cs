using System.Buffers;

namespace Culprit.Evidence.Reading;

/// <summary>Which parser reads a unit.</summary>
internal enum UnitKind
{
    /// <summary>Event log chunks; each piece is one.</summary>
    Evtx,

    /// <summary>Whole lines, each a JSON object.</summary>
    JsonLines,

    /// <summary>JSON objects; each piece is one.</summary>
    JsonObjects,

    /// <summary>Whole lines of a W3C extended log.</summary>
    W3c,

    /// <summary>Whole lines of an NCSA log.</summary>
    Ncsa,
}

/// <summary>Part of a unit.</summary>
/// <param name="Start">Where in the unit's buffer it starts.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Offset">Where in the source it starts.</param>
/// <param name="IsDamaged">Whether it does not look like what it should be.</param>
internal readonly record struct Piece(int Start, int Length, long Offset, bool IsDamaged = false);

/// <summary>A stretch of a source that one worker reads by itself: bytes, and what has to be known to read them.</summary>
internal sealed class WorkUnit
{
    private byte[] _buffer = [];

    public required SourceState State { get; set; }

    public UnitKind Kind { get; set; }

    /// <summary>The bytes, as many as are used of them.</summary>
    public Span<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>The whole of the buffer.</summary>
    public byte[] Buffer => _buffer;

    public int Length { get; set; }

    /// <summary>Where in the source the bytes start.</summary>
    public long Offset { get; set; }

    /// <summary>The number of the first line, from 1.</summary>
    public long FirstLine { get; set; }

    /// <summary>What holds at the first line, as the format understands it.</summary>
    public object? Context { get; set; }

    /// <summary>Its pieces, where the kind has them.</summary>
    public List<Piece> Pieces { get; } = [];

    /// <summary>Makes sure of room, keeping the first bytes.</summary>
    public void Reserve(int size, int keep = 0)
    {
        if (_buffer.Length >= size)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, keep).CopyTo(larger);
        GiveBack();
        _buffer = larger;
    }

    /// <summary>Returns the buffer to the pool.</summary>
    public void GiveBack()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}

/// <summary>Units that are not in use. There are never more than a few for each worker.</summary>
internal sealed class UnitPool
{
    // A buffer that one overlong record made grow is not kept.
    private const int LargestKept = 2 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<WorkUnit> _idle = new();

    /// <summary>A unit with room for so many bytes.</summary>
    public WorkUnit Rent(SourceState state, UnitKind kind, int size)
    {
        WorkUnit? unit;
        lock (_gate)
        {
            _idle.TryPop(out unit);
        }

        if (unit is null)
        {
            unit = new WorkUnit { State = state };
        }

        unit.State = state;
        unit.Kind = kind;
        unit.Length = 0;
        unit.Context = null;
        unit.Pieces.Clear();
        unit.Reserve(size);
        return unit;
    }

    /// <summary>Takes a unit back.</summary>
    public void Return(WorkUnit unit)
    {
        if (unit.Buffer.Length > LargestKept)
        {
            unit.GiveBack();
        }

        lock (_gate)
        {
            _idle.Push(unit);
        }
    }
}
