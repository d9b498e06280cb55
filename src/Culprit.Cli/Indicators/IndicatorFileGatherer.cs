using Culprit.Knowledge;

namespace Culprit.Cli.Indicators;

/// <summary>Something that the user named as indicators cannot be read.</summary>
internal sealed class IndicatorFileException(string message) : Exception(message);

/// <summary>Reads files of indicators: one file, or those of a folder.</summary>
internal static class IndicatorFileGatherer
{
    /// <summary>What is larger than this is no list of indicators.</summary>
    private const long MaxFileBytes = 512L << 20;

    private const int MaxFiles = 10_000;

    private static readonly string[] Endings = [".txt", ".json", ".csv", ".ioc", ".list", ".facts", ".facts.br"];

    /// <summary>The files of a path, by name; of a folder those whose ending is that of a list (<c>.txt</c>, <c>.json</c>, ...), licences and readmes left out.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="notRead">Takes the folders below that cannot be listed.</param>
    /// <exception cref="IndicatorFileException">It does not exist, cannot be read, or holds no such file.</exception>
    public static IReadOnlyList<IndicatorFile> From(string path, ICollection<UnreadFolder> notRead)
    {
        try
        {
            if (Directory.Exists(path))
            {
                List<UnreadFolder> closed = [];
                string[] files = [.. FolderFiles.Below(path, IsMeant, closed).Order(StringComparer.Ordinal).Take(MaxFiles + 1)];
                closed.ForEach(notRead.Add);
                return files.Length == 0 ? throw new IndicatorFileException($"no lists of indicators ({string.Join(", ", Endings)}) in {path}" + Closed(closed))
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

    // Links are not followed: they may lead around in a circle.
    private static bool IsMeant(FileSystemInfo entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && (entry is DirectoryInfo || IsList(entry.Name));

    // Where there seems to be nothing, it may lie where one must not look.
    private static string Closed(List<UnreadFolder> closed) => closed.Count == 0 ? "" : $", of which {closed[0].Path} cannot be listed: {closed[0].Reason}";

    private static bool IsList(string name) =>
        Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !name.StartsWith('.')
            && !name.StartsWith("README", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase);

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
