using System.Text;
using System.Text.Json;
using Culprit.Evidence.Formats.Text;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>
/// Reads one JSON object into a record: every scalar becomes a value of the field that its path means, the members of
/// an array become several values of one field. Nothing is allocated once its buffers have grown.
/// </summary>
internal sealed class JsonRecordReader(EvidenceOptions options)
{
    private const int NullValue = -1;
    private const int MaxValues = 100_000;

    private readonly Frame[] _frames = new Frame[options.MaxJsonDepth + 2];
    private readonly JsonReaderOptions _options = new() { MaxDepth = options.MaxJsonDepth };
    private readonly List<(int Path, int Value)> _values = [];
    private readonly List<(int Path, int Value)> _pairTexts = [];
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

            problem = ReadObject(ref reader);
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

    private string ReadObject(ref Utf8JsonReader reader)
    {
        int depth = 0;
        int pending = JsonPaths.Root;
        _frames[0] = new Frame { Path = JsonPaths.Root, Name = -1 };
        while (reader.Read())
        {
            ref Frame frame = ref _frames[depth];
            int path = frame.IsArray ? frame.Path : pending;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    pending = _paths.Child(frame.Path, NameOf(ref reader));
                    if (pending < 0)
                    {
                        return "an object with too many names";
                    }

                    break;
                case JsonTokenType.StartObject:
                    bool isPair = _paths.IsPairs(path);
                    _frames[++depth] = new Frame
                    {
                        Path = path,
                        IsPair = isPair,
                        IsInPair = isPair || frame.IsInPair,
                        Name = -1,
                        Texts = _pairTexts.Count,
                    };
                    break;
                case JsonTokenType.StartArray:
                    _frames[++depth] = new Frame { Path = path, IsArray = true, IsInPair = frame.IsInPair, Name = -1 };
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    if (frame.IsPair)
                    {
                        if (!EndPair(frame))
                        {
                            return "an object with too many names";
                        }
                    }

                    depth--;
                    break;
                default:
                    Value(ref reader, path, depth, frame.IsInPair);
                    break;
            }

            if (_values.Count > MaxValues)
            {
                return $"an object with more than {MaxValues} values";
            }
        }

        return "";
    }

    private void Value(ref Utf8JsonReader reader, int path, int depth, bool isInPair)
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

        if (isInPair && role != JsonPathRole.Value)
        {
            if (role == JsonPathRole.DataText)
            {
                _pairTexts.Add((path, value));
                return;
            }

            while (!_frames[depth].IsPair)
            {
                depth--;
            }

            _frames[depth].Name = start;
            _frames[depth].NameLength = length;
            return;
        }

        Add(path, value);
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
