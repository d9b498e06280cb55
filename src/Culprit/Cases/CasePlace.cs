using Culprit.Cases.Storage;

namespace Culprit.Cases;

/// <summary>Where cases lie, so that no output takes the place of their files: what a case holds is signed, and changes by its own commands alone.</summary>
public static class CasePlace
{
    // One of these names alone may stand in any folder; a case that lost one is still a case.
    private static readonly string[] Signs = [CaseLayout.Case, CaseLayout.Manifest, CaseLayout.Custody, CaseLayout.Signature];

    /// <summary>The folder of the case that a path leads into, through links too; null where it leads into none.</summary>
    /// <param name="path">A file or folder, which need not be there.</param>
    public static string? Around(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            string? folder = path.Length == 0 ? null : OutputFile.Followed(Path.GetFullPath(path));
            while (folder is not null && Signs.Count(sign => File.Exists(Path.Combine(folder, sign))) < 2)
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // What leads nowhere is refused when it is written.
            return null;
        }
    }

    /// <summary>Whether a path is a folder or lies within it, as far as their names tell.</summary>
    public static bool IsWithin(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative == "." || !(relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative));
    }
}
