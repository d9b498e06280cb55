using System.Text;
using Culprit.Cases;
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
            OutputFile.Write(path, write);
            return ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            host.Error.WriteLine($"culprit: {host.Safe(path)} cannot be written: {host.Safe(e.Message.TrimEnd('.'))}.");
            return ExitCodes.NotWritten;
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
}
