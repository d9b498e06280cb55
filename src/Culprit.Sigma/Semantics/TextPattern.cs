using System.Collections.Immutable;
using System.Text;

namespace Culprit.Sigma.Semantics;

/// <summary>
/// A text with wildcards while modifiers work on it. Where <see cref="IsBytes"/>, each character of a literal stands for
/// one byte (Latin-1), as the UTF-16 modifiers leave it for Base64.
/// </summary>
internal sealed class TextPattern
{
    private readonly List<PatternPart> _parts = [];

    public bool IsBytes { get; init; }

    public IReadOnlyList<PatternPart> Parts => _parts;

    public bool HasWildcards => _parts.Exists(p => p is not PatternPart.Literal);

    /// <summary>The literal text of a pattern without wildcards.</summary>
    public string Literal => _parts.Count == 0 ? "" : ((PatternPart.Literal)_parts[0]).Text;

    /// <summary>Reads wildcards and escapes (specification, "String Wildcard" and "Escape Character").</summary>
    public static TextPattern Parse(string text)
    {
        var pattern = new TextPattern();
        if (!text.AsSpan().ContainsAny('\\', '*', '?'))
        {
            pattern.Append(text);
            return pattern;
        }

        var literal = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '*' or '?')
            {
                pattern.Append(literal.ToString());
                literal.Clear();
                pattern.Append(c == '*' ? AnyString : AnyChar);
            }
            else
            {
                // A backslash escapes a wildcard or itself; before anything else it stands for itself.
                bool escapes = c == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '*' or '?';
                literal.Append(escapes ? text[++i] : c);
            }
        }

        pattern.Append(literal.ToString());
        return pattern;
    }

    public static TextPattern OfLiteral(string text, bool isBytes = false)
    {
        var pattern = new TextPattern { IsBytes = isBytes };
        pattern.Append(text);
        return pattern;
    }

    public static PatternPart AnyString { get; } = new PatternPart.AnyString();

    public static PatternPart AnyChar { get; } = new PatternPart.AnyChar();

    public void Append(string literal)
    {
        if (literal.Length == 0)
        {
            return;
        }

        if (_parts.Count > 0 && _parts[^1] is PatternPart.Literal before)
        {
            _parts[^1] = new PatternPart.Literal(before.Text + literal);
        }
        else
        {
            _parts.Add(new PatternPart.Literal(literal));
        }
    }

    public void Append(PatternPart part)
    {
        if (part is PatternPart.Literal literal)
        {
            Append(literal.Text);
        }
        else if (part is not PatternPart.AnyString || _parts.Count == 0 || _parts[^1] is not PatternPart.AnyString)
        {
            _parts.Add(part);
        }
    }

    /// <summary>The pattern with <c>*</c> before and after it, as asked for.</summary>
    public TextPattern Widen(bool before, bool after)
    {
        var widened = new TextPattern { IsBytes = IsBytes };
        if (before)
        {
            widened.Append(AnyString);
        }

        foreach (PatternPart part in _parts)
        {
            widened.Append(part);
        }

        if (after)
        {
            widened.Append(AnyString);
        }

        return widened;
    }

    public ValueTest.Text ToTest(bool cased) => new([.. _parts], cased);
}
