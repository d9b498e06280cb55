using System.Collections.Immutable;
using System.Security.Cryptography;
using DuckDB.NET.Data;

namespace Culprit.Cases.Exports;

/// <summary>The files of an export: written under temporary names, they take their own together.</summary>
internal sealed class ExportFiles(string output, bool isFolder) : IDisposable
{
    private readonly List<(string Temporary, string Final)> _pending = [];
    private readonly List<ExportedFile> _written = [];

    /// <summary>What was written so far.</summary>
    public ImmutableArray<ExportedFile> Written => [.. _written];

    /// <summary>Does something whose failure means that the output cannot be written.</summary>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException || IsWriteError(e))
        {
            throw new ExportException(e.Message, e);
        }
    }

    /// <summary>Writes a file; of an export that is one file, the name is empty.</summary>
    public void Write(string name, Action<Stream> write) => WriteWith(name, path =>
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 256 * 1024);
        write(file);
        file.Flush(flushToDisk: true);
    });

    /// <summary>Has a file written by something else.</summary>
    public void WriteWith(string name, Action<string> write)
    {
        string final = isFolder ? Path.Combine(output, name) : output;
        string folder = Path.GetDirectoryName(Path.GetFullPath(final))!;
        Directory.CreateDirectory(folder);
        if (Directory.Exists(final))
        {
            throw new IOException($"{final} is a folder; name a file");
        }

        string temporary = $"{final}.{Environment.ProcessId}.tmp";
        _pending.Add((temporary, final));
        write(temporary);
        using FileStream file = File.OpenRead(temporary);
        _written.Add(new ExportedFile(final, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length));
    }

    /// <summary>Gives the files their names.</summary>
    public void Publish()
    {
        foreach ((string temporary, string final) in _pending)
        {
            File.Move(temporary, final, overwrite: true);
        }

        _pending.Clear();
    }

    /// <summary>Removes what did not get its name.</summary>
    public void Dispose()
    {
        foreach ((string temporary, _) in _pending)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The folder became unreachable; the name ends in .tmp and says what it is.
                continue;
            }
        }
    }

    // COPY reports a full disk and a folder that may not be written to as errors of its own.
    private static bool IsWriteError(Exception e) => e is DuckDBException && e.Message.StartsWith("IO Error", StringComparison.Ordinal);
}
