using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Culprit.Cases.Custody;

namespace Culprit.Cases.Storage;

/// <summary>
/// The folder of a case. It is changed by commits alone, each of which happens wholly or not at all, whenever the program ends:
/// opening a case completes a commit that counts and forgets one that does not.
/// </summary>
internal sealed class CaseStore : IDisposable
{
    private readonly FileStream? _lock;

    private CaseStore(string folder, CaseDisk disk, FileStream? gate, CustodyLog log, CaseHeader? header)
    {
        Folder = folder;
        Disk = disk;
        _lock = gate;
        Log = log;
        Header = header;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>How the folder is changed.</summary>
    public CaseDisk Disk { get; }

    /// <summary>The custody log.</summary>
    public CustodyLog Log { get; set; }

    /// <summary>The case's identity; null where the folder is to become one.</summary>
    public CaseHeader? Header { get; private set; }

    /// <summary>
    /// Why nothing vouches for the case as it is: its signature does not hold, or there is none; a sentence without its full stop. Empty
    /// where it holds.
    /// </summary>
    public string SignatureProblem
    {
        get
        {
            string problem = HeldAgainstSignature();
            return problem is "" or Seal.Unsigned ? problem : $"its signature does not hold: {problem}";
        }
    }

    /// <summary>Opens a case to change it, or a folder that is empty or does not exist to make one in it.</summary>
    /// <exception cref="CaseException">It cannot be used.</exception>
    public static CaseStore OpenOrCreate(string folder, CaseDisk disk)
    {
        bool isCase = File.Exists(CaseLayout.At(folder, CaseLayout.Case)) || Directory.Exists(CaseLayout.At(folder, CaseLayout.Commit));
        if (!isCase && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder)
            .Any(static e => Path.GetFileName(e) is not (CaseLayout.Lock or CaseLayout.Next)))
        {
            throw new CaseException(CaseFault.NotEmpty, "the folder holds other files; give a case a folder of its own");
        }

        disk.CreateFolder(folder);
        return Open(folder, disk, create: true);
    }

    /// <summary>Opens a case to change it.</summary>
    /// <exception cref="CaseException">It cannot be used.</exception>
    public static CaseStore Open(string folder, CaseDisk disk)
    {
        Require(folder);
        return Open(folder, disk, create: false);
    }

