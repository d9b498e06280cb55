using System.Text;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds a literal that every match of a regular expression must hold, so that the expression runs only behind it.
/// It reads the top level of the pattern alone: what stands in groups, classes and behind quantifiers is passed over,
/// and a pattern with an alternative at the top level has no such literal. Case is folded, whatever the pattern's flags.
/// </summary>
internal static class RegexLiterals
{
    /// <summary>Shorter literals stand in too many texts to be worth a place in the automaton.</summary>
    private const int ShortestUseful = 3;

    /// <summary>The longest literal, folded; null where there is none of use.</summary>
    public static string? Longest(string pattern)
    {
        // White space and comments may then stand anywhere.
        if (pattern.Contains("(?x", StringComparison.Ordinal))
        {
            return null;
        }

        string best = "";
        var run = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '|':
                    return null;
                case '(':
                    EndRun();
                    i = SkipGroup(pattern, i);
                    break;
                case '[':
                    EndRun();
                    i = SkipClass(pattern, i);
                    break;
                case '?' or '*' or '{':
                    // The character before may be missing.
                    if (run.Length > 0)
                    {
                        run.Length--;
                    }

                    EndRun();
                    i = SkipQuantifier(pattern, i);
                    break;
                case '\\' when i + 1 < pattern.Length && !char.IsAsciiLetterOrDigit(pattern[i + 1]):
                    run.Append(pattern[++i]);
                    break;
                case '\\':
                    EndRun();
                    i = SkipEscape(pattern, i);
                    break;
                case '.' or '^' or '$' or '+':
                    EndRun();
                    break;
                default:
                    run.Append(c);
                    break;
            }
        }

        EndRun();
        return best.Length >= ShortestUseful ? CaseFold.Fold(best) : null;

        void EndRun()
        {
            if (run.Length > best.Length)
            {
                best = run.ToString();
            }

            run.Clear();
        }
    }

    private static int SkipGroup(string pattern, int open)
    {
        int depth = 0;
        for (int i = open; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    i = SkipClass(pattern, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
            }
        }

        return pattern.Length;
    }

    private static int SkipClass(string pattern, int open)
    {
        int i = open + 1;
        if (i < pattern.Length && pattern[i] == '^')
        {
            i++;
        }

        // A bracket that stands first is a member.
        for (i++; i < pattern.Length && pattern[i] != ']'; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
        }

        return i;
    }

    private static int SkipQuantifier(string pattern, int at)
    {
        if (pattern[at] != '{')
        {
            return at;
        }

        int close = pattern.IndexOf('}', at);
        return close < 0 ? pattern.Length : close;
    }

    private static int SkipEscape(string pattern, int backslash)
    {
        int at = backslash + 1;
        if (at < pattern.Length && char.IsAsciiDigit(pattern[at]))
        {
            // An octal number or a back-reference.
            while (at + 1 < pattern.Length && char.IsAsciiDigit(pattern[at + 1]))
            {
                at++;
            }

            return at;
        }

        int digits = (at < pattern.Length ? pattern[at] : '\0') switch
        {
            'x' => 2,
            'u' => 4,
            'c' => 1,
            'p' or 'P' or 'k' => -1,
            _ => 0,
        };
        if (digits >= 0)
        {
            return at + digits;
        }

        int close = pattern.IndexOfAny(['}', '>', '\''], Math.Min(backslash + 3, pattern.Length));
        return close < 0 ? pattern.Length : close;
    }
}
