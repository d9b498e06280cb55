namespace Culprit.Evidence.Discovery;

/// <summary>A file that was given or found.</summary>
/// <param name="Path">As it is shown: the path given, extended by what was found below it, separated by '/'.</param>
/// <param name="FullPath">What it is opened by.</param>
/// <param name="Length">In bytes, when it was found.</param>
/// <param name="Problem">Why it cannot be read; empty where nothing speaks against it.</param>
internal sealed record FoundFile(string Path, string FullPath, long Length, string Problem);

/// <summary>
/// Finds the files below the paths given. Each folder and each file is taken once, whatever links lead to it, and the
/// result does not depend on the order of the paths.
/// </summary>
internal sealed class PathWalker
{
    private readonly CancellationToken _stop;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<(FoundFile File, string RealPath, bool IsLink)> _files = [];

    private PathWalker(CancellationToken stop) => _stop = stop;

    /// <summary>The files, sorted by path (ordinal).</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="leftOut">Folders that are not looked into.</param>
    /// <param name="stop">Ends the search.</param>
    public static List<FoundFile> Walk(IEnumerable<string> paths, IEnumerable<string> leftOut, CancellationToken stop)
    {
        var walker = new PathWalker(stop);
        foreach (string folder in leftOut)
        {
            walker._folders.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        }

        foreach (string path in paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            walker.Given(path);
        }

        return walker.Unique();
    }

    private void Given(string path)
    {
        string shown = Shown(path);
        string full;
        try
        {
            full = Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            AddProblem(shown, path, "not a path");
            return;
        }

        if (Directory.Exists(full))
        {
            var folder = new DirectoryInfo(full);
            Folder(folder, shown, RealPath(folder) ?? full);
        }
        else if (File.Exists(full))
        {
            OneFile(new FileInfo(full), shown, full);
        }
        else
        {
            AddProblem(shown, full, "no such file or folder");
        }
    }

    private void Folder(DirectoryInfo folder, string shown, string realPath)
    {
        var pending = new Stack<(DirectoryInfo Folder, string Shown, string RealPath)>();
        pending.Push((folder, shown, realPath));
        while (pending.Count > 0 && !_stop.IsCancellationRequested)
        {
            (DirectoryInfo current, string name, string real) = pending.Pop();
            if (!_folders.Add(real))
            {
                continue;
            }

            FileSystemInfo[] entries;
            try
            {
                entries = [.. current.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                AddProblem(name, current.FullName, "the folder cannot be listed: " + Reading.ReadFault.Describe(e));
                continue;
            }

            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            var below = new List<(DirectoryInfo, string, string)>();
            foreach (FileSystemInfo entry in entries)
            {
                string entryShown = (name.EndsWith('/') ? name : name + "/") + entry.Name;
                if (entry is DirectoryInfo directory)
                {
                    if (RealPath(directory) is { } target)
                    {
                        below.Add((directory, entryShown, directory.LinkTarget is null ? Path.Join(real, directory.Name) : target));
                    }
                    else
                    {
                        AddProblem(entryShown, entry.FullName, "a link that leads nowhere");
                    }
                }
                else
                {
                    OneFile((FileInfo)entry, entryShown, Path.Join(real, entry.Name));
                }
            }

            // Real folders before links, so that what a folder holds is told under the folder's own name.
            below.Reverse();
            foreach ((DirectoryInfo, string, string) next in below.OrderByDescending(static b => b.Item1.LinkTarget is null ? 0 : 1))
            {
                pending.Push(next);
            }
        }
    }

    private void OneFile(FileInfo file, string shown, string realPath)
    {
        try
        {
            if (file.LinkTarget is null)
            {
                // One string where the two are equal: there may be very many files.
                string full = string.Equals(file.FullName, shown, StringComparison.Ordinal) ? shown : file.FullName;
                _files.Add((new FoundFile(shown, full, file.Length, ""), realPath, false));
            }
            else if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target)
            {
                _files.Add((new FoundFile(shown, target.FullName, target.Length, ""), target.FullName, true));
            }
            else
            {
                AddProblem(shown, file.FullName, "a link that leads nowhere");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            AddProblem(shown, file.FullName, "cannot be opened: " + Reading.ReadFault.Describe(e));
        }
    }

    private static string? RealPath(DirectoryInfo folder)
    {
        try
        {
            return folder.LinkTarget is null ? folder.FullName
                : folder.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } target ? target.FullName : null;
        }
        catch (IOException)
        {
            // Links in a circle: told by the caller as a link that leads nowhere.
            return null;
        }
    }

    private void AddProblem(string shown, string full, string problem) =>
        _files.Add((new FoundFile(shown, full, 0, problem), "", true));

    private List<FoundFile> Unique()
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var result = new List<FoundFile>(_files.Count);
        foreach ((FoundFile file, string real, bool _) in _files
            .OrderBy(static f => f.IsLink).ThenBy(static f => f.File.Path, StringComparer.Ordinal))
        {
            if (real.Length == 0 || seen.TryAdd(real, file.Path))
            {
                result.Add(file);
            }
            else if (!string.Equals(seen[real], file.Path, StringComparison.Ordinal))
            {
                result.Add(file with { Length = 0, Problem = "the same file as " + seen[real] });
            }
        }

        result.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return result;
    }

    private static string Shown(string path)
    {
        string shown = Path.DirectorySeparatorChar == '/' ? path : path.Replace(Path.DirectorySeparatorChar, '/');
        return shown.Length > 1 ? shown.TrimEnd('/') : shown;
    }
}
