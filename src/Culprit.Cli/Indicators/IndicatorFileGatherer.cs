using Culprit.Cli.Summary;
using Culprit.Knowledge;

namespace Culprit.Cli.Indicators;

/// <summary>Something that the user named as indicators cannot be read.</summary>
internal sealed class IndicatorFileException(string message) : Exception(message);

/// <summary>What was found below paths that the user named as indicators.</summary>
/// <param name="Files">Lists, in the order of the paths and by name; each is read when it is asked for, so that one at a time is held. Throws <see cref="IndicatorFileException"/> where one cannot be read.</param>
/// <param name="Places">Where each of them lies, in the same order.</param>
/// <param name="LeftOut">Files of folders that are not called as lists are, by path.</param>
/// <param name="NotRead">Folders below that cannot be listed.</param>
internal sealed record GatheredIndicators(IEnumerable<IndicatorFile> Files, IReadOnlyList<IndicatorPlace> Places, IReadOnlyList<string> LeftOut, IReadOnlyList<UnreadFolder> NotRead);

/// <summary>Where a list lies.</summary>
/// <param name="Path">The file.</param>
/// <param name="Folder">The folder that the user named and that it lies in; null where he named the file.</param>
internal readonly record struct IndicatorPlace(string Path, string? Folder);

/// <summary>Reads files of indicators: one file, or those of a folder.</summary>
internal static class IndicatorFileGatherer
{
    /// <summary>What is larger than this is no list of indicators.</summary>
    private const long MaxFileBytes = 512L << 20;

    /// <summary>No collections that anybody publishes are larger together; what is taken of them is kept in memory.</summary>
    private const long MaxTotalBytes = 4L << 30;

    private const int MaxFiles = 10_000;
    private const FileAttributes PassedOver = FileAttributes.Hidden | FileAttributes.System;

    private static readonly string[] Endings = [".txt", ".json", ".csv", ".ioc", ".list", ".facts", IndicatorFile.PackedEnding];

    /// <summary>
    /// The files of paths; of a folder those whose ending is that of a list (<c>.txt</c>, <c>.json</c>, ...). Hidden files and those whose names begin with
    /// a point, links to folders, licences and readmes are passed over, all others named.
    /// </summary>
    /// <exception cref="IndicatorFileException">A path does not exist, cannot be read, or holds no list; or the lists are too large, each or together.</exception>
    public static GatheredIndicators From(IEnumerable<string> paths) => From(paths, MaxTotalBytes);

    /// <summary>As <see cref="From(IEnumerable{string})"/>, with another limit on the size of all lists together.</summary>
    internal static GatheredIndicators From(IEnumerable<string> paths, long maxTotalBytes)
    {
        List<IndicatorPlace> places = [];
        List<string> leftOut = [];
        List<UnreadFolder> notRead = [];
        long total = 0;
        foreach (string path in paths)
        {
            foreach (string file in From(path, leftOut, notRead))
            {
                total += Size(file);
                places.Add(new IndicatorPlace(file, Directory.Exists(path) ? path : null));
                if (total > maxTotalBytes)
                {
                    throw new IndicatorFileException($"the lists of indicators up to {file} are larger together than {Words.Bytes(maxTotalBytes)}; leave some out, or pack them in parts with 'culprit indicators build'");
                }
            }
        }

        return new GatheredIndicators(places.Select(static p => Read(p.Path)), places, leftOut, notRead);
    }

    private static string[] From(string path, List<string> leftOut, List<UnreadFolder> notRead)
    {
        try
        {
            if (Directory.Exists(path))
            {
                List<UnreadFolder> closed = [];
                ILookup<bool, string> all = FolderFiles.Below(path, IsMeant, closed).ToLookup(HasEnding);
                closed.Sort(static (one, other) => string.CompareOrdinal(one.Path, other.Path));
                notRead.AddRange(closed);
                string[] others = InOrder(path, all[false]);
                leftOut.AddRange(others);
                string[] files = InOrder(path, all[true]);
                return files.Length == 0 ? throw new IndicatorFileException(
                        $"no lists of indicators ({string.Join(", ", Endings)}) in {path}" + (others.Length == 0 ? "" : $", but {Words.Some(others)}") + Closed(closed))
                    : files.Length > MaxFiles ? throw new IndicatorFileException($"more than {MaxFiles} files in {path}")
                    : files;
            }

            return File.Exists(path) ? [path] : throw new IndicatorFileException($"no such file or folder: {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IndicatorFileException($"cannot read {path}: {e.Message}");
        }
    }

    // By the path within the folder, with one separator, so that the order is the same on every system.
    private static string[] InOrder(string folder, IEnumerable<string> files) =>
        [.. files.OrderBy(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), StringComparer.Ordinal)];

    // A link to a file is that file; one to a folder may lead around in a circle. What keeps versions has thousands of files in a folder whose name
    // begins with a point, which not every system hides, and none of them is meant.
    private static bool IsMeant(FileSystemInfo entry) =>
        !entry.Name.StartsWith('.') && (entry.Attributes & PassedOver) == FileAttributes.None
        && (entry is DirectoryInfo ? !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) : !IsAbout(entry.Name));

    // Where there seems to be nothing, it may lie where one must not look.
    private static string Closed(List<UnreadFolder> closed) => closed.Count == 0 ? "" : $", of which {closed[0].Path} cannot be listed: {closed[0].Reason}";

    private static bool HasEnding(string path) => Array.Exists(Endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsAbout(string name) =>
        name.StartsWith("README", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase);

    // Opening it tells the size of what a link leads to, and now rather than when others were read that it cannot be read.
    private static long Size(string path)
    {
        using Stream stream = Open(path);
        return stream.Length <= MaxFileBytes ? stream.Length : throw new IndicatorFileException($"{path} is larger than any list of indicators ({MaxFileBytes >> 20} MiB)");
    }

    private static IndicatorFile Read(string path)
    {
        try
        {
            using Stream stream = Open(path);
            byte[] content = new byte[Math.Min(stream.Length, MaxFileBytes)];
            int filled = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return new IndicatorFile(Path.GetFileName(path), content.AsMemory(0, filled));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IndicatorFileException($"cannot read {path}: {e.Message}");
        }
    }

    private static Stream Open(string path)
    {
        try
        {
            return NamedFile.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IndicatorFileException($"cannot read {path}: {e.Message}");
        }
    }
}
