using System.Buffers;
using System.Text;

namespace Culprit.Sigma.Syntax;

/// <summary>
/// Reads the plain block style in which nearly all rules are written, several times faster than a whole YAML reader. It
/// understands a part of YAML and knows where that part ends: whatever it is not sure of it leaves alone, and
/// <see cref="YamlDocuments"/> reads the file instead. What it does read, both read alike.
/// </summary>
internal sealed class PlainYaml
{
    // Line breaks other than LF, tabs, control characters and marks that YAML gives a meaning or forbids.
    private static readonly SearchValues<char> Unusual = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c != '\n').Select(c => (char)c), .. Enumerable.Range(0x7F, 0x22).Select(c => (char)c), '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    private static readonly SearchValues<char> UnusualInKeys = SearchValues.Create("#*&!?,[]{}'\"`%@>");

    private const int MaxKey = 256;

    private readonly string _text;

    // The line that is looked at: where it starts and ends, how far its content is indented. Blank and comment lines are passed over.
    private int _lineStart;
    private int _lineEnd;
    private int _indent;
    private int _line;
    private bool _atEnd;

    // A line that begins like a mark between documents, but is not the plain "---".
    private bool _strangeMark;

    private PlainYaml(string text) => _text = text;

    /// <summary>The documents of a file; null where another reader must say what they are.</summary>
    public static List<YamlNode>? TryRead(string text)
    {
        if (text.AsSpan().ContainsAny(Unusual))
        {
            return null;
        }

        var reader = new PlainYaml(text) { _lineEnd = -1 };
        reader.NextLine();
        var documents = new List<YamlNode>();
        while (!reader._atEnd)
        {
            if (reader.IsDocumentStart())
            {
                // Without content before it, the mark begins the first document.
                reader.NextLine();
                if (reader._atEnd || reader.IsDocumentStart())
                {
                    return null;
                }
            }

            if (reader._indent != 0 || reader.ReadNode(0, 0) is not YamlMapping document || !(reader._atEnd || reader.IsDocumentStart()))
            {
                return null;
            }

            documents.Add(document);
        }

        return documents.Count == 0 || reader._strangeMark ? null : documents;
    }

    private ReadOnlySpan<char> Line => _text.AsSpan(_lineStart, _lineEnd - _lineStart);

    private bool IsDocumentStart() => _indent == 0 && Line.TrimEnd(' ') is "---";

    // Moves to the next line with content.
    private void NextLine()
    {
        do
        {
            if (_lineEnd >= _text.Length)
            {
                _atEnd = true;
                _indent = -1;
                return;
            }

            _lineStart = _lineEnd + 1;
            int end = _lineStart >= _text.Length ? -1 : _text.IndexOf('\n', _lineStart);
            _lineEnd = end < 0 ? _text.Length : end;
            _line++;
            int content = Line.IndexOfAnyExcept(' ');
            _indent = content < 0 ? int.MaxValue : content;
        }
        while (_indent == int.MaxValue || Line[_indent] == '#');
        _strangeMark |= _indent == 0 && (Line.StartsWith("...", StringComparison.Ordinal) || (Line.StartsWith("---", StringComparison.Ordinal) && !IsDocumentStart()));
    }

    // A map or a list that begins in this line at this column.
    private YamlNode? ReadNode(int column, int depth)
    {
        if (depth > YamlDocuments.MaxDepth)
        {
            return null;
        }

        return IsDash(column) ? ReadSequence(column, depth) : ReadMapping(column, depth);
    }

    private bool IsDash(int column) => Line[column] == '-' && (column + 1 == Line.Length || Line[column + 1] == ' ');

    private YamlSequence? ReadSequence(int column, int depth)
    {
        var sequence = new YamlSequence(_line, column + 1);
        while (true)
        {
            if (ReadItem(column, depth) is not { } item)
            {
                return null;
            }

            sequence.Add(item);
            if (_indent < column || _indent == column && !IsDash(column) || _atEnd || IsDocumentStart())
            {
                return sequence;
            }

            if (_indent > column)
            {
                return null;
            }
        }
    }

    private YamlNode? ReadItem(int column, int depth)
    {
        int line = _line;
        int content = SkipSpaces(column + 1);
        if (content < 0)
        {
            NextLine();
            return _indent > column && !_atEnd ? ReadNode(_indent, depth + 1) : Empty(line, column + 2);
        }

        if (IsDash(content) || FindKeyEnd(content) >= 0)
        {
            return ReadNode(content, depth + 1);
        }

        return ReadScalar(content, column);
    }

    private YamlMapping? ReadMapping(int column, int depth)
    {
        var mapping = new YamlMapping(_line, column + 1);
        while (true)
        {
            if (!ReadEntry(mapping, column, depth))
            {
                return null;
            }

            if (_indent < column || _atEnd || IsDocumentStart())
            {
                return mapping;
            }

            if (_indent > column || IsDash(column))
            {
                return null;
            }
        }
    }

    private bool ReadEntry(YamlMapping mapping, int column, int depth)
    {
        int colon = FindKeyEnd(column);
        if (colon < 0 || ReadKey(column, colon) is not { } key || key.Value == "<<" || mapping.Contains(key.Value))
        {
            return false;
        }

        int line = _line;
        int content = SkipSpaces(colon + 1);
        YamlNode? value;
        if (content >= 0)
        {
            value = ReadScalar(content, column);
        }
        else
        {
            NextLine();
            bool nested = !_atEnd && (_indent > column || (_indent == column && IsDash(column) && !IsDocumentStart()));
            value = nested ? ReadNode(_indent, depth + 1) : Empty(line, colon + 2);
        }

        if (value is null)
        {
            return false;
        }

        mapping.Add(key, value);
        return mapping.Weight <= YamlDocuments.MaxNodes;
    }

    private static YamlScalar Empty(int line, int column) => new("", ScalarStyle.Plain, line, column);

    // The column of content after spaces; -1 where only a comment or nothing follows.
    private int SkipSpaces(int column)
    {
        if (column >= Line.Length)
        {
            return -1;
        }

        int content = Line[column..].IndexOfAnyExcept(' ');
        return content < 0 || Line[column + content] == '#' ? -1 : column + content;
    }

    // The column of the colon that ends a key which begins here; -1 where there is none.
    private int FindKeyEnd(int column)
    {
        ReadOnlySpan<char> line = Line;
        int from = column;
        if (line[column] is '\'' or '"')
        {
            int close = CloseQuote(column);
            if (close < 0)
            {
                return -1;
            }

            from = close + 1;
            return from < line.Length && line[from] == ':' && (from + 1 == line.Length || line[from + 1] == ' ') ? from : -1;
        }

        while (true)
        {
            int colon = line[from..].IndexOf(':');
            if (colon < 0)
            {
                return -1;
            }

            from += colon;
            if (from + 1 == line.Length || line[from + 1] == ' ')
            {
                // After " #" everything is comment.
                return line[column..from].Contains(" #", StringComparison.Ordinal) ? -1 : from;
            }

            from++;
        }
    }

    private YamlScalar? ReadKey(int column, int colon)
    {
        if (colon - column > MaxKey)
        {
            return null;
        }

        ReadOnlySpan<char> text = Line[column..colon];
        if (text.Length > 0 && text[0] is '\'' or '"')
        {
            return Unquote(text, _line, column);
        }

        // Signs that mean something elsewhere in YAML are rare in keys, and readers differ about them there.
        return IsPlainStart(text) && !text.ContainsAny(UnusualInKeys) ? new(text.TrimEnd(' ').ToString(), ScalarStyle.Plain, _line, column + 1) : null;
    }

    // A value that begins in this line; moves to the next line. The parent's column says how deep a block must be indented.
    private YamlScalar? ReadScalar(int column, int parent)
    {
        ReadOnlySpan<char> text = Line[column..];
        switch (text[0])
        {
            case '|':
                return ReadLiteral(column, parent);
            case '\'' or '"':
                int close = CloseQuote(column);
                if (close < 0 || (close + 1 < Line.Length && (Line[close + 1] != ' ' || SkipSpaces(close + 1) >= 0)))
                {
                    return null;
                }

                YamlScalar? quoted = Unquote(Line[column..(close + 1)], _line, column);
                NextLine();
                return quoted;
            default:
                return ReadPlain(text, column, parent);
        }
    }

    private YamlScalar? ReadPlain(ReadOnlySpan<char> text, int column, int parent)
    {
        int comment = text.IndexOf(" #", StringComparison.Ordinal);
        text = (comment < 0 ? text : text[..comment]).TrimEnd(' ');
        if (!IsPlainStart(text) || text.Contains(": ", StringComparison.Ordinal) || text[^1] == ':')
        {
            return null;
        }

        var scalar = new YamlScalar(text.ToString(), ScalarStyle.Plain, _line, column + 1);
        NextLine();

        // A deeper line would go on with the text.
        return _indent > parent ? null : scalar;
    }

    private static bool IsPlainStart(ReadOnlySpan<char> text) => text.Length > 0 && text[0] switch
    {
        '-' => text.Length > 1 && text[1] != ' ',
        '?' or ':' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' or ' ' => false,
        _ => true,
    };

    private int CloseQuote(int column)
    {
        ReadOnlySpan<char> line = Line;
        char quote = line[column];
        for (int i = column + 1; i < line.Length; i++)
        {
            if (quote == '"' && line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == quote)
            {
                if (quote == '"' || i + 1 >= line.Length || line[i + 1] != '\'')
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }

    private static YamlScalar? Unquote(ReadOnlySpan<char> quoted, int line, int column)
    {
        ReadOnlySpan<char> inner = quoted[1..^1];
        if (quoted[0] == '\'')
        {
            return new(inner.Contains('\'') ? inner.ToString().Replace("''", "'", StringComparison.Ordinal) : inner.ToString(), ScalarStyle.Quoted, line, column + 1);
        }

        if (!inner.Contains('\\'))
        {
            return new(inner.ToString(), ScalarStyle.Quoted, line, column + 1);
        }

        var text = new StringBuilder(inner.Length);
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
            }
            else if (++i < inner.Length && inner[i] is '\\' or '"')
            {
                text.Append(inner[i]);
            }
            else
            {
                return null;
            }
        }

        return new(text.ToString(), ScalarStyle.Quoted, line, column + 1);
    }

    // A literal block: its lines as they stand, without the indentation of the first.
    private YamlScalar? ReadLiteral(int column, int parent)
    {
        ReadOnlySpan<char> header = Line[column..].TrimEnd(' ');
        if (header is not ("|" or "|-"))
        {
            return null;
        }

        int line = _line;
        var text = new StringBuilder();
        int depth = -1;
        int blank = 0;
        while (true)
        {
            if (_lineEnd >= _text.Length)
            {
                // Whether a block that the file's end cuts off ends with a line break is a question of its own.
                return null;
            }

            int start = _lineEnd + 1;
            int end = start >= _text.Length ? -1 : _text.IndexOf('\n', start);
            ReadOnlySpan<char> next = _text.AsSpan(start, (end < 0 ? _text.Length : end) - start);
            int indent = next.IndexOfAnyExcept(' ');
            if (indent < 0)
            {
                if (start >= _text.Length || end < 0)
                {
                    break;
                }

                if (next.Length > 0 && (depth < 0 || next.Length > depth))
                {
                    return null;
                }

                blank++;
            }
            else if (depth < 0 && indent <= parent)
            {
                return null;
            }
            else if (indent < (depth < 0 ? indent : depth))
            {
                break;
            }
            else
            {
                if (end < 0 || (depth < 0 && blank > 0))
                {
                    return null;
                }

                depth = depth < 0 ? indent : depth;
                text.Append('\n', blank).Append(next[depth..]).Append('\n');
                blank = 0;
            }

            _lineStart = start;
            _lineEnd = end;
            _line++;
        }

        if (depth < 0)
        {
            return null;
        }

        if (header.Length == 2)
        {
            text.Length--;
        }

        NextLine();
        return _indent > parent && !_atEnd ? null : new(text.ToString(), ScalarStyle.Block, line, column + 1);
    }
}
