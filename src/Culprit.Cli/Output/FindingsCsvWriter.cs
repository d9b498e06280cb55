using System.Globalization;
using System.Text;
using Culprit.Cli.Summary;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Cli.Output;

/// <summary>
/// Writes findings for a spreadsheet (RFC 4180). Every cell is on one line, and none can be taken for a formula: the
/// text of a record is written by whoever broke in.
/// </summary>
internal sealed class FindingsCsvWriter
{
    private const int FlushAt = 64 * 1024;

    private readonly Stream _output;
    private readonly StringBuilder _buffer = new(FlushAt * 2);

    public FindingsCsvWriter(Stream output)
    {
        _output = output;
        Row(
            "time", "time_certainty", "level", "rule_title", "host", "account", "matched", "attack", "channel", "provider", "event_id",
            "record_id", "path", "offset", "length", "sha256", "place_count", "rule_id");
    }

    /// <summary>Writes one finding.</summary>
    public void Write(Finding finding)
    {
        EvidencePlace place = finding.Places[0];
        Row(
            Words.Iso(finding.Time), Words.Certainty(finding.Time.Certainty), Words.Level(finding.Rule.Level), finding.Rule.Title,
            finding.Host, finding.Account, Matched(finding), string.Join(' ', finding.Rule.Attack.Ids), finding.Channel, finding.Provider,
            finding.EventId > 0 ? Number(finding.EventId) : "", finding.RecordId >= 0 ? Number(finding.RecordId) : "",
            place.Source.Path, Number(place.Offset), Number(place.Length), place.Source.Sha256, Number(finding.PlaceCount), finding.Rule.Id);
        if (_buffer.Length >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Hands on what is buffered.</summary>
    public void Flush()
    {
        _output.Write(Encoding.UTF8.GetBytes(_buffer.ToString()));
        _buffer.Clear();
    }

    /// <summary>One cell, as <see cref="CsvText.Cell"/> writes it.</summary>
    internal static string Cell(string value) => CsvText.Cell(value);

    private static string Matched(Finding finding) =>
        string.Join("; ", finding.Matched.Select(static m => m.Field.Length > 0 ? $"{m.Field}: {m.Value}" : m.Value));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Row(params ReadOnlySpan<string> cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            _buffer.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));
        }

        _buffer.Append("\r\n");
    }
}
