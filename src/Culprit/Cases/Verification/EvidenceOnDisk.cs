using Culprit.Cases.Segments;
using Culprit.Evidence.Discovery;

namespace Culprit.Cases.Verification;

/// <summary>The files of evidence that a manifest names, as they are found now.</summary>
internal sealed class EvidenceOnDisk
{
    private readonly Dictionary<CaseEvidence, (string Location, string Sha256)> _found = new(ReferenceEqualityComparer.Instance);

    private EvidenceOnDisk(List<CaseEvidence> files) => Files = files;

    /// <summary>The files that the manifest names; those among them that could not be read then, too.</summary>
    public IReadOnlyList<CaseEvidence> Files { get; }

    /// <summary>Looks for evidence where it was read, or below another folder.</summary>
    public static EvidenceOnDisk Find(CaseManifest manifest, string? root, CancellationToken stop)
    {
        var evidence = new EvidenceOnDisk([.. manifest.Evidence.Where(static e => e.Container.Length == 0)]);
        foreach (CaseEvidence file in evidence.Files.Where(static f => f.Sha256.Length > 0))
        {
            stop.ThrowIfCancellationRequested();
            string[] places = [.. root is null ? [file.Location] : Below(root, file.Path)];
            string? location = Array.Find(places, p => new FileInfo(p) is { Exists: true } info && info.Length == file.Size) ?? Array.Find(places, File.Exists);
            if (location is not null)
            {
                evidence._found.Add(file, (location, EvidenceChoice.HashOf(location)));
            }
        }

        return evidence;
    }

    /// <summary>Where a file is; null where it is not found.</summary>
    public string? LocationOf(CaseEvidence file) => _found.TryGetValue(file, out (string Location, string Sha256) found) ? found.Location : null;

    /// <summary>What a file holds now; empty where it is not found or cannot be read.</summary>
    public string HashOf(CaseEvidence file) => _found.TryGetValue(file, out (string Location, string Sha256) found) ? found.Sha256 : "";

    /// <summary>The files that can be read, under the paths that the case knows them by. Of two versions of a file it is the one that is there.</summary>
    public List<FoundFile> ToRead()
    {
        var files = new Dictionary<string, FoundFile>(StringComparer.Ordinal);
        foreach (CaseEvidence file in Files.OrderByDescending(f => HashOf(f) == f.Sha256))
        {
            if (LocationOf(file) is { } location)
            {
                files.TryAdd(file.Path, new FoundFile(file.Path, location, new FileInfo(location).Length, ""));
            }
        }

        return [.. files.Values.OrderBy(static f => f.Path, StringComparer.Ordinal)];
    }

    // The whole path below the root, then ever less of it: the root may be any folder of those that the evidence lay in.
    private static IEnumerable<string> Below(string root, string path)
    {
        if (File.Exists(root))
        {
            return Path.GetFileName(root) == path.Split('/')[^1] ? [root] : [];
        }

        string[] parts = [.. path.Split('/').Where(static p => p is not ("" or "." or ".."))];
        return Enumerable.Range(0, parts.Length).Select(skip => Path.Combine([root, .. parts[skip..]]));
    }
}
