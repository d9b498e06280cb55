namespace Culprit.Sigma.Syntax;

/// <summary>Collects the diagnostics of one file, each with the line that it speaks of.</summary>
internal sealed class DiagnosticSink(string path)
{
    // A longer line is cut: it is shown to people.
    private const int MaxLine = 300;

    private readonly List<SigmaDiagnostic> _diagnostics = [];
    private string _text = "";
    private List<int>? _lineStarts;

    public string Path { get; } = path;

    public IReadOnlyList<SigmaDiagnostic> Diagnostics => _diagnostics;

    public int ErrorCount { get; private set; }

    /// <summary>The text that lines are shown from.</summary>
    public void SetText(string text) => _text = text;

    public SigmaLocation At(YamlNode node) => new(Path, node.Line, node.Column);

    public void Report(DiagnosticKind kind, YamlNode at, string message, string help = "") =>
        Report(kind, at.Line, at.Column, message, help);

    /// <summary>Reports at <paramref name="offset"/> characters into a scalar, where its text stands in one line as it is.</summary>
    public void Report(DiagnosticKind kind, YamlScalar at, int offset, string message, string help = "")
    {
        bool inLine = at.Style != ScalarStyle.Block && !at.Value.AsSpan().ContainsAny('\n', '\'', '"');
        int column = inLine ? at.Column + offset + (at.Style == ScalarStyle.Quoted ? 1 : 0) : at.Column;
        Report(kind, at.Line, column, message, help);
    }

    public void Report(DiagnosticKind kind, int line, int column, string message, string help = "")
    {
        if (kind.Severity == SigmaSeverity.Error)
        {
            ErrorCount++;
        }

        _diagnostics.Add(new(kind.Code, kind.Severity, new(Path, line, column), message, help, LineText(line)));
    }

    /// <summary>The text of a line (from 1); empty where there is none.</summary>
    public string LineText(int line)
    {
        if (line < 1)
        {
            return "";
        }

        if (_lineStarts is null)
        {
            _lineStarts = [0];
            for (int i = _text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = _text.IndexOf('\n', i + 1))
            {
                _lineStarts.Add(i + 1);
            }
        }

        if (line > _lineStarts.Count)
        {
            return "";
        }

        int start = _lineStarts[line - 1];
        int end = line < _lineStarts.Count ? _lineStarts[line] - 1 : _text.Length;
        return _text[start..Math.Min(end, start + MaxLine)].TrimEnd('\r');
    }
}
