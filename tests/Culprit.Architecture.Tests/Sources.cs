using Culprit.TestSupport;

namespace Culprit.Architecture.Tests;

/// <summary>The text files of the repository, as git sees them: without build output.</summary>
internal static class Sources
{
    private static readonly string[] NotOurs = [".git", ".vs", ".idea", "artifacts", "bin", "obj", "out", "node_modules", "BenchmarkDotNet.Artifacts", "TestResults"];

    /// <summary>Every C# file of src/.</summary>
    public static IReadOnlyList<Source> Product { get; } = [.. Read("src")];

    /// <summary>Every C# file, of the product and of what tests, measures and fuzzes it.</summary>
    public static IReadOnlyList<Source> All { get; } =
        [.. Product, .. new[] { "tests", "bench", "fuzz", "samples" }.SelectMany(Read)];

    /// <summary>Fails with one line for each thing found wrong.</summary>
    public static void AssertNone(IReadOnlyCollection<string> wrong) =>
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));

    /// <summary>The folders directly or anywhere below one, with '/' and relative to the repository.</summary>
    public static IEnumerable<string> Folders(string below, bool deep)
    {
        string root = Path.Combine(RepositoryRoot.Path, below);
        if (!Directory.Exists(root))
        {
            yield break;
        }

        foreach (string folder in Directory.EnumerateDirectories(root))
        {
            if (NotOurs.Contains(Path.GetFileName(folder), StringComparer.Ordinal) || !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                continue;
            }

            string relative = Path.GetRelativePath(RepositoryRoot.Path, folder).Replace('\\', '/');
            yield return relative;
            if (deep)
            {
                foreach (string inner in Folders(relative, deep))
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<Source> Read(string below) =>
        new[] { below }.Concat(Folders(below, deep: true))
            .Select(folder => Path.Combine(RepositoryRoot.Path, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs"))
            .Order(StringComparer.Ordinal)
            .Select(file => new Source(Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadAllText(file)));
}

/// <summary>A source file: its path from the repository's root, with '/', and its text.</summary>
internal sealed record Source(string Path, string Text)
{
    public string[] Lines { get; } = Text.Split('\n');
}
