using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Knowledge;

/// <summary>What was found below a path that the user named as knowledge.</summary>
/// <param name="Used">Files that hold knowledge, with their format.</param>
/// <param name="LeftOut">How many files hold none.</param>
internal sealed record GatheredKnowledge(IReadOnlyList<(string Path, KnowledgeFormat Format)> Used, int LeftOut);

/// <summary>Gives files to a <see cref="KnowledgeBuilder"/>; what each is, its content says.</summary>
internal static class KnowledgeGatherer
{
    private const int MaxFiles = 10_000;
    private const FileAttributes PassedOver = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint;

    /// <summary>Reads a file, or every file of a folder and the folders below it; hidden ones and links are passed over.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="builder">What takes their content.</param>
    /// <param name="host">Hears of folders below that cannot be listed and are left out.</param>
    /// <exception cref="KnowledgeException">There is no such path, it cannot be read, or holds something damaged.</exception>
    public static GatheredKnowledge Read(string path, KnowledgeBuilder builder, CliHost host)
    {
        List<UnreadFolder> notRead = [];
        try
        {
            (string Name, string Path)[] files = Directory.Exists(path) ? Below(path, notRead)
                : File.Exists(path) ? [(Path.GetFileName(path), path)]
                : throw new KnowledgeException($"no such file or folder: {path}");
            List<(string, KnowledgeFormat)> used = [];
            foreach ((string name, string file) in files)
            {
                using FileStream stream = File.OpenRead(file);
                KnowledgeFormat format = MayBeKnowledge(stream) ? builder.Add(name, stream) : KnowledgeFormat.None;
                if (format is not KnowledgeFormat.None)
                {
                    used.Add((name, format));
                }
            }

            return new GatheredKnowledge(used, files.Length - used.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KnowledgeException($"cannot read {path}: {e.Message}", e);
        }
        finally
        {
            UnreadFolder.Tell(notRead, host);
        }
    }

    // By the path within the folder, with the separator of every system, so that the order is everywhere the same.
    private static (string Name, string Path)[] Below(string folder, List<UnreadFolder> notRead)
    {
        (string Name, string Path)[] files = [.. FolderFiles.Below(folder, static entry => (entry.Attributes & PassedOver) == FileAttributes.None, notRead)
            .Take(MaxFiles + 1)
            .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), file))
            .OrderBy(static f => f.Item1, StringComparer.Ordinal)];
        return files.Length <= MaxFiles ? files : throw new KnowledgeException($"more than {MaxFiles} files in {folder}; name the folder that holds the knowledge");
    }

    // All formats begin with a brace or with the word that facts begin with. Larger files of other kinds need not be read.
    private static bool MayBeKnowledge(FileStream stream)
    {
        Span<byte> start = stackalloc byte[64];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> text = start.StartsWith(mark) ? start[mark.Length..] : start;
        return text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] || start.StartsWith("culprit-facts"u8);
    }
}
