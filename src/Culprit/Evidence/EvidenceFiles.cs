using Culprit.Evidence.Discovery;

namespace Culprit.Evidence;

/// <summary>The files below the paths given, each once. Looking for them needs no rules, so the two can go on side by side.</summary>
public sealed class EvidenceFiles
{
    private const string EntryMark = "!/";

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

    /// <summary>Those files that hold any of the sources.</summary>
    /// <param name="sources">Paths of sources, as <see cref="EvidenceSource.Path"/> gives them.</param>
    public EvidenceFiles Holding(IEnumerable<string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        HashSet<string> files = [];
        foreach (string source in sources)
        {
            // A file's own name may hold the mark of an archive's entry, so that each way to cut is taken.
            files.Add(source);
            for (int mark = source.IndexOf(EntryMark, StringComparison.Ordinal); mark >= 0; mark = source.IndexOf(EntryMark, mark + 1, StringComparison.Ordinal))
            {
                files.Add(source[..mark]);
            }
        }

        return new EvidenceFiles([.. Found.Where(file => files.Contains(file.Path))]);
    }
}
