using System.Text;
using System.Text.Json;
using Culprit.Evidence.Formats.Text;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>
/// Reads one JSON object into a record: every scalar becomes a value of the field that its path means, the members of
/// an array become several values of one field. Data that stands packed in one text is unpacked, and values that are known by their position get the names
/// that the event's template has. Nothing is allocated once its buffers have grown, but for what is packed.
/// </summary>
internal sealed class JsonRecordReader(EvidenceOptions options)
{
    private const int NullValue = -1;
    private const int MaxValues = 100_000;
    private const string TooManyNames = "an object with too many names";

    private readonly Frame[] _frames = new Frame[options.MaxJsonDepth + 2];
    private readonly Frame[] _packedFrames = new Frame[options.MaxJsonDepth + 2];
    private readonly JsonReaderOptions _options = new() { MaxDepth = options.MaxJsonDepth };
    private readonly List<(int Path, int Value)> _values = [];
    private readonly List<(int Path, int Value)> _pairTexts = [];
    private readonly List<(int Path, int Value)> _positions = [];
    private readonly List<int> _slots = [];
    private readonly List<(string Name, string Text)> _unpacked = [];
    private readonly List<int> _met = [];
    private readonly int[] _metIn = new int[16 * 1024];
    private byte[] _nameBytes = [];
    private int _record;
    private JsonPaths _paths = null!;

    /// <summary>The record's values, once they are arranged.</summary>
    public TextRecord Record { get; } = new();

