using System.Security.Cryptography;
using Culprit.Evidence.Discovery;

namespace Culprit.Cases.Segments;

/// <summary>Tells evidence that a case has read from evidence that it has not: by where it lies and by what it holds.</summary>
internal static class EvidenceChoice
{
    /// <summary>The files that have to be read, by path.</summary>
    /// <param name="found">The files that were given.</param>
    /// <param name="manifest">What the case has read.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="CaseException">Evidence that has to be read again is not what it was.</exception>
    public static List<FoundFile> Unread(IReadOnlyList<FoundFile> found, CaseManifest manifest, CancellationToken stop)
    {
        ILookup<string, CaseEvidence> known = manifest.Evidence.Where(static e => e.Container.Length == 0)
            .ToLookup(static e => e.Location, StringComparer.Ordinal);
        List<FoundFile> unread = [.. manifest.Pending.Select(static p => ToRead(p))];
        HashSet<string> taken = [.. unread.Select(static f => f.FullPath)];
        foreach (FoundFile file in found)
        {
            stop.ThrowIfCancellationRequested();
            if (!taken.Contains(file.FullPath) && !IsKnown(file, known[file.FullPath]))
            {
                unread.Add(file);
            }
        }

        unread.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return unread;
    }

    /// <summary>Parts of at most so many bytes, or of one file that has more.</summary>
    public static IEnumerable<List<FoundFile>> Batches(List<FoundFile> files, long bytes)
    {
        List<FoundFile> batch = [];
        long length = 0;
        foreach (FoundFile file in files)
        {
            if (batch.Count > 0 && length + file.Length > bytes)
            {
                yield return batch;
                batch = [];
                length = 0;
            }

            batch.Add(file);
            length += file.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>SHA-256 of a file in lower-case hexadecimal; empty where it cannot be read.</summary>
    public static string HashOf(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The coverage says why.
            return "";
        }
    }

    private static bool IsKnown(FoundFile file, IEnumerable<CaseEvidence> known)
    {
        string? hash = null;
        foreach (CaseEvidence evidence in known)
        {
            if (file.Problem.Length > 0 || evidence.Sha256.Length == 0)
            {
                if (evidence.Sha256.Length == 0 && (file.Problem.Length > 0 || (hash ??= HashOf(file.FullPath)).Length == 0))
                {
                    return true;
                }
            }
            else if (evidence.Size == file.Length && (hash ??= HashOf(file.FullPath)) == evidence.Sha256)
            {
                return true;
            }
        }

        return false;
    }

    private static FoundFile ToRead(CaseEvidenceFile pending)
    {
        var file = new FileInfo(pending.Location);
        return !file.Exists ? throw Missing(pending, "is not there")
            : HashOf(pending.Location) != pending.Sha256 ? throw Missing(pending, "is not what it was")
            : new FoundFile(pending.Path, pending.Location, file.Length, "");
    }

    private static CaseException Missing(CaseEvidenceFile pending, string what) => new(
        CaseFault.EvidenceMissing, $"all evidence has to be read again, and {pending.Path} {what} at {pending.Location}");
}
