using System.IO.Compression;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Culprit.Cli.Commands;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Rules;

/// <summary>Something that the user named as rules cannot be read.</summary>
internal sealed class RuleFileException(string message) : Exception(message);

/// <summary>Reads the rule files of a run: those in the program, those installed, those that the user names.</summary>
internal static class RuleFileGatherer
{
    /// <summary>A rule is a page of text; what is larger than this is none.</summary>
    public const int MaxFileBytes = 4 << 20;

    /// <summary>No rule set is as large as this.</summary>
    public const int MaxFiles = 100_000;

    private const string ShippedPrefix = "culprit-rules/";

    /// <summary>All rule files that <paramref name="choice"/> means; the host hears of folders that cannot be listed and are left out.</summary>
    /// <exception cref="RuleFileException">A path of the user's does not exist or cannot be read.</exception>
    public static IReadOnlyList<RuleFile> Gather(RuleChoice choice, CliHost host)
    {
        List<RuleFile> files = [];
        if (choice.Defaults)
        {
            files.AddRange(Shipped());
            foreach (string set in InstalledRules.Sets(host.Environment))
            {
                files.AddRange(FromZip(set, "installed:" + Path.GetFileName(set)));
            }
        }

        foreach (string path in choice.Paths)
        {
            files.AddRange(From(path, host));
        }

        // The same file named twice is one file.
        return [.. files.DistinctBy(static f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>The rule files of one path: a file, a folder, or a zip archive; the host hears of folders below that cannot be listed.</summary>
    /// <exception cref="RuleFileException">It does not exist, cannot be read, or holds no rule files.</exception>
    public static IReadOnlyList<RuleFile> From(string path, CliHost host)
    {
        try
        {
            IReadOnlyList<RuleFile> files = Directory.Exists(path) ? FromFolder(path, host)
                : !File.Exists(path) ? throw new RuleFileException($"no such file or folder: {path}")
                : IsZip(path) ? FromZip(path, Slashes(path))
                : [ReadFile(path)];
            return files.Count > 0 ? files : throw new RuleFileException($"no rule files (.yml, .yaml) in {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RuleFileException($"cannot read {path}: {e.Message}");
        }
    }

    /// <summary>The rules that are built into the program.</summary>
    public static IReadOnlyList<RuleFile> Shipped()
    {
        Assembly assembly = typeof(RuleFileGatherer).Assembly;
        List<RuleFile> files = [];
        foreach (string name in assembly.GetManifestResourceNames())
        {
            // A build on Windows writes back-slashes into resource names.
            string path = Slashes(name);
            if (path.StartsWith(ShippedPrefix, StringComparison.Ordinal))
            {
                using Stream resource = assembly.GetManifestResourceStream(name)!;
                byte[] content = new byte[resource.Length];
                resource.ReadExactly(content);
                files.Add(new RuleFile(path, content));
            }
        }

        return files;
    }

    /// <summary>Whether a file's first bytes are those of a zip archive.</summary>
    public static bool IsZip(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>Whether a name is that of a rule file.</summary>
    public static bool IsRuleFileName(ReadOnlySpan<char> name) =>
        name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rule files of an archive, by name within it. Nothing is ever written by an entry's name.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or larger than any rule set.</exception>
    public static IReadOnlyList<RuleFile> FromZip(string archivePath, string shownPath)
    {
        using ZipArchive archive = ZipFile.OpenRead(archivePath);
        List<RuleFile> files = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!IsRuleFileName(entry.Name) || HasHiddenPart(Slashes(entry.FullName)))
            {
                continue;
            }

            if (entry.Length > MaxFileBytes || files.Count == MaxFiles)
            {
                throw new InvalidDataException($"the archive holds more than a rule set does, at {entry.FullName}");
            }

            byte[] content = new byte[entry.Length];
            using Stream stream = entry.Open();
            int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (read != content.Length || stream.ReadByte() >= 0)
            {
                throw new InvalidDataException($"the entry {entry.FullName} is not as long as the archive says");
            }

            files.Add(new RuleFile(shownPath + "!/" + Slashes(entry.FullName), content));
        }

        return files;
    }

    // A link to a file is that file; one to a folder may lead around in a circle.
    private static bool IsMeant(FileSystemInfo entry) =>
        entry is DirectoryInfo ? !entry.Name.StartsWith('.') && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) : IsRuleFileName(entry.Name);

    private static RuleFile[] FromFolder(string folder, CliHost host)
    {
        List<UnreadFolder> notRead = [];
        string[] paths = [.. FolderFiles.Below(folder, IsMeant, notRead).Take(MaxFiles + 1)];
        UnreadFolder.Tell(notRead, host);
        if (paths.Length > MaxFiles)
        {
            throw new RuleFileException($"more than {MaxFiles} rule files in {folder}");
        }

        var files = new RuleFile[paths.Length];
        try
        {
            Parallel.For(0, paths.Length, i => files[i] = ReadFile(paths[i]));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return files;
    }

    private static RuleFile ReadFile(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file);
        if (length > MaxFileBytes)
        {
            throw new RuleFileException($"{path} is larger than any rule file ({MaxFileBytes >> 20} MiB)");
        }

        byte[] content = new byte[length];
        int filled = 0;
        while (filled < content.Length && RandomAccess.Read(file, content.AsSpan(filled), filled) is var read and > 0)
        {
            filled += read;
        }

        return new RuleFile(Slashes(path), content.AsMemory(0, filled));
    }

    private static bool HasHiddenPart(string path) =>
        path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);

    private static string Slashes(string path) => OperatingSystem.IsWindows() || path.Contains('\\', StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal)
        ? path.Replace('\\', '/')
        : path;
}
