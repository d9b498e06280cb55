using System.Text;

namespace Culprit.Knowledge.Indicators.Stix;

/// <summary>What a piece of a pattern is.</summary>
internal enum TokenKind
{
    /// <summary>The pattern has ended.</summary>
    End,

    /// <summary>A keyword, a path of an object, a number or a truth value.</summary>
    Word,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A bracket, a comma or an operator of signs.</summary>
    Sign,
}

/// <summary>A piece of a pattern.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its text; of text in quotes what it means, without them.</param>
internal readonly record struct Token(TokenKind Kind, string Value)
{
    /// <summary>Whether it is a sign or a keyword; letters' case does not matter.</summary>
    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Sign && Value.Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a STIX pattern (STIX 2.1, section 9) into tokens, one ahead of the reader.</summary>
internal sealed class PatternTokens
{
    private readonly string _pattern;
    private int _at;

    /// <summary>Stands before the first token of a pattern.</summary>
    /// <exception cref="FormatException">Text in quotes does not end.</exception>
    public PatternTokens(string pattern)
    {
        _pattern = pattern;
        Next = Cut();
    }

    /// <summary>The token that is taken next.</summary>
    public Token Next { get; private set; }

    /// <summary>Takes a token.</summary>
    /// <exception cref="FormatException">Text in quotes does not end.</exception>
    public Token Take()
    {
        Token taken = Next;
        Next = Cut();
        return taken;
    }

    /// <summary>Takes a token if it is the one given.</summary>
    /// <exception cref="FormatException">Text in quotes does not end.</exception>
    public bool TryTake(string text)
    {
        bool taken = Next.Is(text);
        if (taken)
        {
            Take();
        }

        return taken;
    }

    /// <summary>Takes a token that has to be the one given.</summary>
    /// <exception cref="FormatException">It is another.</exception>
    public void Expect(string text)
    {
        if (!TryTake(text))
        {
            throw new FormatException(Next.Kind is TokenKind.End ? $"ends where '{text}' belongs" : $"has '{Shown(Next.Value)}' where '{text}' belongs");
        }
    }

    /// <summary>A piece of a pattern as a message shows it.</summary>
    public static string Shown(string text) => text.Length > 40 ? text[..40] + "..." : text;

    private Token Cut()
    {
        while (_at < _pattern.Length && char.IsWhiteSpace(_pattern[_at]))
        {
            _at++;
        }

        if (_at == _pattern.Length)
        {
            return new Token(TokenKind.End, "");
        }

        if (_pattern[_at] is '\'')
        {
            return new Token(TokenKind.Text, Quoted());
        }

        int start = _at;
        if (IsOfWord(_pattern[_at]))
        {
            SkipWord();
            return new Token(TokenKind.Word, _pattern[start.._at]);
        }

        _at++;
        _at += _at < _pattern.Length && _pattern[_at] is '=' or '>' && _pattern[start] is '!' or '<' or '>' or '=' ? 1 : 0;
        return new Token(TokenKind.Sign, _pattern[start.._at]);
    }

    // A path of an object has steps in quotes (hashes.'SHA-256') and in brackets (refs[*], args[0]), which belong to it.
    private void SkipWord()
    {
        bool path = false;
        while (_at < _pattern.Length)
        {
            char c = _pattern[_at];
            if (IsOfWord(c))
            {
                path |= c is ':';
                _at++;
            }
            else if (path && c is '\'' && _pattern[_at - 1] is '.')
            {
                Quoted();
            }
            else if (path && c is '[' && _pattern.IndexOf(']', _at) is var end and > 0)
            {
                _at = end + 1;
            }
            else
            {
                return;
            }
        }
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '+';

    // From one quote to behind the next; \' and \\ stand for the sign itself.
    private string Quoted()
    {
        var text = new StringBuilder();
        for (_at++; _at < _pattern.Length && _pattern[_at] is not '\''; _at++)
        {
            _at += _pattern[_at] is '\\' ? 1 : 0;
            text.Append(_at < _pattern.Length ? _pattern[_at] : ' ');
        }

        if (_at >= _pattern.Length)
        {
            throw new FormatException("has a text whose quote is not closed");
        }

        _at++;
        return text.ToString();
    }
}
