using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Culprit.Events;

/// <summary>The clues of one event, each once. Used again for event after event, so that reading them allocates nothing. One thread.</summary>
public sealed class ClueBuffer
{
    /// <summary>The longest name; what is longer is cut, so that hostile records cost no more than others.</summary>
    public const int MaxName = 512;

    private readonly List<Entry> _entries = [];
    private char[] _characters = new char[4096];
    private int _used;

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Empties the buffer.</summary>
    public void Clear()
    {
        _entries.Clear();
        _used = 0;
    }

    /// <summary>The kind of a clue.</summary>
    public ClueKind KindOf(int clue) => _entries[clue].Kind;

    /// <summary>Its name; see <see cref="EventClue.Name"/>.</summary>
    public ReadOnlySpan<char> NameOf(int clue) => _characters.AsSpan(_entries[clue].Start, _entries[clue].Length);

    /// <summary>Its key; see <see cref="EventClue.Key"/>.</summary>
    public ulong KeyOf(int clue) => _entries[clue].Key;

    /// <summary>
    /// The clue that is the hash of a file: it stands right behind the file, or behind the file's name on a web server. -1 where there is none, or one that is no SHA-256:
    /// hashes of two kinds cannot be compared.
    /// </summary>
    public int ContentOf(int file)
    {
        int next = file + 1;
        next += next < Count && KindOf(next) == ClueKind.WebFile ? 1 : 0;
        return next < Count && KindOf(next) == ClueKind.Hash && ClueText.TellsContent(NameOf(next)) ? next : -1;
    }

    /// <summary>Whether there is a clue of a kind.</summary>
    public bool Has(ClueKind kind)
    {
        foreach (ref readonly Entry entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a clue by its name; nothing where it is empty or there already.</summary>
    internal void Add(ClueKind kind, ReadOnlySpan<char> name)
    {
        name = name[..Math.Min(name.Length, MaxName)];
        if (name.IsEmpty)
        {
            return;
        }

        foreach (ref readonly Entry entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Kind == kind && name.SequenceEqual(_characters.AsSpan(entry.Start, entry.Length)))
            {
                return;
            }
        }

        if (_characters.Length - _used < name.Length)
        {
            Array.Resize(ref _characters, Math.Max(_characters.Length * 2, _used + name.Length));
        }

        name.CopyTo(_characters.AsSpan(_used));
        _entries.Add(new Entry(kind, _used, name.Length, 0));
        _used += name.Length;
    }

    /// <summary>Adds a process or session of a machine.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="machine">The machine, as <see cref="ClueText.Machine"/> names it.</param>
    /// <param name="identifier">Its identifier there; letter case plays no part.</param>
    internal void AddOfMachine(ClueKind kind, ReadOnlySpan<char> machine, ReadOnlySpan<char> identifier)
    {
        Span<char> both = stackalloc char[256];
        machine = machine[..Math.Min(machine.Length, 128)];
        identifier = identifier[..Math.Min(identifier.Length, both.Length - machine.Length)];
        machine.CopyTo(both);
        identifier.ToLowerInvariant(both[machine.Length..]);
        ulong key = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(both[..(machine.Length + identifier.Length)]));
        var entry = new Entry(kind, 0, 0, key);
        if (!_entries.Contains(entry))
        {
            _entries.Add(entry);
        }
    }

    private readonly record struct Entry(ClueKind Kind, int Start, int Length, ulong Key);
}
