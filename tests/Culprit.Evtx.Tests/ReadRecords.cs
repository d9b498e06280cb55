using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Culprit.Evtx.Tests;

/// <summary>A value of a field as the view gave it.</summary>
internal sealed record ReadField(string Name, string Path, EvtxFieldOrigin Origin, IReadOnlyList<string> Values);

/// <summary>Everything that the reader says about one record, kept for comparison.</summary>
internal sealed record ReadRecord(
    ulong Id, long Offset, int Length, bool IsSlack, string Xml, string Json, IReadOnlyList<ReadField> Fields)
{
    /// <summary>The values of all fields of a name, joined with '|'; null where there is none.</summary>
    public string? this[string name]
    {
        get
        {
            ReadField[] named = [.. Fields.Where(f => string.Equals(f.Name, name, StringComparison.Ordinal))];
            return named.Length == 0 ? null : string.Join('|', named.SelectMany(f => f.Values));
        }
    }
}

/// <summary>Keeps every record.</summary>
internal sealed class RecordCollector : IEvtxVisitor
{
    private readonly EvtxTextBuffer _buffer = new();
    private readonly ArrayBufferWriter<byte> _json = new();

    public List<ReadRecord> Records { get; } = [];

    public void Visit(scoped in EvtxRecord record)
    {
        _buffer.Reset();
        var fields = new List<ReadField>();
        for (int i = 0; i < record.Layout.Fields.Count; i++)
        {
            EvtxField field = record.Layout.Fields[i];
            var values = new List<string>();
            while (record.TryGetText(i, values.Count, _buffer, out ReadOnlySpan<char> text))
            {
                values.Add(text.ToString());
            }

            Assert.Equal(record.IsPresent(i), values.Count > 0);
            if (values.Count > 0)
            {
                fields.Add(new ReadField(field.Name, field.Path, field.Origin, values));
            }
        }

        using var xml = new StringWriter();
        record.WriteXml(xml);
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            record.WriteJson(writer);
        }

        Records.Add(new ReadRecord(
            record.RecordId,
            record.Offset,
            record.Length,
            record.IsSlack,
            xml.ToString(),
            Encoding.UTF8.GetString(_json.WrittenSpan),
            fields));
    }

    public static List<ReadRecord> Read(byte[] file, List<EvtxProblem>? problems = null, EvtxOptions? options = null)
    {
        var collector = new RecordCollector();
        using var stream = new MemoryStream(file);
        EvtxFiles.Read(stream, collector, options ?? EvtxOptions.Default, problems ?? []);
        return collector.Records;
    }

    public static List<ReadRecord> ReadFile(string path, List<EvtxProblem>? problems = null)
    {
        var collector = new RecordCollector();
        EvtxFiles.Read(path, collector, EvtxOptions.Default, problems ?? []);
        return collector.Records;
    }
}
