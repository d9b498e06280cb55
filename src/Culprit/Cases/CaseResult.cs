using System.Collections.Immutable;
using Culprit.Cases.Storage;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases;

/// <summary>What a case holds after an investigation. It keeps other programs out of the case until it is disposed of.</summary>
public sealed class CaseResult : IDisposable
{
    private readonly CaseStore _store;

    internal CaseResult(CaseStore store, InvestigationResult result, ImmutableArray<Incident> incidents)
    {
        _store = store;
        Result = result;
        Incidents = incidents;
    }

    /// <summary>What was found in all evidence of the case.</summary>
    public InvestigationResult Result { get; }

    /// <summary>The incidents.</summary>
    public ImmutableArray<Incident> Incidents { get; }

    /// <summary>How many files were read now.</summary>
    public required int FilesRead { get; init; }

    /// <summary>How many of the files given had been read before.</summary>
    public required int FilesKnown { get; init; }

    /// <summary>The hash of the last entry of the custody log.</summary>
    public string Head => _store.Log.Head;

    /// <inheritdoc/>
    public void Dispose()
    {
        Result.Dispose();
        _store.Dispose();
    }
}
