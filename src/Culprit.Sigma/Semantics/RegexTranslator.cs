using System.Text;
using System.Text.RegularExpressions;

namespace Culprit.Sigma.Semantics;

/// <summary>
/// Turns a regular expression in the PCRE flavour (modifiers appendix, "Regular Expression") into one that .NET reads in the
/// same way, and says why where it cannot.
/// </summary>
internal static class RegexTranslator
{
    private const int MaxLength = 16_384;

    private static readonly TimeSpan NeverRun = TimeSpan.FromMilliseconds(1);

    /// <summary>The pattern for .NET, or the reason why there is none.</summary>
    public static (string? Pattern, string Problem) Translate(string pattern, TextPosition position)
    {
        if (pattern.Length > MaxLength)
        {
            return (null, $"it is longer than {MaxLength} characters");
        }

        (string? translated, string problem) = Rewrite(pattern);
        if (translated is null)
        {
            return (null, problem);
        }

        translated = position switch
        {
            TextPosition.Start => $@"\A(?:{translated})",
            TextPosition.End => $@"(?:{translated})\z",
            _ => translated,
        };
        try
        {
            _ = new Regex(translated, RegexOptions.CultureInvariant, NeverRun);
            return (translated, "");
        }
        catch (ArgumentException e)
        {
            // "Invalid pattern 'x' at offset n. Reason": the reason alone is kept.
            int reason = e.Message.LastIndexOf("' at offset ", StringComparison.Ordinal);
            return (null, reason < 0 ? e.Message : e.Message[(reason + 2)..].TrimEnd('.'));
        }
    }

    private static (string? Pattern, string Problem) Rewrite(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('\\', '[') && !pattern.Contains("(?", StringComparison.Ordinal) && !pattern.Contains('+', StringComparison.Ordinal))
        {
            return (pattern, "");
        }

        var text = new StringBuilder(pattern.Length + 16);
        int i = 0;
        bool afterQuantifier = false;
        while (i < pattern.Length)
        {
            char c = pattern[i];
            bool wasQuantifier = afterQuantifier;
            afterQuantifier = c is '*' or '+' or '?' or '}' && !wasQuantifier && text.Length > 0;
            if (c == '+' && wasQuantifier)
            {
                return (null, $"the possessive quantifier at offset {i - 1} is not supported");
            }

            if (c == '\\')
            {
                if (Escape(pattern, ref i, text) is { } problem)
                {
                    return (null, problem);
                }
            }
            else if (c == '[')
            {
                if (CharacterClass(pattern, ref i, text) is { } problem)
                {
                    return (null, problem);
                }
            }
            else if (c == '(' && pattern.AsSpan(i).StartsWith("(?"))
            {
                if (Group(pattern, ref i, text) is { } problem)
                {
                    return (null, problem);
                }
            }
            else
            {
                text.Append(c);
                i++;
            }
        }

