using System.Buffers.Binary;
using System.Text;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>What a value at a path is to the parser.</summary>
internal enum JsonPathRole : byte
{
    /// <summary>A value of a field.</summary>
    Value,

    /// <summary>The name in a pair of name and text.</summary>
    DataName,

    /// <summary>The text in a pair of name and text.</summary>
    DataText,

    /// <summary>A text that holds the event's data, as JSON or XML.</summary>
    Packed,

    /// <summary>A value that is known by its position.</summary>
    Position,

    /// <summary>Nothing: a value here says nothing of the event.</summary>
    Ignored,
}

/// <summary>
/// The paths met so far, numbered, so that a key costs a hash and a comparison of bytes and no string. Bounded: the
/// caller starts afresh when <see cref="IsFull"/>.
/// </summary>
internal sealed class JsonPaths
{
    /// <summary>The number of the empty path, at the top.</summary>
    public const int Root = 0;

    private const int Capacity = 8192;
    private readonly Entry[] _entries = new Entry[Capacity];
    private readonly int[] _buckets = new int[Capacity * 2];
    private int _count;

    public JsonPaths() => Clear();

    /// <summary>Whether so many paths were met that it is time to forget them.</summary>
    public bool IsFull => _count > Capacity - 1024;

    /// <summary>Forgets all paths; numbers given out before are void.</summary>
    public void Clear()
    {
        Array.Clear(_entries);
        Array.Fill(_buckets, -1);
        _entries[Root] = new Entry { Name = [], Path = "", Next = -1 };
        _count = 1;
    }

    /// <summary>The path's segments, joined by '.'.</summary>
    public string PathOf(int path) => _entries[path].Path;

    /// <summary>The number of the path above.</summary>
    public int ParentOf(int path) => _entries[path].Parent;

    /// <summary>What a value at the path is.</summary>
    public JsonPathRole RoleOf(int path) => _entries[path].Role;

    /// <summary>Whether objects at the path are pairs of name and text.</summary>
    public bool IsPairs(int path) => _entries[path].IsPairs;

    /// <summary>Whether objects at the path are values by position.</summary>
    public bool IsPositionList(int path) => _entries[path].IsPositionList;

    /// <summary>What the path means.</summary>
    public JsonField FieldOf(int path) => _entries[path].Field;

    /// <summary>The number of a path below another; -1 when a single record has more new paths than there is room.</summary>
    public int Child(int parent, ReadOnlySpan<byte> name)
    {
        uint hash = Hash(parent, name);
        int bucket = (int)(hash % (uint)_buckets.Length);
        for (int i = _buckets[bucket]; i >= 0; i = _entries[i].Next)
        {
            if (_entries[i].Parent == parent && name.SequenceEqual(_entries[i].Name))
            {
                return i;
            }
        }

        return Add(parent, name, bucket);
    }

    private int Add(int parent, ReadOnlySpan<byte> name, int bucket)
    {
        if (_count == Capacity)
        {
            return -1;
        }

        string text = Encoding.UTF8.GetString(name);
        string path = parent == Root ? text : _entries[parent].Path + "." + text;
        _entries[_count] = new Entry
        {
            Name = name.ToArray(),
            Parent = parent,
            Path = path,
            Next = _buckets[bucket],
            IsPairs = JsonFieldNames.IsNamedDataList(path),
            IsPositionList = JsonFieldNames.IsPositionList(path),
            Role = JsonFieldNames.IsPacked(path) ? JsonPathRole.Packed : JsonFieldNames.IsPosition(path) ? JsonPathRole.Position : RoleBelow(parent, text),
            Field = JsonFieldNames.Resolve(path),
        };
        _entries[_count].Role = _entries[_count] is { Role: JsonPathRole.Value, Field.Section: JsonSection.Ignored }
            ? JsonPathRole.Ignored
            : _entries[_count].Role;
        _buckets[bucket] = _count;
        return _count++;
    }

    private JsonPathRole RoleBelow(int parent, string name)
    {
        bool inAttributes = _entries[parent].Name.AsSpan().SequenceEqual("#attributes"u8) && IsPairs(_entries[parent].Parent);
        if (!IsPairs(parent) && !inAttributes)
        {
            return JsonPathRole.Value;
        }

        return name switch
        {
            "@Name" or "-Name" or "Name" or "_Name" => JsonPathRole.DataName,
            "#text" or "Text" or "text" or "Value" or "$t" or "content" or "__text" => JsonPathRole.DataText,
            _ => JsonPathRole.Value,
        };
    }

    private static uint Hash(int parent, ReadOnlySpan<byte> name)
    {
        ulong head = name.Length >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(name) : Short(name);
        ulong tail = name.Length >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]) : 0;
        ulong mixed = (head * 0x9E3779B97F4A7C15) ^ ((tail + (uint)parent) * 0xC2B2AE3D27D4EB4F) ^ (ulong)name.Length;
        return (uint)(mixed >> 32) ^ (uint)mixed;
    }

    private static ulong Short(ReadOnlySpan<byte> name)
    {
        ulong value = 0;
        foreach (byte b in name)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private struct Entry
    {
        public byte[] Name;
        public int Parent;
        public int Next;
        public string Path;
        public JsonPathRole Role;
        public bool IsPairs;
        public bool IsPositionList;
        public JsonField Field;
    }
}
