using Culprit.Cli.Commands;
using Culprit.Cli.Terminal;

namespace Culprit.Cli;

/// <summary>The composition root: connects the machine's console to the commands.</summary>
internal static class Program
{
    private const long BytesBeforeCollecting = 192L << 20;

    private static int Main(string[] args)
    {
        // Asked often, by scripts and packagers, so nothing else is started for it.
        if (args is ["--version"])
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(System.Text.Encoding.ASCII.GetBytes(ToolVersion.Text + "\n"));
            return ExitCodes.Done;
        }

        // Rules and what is compiled of them stay until the end: collecting garbage while they come to be would copy them again
        // and again. Past so many bytes the collector works as ever. It is the process's to say, and so said here.
        GC.TryStartNoGCRegion(BytesBeforeCollecting);

        using CliHost host = CliHost.ForConsole();
        int asked = 0;
        ConsoleCancelEventHandler stopOnCancel = (_, e) =>
        {
            // The first stops cleanly, with what was found; the second is left to end the process.
            if (Interlocked.Increment(ref asked) == 1)
            {
                e.Cancel = true;
                host.RequestStop();
            }
        };
        Console.CancelKeyPress += stopOnCancel;
        try
        {
            return Run(args, host);
        }
        finally
        {
            Console.CancelKeyPress -= stopOnCancel;
        }
    }

    /// <summary>Runs the program as <see cref="Main"/> does, on a host of the caller's.</summary>
    internal static int Run(IReadOnlyList<string> args, CliHost host)
    {
        try
        {
            int code = CommandTree.Run(args, host);
            host.Out.Flush();
            return code;
        }
        catch (IOException e)
        {
            // What evidence cannot be read is part of the coverage; what arrives here is output that cannot be written.
            host.GiveUpOutput();
            return Complain(host, "the output cannot be written: " + e.Message, ExitCodes.NotWritten);
        }
        catch (OperationCanceledException) when (host.Stop.IsCancellationRequested)
        {
            return Complain(host, "interrupted", ExitCodes.Interrupted);
        }
    }

    private static int Complain(CliHost host, string message, int code)
    {
        host.Error.WriteLine("culprit: " + host.Safe(message));
        return code;
    }
}
