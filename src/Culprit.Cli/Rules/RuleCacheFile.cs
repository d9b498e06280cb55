using Culprit.Findings;

namespace Culprit.Cli.Rules;

/// <summary>
/// Keeps resolved rules in the user's cache folder, so that the second run starts at once. Anything wrong with the
/// folder or a file in it costs time, never the run: the rules are then resolved again.
/// </summary>
/// <param name="folder">The folder; made when something is kept.</param>
internal sealed class RuleCacheFile(string folder) : IRuleCache
{
    private const string Prefix = "rules-";
    private const string Suffix = ".bin";

    // Old entries: one each for a few rule choices is enough.
    private const int MaxFiles = 8;

    /// <summary>The user's cache; null where there is no folder for it or <c>CULPRIT_NO_CACHE</c> is set.</summary>
    public static RuleCacheFile? ForUser(Func<string, string?> environment) =>
        environment("CULPRIT_NO_CACHE") is null && UserFolders.Cache(environment) is { } folder ? new RuleCacheFile(folder) : null;

    /// <inheritdoc/>
    public Stream? TryOpen(string key)
    {
        try
        {
            // Read whole at once: it is some megabytes, and is read to its end.
            return new MemoryStream(File.ReadAllBytes(PathOf(key)), writable: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Keep(string key, Action<Stream> write)
    {
        string temporary = Path.Combine(folder, $"{Prefix}{key[..16]}.{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream stream = File.Create(temporary, bufferSize: 256 * 1024))
            {
                write(stream);
            }

            File.Move(temporary, PathOf(key), overwrite: true);
            Prune();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, Prefix + key + Suffix);

    private void Prune()
    {
        foreach (FileInfo old in new DirectoryInfo(folder).EnumerateFiles(Prefix + "*" + Suffix)
            .OrderByDescending(static f => f.LastWriteTimeUtc).Skip(MaxFiles))
        {
            TryDelete(old.FullName);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process holds it, and will replace or prune it.
            return;
        }
    }
}
