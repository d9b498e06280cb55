using Culprit.TestSupport;

namespace Culprit.Evtx.Tests;

/// <summary>The event logs of the shared corpus.</summary>
internal static class Corpus
{
    public static string Folder => Path.Combine(RepositoryRoot.Shared, "corpus", "evtx");

    public static string[] Files() =>
        [.. Directory.EnumerateFiles(Folder, "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>The path below the corpus, '/'-separated.</summary>
    public static string NameOf(string path) => Path.GetRelativePath(Folder, path).Replace('\\', '/');
}
