using System.Text;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Output;

/// <summary>Where a command's result goes: standard output, or a file that takes its name once it is whole.</summary>
internal static class ResultOutput
{
    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file; null for standard output.</param>
    /// <param name="host">The host.</param>
    /// <param name="write">Writes the result.</param>
    /// <exception cref="IOException">Standard output takes nothing more.</exception>
    /// <returns>The exit code.</returns>
    public static int Write(string? path, CliHost host, Action<Stream> write)
    {
        if (path is null)
        {
            host.Out.Flush();

            // Rows are small and many. Not disposed of, which would close standard output.
            var buffered = new BufferedStream(host.OutStream, 64 * 1024);
            write(buffered);
            buffered.Flush();
            host.OutStream.Flush();
            return ExitCodes.Done;
        }

        if (path.Length == 0)
        {
            host.Error.WriteLine("culprit: an empty name names no file.");
            return ExitCodes.NotWritten;
        }

        try
        {
            WriteFile(path, write);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            host.Error.WriteLine($"culprit: {host.Safe(path)} cannot be written: {host.Safe(e.Message.TrimEnd('.'))}.");
            return ExitCodes.NotWritten;
        }
    }

    /// <summary>Writes a file whole or not at all, and the folders that it needs. What was there before stays until the new one is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void WriteFile(string path, Action<Stream> write)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        FileStream? file = null;
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("it is a folder; name a file");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, 256 * 1024);
            write(file);
            file.Flush(flushToDisk: true);
            file.Dispose();
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            Discard(file, temporary);
        }
    }

    /// <summary>Writes a page as on a terminal; in a file it has no colours.</summary>
    public static int WritePage(string? path, CliHost host, Action<CliHost> write)
    {
        if (path is null)
        {
            write(host);
            return ExitCodes.Done;
        }

        return Write(path, host, file =>
        {
            using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            using var page = new CliHost { OutStream = file, Out = text, Error = host.Error, Unicode = true, Width = 100, Environment = host.Environment, Clock = host.Clock };
            write(page);
        });
    }

    private static void Discard(FileStream? file, string temporary)
    {
        try
        {
            file?.Dispose();
            if (file is not null)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that is full refuses the buffered rest too; the name ends in .tmp and says what it is.
            return;
        }
    }
}
