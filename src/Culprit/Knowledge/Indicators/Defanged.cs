namespace Culprit.Knowledge.Indicators;

/// <summary>Reads values that were written so that nobody clicks on them.</summary>
internal static class Defanged
{
    private static readonly (string Written, string Meant)[] Forms =
    [
        ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("{dot}", "."), ("[.", "."), (".]", "."),
        ("[:]", ":"), ("[://]", "://"), ("[:", ":"), ("[@]", "@"), ("[/]", "/"),
    ];

    /// <summary>The value that is meant: <c>hxxp</c> and <c>fxp</c> are schemes again, points and colons lose their brackets.</summary>
    public static string Undo(string value)
    {
        string meant = value;
        // An address of IPv6 in brackets is the one thing that has them for itself.
        if (meant.Contains('[', StringComparison.Ordinal) || meant.Contains('(', StringComparison.Ordinal) || meant.Contains('{', StringComparison.Ordinal))
        {
            foreach ((string written, string sign) in Forms)
            {
                if (written is not "[:" || !meant.Contains("[::", StringComparison.Ordinal))
                {
                    meant = meant.Replace(written, sign, StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return meant.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase) || meant.StartsWith("h**p", StringComparison.OrdinalIgnoreCase) ? "http" + meant[4..]
            : meant.StartsWith("htxp", StringComparison.OrdinalIgnoreCase) ? "http" + meant[4..]
            : meant.StartsWith("fxp", StringComparison.OrdinalIgnoreCase) ? "ftp" + meant[3..]
            : meant;
    }
}
