using Culprit.Cli.Terminal;

namespace Culprit.Cli;

/// <summary>A folder, below one that the user named, that cannot be listed.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Reason">Why, as the system says it; no full stop at its end.</param>
internal sealed record UnreadFolder(string Path, string Reason)
{
    /// <summary>Tells of folders on standard error, one a line.</summary>
    public static void Tell(IEnumerable<UnreadFolder> folders, CliHost host)
    {
        foreach (UnreadFolder folder in folders)
        {
            host.Error.WriteLine($"culprit: {host.Safe(folder.Path)} is left out: the folder cannot be listed: {host.Safe(folder.Reason)}.");
        }
    }
}

/// <summary>The files below a folder. One folder that cannot be listed costs its own files and no others.</summary>
internal static class FolderFiles
{
    /// <summary>The files of a folder, and of the folders below it once its own were given; in no order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">Whether a file is meant, or a folder looked into.</param>
    /// <param name="notRead">Takes the folders below that cannot be listed.</param>
    /// <exception cref="IOException">The folder itself cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder itself may not be listed.</exception>
    public static IEnumerable<string> Below(string folder, Func<FileSystemInfo, bool> wanted, ICollection<UnreadFolder> notRead)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out string? current))
        {
            FileSystemInfo[] entries;
            try
            {
                entries = [.. new DirectoryInfo(current).EnumerateFileSystemInfos("*", options).Where(wanted)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && !ReferenceEquals(current, folder))
            {
                notRead.Add(new UnreadFolder(current, e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')));
                continue;
            }

            foreach (FileSystemInfo entry in entries)
            {
                if (entry is DirectoryInfo)
                {
                    pending.Push(Path.Join(current, entry.Name));
                }
                else
                {
                    yield return Path.Join(current, entry.Name);
                }
            }
        }
    }
}
