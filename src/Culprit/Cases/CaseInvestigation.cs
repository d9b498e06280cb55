using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Culprit.Cases.Database;
using Culprit.Cases.Segments;
using Culprit.Cases.Storage;
using Culprit.Evidence;
using Culprit.Evidence.Discovery;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Cases;

/// <summary>
/// Investigates evidence and keeps a case of it. Evidence is read in parts, each of which is committed once it was judged: ended at
/// any moment, the same call goes on from there and comes to the same result.
/// </summary>
public static class CaseInvestigation
{
    /// <summary>Reads what of the evidence the case has not read, and judges all of it.</summary>
    /// <param name="request">What, and where to.</param>
    /// <param name="progress">Told every few megabytes; may be null.</param>
    /// <param name="stop">Ends the run early: what was committed until then is the result, and nothing is lost.</param>
    /// <exception cref="CaseException">The case cannot be used.</exception>
    /// <exception cref="IOException">The case cannot be written; it is as it was at the last commit.</exception>
    /// <exception cref="UnauthorizedAccessException">The case may not be written.</exception>
    public static CaseResult Run(CaseRequest request, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        return DatabaseFault.Write(() => Go(request, progress, stop));
    }

    private static CaseResult Go(CaseRequest request, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        CaseStore store = CaseStore.OpenOrCreate(request.Folder, request.Disk);
        try
        {
            CaseManifest manifest = Prepare(store, request);
            IReadOnlyList<FoundFile> found = request.Investigation.Files.Found;
            List<FoundFile> unread = Unread(found, manifest, stop);
            List<FoundFile> notReached = Read(store, request, ref manifest, unread, progress, stop);
            InvestigationResult result = SegmentFiles.Join(store, manifest, request.Investigation.Rules, notReached.Select(NotReached));
            try
            {
                using CaseIncidents joined = CaseIncidents.Of(store, manifest, request.Investigation.Evidence, stop);
                ImmutableArray<Incident> incidents = IsJudged(store) || notReached.Count > 0
                    ? joined.Of(result, static _ => { })
                    : Judge(store, request, manifest, result, joined);
                return new CaseResult(store, result, incidents) { FilesRead = unread.Count - notReached.Count, FilesKnown = found.Count - unread.Count };
            }
            catch
            {
                result.Dispose();
                throw;
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Whether everything that was read was judged too.</summary>
    internal static bool IsJudged(CaseStore store) =>
        store.Log.Entries.LastOrDefault(static e => e.Action is "read" or "rejudge" or "create" or "judge")?.Action == "judge";

    internal static CaseManifest ReadManifest(CaseStore store) =>
        JsonSerializer.Deserialize(store.Read(CaseLayout.Manifest), CaseJson.Default.CaseManifest)
        ?? throw new CaseException(CaseFault.Damaged, "its manifest is empty");

    private static CaseManifest Prepare(CaseStore store, CaseRequest request)
    {
        RuleCatalog rules = request.Investigation.Rules;
        var versions = new CaseVersions(
            request.Actor.Tool, rules.ContentHash, rules.Rules.Length + rules.Correlations.Length, "none", rules.IndicatorsHash, rules.IndicatorCount);
        var judging = new CaseJudging(
            rules.MinimumLevel, request.Investigation.Since?.ToUniversalTime(), request.Investigation.Until?.ToUniversalTime(), request.Investigation.Evidence.IncludeSlack);
        if (store.Header is null)
        {
            return Create(store, request, versions, judging);
        }

        CaseManifest manifest = ReadManifest(store);
        bool same = manifest.Versions == versions && manifest.Judging == judging;
        if (!same && !request.Rejudge)
        {
            throw new CaseException(CaseFault.OtherRules, Difference(manifest, versions, judging) + "; --rejudge reads all evidence of the case again and judges it anew");
        }

        // A rejudgement that was interrupted goes on; it does not begin again.
        return request.Rejudge && !(same && !IsJudged(store)) ? Rejudge(store, request, manifest, versions, judging) : manifest;
    }

    private static CaseManifest Create(CaseStore store, CaseRequest request, CaseVersions versions, CaseJudging judging)
    {
        var manifest = new CaseManifest { Versions = versions, Judging = judging, Evidence = [], Pending = [], LastSegment = 0 };
        string name = request.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Folder)));
        var header = new CaseHeader(CaseLayout.Format, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), name, request.Actor.Clock.GetUtcNow());
        using CaseChange change = store.Begin();
        change.Write(CaseLayout.Case, header.Write);
        WriteManifest(change, manifest);
        change.Commit("create", $"Made the case '{name}'.", request.Actor, header.Id);
        return manifest;
    }

    private static CaseManifest Rejudge(CaseStore store, CaseRequest request, CaseManifest manifest, CaseVersions versions, CaseJudging judging)
    {
        CaseManifest next = manifest with
        {
            Versions = versions,
            Judging = judging,
            Evidence = [],
            Pending =
            [
                .. manifest.Pending.Concat(manifest.Evidence.Where(static e => e.Container.Length == 0 && e.Sha256.Length > 0)
                    .Select(static e => new CaseEvidenceFile(e.Path, e.Location, e.Sha256))).OrderBy(static p => p.Path, StringComparer.Ordinal),
            ],
        };

        // Before anything changes it must be certain that all of it can be read.
        _ = EvidenceChoice.Unread([], next, CancellationToken.None);
        using CaseChange change = store.Begin();
        foreach (string name in store.Log.Files.Keys.Where(static n =>
            n.StartsWith(CaseLayout.Segments, StringComparison.Ordinal) || n.StartsWith(CaseLayout.Events, StringComparison.Ordinal) || n is CaseLayout.Database or CaseLayout.Attribution))
        {
            change.Delete(name);
        }

        WriteManifest(change, next);
        change.Commit("rejudge", $"Began to read all evidence again: {Difference(manifest, versions, judging)}.", request.Actor, store.Header!.Id);
        return next;
    }

    private static string Difference(CaseManifest manifest, CaseVersions versions, CaseJudging judging) =>
        manifest.Versions.Tool != versions.Tool ? $"it was judged by {manifest.Versions.Tool}, and this is {versions.Tool}"
        : manifest.Versions.Indicators != versions.Indicators ? $"it was judged by {NamedIndicators(manifest.Versions)}, and these are {NamedIndicators(versions)}"
        : manifest.Versions != versions ? $"it was judged by the rules {manifest.Versions.Rules[..16]}, and these are {versions.Rules[..16]}"
        : manifest.Judging != judging ? "it was judged with other values of --min-level, --since, --until or --slack"
        : "it was judged by the same rules in the same way";

    private static string NamedIndicators(CaseVersions versions) =>
        versions.Indicators == "none" ? "no indicators" : "the indicators " + versions.Indicators[..16];

    private static List<FoundFile> Unread(IReadOnlyList<FoundFile> found, CaseManifest manifest, CancellationToken stop)
    {
        try
        {
            return EvidenceChoice.Unread(found, manifest, stop);
        }
        catch (OperationCanceledException)
        {
            return [.. found];
        }
    }

    // Gives back the files that were not reached.
    private static List<FoundFile> Read(
        CaseStore store, CaseRequest request, ref CaseManifest manifest, List<FoundFile> unread, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        var overall = progress is null ? null : new BatchProgress(progress, unread);
        int done = 0;
        foreach (List<FoundFile> batch in EvidenceChoice.Batches(unread, request.CommitEvery))
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            using CaseChange change = store.Begin();
            InvestigationRequest investigation = request.Investigation;
            using var index = new EventIndex(investigation.CreateSpill) { Since = investigation.Since, Until = investigation.Until };
            string events = $"{CaseLayout.Events}{manifest.LastSegment + 1:0000}.parquet";
            using EventKeeper? keeper = request.KeepEvents ? new EventKeeper(change.PathOf(events + ".scratch")) : null;
            using JudgedEvidence judged = Investigation.Judge(
                investigation with
                {
                    Files = new EvidenceFiles(batch),
                    CreateSinkBeside = keeper is null ? index.CreateSink : () => new PairOfSinks(index.CreateSink(), keeper.CreateSink()),
                },
                overall,
                stop);
            if (judged.Coverage.Stopped)
            {
                break;
            }

            if (keeper is not null)
            {
                keeper.Write(change.PathOf(events), judged.Coverage);
                keeper.Dispose();
                change.Adopt(events);
            }

            manifest = Keep(store, request, change, manifest, batch, judged, index);
            overall?.Advance(batch);
            done += batch.Count;
        }

        return unread[done..];
    }

    private static CaseManifest Keep(
        CaseStore store, CaseRequest request, CaseChange change, CaseManifest manifest, List<FoundFile> batch, JudgedEvidence judged, EventIndex index)
    {
        int number = manifest.LastSegment + 1;
        Dictionary<string, string> locations = batch.ToDictionary(static f => f.Path, static f => f.FullPath, StringComparer.Ordinal);
        CaseEvidence[] read = [.. judged.Coverage.Sources.Select(source => Describe(source, locations, number))];
        HashSet<(string Path, string Location)> roots = [.. read.Where(static e => e.Container.Length == 0).Select(static e => (e.Path, e.Location))];
        CaseManifest next = manifest with
        {
            LastSegment = number,
            Evidence =
            [
                .. manifest.Evidence.Where(e => e.Sha256.Length > 0 || !roots.Contains((e.Path, e.Location))).Concat(read)
                    .OrderBy(static e => e.Path, StringComparer.Ordinal).ThenBy(static e => e.Segment),
            ],
            Pending = [.. manifest.Pending.Where(p => !roots.Contains((p.Path, p.Location)))],
        };
        SegmentFiles.Write(change, number, judged, index);
        WriteManifest(change, next);
        long bytes = judged.Coverage.BytesGiven;
        change.Commit("read", $"Read {batch.Count} files of {bytes} bytes as segment {number}, from {batch[0].Path} to {batch[^1].Path}.", request.Actor, store.Header!.Id);
        return next;
    }

    private static CaseEvidence Describe(SourceCoverage source, Dictionary<string, string> locations, int segment)
    {
        string container = source.Source.Container?.Path ?? "";
        string location = container.Length == 0 ? locations.GetValueOrDefault(source.Source.Path, "") : "";
        string hash = source.Source.Sha256;
        return new CaseEvidence
        {
            Path = source.Source.Path,
            Container = container,
            Location = location,
            Sha256 = hash.Length == 0 && location.Length > 0 && source.Source.Length > 0 ? EvidenceChoice.HashOf(location) : hash,
            Size = source.Source.Length,
            Format = source.Format,
            BytesRead = source.BytesRead,
            NotReadReason = source.NotReadReason,
            RecordsGood = source.RecordsGood,
            RecordsBad = source.RecordsBad,
            RecordsRecovered = source.RecordsRecovered,
            First = source.First,
            Last = source.Last,
            Hosts = source.Hosts,
            TimeAssumption = source.TimeAssumption,
            Segment = segment,
        };
    }

    private static ImmutableArray<Incident> Judge(CaseStore store, CaseRequest request, CaseManifest manifest, InvestigationResult result, CaseIncidents joined)
    {
        using CaseChange change = store.Begin();
        (ImmutableArray<Incident> incidents, long findings) = DatabaseWriter.Write(change.PathOf(CaseLayout.Database), manifest, result, joined, CaseMarks.Read(store));
        change.Adopt(CaseLayout.Database);

        // Who is behind incidents that are no longer the same must be asked anew.
        if (store.Has(CaseLayout.Attribution))
        {
            change.Delete(CaseLayout.Attribution);
        }

        change.Commit(
            "judge", $"Judged all evidence by the rules {manifest.Versions.Rules}: {findings} findings, {incidents.Length} incidents.", request.Actor, store.Header!.Id);
        return incidents;
    }

    private static void WriteManifest(CaseChange change, CaseManifest manifest) =>
        change.Write(CaseLayout.Manifest, output => JsonSerializer.Serialize(output, manifest, CaseJson.Pages.CaseManifest));

    private static SourceCoverage NotReached(FoundFile file) => new()
    {
        Source = new EvidenceSource(file.Path, container: null) { Length = file.Length, Format = "unknown" },
        Format = "unknown",
        BytesRead = 0,
        BytesNotRead = file.Length,
        RecordsGood = 0,
        RecordsBad = 0,
        RecordsRecovered = 0,
        First = EventTime.Unknown,
        Last = EventTime.Unknown,
        Hosts = [],
        Problems = [],
        MoreProblems = 0,
        NotReadReason = "the run was stopped before it was committed",
        TimeAssumption = "",
    };

    // Progress over all parts as if they were one.
    private sealed class BatchProgress(IProgress<EvidenceProgress> inner, List<FoundFile> files) : IProgress<EvidenceProgress>
    {
        private readonly long _bytes = files.Sum(static f => f.Length);
        private EvidenceProgress _before = new(0, 0, 0, 0, 0);
        private EvidenceProgress _last = new(0, 0, 0, 0, 0);

        public void Report(EvidenceProgress value)
        {
            _last = value;
            inner.Report(new EvidenceProgress(
                _before.BytesRead + value.BytesRead, _bytes, _before.Records + value.Records, _before.SourcesDone + value.SourcesDone, files.Count));
        }

        public void Advance(List<FoundFile> batch) => _before = new EvidenceProgress(
            _before.BytesRead + batch.Sum(static f => f.Length), _bytes, _before.Records + _last.Records, _before.SourcesDone + batch.Count, files.Count);
    }
}
