namespace Culprit.Cases;

/// <summary>
/// A file that a result goes to, named by the user. It appears whole or not at all, and what was there before stays until then. Where a symbolic link leads, the
/// file is replaced, and the link stays. What is no regular file (a pipe, a device) cannot be replaced: it is written to.
/// </summary>
public sealed class OutputFile : IDisposable
{
    private const int BufferSize = 256 * 1024, MostLinks = 40;

    private readonly string _target;
    private readonly FileStream? _special;
    private readonly string? _ownFolder;

    private OutputFile(string path)
    {
        string full = Path.GetFullPath(path);
        _target = Followed(full);
        if (Directory.Exists(full) || Directory.Exists(_target))
        {
            throw new IOException("it is a folder; name a file");
        }

        _special = OpenSpecial(full, _target);
        if (_special is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        }

        // Beside a pipe or device there may be no room, and what waits elsewhere others may not read.
        _ownFolder = _special is null ? null : Directory.CreateTempSubdirectory("culprit-output-").FullName;
        Temporary = _ownFolder is null ? $"{_target}.{Environment.ProcessId}.tmp" : Path.Combine(_ownFolder, "content");
    }

    /// <summary>Where the content is written until <see cref="Publish"/>.</summary>
    public string Temporary { get; }

    /// <summary>Begins a file, and makes the folders that it needs. A pipe waits for somebody who reads it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static OutputFile Begin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new OutputFile(path);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using OutputFile output = Begin(path);
        if (output._special is { } special)
        {
            // Not disposed of here: a device that takes nothing more would be asked twice.
            var buffered = new BufferedStream(special, BufferSize);
            write(buffered);
            buffered.Flush();
            return;
        }

        using (FileStream file = output.Create())
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        output.Publish();
    }

    /// <summary>Makes the temporary file.</summary>
    public FileStream Create() => new(Temporary, FileMode.Create, FileAccess.Write, FileShare.Read, BufferSize);

    /// <summary>Gives the content, which is whole and closed, its place.</summary>
    public void Publish()
    {
        if (_special is null)
        {
            File.Move(Temporary, _target, overwrite: true);
            return;
        }

        using FileStream content = File.OpenRead(Temporary);
        content.CopyTo(_special);
    }

    /// <summary>Removes what did not get its place.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(Temporary);
            if (_ownFolder is not null)
            {
                Directory.Delete(_ownFolder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder became unreachable; the name ends in .tmp, or lies where such things are cleared away.
        }

        _special?.Dispose();
    }

    // Where a path leads, part by part: what a link says holds from the folder in which the link truly lies.
    internal static string Followed(string full)
    {
        string root = Path.GetPathRoot(full)!, reached = root;
        var parts = new Stack<string>(Parts(full[root.Length..]));
        for (int links = 0; parts.TryPop(out string? part);)
        {
            string next = Path.GetFullPath(Path.Combine(reached, part));
            string? target = part is "." or ".." ? null : new FileInfo(next).LinkTarget;
            if (target is null)
            {
                reached = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException("its links lead nowhere");
            }

            string own = Path.GetPathRoot(target)!;
            reached = own.Length > 0 ? Path.GetFullPath(own) : reached;
            foreach (string further in Parts(target[own.Length..]))
            {
                parts.Push(further);
            }
        }

        return reached;

        // The first on top.
        static IEnumerable<string> Parts(string path) =>
            path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();
    }

    // What has a length is a regular file. Of what has none, only a regular file can be made empty; that it is one already changes nothing. Links of the
    // system, such as /dev/stdout, may lead to what has no name.
    private static FileStream? OpenSpecial(string path, string target)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || (File.Exists(target) && new FileInfo(target).Length > 0))
        {
            return null;
        }

        FileStream opened;
        try
        {
            opened = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A link to what is not there yet.
            return null;
        }

        try
        {
            if (opened.Length == 0)
            {
                opened.SetLength(0);
            }
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }
}
