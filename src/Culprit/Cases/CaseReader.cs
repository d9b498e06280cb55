using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Cases.Database;
using Culprit.Cases.Storage;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases;

/// <summary>A case that is read. While it is open, other programs may read the case too, and none may change it.</summary>
public sealed class CaseReader : IDisposable
{
    private readonly CaseStore _store;
    private readonly DatabaseReader _database;
    private readonly CaseMarks _marks;
    private ImmutableArray<Incident>? _incidents;

    private CaseReader(CaseStore store, DatabaseReader database)
    {
        _store = store;
        _database = database;
        _marks = CaseMarks.Read(store);
        Manifest = CaseInvestigation.ReadManifest(store);
    }

    /// <summary>The case's identifier: 32 hexadecimal digits, drawn when it was made.</summary>
    public string Id => _store.Header!.Id;

    /// <summary>What the case is called.</summary>
    public string Name => _store.Header!.Name;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created => _store.Header!.Created;

    /// <summary>The evidence, and by what and how it was judged.</summary>
    public CaseManifest Manifest { get; }

    /// <summary>Whether all evidence that was read is in findings and incidents; false where a run ended early.</summary>
    public bool IsCurrent => CaseInvestigation.IsJudged(_store);

    /// <summary>The incidents with their events and stories, gravest first.</summary>
    public ImmutableArray<Incident> Incidents => _incidents ??= _database.Incidents();

    /// <summary>Every finding, in the order of <see cref="InvestigationResult.Findings"/>; read as it is enumerated, one enumeration at a time.</summary>
    public IEnumerable<Finding> Findings() => _database.Findings();

    /// <summary>The findings of some incidents, by the numbers that these give; read as they are enumerated, one enumeration at a time.</summary>
    public IEnumerable<(int Number, Finding Finding)> FindingsOf(IEnumerable<Incident> incidents) => _database.FindingsOf(incidents);

    /// <summary>What people noted, oldest first.</summary>
    public ImmutableArray<CaseNote> Notes => _marks.Notes;

    /// <summary>What people tagged, oldest first.</summary>
    public ImmutableArray<CaseTag> Tags => _marks.Tags;

    /// <summary>Who did it, as it was last assessed; null where nobody asked since the evidence was judged.</summary>
    /// <exception cref="CaseException">It is not what was written.</exception>
    public AssessedIncidents? Attribution => _store.Has(CaseLayout.Attribution) ? ReadAttribution() : null;

    /// <summary>Everything that was done to the case, oldest first.</summary>
    public IReadOnlyList<CustodyEntry> Custody => _store.Log.Entries;

    /// <summary>The hash of the last entry of the custody log: names this state of the case.</summary>
    public string Head => _store.Log.Head;

    /// <summary>The identifier of the key that signed this state, <see cref="CaseSigner.KeyId"/>; empty where it is not signed.</summary>
    public string SignerKeyId => _store.Log.Entries[^1].Signer;

    /// <summary>
    /// Why nothing vouches for this state of the case: its signature does not hold, or there is none; a sentence without its full stop.
    /// Empty where the signature holds by the key that the case brings.
    /// </summary>
    public string SignatureProblem => _store.SignatureProblem;

    /// <summary>The path of the database (DuckDB), to be opened for reading only, for queries that are not here.</summary>
    public string DatabasePath => CaseLayout.At(_store.Folder, CaseLayout.Database);

    /// <summary>Opens a case.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="CaseException">It cannot be used, or nothing was judged yet.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CaseReader Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        CaseStore store = CaseStore.OpenToRead(folder);
        try
        {
            if (!store.Has(CaseLayout.Database))
            {
                throw new CaseException(CaseFault.NotJudged, "its evidence was not read to its end; run the same 'culprit investigate' again, which goes on from there");
            }

            store.OpenFile(CaseLayout.Database).Dispose();
            var database = new DatabaseReader(CaseLayout.At(folder, CaseLayout.Database));
            try
            {
                return new CaseReader(store, database);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The content of another file of the case, such as one that <see cref="CaseRecorder.Add"/> put there.</summary>
    /// <exception cref="CaseException">There is none of that name, or it is not what was written.</exception>
    public byte[] ReadFile(string name) => _store.Read(name);

    /// <summary>The Parquet files that hold all events of the evidence, each held against the custody log; empty where they were not kept.</summary>
    /// <exception cref="CaseException">One is not what was written.</exception>
    internal ImmutableArray<string> EventFiles()
    {
        string[] names =
        [
            .. _store.Log.Files.Keys.Where(static n => n.StartsWith(CaseLayout.Events, StringComparison.Ordinal) && n.EndsWith(".parquet", StringComparison.Ordinal)),
        ];
        foreach (string name in names)
        {
            _store.OpenFile(name).Dispose();
        }

        return [.. names.Select(n => Path.GetFullPath(CaseLayout.At(_store.Folder, n)))];
    }

    // Written whole and held against the custody log, so that what cannot be read is of another version.
    private AssessedIncidents ReadAttribution()
    {
        try
        {
            return AssessedIncidents.Read(_store.Read(CaseLayout.Attribution));
        }
        catch (Exception e) when (e is InvalidDataException or AssessmentFormatException)
        {
            throw new CaseException(CaseFault.Damaged, $"{e.Message.TrimEnd('.')}; 'culprit attribute' makes them anew");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Dispose();
        _store.Dispose();
    }
}
