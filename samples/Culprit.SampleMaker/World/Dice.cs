using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Culprit.SampleMaker.World;

/// <summary>
/// Chance that repeats: SplitMix64, seeded by name. The framework's own generator promises no sequence across
/// versions, and a sample must come out byte for byte the same for ever.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(string seed) => _state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>Whether something of the given likelihood happens.</summary>
    public bool Chance(int percent) => Between(1, 100) <= percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[(int)(Next() % (ulong)from.Count)];

    public Guid Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Next());
        return new Guid(bytes);
    }

    /// <summary>A point in time within the given span of minutes, to 100 ns.</summary>
    public DateTime Within(DateTime start, int minutes) => start.AddTicks((long)(Next() % (ulong)(minutes * TimeSpan.TicksPerMinute)));
}