        return (text.ToString(), "");
    }

    // A group's opening as PCRE and Python write it.
    private static string? Group(string pattern, ref int i, StringBuilder text)
    {
        ReadOnlySpan<char> rest = pattern.AsSpan(i);
        if (rest.StartsWith("(?P<"))
        {
            text.Append("(?<");
            i += 4;
            return null;
        }

        if (rest.StartsWith("(?P=") || rest.StartsWith("(?P>") || rest.StartsWith("(?R") || rest.StartsWith("(?&")
            || rest.StartsWith("(?|") || (rest.Length > 2 && char.IsAsciiDigit(rest[2])))
        {
            return $"the group at offset {i} refers to another or calls one, which is not supported";
        }

        text.Append("(?");
        i += 2;
        return null;
    }

    private static string? Escape(string pattern, ref int i, StringBuilder text)
    {
        if (i + 1 >= pattern.Length)
        {
            return "it ends with a single backslash";
        }

        char c = pattern[i + 1];
        switch (c)
        {
            case 'Q':
                int end = pattern.IndexOf(@"\E", i + 2, StringComparison.Ordinal);
                int stop = end < 0 ? pattern.Length : end;
                text.Append(Regex.Escape(pattern[(i + 2)..stop]));
                i = end < 0 ? stop : end + 2;
                return null;
            case 'E':
                break;
            case 'h':
                text.Append(@"[\t\p{Zs}]");
                break;
            case 'H':
                text.Append(@"[^\t\p{Zs}]");
                break;
            case 'R':
                text.Append(@"(?:\r\n|[\n-\r\u0085\u2028\u2029])");
                break;
            case 'N':
                text.Append(@"[^\n]");
                break;
            case '_':
                text.Append('_');
                break;
            case 'x' when i + 2 < pattern.Length && pattern[i + 2] == '{':
                return HexEscape(pattern, ref i, text);
            case 'K' or 'X' or 'C':
                return $@"\{c} at offset {i} is not supported";
            default:
                text.Append('\\').Append(c);
                break;
        }

        i += 2;
        return null;
    }

    private static string? HexEscape(string pattern, ref int i, StringBuilder text)
    {
        int close = pattern.IndexOf('}', i);
        if (close < 0
            || !int.TryParse(pattern.AsSpan(i + 3, close - i - 3), System.Globalization.NumberStyles.AllowHexSpecifier, null, out int code)
            || code > 0xFFFF)
        {
            return $@"\x{{...}} at offset {i} is not a code from 0 to FFFF";
        }

        text.Append($@"\u{code:X4}");
        i = close + 1;
        return null;
    }

    private static string? CharacterClass(string pattern, ref int i, StringBuilder text)
    {
        int open = i;
        text.Append('[');
        i++;
        if (i < pattern.Length && pattern[i] == '^')
        {
            text.Append('^');
            i++;
        }

        // A ']' that comes first is a member.
        if (i < pattern.Length && pattern[i] == ']')
        {
            text.Append(@"\]");
            i++;
        }

        while (i < pattern.Length && pattern[i] != ']')
        {
            if (pattern[i] == '\\')
            {
                if (EscapeInClass(pattern, ref i, text) is { } problem)
                {
                    return problem;
                }
            }
            else if (pattern[i] == '[')
            {
                if (PosixClass(pattern, ref i, text))
                {
                    continue;
                }

                // Inside a class .NET takes "-[" for a subtraction.
                text.Append(@"\[");
                i++;
            }
            else
            {
                text.Append(pattern[i++]);
            }
        }

        if (i >= pattern.Length)
        {
            return $"the '[' at offset {open} is not closed";
        }

        text.Append(']');
        i++;
        return null;
    }

    private static string? EscapeInClass(string pattern, ref int i, StringBuilder text)
    {
        if (i + 1 >= pattern.Length)
        {
            return "it ends with a single backslash";
        }

        char c = pattern[i + 1];
        switch (c)
        {
            case 'h':
                text.Append(@"\t\p{Zs}");
                break;
            case '_':
                text.Append('_');
                break;
            case 'x' when i + 2 < pattern.Length && pattern[i + 2] == '{':
                return HexEscape(pattern, ref i, text);
            default:
                text.Append('\\').Append(c);
                break;
        }

        i += 2;
        return null;
    }

    private static bool PosixClass(string pattern, ref int i, StringBuilder text)
    {
        int end = i + 1 < pattern.Length && pattern[i + 1] == ':' ? pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) : -1;
        string? members = end < 0 ? null : pattern[(i + 2)..end] switch
        {
            "alpha" => "a-zA-Z",
            "digit" => "0-9",
            "alnum" => "a-zA-Z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "space" => @"\s",
            "blank" => @" \t",
            "punct" => @"!-/:-@\[-`{-~",
            "xdigit" => "0-9a-fA-F",
            "word" => @"\w",
            "cntrl" => @"\x00-\x1F\x7F",
            "print" => @" -~",
            "graph" => "!-~",
            _ => null,
        };
        if (members is null)
        {
            return false;
        }

        text.Append(members);
        i = end + 2;
        return true;
    }
}
