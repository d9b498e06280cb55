namespace Culprit.Cli.Summary;

/// <summary>Opens files that the user names, or that lie in folders which he names.</summary>
internal static class NamedFile
{
    /// <summary>
    /// A file from its beginning. What is empty is not opened: a named pipe has no length either, and opening it waits for somebody who writes.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened, or is a pipe or a device, of which nobody knows where it ends.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path)
    {
        FileSystemInfo target = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        if (target is FileInfo { Exists: true, Length: 0 })
        {
            return Stream.Null;
        }

        FileStream stream = File.OpenRead(path);
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw new IOException("it is a pipe or a device; write what it gives to a file, and name that");
        }

        return stream;
    }
}
