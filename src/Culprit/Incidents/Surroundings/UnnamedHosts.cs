using System.Text.RegularExpressions;
using Culprit.Evidence;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// Names a host of which no record says the name by the log that its records stand in. It is a host all the same: left out, another would be
/// told to be the first. Older parts of a log that is rotated are the same log.
/// </summary>
internal static partial class UnnamedHosts
{
    /// <summary>What to call the host.</summary>
    /// <param name="kind">What the record is.</param>
    /// <param name="path">The source that it stands in.</param>
    public static string Of(RecordKind kind, string path)
    {
        string[] parts = [.. path.Split('/', '\\').Select(static part => part.TrimEnd('!')).Where(static part => part.Length > 0)];
        string file = parts.Length == 0 ? path : WithoutRotation(parts[^1]);

        // A packed file is named before what is in it, and often alike.
        string folder = parts.SkipLast(1).LastOrDefault(part => WithoutRotation(part) != file) ?? "";
        string log = folder is "" or "." or ".." ? file : $"{folder}/{file}";
        return (kind == RecordKind.WebRequest ? "the web server of " : "the host of ") + log;
    }

    private static string WithoutRotation(string file) => Rotation().Replace(file, "");

    [GeneratedRegex(@"(?<=.)(?:[.-]\d+)*(?:\.(?:gz|bz2|xz|zst))?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rotation();
}
