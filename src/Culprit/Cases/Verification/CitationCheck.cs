using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Verification;

/// <summary>Whether the records at the cited byte ranges, read again, say what findings and incidents quote of them.</summary>
internal sealed class CitationCheck() : VerificationCheck(
    "citations", "The cited bytes say what is quoted",
    "Do not rely on the findings that are named; see whether the evidence is what was read.")
{
    protected override string Make(VerificationContext context, CheckFindings findings)
    {
        if (!context.IsJudged(findings))
        {
            return "There is nothing to check yet.";
        }

        var wanted = new Citations();
        var roots = new CitedRoots(context.Manifest, context.Evidence);
        var missing = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int findingNumber = 0;
        foreach (Finding finding in context.Database.Findings())
        {
            context.Stop.ThrowIfCancellationRequested();
            findingNumber++;
            foreach (Citation citation in Citation.Of(finding, findingNumber))
            {
                Add(citation, roots, wanted, missing);
            }
        }

        foreach (Incident incident in context.Database.Incidents())
        {
            foreach (Citation citation in incident.Events.SelectMany(e => Citation.Of(e, incident.Number)))
            {
                Add(citation, roots, wanted, missing);
            }
        }

        foreach ((string path, int count) in missing)
        {
            findings.Open($"{path} is not there: {count} citations were not checked", EvidenceCheck.WhereIsIt);
        }

        Read(context, roots, wanted);
        foreach (string problem in wanted.Problems())
        {
            findings.Fail(problem);
        }

        return $"{wanted.Seen} of {wanted.Count + missing.Values.Sum()} citations were read again.";
    }

    private static void Add(Citation citation, CitedRoots roots, Citations wanted, SortedDictionary<string, int> missing)
    {
        if (roots.CanRead(citation.Place, out string root))
        {
            wanted.Add(citation);
        }
        else
        {
            missing[root] = missing.GetValueOrDefault(root) + 1;
        }
    }

    private static void Read(VerificationContext context, CitedRoots roots, Citations wanted)
    {
        HashSet<string> needed = [.. wanted.Paths.Select(roots.RootOf)];
        EvidenceOptions options = context.Request.Evidence with { IncludeSlack = context.Manifest.Judging.Slack };
        var files = new EvidenceFiles([.. context.Evidence.ToRead().Where(f => needed.Contains(f.Path))]);
        _ = new EvidenceReader(options).Read(files, () => new CitationSink(wanted), progress: null, context.Stop);
        context.Stop.ThrowIfCancellationRequested();
    }
}

/// <summary>To which file of evidence a cited place belongs, and whether that file is there.</summary>
internal sealed class CitedRoots
{
    private readonly ILookup<string, CaseEvidence> _roots;
    private readonly HashSet<(string Path, string Sha256)> _otherVersions;
    private readonly EvidenceOnDisk _disk;

    public CitedRoots(CaseManifest manifest, EvidenceOnDisk disk)
    {
        _disk = disk;
        _roots = disk.Files.ToLookup(static f => f.Path, StringComparer.Ordinal);

        // Of a file that was read in several versions, only what the version that is there holds can be read again.
        HashSet<(string, int)> gone = [.. _roots.Where(static v => v.Skip(1).Any()).SelectMany(static v => v)
            .Where(f => disk.HashOf(f) != f.Sha256).Select(static f => (f.Path, f.Segment))];
        _otherVersions = [.. manifest.Evidence.Where(e => gone.Contains((RootOf(e.Path), e.Segment))).Select(static e => (e.Path, e.Sha256))];
        _otherVersions.ExceptWith(manifest.Evidence.Where(e => !gone.Contains((RootOf(e.Path), e.Segment))).Select(static e => (e.Path, e.Sha256)));
    }

    /// <summary>The file that a source is, or is an entry of.</summary>
    public string RootOf(string path)
    {
        for (int end = path.IndexOf("!/", StringComparison.Ordinal); end >= 0; end = path.IndexOf("!/", end + 1, StringComparison.Ordinal))
        {
            if (_roots.Contains(path[..end]))
            {
                return path[..end];
            }
        }

        return path;
    }

    /// <summary>Whether a place can be read again.</summary>
    public bool CanRead(CitedPlace place, out string root)
    {
        root = RootOf(place.Path);
        return !_otherVersions.Contains((place.Path, place.Sha256)) && _roots[root].Any(f => _disk.LocationOf(f) is not null);
    }
}
