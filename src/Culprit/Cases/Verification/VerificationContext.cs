using System.Text.Json;
using Culprit.Cases.Custody;
using Culprit.Cases.Database;
using Culprit.Cases.Storage;

namespace Culprit.Cases.Verification;

/// <summary>A case that is verified: its parts as they stand in their files, read when a check needs them and trusted by none.</summary>
internal sealed class VerificationContext(VerifyRequest request, CancellationToken stop) : IDisposable
{
    /// <summary>What to do with a case whose last run was ended.</summary>
    public const string GoOn = "Run the same 'culprit investigate' again, which goes on from there.";

    private DatabaseReader? _database;
    private EvidenceOnDisk? _evidence;

    public VerifyRequest Request { get; } = request;

    public CancellationToken Stop { get; } = stop;

    /// <summary>The custody log as far as it is whole.</summary>
    public CustodyLog Log => field ??= ReadLog();

    /// <summary>What is wrong with the first line of the log that does not follow; empty where nothing is.</summary>
    public string LogProblem
    {
        get
        {
            _ = Log;
            return field;
        }

        private set;
    } = "";

    /// <summary>The manifest.</summary>
    public CaseManifest Manifest => field ??= JsonSerializer.Deserialize(ReadFile(CaseLayout.Manifest), CaseJson.Default.CaseManifest)
        ?? throw new InvalidDataException("the manifest is empty");

    /// <summary>The database.</summary>
    public DatabaseReader Database => _database ??= OpenDatabase();

    /// <summary>The evidence that is there.</summary>
    public EvidenceOnDisk Evidence => _evidence ??= EvidenceOnDisk.Find(Manifest, Request.EvidenceRoot, Stop);

    /// <summary>Whether there is anything to check in the database; says so where the run that was to write it was ended.</summary>
    public bool IsJudged(CheckFindings findings)
    {
        bool judged = Log.Files.ContainsKey(CaseLayout.Database);
        if (!judged)
        {
            findings.Open("nothing was judged yet", GoOn);
        }

        return judged;
    }

    /// <summary>Where a file of the case lies.</summary>
    public string PathOf(string name) => CaseLayout.At(Request.Folder, name);

    /// <summary>A file of the case.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public byte[] ReadFile(string name)
    {
        using FileStream file = OpenFile(name);
        var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Opens a file of the case.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public FileStream OpenFile(string name)
    {
        try
        {
            return new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(PathOf(name)))
        {
            throw new FileNotFoundException($"{name} is missing", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"{name} cannot be read: access denied", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database?.Dispose();

    private DatabaseReader OpenDatabase()
    {
        OpenFile(CaseLayout.Database).Dispose();
        return new DatabaseReader(PathOf(CaseLayout.Database));
    }

    private CustodyLog ReadLog()
    {
        byte[] bytes = File.Exists(PathOf(CaseLayout.Custody)) ? ReadFile(CaseLayout.Custody) : [];
        CustodyLog log = CustodyLog.Read(bytes, out string problem);
        LogProblem = problem;
        return log;
    }
}