    /// <summary>The paths of the record, each once, in order of appearance.</summary>
    public ReadOnlySpan<int> Paths => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_met);

    /// <summary>Equal for records with the same paths, in any order.</summary>
    public ulong ShapeHash { get; private set; }

    /// <summary>Forgets which paths were met, because they are numbered anew.</summary>
    public void Forget()
    {
        Array.Clear(_metIn);
        _record = 0;
    }

    /// <summary>Reads an object; on failure says why.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, JsonPaths paths, out string problem)
    {
        _paths = paths;
        _record++;
        _values.Clear();
        _pairTexts.Clear();
        _positions.Clear();
        _slots.Clear();
        _met.Clear();
        ShapeHash = 0;
        Record.Clear();
        problem = "";
        var reader = new Utf8JsonReader(text, _options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "not a JSON object";
                return false;
            }

            problem = ReadObject(ref reader, _frames, JsonPaths.Root);
            if (problem.Length == 0 && _positions.Count > 0 && !NamePositions())
            {
                problem = TooManyNames;
            }

            return problem.Length == 0;
        }
        catch (JsonException e)
        {
            problem = "not valid JSON: " + Reading.ReadFault.Describe(e);
            return false;
        }
    }

    /// <summary>Puts the values where the shape has them.</summary>
    public void Arrange(JsonShape shape)
    {
        Record.Start(shape.Layout);
        foreach ((int path, int value) in _values)
        {
            int field = shape.FieldOf(path);
            if (value == NullValue)
            {
                Record.SetNull(field);
            }
            else
            {
                Record.Set(field, value);
            }
        }
    }

    private string ReadObject(ref Utf8JsonReader reader, Frame[] frames, int root)
    {
        int depth = 0;
        int pending = root;
        frames[0] = new Frame { Path = root, Name = -1 };
        while (reader.Read())
        {
            ref Frame frame = ref frames[depth];
            int path = frame.IsArray ? frame.Path : pending;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    pending = _paths.Child(frame.Path, NameOf(ref reader));
                    if (pending < 0)
                    {
                        return TooManyNames;
                    }

                    break;
                case JsonTokenType.StartObject:
                    bool isPair = _paths.IsPairs(path);
                    if (_paths.IsPositionList(path))
                    {
                        _slots.Add(NullValue);
                    }

                    frames[++depth] = new Frame
                    {
                        Path = path,
                        IsPair = isPair,
                        IsInPair = isPair || frame.IsInPair,
                        Name = -1,
                        Texts = _pairTexts.Count,
                    };
                    break;
                case JsonTokenType.StartArray:
                    frames[++depth] = new Frame { Path = path, IsArray = true, IsInPair = frame.IsInPair, Name = -1 };
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    if (frame.IsPair)
                    {
                        if (!EndPair(frame))
                        {
                            return TooManyNames;
                        }
                    }

                    depth--;
                    break;
                default:
                    if (_paths.RoleOf(path) != JsonPathRole.Packed || frames != _frames || !Unpack(ref reader, path, out string problem))
                    {
                        Value(ref reader, frames, path, depth, frame.IsInPair);
                    }
                    else if (problem.Length > 0)
                    {
                        return problem;
                    }

                    break;
            }

            if (_values.Count + _positions.Count > MaxValues)
            {
                return $"an object with more than {MaxValues} values";
            }
        }

        return "";
    }

    private void Value(ref Utf8JsonReader reader, Frame[] frames, int path, int depth, bool isInPair)
    {
        JsonPathRole role = _paths.RoleOf(path);
        if (role == JsonPathRole.Ignored)
        {
            return;
        }

        int value = NullValue;
        int start = 0;
        int length = 0;
        if (reader.TokenType != JsonTokenType.Null)
        {
            length = JsonText.Decode(reader.ValueSpan, reader.ValueIsEscaped, Record, out start);
            value = Record.NewValue(start, length);
        }

        if (role == JsonPathRole.Position)
        {
            Position(path, value);
            return;
        }

        if (isInPair && role is JsonPathRole.DataName or JsonPathRole.DataText)
        {
            if (role == JsonPathRole.DataText)
            {
                _pairTexts.Add((path, value));
                return;
            }

            while (!frames[depth].IsPair)
            {
                depth--;
            }

            frames[depth].Name = start;
            frames[depth].NameLength = length;
            return;
        }

        Add(path, value);
    }

    // Data that is packed into one text stands once for the event, where data has its place. What is packed within that stays a text.
    private bool Unpack(ref Utf8JsonReader reader, int path, out string problem)
    {
        problem = "";
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'<', ..])
        {
            return false;
        }

        string text = reader.GetString()!;
        bool isElsewhere = JsonFieldNames.IsPackedElsewhere(_paths.PathOf(path));
        if (text.AsSpan().TrimStart()[0] == '{')
        {
            byte[] json = Encoding.UTF8.GetBytes(text);
            if (!IsData(json, isElsewhere))
            {
                return false;
            }

            var inner = new Utf8JsonReader(json, _options);
            inner.Read();
            problem = ReadObject(ref inner, _packedFrames, isElsewhere ? JsonPaths.Root : path);
            return true;
        }

        if (!PackedXml.TryRead(text, _unpacked))
        {
            return false;
        }

        int data = isElsewhere ? _paths.Child(JsonPaths.Root, "EventData"u8) : path;
        foreach ((string name, string value) in _unpacked)
        {
            int child = data < 0 ? -1 : _paths.Child(data, Utf8Of(name));
            if (child < 0)
            {
                problem = TooManyNames;
                return true;
            }

            Add(child, Record.NewValue(Record.Copy(value), value.Length));
        }

        return true;
    }

    // Whole JSON, of which nothing but data stands at the top where that is the top of the event: a text that a program wrote sets no header.
    private bool IsData(byte[] text, bool isTop)
    {
        var reader = new Utf8JsonReader(text, _options);
        try
        {
            bool isData = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
                isData &= !isTop || reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || reader.ValueTextEquals("EventData"u8) || reader.ValueTextEquals("UserData"u8);
            }

            return isData;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // An object of Properties is one position; a SID is an object within it, of which the value is the last.
    private void Position(int path, int value)
    {
        _positions.Add((path, value));
        ReadOnlySpan<char> text = _paths.PathOf(path);
        if (text is "StringInserts")
        {
            _slots.Add(value);
        }
        else if (_slots.Count > 0 && text is "Properties.Value" or "Properties.Value.Value" && _slots[^1] == NullValue)
        {
            _slots[^1] = value;
        }
    }

    // Values by position get the names of the event's template where that is known, and else stay under their own path.
    private bool NamePositions()
    {
        ReadOnlySpan<char> provider = Header("Provider_Name"), id = Header("EventID");
        if (!int.TryParse(id, out int eventId) || EventTemplates.Names(provider, eventId, _slots.Count) is not { } names)
        {
            foreach ((int path, int value) in _positions)
            {
                Add(path, value);
            }

            return true;
        }

        int data = _paths.Child(JsonPaths.Root, "EventData"u8);
        for (int i = 0; i < names.Length; i++)
        {
            int path = data < 0 ? -1 : _paths.Child(data, Utf8Of(names[i]));
            if (path < 0)
            {
                return false;
            }

            Add(path, _slots[i]);
        }

        return true;
    }

    private ReadOnlySpan<char> Header(string name)
    {
        foreach ((int path, int value) in _values)
        {
            if (value != NullValue && _paths.FieldOf(path) is { Section: JsonSection.System } field && field.Name == name)
            {
                return Record.TextOf(value);
            }
        }

        return default;
    }

    // Data with a name becomes a field of that name, data without one a value of the list's own field.
    private bool EndPair(Frame frame)
    {
        int path = frame.Path;
        if (frame.Name >= 0)
        {
            ReadOnlySpan<char> name = Record.Text(frame.Name, frame.NameLength);
            path = _paths.Child(_paths.ParentOf(frame.Path), Utf8Of(name));
            if (path < 0)
            {
                return false;
            }

            if (frame.Texts == _pairTexts.Count)
            {
                Add(path, Record.NewValue(0, 0));
            }
        }

        for (int i = frame.Texts; i < _pairTexts.Count; i++)
        {
            Add(path, _pairTexts[i].Value);
        }

        _pairTexts.RemoveRange(frame.Texts, _pairTexts.Count - frame.Texts);
        return true;
    }

    private void Add(int path, int value)
    {
        _values.Add((path, value));
        if (_metIn[path] != _record)
        {
            _metIn[path] = _record;
            _met.Add(path);
            ulong mixed = ((ulong)path + 1) * 0x9E3779B97F4A7C15;
            mixed ^= mixed >> 29;
            ShapeHash += mixed * 0xBF58476D1CE4E5B9;
        }
    }

    private ReadOnlySpan<byte> NameOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        int length = JsonText.Decode(reader.ValueSpan, isEscaped: true, Record, out int start);
        return Utf8Of(Record.Text(start, length));
    }

    private ReadOnlySpan<byte> Utf8Of(ReadOnlySpan<char> name)
    {
        int most = Encoding.UTF8.GetMaxByteCount(name.Length);
        if (_nameBytes.Length < most)
        {
            _nameBytes = new byte[most];
        }

        return _nameBytes.AsSpan(0, Encoding.UTF8.GetBytes(name, _nameBytes));
    }

    private struct Frame
    {
        public int Path;
        public bool IsArray;

        /// <summary>An object that holds a name and its text.</summary>
        public bool IsPair;

        /// <summary>Such an object, or something within it.</summary>
        public bool IsInPair;

        /// <summary>Where the name stands in the record's text; -1 as long as there is none.</summary>
        public int Name;
        public int NameLength;

        /// <summary>How many texts were waiting when the object began.</summary>
        public int Texts;
    }
}
