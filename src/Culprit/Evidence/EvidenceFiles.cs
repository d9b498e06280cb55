using Culprit.Evidence.Discovery;

namespace Culprit.Evidence;

/// <summary>The files below the paths given, each once. Looking for them needs no rules, so the two can go on side by side.</summary>
public sealed class EvidenceFiles
{
    internal EvidenceFiles(List<FoundFile> found) => Found = found;

    /// <summary>How many there are, those that cannot be opened among them.</summary>
    public int Count => Found.Count;

    internal List<FoundFile> Found { get; }

    /// <summary>Looks for files. What cannot be listed is told when the files are read.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Which folders are left out.</param>
    /// <param name="stop">Ends the search.</param>
    public static EvidenceFiles Find(IReadOnlyList<string> paths, EvidenceOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        return new EvidenceFiles(PathWalker.Walk(paths, options.LeftOut, stop));
    }
}
