namespace Culprit.TestSupport;

/// <summary>Where the repository, its test data and the shared corpus are.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds <c>Culprit.slnx</c>.</summary>
    public static string Path { get; } = Find();

    /// <summary>The folder of real evidence beside the repository; it may be absent (see <see cref="HasShared"/>).</summary>
    public static string Shared => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "shared");

    /// <summary>Whether the shared corpus is there. Corpus tests report themselves skipped where it is not.</summary>
    public static bool HasShared => Directory.Exists(System.IO.Path.Combine(Shared, "corpus"));

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "Culprit.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("Culprit.slnx is in no folder above " + AppContext.BaseDirectory);
    }
}
