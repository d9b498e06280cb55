using System.Buffers;
using System.Text.Json;
using Culprit.Evtx;

namespace Culprit.Fuzz;

/// <summary>Reads bytes as a file and as a chunk, every field and both trees, and checks what must hold whatever the bytes are.</summary>
public static class ChunkTarget
{
    private static readonly EvtxOptions Options = new() { IncludeSlack = true };

    /// <summary>Runs the target; an exception is a crash.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> chunk = input[..Math.Min(input.Length, EvtxFormat.ChunkSize)];
        string first = ReadChunk(chunk);
        if (!string.Equals(first, ReadChunk(chunk), StringComparison.Ordinal))
        {
            throw new InvalidOperationException("the same chunk read twice gives two results");
        }

        ReadFile(input.ToArray());
    }

    private static string ReadChunk(ReadOnlySpan<byte> chunk)
    {
        var visitor = new Visitor();
        var problems = new List<EvtxProblem>();
        EvtxChunkResult result = new EvtxChunkReader(new EvtxLayoutCache(), Options).Read(chunk, 0, visitor, problems);
        if (visitor.Count != result.Good + result.Slack)
        {
            throw new InvalidOperationException("the counts are not those of the records");
        }

        return $"{result} {visitor.Characters} {problems.Count}";
    }

    private static void ReadFile(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var units = new EvtxStreamReader(stream);
        byte[] buffer = new byte[EvtxFormat.ChunkSize];
        long end = 0;
        while (units.TryReadUnit(buffer, out EvtxUnit unit))
        {
            if (unit.Offset != end || unit.Length <= 0)
            {
                throw new InvalidOperationException("the units do not cover the file");
            }

            end += unit.Length;
        }

        if (end != file.Length)
        {
            throw new InvalidOperationException("the units do not cover the file");
        }
    }

    private sealed class Visitor : IEvtxVisitor
    {
        private readonly EvtxTextBuffer _buffer = new();
        private readonly ArrayBufferWriter<byte> _json = new();

        public int Count { get; private set; }

        public long Characters { get; private set; }

        public void Visit(scoped in EvtxRecord record)
        {
            Count++;
            _buffer.Reset();
            for (int i = 0; i < record.Layout.Fields.Count; i++)
            {
                for (int k = 0; record.TryGetText(i, k, _buffer, out ReadOnlySpan<char> text); k++)
                {
                    Characters += text.Length;
                }

                record.TryGetUInt64(i, out _);
                record.TryGetFileTime(i, out _);
            }

            using var xml = new StringWriter();
            record.WriteXml(xml);
            System.Xml.Linq.XElement.Parse(xml.ToString());
            _json.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(_json))
            {
                record.WriteJson(writer);
            }

            using JsonDocument document = JsonDocument.Parse(_json.WrittenMemory);
            Characters += _json.WrittenCount;
        }
    }
}
