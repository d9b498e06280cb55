using System.Collections.Immutable;
using Culprit.Cases.Segments;
using Culprit.Cases.Storage;
using Culprit.Evidence;
using Culprit.Evidence.Discovery;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Database;

/// <summary>
/// The one place in which a case makes incidents of what was found. The events around findings are told from the indexes that
/// the segments keep, and are read from the evidence where it lay when it was read.
/// </summary>
internal sealed class CaseIncidents : IDisposable
{
    private readonly EventIndex _index;
    private readonly EvidenceFiles _files;
    private readonly EvidenceOptions _options;
    private readonly ImmutableArray<IncidentEvent> _known;
    private readonly CancellationToken _stop;

    /// <summary>Takes what was remembered of all events.</summary>
    /// <param name="index">It; disposed of with this.</param>
    /// <param name="files">Where the evidence lies.</param>
    /// <param name="options">How it was read.</param>
    /// <param name="known">The events that the case already quotes.</param>
    /// <param name="stop">Ends reading early.</param>
    public CaseIncidents(EventIndex index, EvidenceFiles files, EvidenceOptions options, ImmutableArray<IncidentEvent> known, CancellationToken stop)
    {
        _known = known;
        _index = index;
        _files = files;
        _options = options;
        _stop = stop;
    }

    /// <summary>For all evidence of a case.</summary>
    /// <exception cref="CaseException">A segment is damaged.</exception>
    public static CaseIncidents Of(CaseStore store, CaseManifest manifest, EvidenceOptions options, CancellationToken stop)
    {
        var index = new EventIndex();
        try
        {
            SegmentFiles.JoinIndexes(store, index);
            IEnumerable<FoundFile> files = manifest.Evidence.Where(static e => e.Container.Length == 0 && e.Location.Length > 0)
                .DistinctBy(static e => e.Path, StringComparer.Ordinal).Select(static e => new FoundFile(e.Path, e.Location, e.Size, ""));
            return new CaseIncidents(index, new EvidenceFiles([.. files]), options, Quoted(store), stop);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The incidents of a result.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="each">Called for each finding, in order.</param>
    /// <exception cref="OperationCanceledException">The run was stopped: what was read until then is not all that belongs to them.</exception>
    public ImmutableArray<Incident> Of(InvestigationResult result, Action<Finding> each)
    {
        var builder = new IncidentBuilder { Known = _known };
        foreach (Finding finding in result.Findings())
        {
            builder.Add(finding);
            each(finding);
        }

        return builder.Build(_index, _files, _options, _stop);
    }

    // Evidence may have been taken away since; what was quoted of it stays.
    private static ImmutableArray<IncidentEvent> Quoted(CaseStore store)
    {
        if (!store.Has(CaseLayout.Database))
        {
            return [];
        }

        using var database = new DatabaseReader(CaseLayout.At(store.Folder, CaseLayout.Database));
        return [.. database.Incidents().SelectMany(static incident => incident.Events)];
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();
}
