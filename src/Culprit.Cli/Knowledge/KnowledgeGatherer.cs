using System.Text;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Knowledge;

/// <summary>What was found below a path that the user named as knowledge.</summary>
/// <param name="Used">Files that hold knowledge, with their format.</param>
/// <param name="LeftOut">Files that hold none, by path.</param>
/// <param name="Compressed">Files that may hold some and have to be unpacked first, by path.</param>
/// <param name="Kind">What a single file is that holds none, as <c>it is HTML</c>; empty where that is not known, and of folders.</param>
internal sealed record GatheredKnowledge(IReadOnlyList<(string Path, KnowledgeFormat Format)> Used, IReadOnlyList<string> LeftOut, IReadOnlyList<string> Compressed, string Kind);

/// <summary>Gives files to a <see cref="KnowledgeBuilder"/>; what each is, its content says.</summary>
internal static class KnowledgeGatherer
{
    private const int MaxFiles = 10_000;
    private const FileAttributes PassedOver = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint;

    /// <summary>Reads a file, or every file of a folder and the folders below it; hidden ones and links are passed over.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="builder">What takes their content.</param>
    /// <param name="host">Hears of folders below that cannot be listed and are left out.</param>
    /// <exception cref="KnowledgeException">There is no such path, it cannot be read, holds something damaged, or nothing that is not compressed.</exception>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public static GatheredKnowledge Read(string path, KnowledgeBuilder builder, CliHost host)
    {
        List<UnreadFolder> notRead = [];
        try
        {
            return Directory.Exists(path) ? Read(path, Below(path, notRead), builder, isFolder: true, host.Stop)
                : File.Exists(path) ? Read(path, [(Path.GetFileName(path), path)], builder, isFolder: false, host.Stop)
                : throw new KnowledgeException($"no such file or folder: {path}");
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

    /// <summary>Reads one file that is called otherwise than it was given.</summary>
    /// <param name="name">What it was called; errors and warnings say it.</param>
    /// <param name="file">Where it is.</param>
    /// <param name="builder">What it is given to.</param>
    /// <param name="stop">Ends it before the file is read.</param>
    /// <exception cref="KnowledgeException">It is damaged or compressed.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static GatheredKnowledge ReadAs(string name, string file, KnowledgeBuilder builder, CancellationToken stop) => Read(name, [(name, file)], builder, isFolder: false, stop);

    private static GatheredKnowledge Read(string given, (string Name, string Path)[] files, KnowledgeBuilder builder, bool isFolder, CancellationToken stop)
    {
        List<(string, KnowledgeFormat)> used = [];
        List<string> leftOut = [], compressed = [];
        string kind = "";
        Span<byte> buffer = stackalloc byte[64];
        foreach ((string name, string file) in files)
        {
            stop.ThrowIfCancellationRequested();
            using Stream stream = NamedFile.Open(file);
            ReadOnlySpan<byte> start = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            stream.Position = 0;
            KnowledgeFormat format = MayBeKnowledge(start) ? builder.Add(name, stream) : KnowledgeFormat.None;
            if (format is not KnowledgeFormat.None)
            {
                used.Add((name, format));
            }
            else
            {
                (IsCompressed(start) ? compressed : leftOut).Add(name);
                kind = isFolder ? "" : start.IsEmpty ? "it is empty" : IsPage(start) ? "it is HTML, a page for people" : "";
            }
        }

        return used.Count > 0 || compressed.Count == 0 ? new GatheredKnowledge(used, leftOut, compressed, kind)
            : throw new KnowledgeException($"{given}: compressed files are not read{(isFolder ? $" ({Words.Some(compressed)})" : "")}; unpack {(compressed.Count == 1 ? "it" : "them")} and give what comes out");
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

    // All formats begin with a brace, perhaps behind white space of any length, or with the word that facts begin with. Files of other kinds need not be read.
    private static bool MayBeKnowledge(ReadOnlySpan<byte> start)
    {
        string text = start switch
        {
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.Latin1.GetString(rest),
            _ => Encoding.Latin1.GetString(start),
        };
        return text.TrimStart(' ', '\t', '\r', '\n') is [] or ['{', ..] || KnowledgeBuilder.IsFacts(start);
    }

    // What a server answers to whoever has to log in, or follows a link to where a file is shown.
    private static bool IsPage(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start is [0xEF, 0xBB, 0xBF, ..] ? start[3..] : start).TrimStart();
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    // gzip, zip, bzip2, xz, Zstandard and 7z, as collections of knowledge are handed around.
    private static bool IsCompressed(ReadOnlySpan<byte> start) => start
        is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'B', (byte)'Z', (byte)'h', ..]
        or [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..];
}
