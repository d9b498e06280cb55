using Culprit.Evidence.Formats.Text;
using Culprit.Evidence.Reading;
using Culprit.Primitives;

namespace Culprit.Evidence.Formats.WebLogs;

/// <summary>
/// Reads W3C extended logs as IIS writes them. A <c>-</c> stands for no value. IIS writes each space in a value as
/// <c>+</c>: a user agent has the text with spaces as its first value and the text as written as its second, because
/// rules are written for either. Other values stay as written, but for the quotes in which proxies put those with spaces. Times are UTC by the format's definition.
/// </summary>
internal sealed class W3cParser
{
    private const int MaxLayouts = 256;
    private const string DateFromDirective = "lines without a date: the date is that of the last #Date directive";

    private readonly Dictionary<(string Fields, string Service), W3cColumns> _known = [];
    private readonly RecordFrame _frame = new();
    private readonly TextRecord _record = new();
    private readonly List<(int Start, int Length)> _tokens = [];

    /// <summary>Reads a unit of whole lines.</summary>
    public void Parse(WorkUnit unit, UnitOutput output)
    {
        var context = (W3cContext)unit.Context!;
        W3cColumns columns = Columns(context);
        var lines = new LineReader(unit);
        while (lines.MoveNext())
        {
            if (lines.Line.IsEmpty)
            {
                continue;
            }

            long offset = unit.Offset + lines.Start;
            _record.Clear();
            int length = TextUnits.Decode(lines.Line, unit.State.Encoding, _record, out int start);
            if (_record.Text(start, length)[0] == '#')
            {
                context = context.After(_record.Text(start, length));
                columns = Columns(context);
                continue;
            }

            string problem = Read(columns, start, length);
            if (problem.Length > 0)
            {
                output.Tally.CountBad(offset, problem);
                continue;
            }

            EventTime time = Time(columns, context, output.Tally);
            RecordView view = _frame.View(unit.State.Source, _record, offset, lines.Line.Length, lines.Number, time);
            output.Accept(in view);
        }
    }

    private W3cColumns Columns(W3cContext context)
    {
        (string, string) key = (context.Fields, context.Service);
        if (!_known.TryGetValue(key, out W3cColumns? columns))
        {
            if (_known.Count >= MaxLayouts)
            {
                _known.Clear();
            }

            columns = new W3cColumns(context.Fields, context.Service);
            _known.Add(key, columns);
        }

        return columns;
    }

    private string Read(W3cColumns columns, int start, int length)
    {
        if (columns.Count == 0)
        {
            return "a line before any #Fields directive";
        }

        Split(start, length, areQuoted: false);
        if (_tokens.Count != columns.Count)
        {
            int plain = _tokens.Count;
            Split(start, length, areQuoted: true);
            if (_tokens.Count != columns.Count)
            {
                return $"a line of {plain} values under {columns.Count} columns";
            }
        }

        _record.Start(columns.Layout);
        for (int i = 0; i < _tokens.Count; i++)
        {
            (int from, int count) = _tokens[i];
            if (IsThere(i))
            {
                if (i == columns.UserAgent)
                {
                    AddAgent(i, from, count);
                }
                else
                {
                    _record.Set(i, from, count);
                }
            }
        }

        AddUri(columns);
        _record.Set(columns.Raw, start, length);
        return "";
    }

    // Proxies put values with spaces into quotes. IIS writes no spaces, and quotes that somebody sent as they are.
    private void Split(int start, int length, bool areQuoted)
    {
        _tokens.Clear();
        ReadOnlySpan<char> line = _record.Text(start, length);
        int at = 0;
        while (at < line.Length)
        {
            int closing = areQuoted && line[at] == '"' ? line[(at + 1)..].IndexOf('"') + at + 1 : at;
            if (closing > at)
            {
                _tokens.Add((start + at + 1, closing - at - 1));
                at = closing + 1;
                continue;
            }

            int step = line[at..].IndexOfAny(' ', '\t');
            int end = step < 0 ? line.Length : at + step;
            if (end > at)
            {
                _tokens.Add((start + at, end - at));
            }

            at = end + 1;
        }
    }

    private bool IsThere(int column) =>
        column >= 0 && (_tokens[column].Length != 1 || _record.Text(_tokens[column].Start, 1)[0] != '-');

    private void AddAgent(int field, int from, int count)
    {
        if (_record.Text(from, count).Contains('+'))
        {
            Span<char> room = _record.Room(count);
            _record.Text(from, count).Replace(room, '+', ' ');
            _record.Set(field, _record.Keep(count), count);
        }

        _record.Set(field, from, count);
    }

    private void AddUri(W3cColumns columns)
    {
        if (columns.WholeUri >= 0 && IsThere(columns.Stem))
        {
            (int from, int count) = _tokens[columns.Stem];
            if (IsThere(columns.Query))
            {
                (int queryFrom, int queryCount) = _tokens[columns.Query];
                Span<char> room = _record.Room(count + 1 + queryCount);
                _record.Text(from, count).CopyTo(room);
                room[count] = '?';
                _record.Text(queryFrom, queryCount).CopyTo(room[(count + 1)..]);
                count += 1 + queryCount;
                from = _record.Keep(count);
            }

            _record.Set(columns.WholeUri, from, count);
        }
        else if (columns.UriStem >= 0 && IsThere(columns.Uri))
        {
            (int from, int count) = _tokens[columns.Uri];
            int mark = _record.Text(from, count).IndexOf('?');
            _record.Set(columns.UriStem, from, mark < 0 ? count : mark);
            if (mark >= 0)
            {
                _record.Set(columns.UriStem + 1, from + mark + 1, count - mark - 1);
            }
        }
    }

    private EventTime Time(W3cColumns columns, W3cContext context, UnitTally tally)
    {
        long ofDay = 0;
        if (columns.Time < 0 || !TimeText.TryParseTimeOfDay(_record.Text(_tokens[columns.Time].Start, _tokens[columns.Time].Length), out ofDay))
        {
            return EventTime.Unknown;
        }

        if (columns.Date >= 0
            && TimeText.TryParseDate(_record.Text(_tokens[columns.Date].Start, _tokens[columns.Date].Length), out long date))
        {
            return new EventTime(date + ofDay, TimeCertainty.Exact);
        }

        if (context.DateTicks < 0)
        {
            return EventTime.Unknown;
        }

        tally.Assume(DateFromDirective);
        return new EventTime(context.DateTicks + ofDay, TimeCertainty.DateAssumed);
    }
}
