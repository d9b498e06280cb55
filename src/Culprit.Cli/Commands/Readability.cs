using Culprit.Cli.Terminal;
using Culprit.Evidence;

namespace Culprit.Cli.Commands;

/// <summary>Decides whether evidence was left unread that somebody should hear of: the difference between exit codes 0 and 3.</summary>
internal static class Readability
{
    // The names of log files that this program reads. Other files of a format that it does not know are no failure:
    // every folder of evidence holds some.
    private static readonly string[] LogNames = [".evtx"];

    /// <summary>Whether anything that was to be read was not; each such thing that the summary might not show is said on standard error.</summary>
    public static bool AnythingUnreadable(Coverage coverage, IReadOnlyList<string> paths, CliHost host)
    {
        if (coverage.Sources.IsEmpty)
        {
            host.Error.WriteLine("culprit: there is no file in what was given, so nothing could be read.");
            return true;
        }

        if (!coverage.Stopped && coverage.RecordsGood == 0)
        {
            host.Error.WriteLine("culprit: no record could be read from what was given. Culprit reads .evtx files, Windows events as JSON, and web server logs.");
            return true;
        }

        HashSet<string> given = [.. paths.Select(static p => p.Replace('\\', '/')), .. paths];
        return coverage.Sources.Any(s => s.NotReadReason.Length > 0 && Matters(s, given));
    }

    private static bool Matters(SourceCoverage source, HashSet<string> given)
    {
        if (source.NotReadReason.StartsWith("the same file as", StringComparison.Ordinal))
        {
            return false;
        }

        return !source.NotReadReason.StartsWith("unknown format", StringComparison.Ordinal)
            || given.Contains(source.Source.Path)
            || LogNames.Any(n => source.Source.Path.EndsWith(n, StringComparison.OrdinalIgnoreCase));
    }
}
