using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Culprit.Cases.Custody;

/// <summary>The custody log: entries, each of which holds the hash of the one before, and the files that the case has after them.</summary>
internal sealed class CustodyLog
{
    private readonly List<CustodyEntry> _entries = [];
    private readonly MemoryStream _bytes = new();

    /// <summary>The entries, oldest first.</summary>
    public IReadOnlyList<CustodyEntry> Entries => _entries;

    /// <summary>The files that the case has, with their SHA-256; without the log itself and the signature.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; private set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The log as it stands in its file.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);

    /// <summary>The hash of the last entry.</summary>
    public string Head => _entries.Count == 0 ? CustodyLine.Nothing : _entries[^1].Hash;

    /// <summary>Reads a log as far as it is whole.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="problem">What is wrong with the first line that does not follow from those before; empty where nothing is.</param>
    public static CustodyLog Read(byte[] bytes, out string problem)
    {
        var log = new CustodyLog();
        int start = 0;
        problem = bytes.Length == 0 ? "the log is empty" : "";
        while (problem.Length == 0 && start < bytes.Length)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
            {
                problem = "the last line has no end";
                break;
            }

            CustodyEntry? entry = CustodyLine.TryRead(bytes.AsMemory(start, length));
            problem = entry is null ? $"line {log._entries.Count + 1} is no entry as this program writes it" : log.TryFollow(entry);
            start += length + 1;
        }

        return log;
    }

    /// <summary>The log with one entry more.</summary>
    public CustodyLog With(
        string action, string detail, ImmutableSortedDictionary<string, string?> files, string signer, CaseActor actor)
    {
        var next = new CustodyLog { Files = Files };
        next._entries.AddRange(_entries);
        next._bytes.Write(Bytes);
        string problem = next.TryFollow(CustodyLine.Sealed(new CustodyEntry
        {
            Sequence = _entries.Count + 1,
            Time = actor.Clock.GetUtcNow(),
            Who = actor.Who,
            Tool = actor.Tool,
            Signer = signer,
            Action = action,
            Detail = detail,
            Files = files,
            State = StateOf(Apply(Files, files)),
            Previous = Head,
            Hash = "",
        }));
        return problem.Length == 0 ? next : throw new InvalidOperationException(problem);
    }

    private string TryFollow(CustodyEntry entry)
    {
        int line = _entries.Count + 1;
        ImmutableSortedDictionary<string, string> files = Apply(Files, entry.Files);
        string problem = entry.Sequence != line ? $"line {line} has the number {entry.Sequence}"
            : !string.Equals(entry.Previous, Head, StringComparison.Ordinal) ? $"line {line} does not follow from the line before"
            : !string.Equals(CustodyLine.Sealed(entry).Hash, entry.Hash, StringComparison.Ordinal) ? $"line {line} is not what it was when it was written"
            : !string.Equals(StateOf(files), entry.State, StringComparison.Ordinal) ? $"line {line} names other files than its state"
            : "";
        if (problem.Length == 0)
        {
            _entries.Add(entry);
            _bytes.Write(CustodyLine.Write(entry));
            _bytes.WriteByte((byte)'\n');
            Files = files;
        }

        return problem;
    }

    private static ImmutableSortedDictionary<string, string> Apply(
        ImmutableSortedDictionary<string, string> files, ImmutableSortedDictionary<string, string?> changes)
    {
        ImmutableSortedDictionary<string, string>.Builder builder = files.ToBuilder();
        foreach ((string path, string? hash) in changes)
        {
            if (hash is null)
            {
                builder.Remove(path);
            }
            else
            {
                builder[path] = hash;
            }
        }

        return builder.ToImmutable();
    }

    private static string StateOf(ImmutableSortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string path, string digest) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{digest}  {path}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
