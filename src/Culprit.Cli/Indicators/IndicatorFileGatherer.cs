using Culprit.Cli.Summary;
using Culprit.Knowledge;

namespace Culprit.Cli.Indicators;

/// <summary>Something that the user named as indicators cannot be read.</summary>
internal sealed class IndicatorFileException(string message) : Exception(message);

/// <summary>What was found below paths that the user named as indicators.</summary>
/// <param name="Files">Lists, in the order of the paths and by name.</param>
/// <param name="LeftOut">Files of folders that are not called as lists are, by path.</param>
/// <param name="NotRead">Folders below that cannot be listed.</param>
internal sealed record GatheredIndicators(IReadOnlyList<IndicatorFile> Files, IReadOnlyList<string> LeftOut, IReadOnlyList<UnreadFolder> NotRead);

/// <summary>Reads files of indicators: one file, or those of a folder.</summary>
internal static class IndicatorFileGatherer
{
    /// <summary>What is larger than this is no list of indicators.</summary>
    private const long MaxFileBytes = 512L << 20;

    private const int MaxFiles = 10_000;

    private static readonly string[] Endings = [".txt", ".json", ".csv", ".ioc", ".list", ".facts", ".facts.br"];

    /// <summary>
    /// The files of paths; of a folder those whose ending is that of a list (<c>.txt</c>, <c>.json</c>, ...). Hidden files, links to folders, licences
    /// and readmes are passed over, all others named.
    /// </summary>
    /// <exception cref="IndicatorFileException">A path does not exist, cannot be read, or holds no list.</exception>
    public static GatheredIndicators From(IEnumerable<string> paths)
    {
        List<IndicatorFile> files = [];
        List<string> leftOut = [];
        List<UnreadFolder> notRead = [];
        foreach (string path in paths)
        {
            files.AddRange(From(path, leftOut, notRead));
        }

        return new GatheredIndicators(files, leftOut, notRead);
    }

    private static IReadOnlyList<IndicatorFile> From(string path, List<string> leftOut, List<UnreadFolder> notRead)
    {
        try
        {
            if (Directory.Exists(path))
            {
                List<UnreadFolder> closed = [];
                ILookup<bool, string> all = FolderFiles.Below(path, IsMeant, closed).ToLookup(HasEnding);
                notRead.AddRange(closed);
                string[] others = [.. all[false].Order(StringComparer.Ordinal)];
                leftOut.AddRange(others);
                string[] files = [.. all[true].Order(StringComparer.Ordinal).Take(MaxFiles + 1)];
                return files.Length == 0 ? throw new IndicatorFileException(
                        $"no lists of indicators ({string.Join(", ", Endings)}) in {path}" + (others.Length == 0 ? "" : $", but {Words.Some(others)}") + Closed(closed))
                    : files.Length > MaxFiles ? throw new IndicatorFileException($"more than {MaxFiles} files in {path}")
                    : [.. files.Select(Read)];
            }

            return File.Exists(path) ? [Read(path)] : throw new IndicatorFileException($"no such file or folder: {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IndicatorFileException($"cannot read {path}: {e.Message}");
        }
    }

    // A link to a file is that file; one to a folder may lead around in a circle. What keeps versions has thousands of files in a hidden folder, and
    // none of them is meant.
    private static bool IsMeant(FileSystemInfo entry) =>
        !entry.Name.StartsWith('.') && (entry is DirectoryInfo ? !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) : !IsAbout(entry.Name));

    // Where there seems to be nothing, it may lie where one must not look.
    private static string Closed(List<UnreadFolder> closed) => closed.Count == 0 ? "" : $", of which {closed[0].Path} cannot be listed: {closed[0].Reason}";

    private static bool HasEnding(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsAbout(string name) =>
        name.StartsWith("README", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase);

    private static IndicatorFile Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MaxFileBytes)
        {
            throw new IndicatorFileException($"{path} is larger than any list of indicators ({MaxFileBytes >> 20} MiB)");
        }

        byte[] content = new byte[stream.Length];
        int filled = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return new IndicatorFile(Path.GetFileName(path), content.AsMemory(0, filled));
    }
}
