using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Culprit.Sigma.Matching;

/// <summary>
/// Remembers, for one field, which atoms a value satisfies. Values repeat (images, users, keys), and comparing a value
/// with one seen before is several times cheaper than scanning it. Memory is taken at most twice and reused; where values
/// do not repeat (identifiers, times), the cache notices and stands aside for a while.
/// </summary>
internal sealed class ValueCache
{
    private const int Slots = 1024;
    private const int ArenaLength = 48 * 1024;
    private const int LongestValue = 1024;
    private const int HitRoom = 8 * 1024;

    // A cache begins with this part of its room, and takes the whole when that is full: many fields have few values.
    private const int FirstPart = 8;
    private const int TrialLength = 1024;
    private const int PauseLength = 32 * TrialLength;

    private Slot[] _slots = new Slot[Slots / FirstPart];
    private char[] _arena = new char[ArenaLength / FirstPart];
    private int[] _hits = new int[HitRoom / FirstPart];
    private int _arenaUsed;
    private int _hitsUsed;
    private int _round = 1;
    private int _lookups;
    private int _found;
    private int _pause;

    /// <summary>Whether the value's atoms are known. If not, <paramref name="ticket"/> is to be given to <see cref="Remember"/>.</summary>
    public bool TryGet(ReadOnlySpan<char> text, out ReadOnlySpan<int> atoms, out ulong ticket)
    {
        atoms = default;
        ticket = 0;
        if (_pause > 0)
        {
            _pause--;
            return false;
        }

        if (text.Length > LongestValue)
        {
            return false;
        }

        if (++_lookups == TrialLength)
        {
            _pause = _found * 4 < _lookups ? PauseLength : 0;
            _lookups = 0;
            _found = 0;
        }

        ticket = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text)) | 1;
        ref Slot slot = ref _slots[(int)(ticket >> 32) & (_slots.Length - 1)];
        if (slot.Hash != ticket || slot.Round != _round || slot.TextLength != text.Length
            || !text.SequenceEqual(_arena.AsSpan(slot.TextStart, slot.TextLength)))
        {
            return false;
        }

        _found++;
        atoms = _hits.AsSpan(slot.HitStart, slot.HitCount);
        return true;
    }

    /// <summary>Keeps what a scan found, if the value may be kept.</summary>
    public void Remember(ulong ticket, ReadOnlySpan<char> text, ReadOnlySpan<int> atoms)
    {
        if (ticket == 0 || atoms.Length > HitRoom / 8)
        {
            return;
        }

        if (_arenaUsed + text.Length > _arena.Length || _hitsUsed + atoms.Length > _hits.Length)
        {
            BeginAnew();
        }

        ref Slot slot = ref _slots[(int)(ticket >> 32) & (_slots.Length - 1)];
        slot = new Slot(ticket, _round, _arenaUsed, text.Length, _hitsUsed, atoms.Length);
        text.CopyTo(_arena.AsSpan(_arenaUsed));
        atoms.CopyTo(_hits.AsSpan(_hitsUsed));
        _arenaUsed += text.Length;
        _hitsUsed += atoms.Length;
    }

    private void BeginAnew()
    {
        if (_slots.Length < Slots)
        {
            _slots = new Slot[Slots];
            _arena = new char[ArenaLength];
            _hits = new int[HitRoom];
        }

        _arenaUsed = 0;
        _hitsUsed = 0;
        _round++;
    }

    private readonly record struct Slot(ulong Hash, int Round, int TextStart, int TextLength, int HitStart, int HitCount);
}
