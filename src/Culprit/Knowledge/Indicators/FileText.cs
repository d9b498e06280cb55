namespace Culprit.Knowledge.Indicators;

/// <summary>Paths of files as text.</summary>
internal static class FileText
{
    /// <summary>Whether a character stands between the parts of a path.</summary>
    public static bool IsBetween(char c) => c is '\\' or '/';

    /// <summary>A path with one backslash between its parts.</summary>
    public static string Plain(string path)
    {
        Span<char> plain = new char[path.Length];
        return plain[..Write(path, plain)].ToString();
    }

    /// <summary>Writes a path with one backslash between its parts, however many stand there: source of JSON and of programs doubles them.</summary>
    /// <param name="path">The path.</param>
    /// <param name="plain">Gets it.</param>
    /// <returns>How many characters it has.</returns>
    public static int Write(ReadOnlySpan<char> path, Span<char> plain)
    {
        int length = 0;
        foreach (char c in path)
        {
            if (!IsBetween(c))
            {
                plain[length++] = c;
            }
            else if (length == 0 || plain[length - 1] != '\\')
            {
                plain[length++] = '\\';
            }
        }

        return length;
    }
}
