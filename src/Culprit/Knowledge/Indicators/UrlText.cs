namespace Culprit.Knowledge.Indicators;

/// <summary>URLs as text.</summary>
internal static class UrlText
{
    /// <summary>Whether a URL ends before a character, wherever it stands.</summary>
    public static bool IsEnd(char c) => c is <= ' ' or '"' or '\'' or '<' or '>' or '`' or '^' or '{' or '|' or '}' or ')' or ']';

    /// <summary>Whether a character stands between the parts of a path and a query.</summary>
    public static bool IsBetween(char c) => c is '/' or '?' or '#' or '&' or ';' or '=' or ',' or '\\';
}
