namespace Culprit.Evidence.Formats.Text;

/// <summary>
/// The values of one record of a text format, decoded into an arena that is reused from record to record. A field
/// has a chain of values; most have one.
/// </summary>
internal sealed class TextRecord
{
    private const int Absent = 0;
    private const int NullValue = -1;

    private char[] _chars = new char[16 * 1024];
    private int _used;
    private Value[] _values = new Value[64];
    private int _valueCount = 1;
    private int[] _first = new int[64];
    private int[] _last = new int[64];

    /// <summary>The layout of the record that is held.</summary>
    public RecordLayout Layout { get; private set; } = new(RecordKind.WebRequest, "", []);

    /// <summary>Forgets the last record; its text is gone.</summary>
    public void Clear()
    {
        _used = 0;
        _valueCount = 1;
    }

    /// <summary>Sets the layout; every field is absent until a value is given.</summary>
    public void Start(RecordLayout layout)
    {
        Layout = layout;
        int count = layout.FieldNames.Count;
        if (_first.Length < count)
        {
            _first = new int[count * 2];
            _last = new int[count * 2];
        }

        _first.AsSpan(0, count).Clear();
    }

    /// <summary>Room for text, to be handed to <see cref="Keep"/> as far as it is used.</summary>
    public Span<char> Room(int length)
    {
        if (_chars.Length - _used < length)
        {
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _used + length));
        }

        return _chars.AsSpan(_used);
    }

    /// <summary>Keeps the first characters of <see cref="Room"/>; returns where they start.</summary>
    public int Keep(int length)
    {
        int start = _used;
        _used += length;
        return start;
    }

    /// <summary>Copies text into the arena; returns where it starts.</summary>
    public int Copy(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        return Keep(text.Length);
    }

    /// <summary>Text kept earlier.</summary>
    public ReadOnlySpan<char> Text(int start, int length) => _chars.AsSpan(start, length);

    /// <summary>Makes a value of text kept earlier, to be given to a field; returns its number.</summary>
    public int NewValue(int start, int length)
    {
        if (_valueCount == _values.Length)
        {
            Array.Resize(ref _values, _values.Length * 2);
        }

        _values[_valueCount] = new Value(start, length);
        return _valueCount++;
    }

    /// <summary>The text of a value.</summary>
    public ReadOnlySpan<char> TextOf(int value) => Text(_values[value].Start, _values[value].Length);

    /// <summary>Adds a value behind those that a field has.</summary>
    public void Set(int field, int value)
    {
        if (_first[field] <= Absent)
        {
            _first[field] = value;
        }
        else
        {
            _values[_last[field]].Next = value;
        }

        _last[field] = value;
    }

    /// <summary>Gives a field that has no value yet the value null.</summary>
    public void SetNull(int field)
    {
        if (_first[field] == Absent)
        {
            _first[field] = NullValue;
        }
    }

    /// <summary>Adds a value that is part of text kept earlier.</summary>
    public void Set(int field, int start, int length) => Set(field, NewValue(start, length));

    /// <summary>Whether the record has the field.</summary>
    public FieldPresence PresenceOf(int field) => _first[field] switch
    {
        Absent => FieldPresence.Absent,
        NullValue => FieldPresence.Null,
        _ => FieldPresence.Present,
    };

    /// <summary>The index-th value of a field.</summary>
    public bool TryGetText(int field, int index, out ReadOnlySpan<char> text)
    {
        int value = _first[field];
        while (index > 0 && value > Absent)
        {
            value = _values[value].Next;
            index--;
        }

        if (value <= Absent)
        {
            text = default;
            return false;
        }

        text = _chars.AsSpan(_values[value].Start, _values[value].Length);
        return true;
    }

    private struct Value(int start, int length)
    {
        public readonly int Start = start;
        public readonly int Length = length;

        /// <summary>The next value of the same field; 0: none.</summary>
        public int Next;
    }
}
