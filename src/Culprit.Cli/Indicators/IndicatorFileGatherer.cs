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

    // Links are not followed: they may lead around in a circle.
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private static readonly string[] Endings = [".txt", ".json", ".csv", ".ioc", ".list", ".facts", ".facts.br"];

    /// <summary>The files of a path, by name; of a folder those whose ending is that of a list (<c>.txt</c>, <c>.json</c>, ...), licences and readmes left out.</summary>
    /// <exception cref="IndicatorFileException">It does not exist, cannot be read, or holds no such file.</exception>
    public static IReadOnlyList<IndicatorFile> From(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                string[] files = [.. Directory.EnumerateFiles(path, "*", Below).Where(IsList).Order(StringComparer.Ordinal).Take(MaxFiles + 1)];
                return files.Length == 0 ? throw new IndicatorFileException($"no lists of indicators ({string.Join(", ", Endings)}) in {path}")
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

    private static bool IsList(string path)
    {
        string name = Path.GetFileName(path);
        return Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !name.StartsWith('.')
            && !name.StartsWith("README", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase);
    }

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
