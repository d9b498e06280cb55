using System.Globalization;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Reads a pattern, in .NET's syntax and known to be valid, for its literals. Whatever it does not know it takes for
/// something that may match any text.
/// </summary>
internal sealed class RegexLiteralReader(string pattern)
{
    // Bounds of what is kept of each part, so that time is linear in the pattern.
    private const int MostTexts = 16;
    private const int LongestText = 64;
    private const int DeepestGroup = 64;

    private static readonly Part Nothing = Known([""]);
    private static readonly Part Anything = new(null, null, null, null);

    private int _at;
    private int _depth;

    /// <summary>The rarest literals that a match cannot do without; null where there are none.</summary>
    public NeededLiterals? Read()
    {
        Part whole = Alternatives();
        return _at == pattern.Length ? whole.Best() : null;
    }

    // a|b|c, up to the end or a closing parenthesis.
    private Part Alternatives()
    {
        Part all = Sequence();
        while (Take('|'))
        {
            all = Either(all, Sequence());
        }

        return all;
    }

    private static Part Either(Part a, Part b)
    {
        NeededLiterals? needed = a.Best() is { } ofA && b.Best() is { } ofB && ofA.Literals.Count + ofB.Literals.Count <= MostTexts
            ? NeededLiterals.Of([.. ofA.Literals.Union(ofB.Literals, StringComparer.Ordinal)])
            : null;
        return new Part(Union(a.Texts, b.Texts), Union(a.Starts, b.Starts), Union(a.Stops, b.Stops), needed);
    }

    private Part Sequence()
    {
        NeededLiterals? needed = null;

        // The texts that the parts so far match, or those that stand since the last part of which not all is known.
        List<string> texts = [""];
        List<string>? starts = null;
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            Part part = Quantified();
            needed = NeededLiterals.Better(needed, part.Needed);
            List<string>? joined = part.Starts is null ? null : Cross(texts, part.Starts);
            if (part.Texts is not null && joined is not null)
            {
                texts = joined;
                continue;
            }

            needed = NeededLiterals.Better(needed, NeededLiterals.Of(joined ?? texts));
            starts ??= joined ?? texts;
            texts = part.Stops ?? [""];
        }

