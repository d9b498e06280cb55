using System.Collections.Immutable;
using System.Security.Cryptography;
using DuckDB.NET.Data;

namespace Culprit.Cases.Exports;

/// <summary>The files of an export: written under temporary names, they take their own together.</summary>
internal sealed class ExportFiles(string output, bool isFolder) : IDisposable
{
    private readonly List<OutputFile> _pending = [];
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
        var pending = OutputFile.Begin(final);
        _pending.Add(pending);
        write(pending.Temporary);
        using FileStream file = File.OpenRead(pending.Temporary);
        _written.Add(new ExportedFile(final, Convert.ToHexStringLower(SHA256.HashData(file)), file.Length));
    }

    /// <summary>Gives the files their names.</summary>
    public void Publish()
    {
        foreach (OutputFile file in _pending)
        {
            file.Publish();
        }
    }

    /// <summary>Removes what did not get its name.</summary>
    public void Dispose()
    {
        foreach (OutputFile file in _pending)
        {
            file.Dispose();
        }
    }

    // COPY reports a full disk and a folder that may not be written to as errors of its own.
    private static bool IsWriteError(Exception e) => e is DuckDBException && e.Message.StartsWith("IO Error", StringComparison.Ordinal);
}
