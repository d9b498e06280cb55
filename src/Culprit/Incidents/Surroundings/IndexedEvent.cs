using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Primitives;

namespace Culprit.Incidents.Surroundings;

/// <summary>What an event is, as far as joining asks.</summary>
internal enum EventClass : byte
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>A logon, its attempt, or an authentication for one.</summary>
    Logon,

    /// <summary>A process gives the name and password of another account, recorded where that process runs.</summary>
    ExplicitLogon,

    /// <summary>The end of a session, or what a session may do.</summary>
    SessionNote,

    /// <summary>A process starts.</summary>
    ProcessStart,

    /// <summary>A network connection.</summary>
    Connection,

    /// <summary>A share or a file of a share is reached over the network.</summary>
    Share,

    /// <summary>A file is written, changed or deleted by the kernel, as it is for those who reach a share over the network.</summary>
    KernelFile,

    /// <summary>A request to a web server.</summary>
    WebRequest,

    /// <summary>A request that sends something to a web server.</summary>
    WebPost,

    /// <summary>A web server's own process starts another.</summary>
    WebStart,
}

/// <summary>
/// An event of the index, as a view of its bytes: 8 of time, 1 of whether it has one, 4 each of host, source and length, 8 of
/// offset, 1 of class, 1 of how many clues, then 9 for each clue: its kind, and a hash of kind and name.
/// </summary>
internal readonly ref struct IndexedEvent(ReadOnlySpan<byte> bytes)
{
    /// <summary>The most clues that are kept of one event.</summary>
    public const int MaxClues = 48;

    private const int HeaderLength = 31;
    private const int ClueLength = 9;

    // Marks an address that is given out inside of networks alone, because the hash does not tell, and a file whose content follows.
    private const byte Marked = 0x80;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public long Ticks => BinaryPrimitives.ReadInt64LittleEndian(_bytes);

    public bool IsTimed => _bytes[8] != 0;

    public int Host => BinaryPrimitives.ReadInt32LittleEndian(_bytes[9..]);

    public int Source => BinaryPrimitives.ReadInt32LittleEndian(_bytes[13..]);

    public int PlaceLength => BinaryPrimitives.ReadInt32LittleEndian(_bytes[17..]);

    public long Offset => BinaryPrimitives.ReadInt64LittleEndian(_bytes[21..]);

    public EventClass Class => (EventClass)_bytes[29];

    public int ClueCount => _bytes[30];

    public int Day => (int)(Ticks / TimeSpan.TicksPerDay);

    /// <summary>How many bytes it takes.</summary>
    public int Length => HeaderLength + (ClueCount * ClueLength);

    public ClueKind KindOf(int clue) => (ClueKind)(_bytes[HeaderLength + (clue * ClueLength)] & ~Marked);

    /// <summary>Of an address: whether it lies outside of networks that are somebody's own.</summary>
    public bool IsOutside(int clue) => !IsMarked(clue);

    /// <summary>Of a file: what tells its content; 0 where that was not recorded.</summary>
    public ulong ContentOf(int clue)
    {
        for (int next = clue + 1; IsMarked(clue) && next < ClueCount; next++)
        {
            if (KindOf(next) == ClueKind.Hash)
            {
                return HashOf(next);
            }
        }

        return 0;
    }

    public ulong HashOf(int clue) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[(HeaderLength + (clue * ClueLength) + 1)..]);

    private bool IsMarked(int clue) => (_bytes[HeaderLength + (clue * ClueLength)] & Marked) != 0;

    /// <summary>The first clue of a kind; false where there is none.</summary>
    public bool TryFind(ClueKind kind, out ulong hash)
    {
        for (int i = 0; i < ClueCount; i++)
        {
            if (KindOf(i) == kind)
            {
                hash = HashOf(i);
                return true;
            }
        }

        hash = 0;
        return false;
    }

    /// <summary>Whether it has a clue of a kind.</summary>
    public bool Has(ClueKind kind) => TryFind(kind, out _);

    /// <summary>Writes an event.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int Write(
        Span<byte> room, long ticks, bool timed, int host, int source, int placeLength, long offset, EventClass eventClass, ClueBuffer clues)
    {
        int count = Math.Min(clues.Count, MaxClues);
        BinaryPrimitives.WriteInt64LittleEndian(room, ticks);
        room[8] = timed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(room[9..], host);
        BinaryPrimitives.WriteInt32LittleEndian(room[13..], source);
        BinaryPrimitives.WriteInt32LittleEndian(room[17..], placeLength);
        BinaryPrimitives.WriteInt64LittleEndian(room[21..], offset);
        room[29] = (byte)eventClass;
        room[30] = (byte)count;
        for (int i = 0; i < count; i++)
        {
            Span<byte> clue = room[(HeaderLength + (i * ClueLength))..];
            ClueKind kind = clues.KindOf(i);
            bool isMarked = kind == ClueKind.Address ? AddressRange.IsPrivate(clues.NameOf(i)) : kind == ClueKind.File && clues.ContentOf(i) >= 0;
            clue[0] = (byte)((int)kind | (isMarked ? Marked : 0));
            BinaryPrimitives.WriteUInt64LittleEndian(clue[1..], EventClue.HasKey(kind) ? KeyHash(kind, clues.KeyOf(i)) : NameHash(kind, clues.NameOf(i)));
        }

        return HeaderLength + (count * ClueLength);
    }

    /// <summary>Its bytes, for longer than the block that holds them.</summary>
    public byte[] ToArray() => _bytes[..Length].ToArray();

    /// <summary>Gives the events of a block other numbers of hosts and sources.</summary>
    /// <exception cref="InvalidDataException">The block is no whole number of events, or has numbers that nothing was said of.</exception>
    public static void Renumber(Span<byte> block, int[] hosts, int[] sources)
    {
        while (!block.IsEmpty)
        {
            var one = new IndexedEvent(block);
            if (block.Length < HeaderLength || block.Length < one.Length || (uint)one.Host >= hosts.Length || (uint)one.Source >= sources.Length)
            {
                throw new InvalidDataException("an index of events is damaged");
            }

            int length = one.Length;
            BinaryPrimitives.WriteInt32LittleEndian(block[9..], hosts[one.Host]);
            BinaryPrimitives.WriteInt32LittleEndian(block[13..], sources[one.Source]);
            block = block[length..];
        }
    }

    /// <summary>The longest an event can be.</summary>
    public const int MaxLength = HeaderLength + (MaxClues * ClueLength);

    /// <summary>The hash of a clue that has a name.</summary>
    public static ulong NameHash(ClueKind kind, ReadOnlySpan<char> name) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name), (long)kind);

    /// <summary>
    /// The hash of a clue that has a key. A process is the same thing whether an event is about it or about what it started.
    /// </summary>
    public static ulong KeyHash(ClueKind kind, ulong key)
    {
        ClueKind thing = kind switch
        {
            ClueKind.ParentProcess => ClueKind.Process,
            ClueKind.ParentProcessNumber => ClueKind.ProcessNumber,
            _ => kind,
        };
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in key)), (long)thing);
    }
}