        return starts is null
            ? Known(texts) with { Needed = needed }
            : new Part(null, starts, texts, NeededLiterals.Better(needed, NeededLiterals.Of(texts)));
    }

    private Part Quantified()
    {
        Part part = Single();
        while (_at < pattern.Length && TryQuantifier(out int least, out int most))
        {
            // A second mark makes the quantifier lazy, which changes nothing here.
            _ = Take('?') || Take('+');
            part = Repeat(part, least, most);
        }

        return part;
    }

    private static Part Repeat(Part part, int least, int most)
    {
        if (least == 0)
        {
            return most == 1 && Union(part.Texts, [""]) is { } texts ? Known(texts) : Anything;
        }

        if (least == 1 && most == 1)
        {
            return part;
        }

        List<string>? repeated = part.Texts;
        for (int i = 1; i < least && least == most && repeated is not null; i++)
        {
            repeated = Cross(repeated, part.Texts!);
        }

        return least == most && repeated is not null
            ? Known(repeated) with { Needed = part.Needed }
            : new Part(null, part.Starts, part.Stops, part.Best());
    }

    private bool TryQuantifier(out int least, out int most)
    {
        (least, most) = (0, int.MaxValue);
        switch (pattern[_at])
        {
            case '*':
                _at++;
                return true;
            case '+':
                least = 1;
                _at++;
                return true;
            case '?':
                most = 1;
                _at++;
                return true;
            case '{':
                return TryBraces(out least, out most);
            default:
                return false;
        }
    }

    // {n}, {n,} or {n,m}; anything else in braces is text.
    private bool TryBraces(out int least, out int most)
    {
        (least, most) = (0, int.MaxValue);
        int close = pattern.IndexOf('}', _at);
        if (close < 0)
        {
            return false;
        }

        ReadOnlySpan<char> inside = pattern.AsSpan(_at + 1, close - _at - 1);
        int comma = inside.IndexOf(',');
        ReadOnlySpan<char> first = comma < 0 ? inside : inside[..comma];
        ReadOnlySpan<char> second = comma < 0 ? inside : inside[(comma + 1)..];
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out least)
            || (second.Length > 0 && !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out most)))
        {
            return false;
        }

        _at = close + 1;
        return true;
    }

    private Part Single()
    {
        char c = pattern[_at++];
        return c switch
        {
            '(' => Group(),
            '[' => Class(),
            '\\' => Escape(),
            '^' or '$' => Nothing,
            '.' => Anything,
            _ => Exactly(c),
        };
    }

    private Part Group()
    {
        if (++_depth > DeepestGroup)
        {
            return GiveUp();
        }

        bool isAround = false;
        if (Take('?'))
        {
            int open = _at;
            if (Take('#'))
            {
                int end = pattern.IndexOf(')', _at);
                _at = end < 0 ? pattern.Length : end + 1;
                _depth--;
                return Nothing;
            }

            if (Take(':') || Take('>'))
            {
                // Only brackets.
            }
            else if (Take('=') || Take('!') || Text("<=") || Text("<!"))
            {
                isAround = true;
            }
            else if (Take('<') || Take('\''))
            {
                int end = pattern.AsSpan(_at).IndexOfAny('>', '\'');
                if (end < 0)
                {
                    return GiveUp();
                }

                _at += end + 1;
            }
            else if (!Options())
            {
                return GiveUp();
            }
            else if (pattern[open.._at].Contains('x', StringComparison.Ordinal))
            {
                return GiveUp();
            }
            else if (Take(')'))
            {
                _depth--;
                return Nothing;
            }
            else
            {
                _at++;
            }
        }

        Part inside = Alternatives();
        _depth--;
        if (!Take(')'))
        {
            return GiveUp();
        }

        // What is looked at is not part of the match.
        return isAround ? Nothing : inside;
    }

    // Letters and a minus, up to the parenthesis or colon that ends them.
    private bool Options()
    {
        int end = _at;
        while (end < pattern.Length && (char.IsAsciiLetter(pattern[end]) || pattern[end] == '-'))
        {
            end++;
        }

        bool valid = end < pattern.Length && pattern[end] is ')' or ':';
        _at = end;
        return valid;
    }

    private Part Class()
    {
        bool isNegated = Take('^');
        var members = new SortedSet<string>(StringComparer.Ordinal);
        bool isSimple = !isNegated;
        for (bool first = true; first || (_at < pattern.Length && pattern[_at] != ']'); first = false)
        {
            if (_at >= pattern.Length)
            {
                return GiveUp();
            }

            char c = pattern[_at++];
            if (c == '[')
            {
                // Only subtraction puts a class into a class: it takes members away.
                if (pattern[_at - 2] == '-')
                {
                    _ = Class();
                }

                isSimple = false;
            }
            else if (c == '\\')
            {
                Part escape = Escape();
                isSimple &= escape.Texts is [{ Length: 1 }];
                if (isSimple)
                {
                    members.Add(escape.Texts![0]);
                }
            }
            else if (c == '-' && !first && _at < pattern.Length && pattern[_at] != ']')
            {
                isSimple = false;
            }
            else
            {
                members.Add(Folded(c));
            }
        }

        _at++;
        return isSimple && members.Count <= 4 ? Known([.. members]) : Anything;
    }

    private Part Escape()
    {
        if (_at >= pattern.Length)
        {
            return GiveUp();
        }

        char c = pattern[_at++];
        if (!char.IsAsciiLetterOrDigit(c) && c != '_')
        {
            return Exactly(c);
        }

        switch (c)
        {
            case 't':
                return Exactly('\t');
            case 'n':
                return Exactly('\n');
            case 'r':
                return Exactly('\r');
            case 'x':
                return Code(2);
            case 'u':
                return Code(4);
            case 'b' or 'B' or 'A' or 'z' or 'Z' or 'G':
                return Nothing;
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                return Anything;
            case 'p' or 'P':
                int close = pattern.IndexOf('}', _at);
                _at = close < 0 ? pattern.Length : close + 1;
                return Anything;
            default:
                // Back-references, octal numbers, control characters: rare, and of no use.
                return GiveUp();
        }
    }

    private Part Code(int digits)
    {
        if (_at + digits > pattern.Length
            || !ushort.TryParse(pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            return GiveUp();
        }

        _at += digits;
        return Exactly((char)code);
    }

    // Nothing is known of the whole pattern: the end is never reached.
    private Part GiveUp()
    {
        _at = pattern.Length + 1;
        return Anything;
    }

    private bool Take(char c)
    {
        if (_at >= pattern.Length || pattern[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Text(string text)
    {
        if (_at > pattern.Length || !pattern.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
        {
            return false;
        }

        _at += text.Length;
        return true;
    }

    private static Part Exactly(char c) => Known([Folded(c)]);

    private static Part Known(List<string> texts) => new(texts, texts, texts, null);

    private static string Folded(char c) => CaseFold.Fold(c).ToString();

    // Every text of the one followed by every text of the other; null where these are too many or too long.
    private static List<string>? Cross(List<string> first, List<string> second)
    {
        if (first.Count * second.Count > MostTexts)
        {
            return null;
        }

        var texts = new List<string>(first.Count * second.Count);
        foreach (string head in first)
        {
            foreach (string tail in second)
            {
                if (head.Length + tail.Length > LongestText)
                {
                    return null;
                }

                texts.Add(head + tail);
            }
        }

        return texts;
    }

    private static List<string>? Union(List<string>? first, List<string>? second)
    {
        if (first is null || second is null)
        {
            return null;
        }

        List<string> texts = [.. first.Union(second, StringComparer.Ordinal)];
        return texts.Count <= MostTexts ? texts : null;
    }

    /// <summary>What is known of a part of a pattern. All texts are folded.</summary>
    /// <param name="Texts">All texts that it matches; null where they are not known or too many.</param>
    /// <param name="Starts">Texts of which each match begins with one; null where none are known.</param>
    /// <param name="Stops">Texts of which each match ends with one; null where none are known.</param>
    /// <param name="Needed">Literals of which each match holds one; null where none are known.</param>
    private sealed record Part(List<string>? Texts, List<string>? Starts, List<string>? Stops, NeededLiterals? Needed)
    {
        public NeededLiterals? Best() => NeededLiterals.Better(Needed, Texts is null ? null : NeededLiterals.Of(Texts));
    }
}