    /// <summary>Opens a case to read it; others may read it at the same time.</summary>
    /// <exception cref="CaseException">It cannot be used.</exception>
    public static CaseStore OpenToRead(string folder)
    {
        CaseStore store = Load(folder, CaseDisk.Real, LockToRead(folder));
        try
        {
            store.RequireWhole();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Keeps programs out that would change a case, and completes a commit that counts; the case itself may be damaged.</summary>
    /// <exception cref="CaseException">There is no case, or another program works on it.</exception>
    public static FileStream? LockToRead(string folder)
    {
        Require(folder);
        if (Directory.Exists(CaseLayout.At(folder, CaseLayout.Commit)))
        {
            using FileStream? alone = Lock(folder, share: false);
            Complete(folder, CaseDisk.Real);
        }

        return Lock(folder, share: true);
    }

    /// <summary>The content of a file, held against what the custody log says of it.</summary>
    /// <exception cref="CaseException">It is missing, or not what was written.</exception>
    public byte[] Read(string name)
    {
        byte[] bytes = ReadAny(Folder, name);
        Check(name, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return bytes;
    }

    /// <summary>Opens a file, once its content was held against what the custody log says of it.</summary>
    /// <exception cref="CaseException">It is missing, or not what was written.</exception>
    public FileStream OpenFile(string name)
    {
        FileStream file;
        try
        {
            file = new FileStream(CaseLayout.At(Folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(name);
        }

        try
        {
            Check(name, Convert.ToHexStringLower(SHA256.HashData(file)));
            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the case has a file.</summary>
    public bool Has(string name) => Log.Files.ContainsKey(name);

    /// <summary>Makes sure that the case is what its key signed. One that nobody signed, as its custody log says too, passes.</summary>
    /// <exception cref="CaseException">It is not.</exception>
    public void RequireVouchedFor()
    {
        string problem = SignatureProblem;
        if (problem.Length > 0 && !(problem == Seal.Unsigned && Log.Entries[^1].Signer.Length == 0))
        {
            throw new CaseException(
                CaseFault.Damaged, $"{problem}. Nothing was written; 'culprit verify' says more");
        }
    }

    /// <summary>
    /// Makes sure that all that the case rests on is there, and as long as it was written: names and lengths alone are looked at, as larger files are hashed when
    /// they are read. What was made of the case, such as a dossier, is not asked for, nor is the key, of which <see cref="SignatureProblem"/> tells.
    /// </summary>
    /// <exception cref="CaseException">It is not.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder of it may not be looked into.</exception>
    public void RequireWhole()
    {
        foreach (string name in Log.Files.Keys.Where(static n => n != CaseLayout.SignerKey && IsOfTheCase(n)))
        {
            try
            {
                File.GetAttributes(CaseLayout.At(Folder, name));
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                throw Missing(name);
            }
        }

        string sizes = "/" + CaseLayout.SegmentSizes;
        foreach ((string name, long size) in Log.Files.Keys.Where(n => n.StartsWith(CaseLayout.Segments, StringComparison.Ordinal) && n.EndsWith(sizes, StringComparison.Ordinal))
            .SelectMany(n => FileSizes.Read(Read(n)).Sizes))
        {
            if (Log.Files.ContainsKey(name) && new FileInfo(CaseLayout.At(Folder, name)).Length != size)
            {
                throw NotAsWritten(name);
            }
        }
    }

    /// <summary>Begins a commit.</summary>
    public CaseChange Begin() => new(this);

    /// <summary>Takes the identity that a commit gave the case.</summary>
    public void Reload() => Header = CaseHeader.Read(Read(CaseLayout.Case));

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();

    /// <summary>Completes the commit that counts, if there is one.</summary>
    internal static void Complete(string folder, CaseDisk disk)
    {
        string commit = CaseLayout.At(folder, CaseLayout.Commit);
        string list = Path.Combine(commit, CaseLayout.CommitList);
        if (File.Exists(list))
        {
            CommitList steps = CommitList.Read(File.ReadAllBytes(list));
            foreach (string name in steps.Moves)
            {
                string from = CaseLayout.At(commit, name);
                if (File.Exists(from))
                {
                    string to = CaseLayout.At(folder, name);
                    disk.CreateFolder(Path.GetDirectoryName(to)!);
                    disk.MoveFile(from, to);
                }
            }

            foreach (string name in steps.Deletes)
            {
                Delete(folder, name, disk);
            }

            // The list goes first: a folder without it is a commit that is complete.
            disk.DeleteFile(list);
        }

        if (Directory.Exists(commit))
        {
            disk.DeleteFolder(commit);
        }
    }

    private static CaseStore Open(string folder, CaseDisk disk, bool create)
    {
        FileStream gate = Lock(folder, share: false)!;
        try
        {
            Complete(folder, disk);
            string next = CaseLayout.At(folder, CaseLayout.Next);
            if (Directory.Exists(next))
            {
                disk.DeleteFolder(next);
            }

            return create && !File.Exists(CaseLayout.At(folder, CaseLayout.Case))
                ? new CaseStore(folder, disk, gate, new CustodyLog(), header: null)
                : LoadToChange(folder, disk, gate);
        }
        catch
        {
            gate.Dispose();
            throw;
        }
    }

    // A commit signs all that is there. What somebody changed must be seen before, or it would be vouched for by who wrote next.
    private static CaseStore LoadToChange(string folder, CaseDisk disk, FileStream gate)
    {
        CaseStore store = Load(folder, disk, gate);
        store.RequireVouchedFor();
        store.RequireWhole();
        foreach (string name in store.Log.Files.Keys.Where(static n => n != CaseLayout.Database && !n.Contains('/', StringComparison.Ordinal)))
        {
            store.Read(name);
        }

        return store;
    }

    private static CaseStore Load(string folder, CaseDisk disk, FileStream? gate)
    {
        try
        {
            CustodyLog log = CustodyLog.Read(ReadAny(folder, CaseLayout.Custody), out string problem);
            if (problem.Length > 0)
            {
                throw new CaseException(CaseFault.Damaged, $"the custody log is damaged: {problem}. 'culprit verify' says more");
            }

            var store = new CaseStore(folder, disk, gate, log, header: null);
            store.Reload();
            return store;
        }
        catch
        {
            gate?.Dispose();
            throw;
        }
    }

    private static void Require(string folder)
    {
        if (!File.Exists(CaseLayout.At(folder, CaseLayout.Case)) && !Directory.Exists(CaseLayout.At(folder, CaseLayout.Commit)))
        {
            throw new CaseException(CaseFault.NotACase, "there is no case in this folder; 'culprit investigate PATH --case DIR' makes one");
        }
    }

    private static FileStream? Lock(string folder, bool share)
    {
        string path = CaseLayout.At(folder, CaseLayout.Lock);
        if (share && !File.Exists(path))
        {
            return null;
        }

        try
        {
            return share
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)
                : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new CaseException(CaseFault.InUse, "another program works on this case; wait until it is done");
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows; EWOULDBLOCK of Linux, and of macOS and BSD. Anything else, such as a
    // file system that may only be read, is no other program.
    private static bool IsHeldByAnother(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xFFFF) is 32 or 33
        : e.HResult == (OperatingSystem.IsLinux() ? 11 : 35);

    private static void Delete(string folder, string name, CaseDisk disk)
    {
        string path = CaseLayout.At(folder, name);
        if (File.Exists(path))
        {
            disk.DeleteFile(path);
        }

        // A folder that holds nothing any more goes with its last file.
        string? parent = Path.GetDirectoryName(path);
        if (name.Contains('/', StringComparison.Ordinal) && Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
        {
            disk.DeleteFolder(parent);
        }
    }

    private static byte[] ReadAny(string folder, string name)
    {
        try
        {
            return File.ReadAllBytes(CaseLayout.At(folder, name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(name);
        }
    }

    private static CaseException Missing(string name) =>
        new(CaseFault.Damaged, $"its file {name} is missing. 'culprit verify' says more");

    private static CaseException NotAsWritten(string name) =>
        new(CaseFault.Damaged, $"its file {name} is not what was written. 'culprit verify' says more");

    private static bool IsOfTheCase(string name) =>
        !name.Contains('/', StringComparison.Ordinal)
        || Array.Exists([CaseLayout.Segments, CaseLayout.Events, CaseLayout.Timestamps], folder => name.StartsWith(folder, StringComparison.Ordinal));

    private string HeldAgainstSignature()
    {
        string signature = CaseLayout.At(Folder, CaseLayout.Signature);
        if (!File.Exists(signature))
        {
            return Log.Entries[^1].Signer.Length == 0 ? Seal.Unsigned : $"{CaseLayout.Signature} is missing";
        }

        try
        {
            string pem = Encoding.UTF8.GetString(ReadAny(Folder, CaseLayout.SignerKey));
            SignedStatement? statement = Envelope.Verify(File.ReadAllBytes(signature), pem, out string keyId, out string problem);
            return statement is null
                ? problem
                : Seal.Differences(statement, keyId, Log, Convert.ToHexStringLower(SHA256.HashData(Log.Bytes)), Header!.Id).FirstOrDefault("");
        }
        catch (Exception e) when (e is CaseException or CryptographicException or ArgumentException)
        {
            return $"{CaseLayout.SignerKey} is missing, or no key";
        }
    }

    private void Check(string name, string hash)
    {
        if (!string.Equals(Log.Files.GetValueOrDefault(name), hash, StringComparison.Ordinal))
        {
            throw NotAsWritten(name);
        }
    }
}

/// <summary>A case's identity.</summary>
/// <param name="Format">The version of its layout.</param>
/// <param name="Id">32 hexadecimal digits, drawn when it was made.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Created">When it was made.</param>
internal sealed record CaseHeader(int Format, string Id, string Name, DateTimeOffset Created)
{
    public void Write(Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("format"u8, Format);
        json.WriteString("id"u8, Id);
        json.WriteString("name"u8, Name);
        json.WriteString("created"u8, Created.UtcDateTime);
        json.WriteEndObject();
    }

    public static CaseHeader Read(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        int format = json.RootElement.GetProperty("format"u8).GetInt32();
        return format == CaseLayout.Format
            ? new CaseHeader(
                format, json.RootElement.GetProperty("id"u8).GetString()!, json.RootElement.GetProperty("name"u8).GetString()!,
                json.RootElement.GetProperty("created"u8).GetDateTimeOffset())
            : throw new CaseException(CaseFault.UnknownFormat, $"it has format {format}; this version reads format {CaseLayout.Format}");
    }
}
