using System.Collections.Immutable;

namespace Culprit.Knowledge.Indicators;

/// <summary>Reads one file, told by its content, and accounts for each of its values.</summary>
internal sealed class IndicatorReading
{
    // A file of MISP may name as many types as it has attributes.
    private const int MaxReasons = 500;
    private const int MaxWarnings = 100;

    private readonly IndicatorCollector _collector;
    private readonly ImmutableArray<IndicatorRefusal>.Builder _refusals = ImmutableArray.CreateBuilder<IndicatorRefusal>();
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private int _read;
    private int _refused;

    private IndicatorReading(IndicatorCollector collector) => _collector = collector;

    /// <summary>Reads a file into <paramref name="collector"/>.</summary>
    public static IndicatorFileReport Read(IndicatorFile file, IndicatorCollector collector)
    {
        var reading = new IndicatorReading(collector);
        bool packed = file.Name.EndsWith(IndicatorFile.PackedEnding, StringComparison.OrdinalIgnoreCase);
        ReadOnlyMemory<byte> text = packed ? file.Content : MarkedText.AsUtf8(file.Content);
        ReadOnlySpan<byte> content = text.Span;
        string format = "list", error = "";
        try
        {
            if (packed || content.StartsWith(PackedText.Header))
            {
                format = "facts";
                PackedIndicators facts = PackedIndicators.Parse(content.StartsWith(PackedText.Header) ? content.ToArray() : IndicatorSet.Unpack(new MemoryStream(content.ToArray())), foreign: true);
                collector.Add(facts);
                reading._read = facts.Count;
            }
            else if (XmlText.IsXml(content))
            {
                format = "XML";
                throw new InvalidDataException($"it is {(XmlText.IsOpenIoc(content) ? "XML (OpenIOC)" : "XML")}, which is not read: give one value a line, STIX, MISP JSON or a table");
            }
            else if (JsonLists.IsJson(content))
            {
                JsonLists.Read(text, NameOf(file.Name), reading, collector, out format);
            }
            else if (TableReader.TryRead(text, NameOf(file.Name), reading))
            {
                format = "CSV";
            }
            else
            {
                ListReader.Read(content, NameOf(file.Name), reading, collector);
            }
        }
        catch (InvalidDataException e)
        {
            error = e.Message;
        }

        return new IndicatorFileReport(file.Name, format, reading._read, reading._refused, reading._refusals.DrainToImmutable(), [.. reading._reasons], error) { Warnings = [.. reading._warnings] };
    }

    /// <summary>Says, once in a file, what is taken otherwise than it may be meant.</summary>
    public void Warn(string what)
    {
        if (_warnings.Count < MaxWarnings)
        {
            _warnings.Add(what);
        }
    }

    /// <summary>Takes a value or accounts for its refusal.</summary>
    public void Take(string list, string written, ReadValue value, int line, string? url, int? year) => Take([list], written, value, line, url, year);

    /// <summary>Takes a value of one or several lists, or accounts for its refusal.</summary>
    public void Take(ReadOnlySpan<string> lists, string written, ReadValue value, int line, string? url, int? year)
    {
        if (value.Value.Length > 0)
        {
            _read++;
            foreach (string list in lists)
            {
                _collector.Add(list, value.Kind, value.Value, url, year);
            }

            return;
        }

        _refused++;
        string reason = _reasons.Count < MaxReasons || _reasons.ContainsKey(value.Refusal) ? value.Refusal : "is refused for one of many other reasons";
        _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        if (_refusals.Count < IndicatorFileReport.MaxRefusals)
        {
            _refusals.Add(new IndicatorRefusal(line, written.Length > 200 ? written[..200] : written, value.Refusal));
        }
    }

    private static string NameOf(string file)
    {
        int dot = file.LastIndexOf('.');
        return dot > 0 ? file[..dot] : file;
    }
}
