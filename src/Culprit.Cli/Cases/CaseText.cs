using System.Globalization;
using Culprit.Cases;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Cases;

/// <summary>What commands that work on a case say of it.</summary>
internal static class CaseText
{
    /// <summary>What an investigation did to a case.</summary>
    public static string Kept(CaseResult kept, string folder, CliHost host)
    {
        string before = kept.FilesKnown > 0 ? string.Create(CultureInfo.InvariantCulture, $", {kept.FilesKnown} known before") : "";
        string state = kept.Result.Coverage.Stopped
            ? "what was read last is not in it; the same command goes on from here"
            : $"'culprit verify {host.Safe(folder)}' checks it";
        return $"Case: {host.Safe(folder)} ({Words.Count(kept.FilesRead, "file")} read{before}; head {kept.Head[..16]}); {state}.";
    }

    /// <summary>The exit code for an exception that a case may throw; null for any other.</summary>
    public static int? CodeOf(Exception exception) => exception switch
    {
        CaseException { Fault: CaseFault.Damaged } => ExitCodes.Failed,
        CaseException { Fault: CaseFault.EvidenceMissing } => ExitCodes.NotRead,
        CaseException => ExitCodes.Usage,
        IOException or UnauthorizedAccessException => ExitCodes.NotWritten,
        _ => null,
    };

    /// <summary>Changes a case, as the user.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="host">The host.</param>
    /// <param name="change">What is done; null where the arguments are wrong.</param>
    /// <param name="usage">What is wrong with the arguments then.</param>
    public static int Change(string folder, CliHost host, Action<CaseActor>? change, string usage)
    {
        if (change is null)
        {
            host.Error.WriteLine("culprit: " + usage);
            return ExitCodes.Usage;
        }

        CaseActor actor = CaseActors.Current(host);
        try
        {
            change(actor);
            return ExitCodes.Done;
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            return Complain(e, code, folder, host);
        }
        finally
        {
            actor.Signer?.Dispose();
        }
    }

    /// <summary>Reads a case.</summary>
    /// <param name="folder">The case's folder.</param>
    /// <param name="host">The host.</param>
    /// <param name="read">What is done with it; gives the exit code. What it throws of its own output passes through.</param>
    public static int Read(string folder, CliHost host, Func<CaseReader, int> read)
    {
        CaseReader opened;
        try
        {
            opened = CaseReader.Open(folder);
        }
        catch (Exception e) when (CodeOf(e) is not null)
        {
            return ComplainOfReading(e, folder, host);
        }

        using (opened)
        {
            TellOfSignature(opened.SignatureProblem, folder, host);
            if (!opened.IsCurrent)
            {
                host.Error.WriteLine($"culprit: evidence was added to the case {host.Safe(folder)} and not judged yet; what follows is without it.");
            }

            try
            {
                return read(opened);
            }
            catch (CaseException e)
            {
                return ComplainOfReading(e, folder, host);
            }
        }
    }

    /// <summary>Says where nothing vouches for a case that is read.</summary>
    /// <param name="problem">See <see cref="CaseReader.SignatureProblem"/>.</param>
    /// <param name="folder">The case's folder.</param>
    /// <param name="host">The host.</param>
    public static void TellOfSignature(string problem, string folder, CliHost host)
    {
        if (problem.Length > 0)
        {
            host.Error.WriteLine(
                $"culprit: nothing vouches for the case {host.Safe(folder)}: {host.Safe(problem)}. Somebody may have changed what follows; 'culprit verify {host.Safe(folder)}' says more.");
        }
    }

    /// <summary>Says why a case could not be used.</summary>
    public static int Complain(Exception exception, int code, string folder, CliHost host)
    {
        string what = exception switch
        {
            CaseException { Fault: CaseFault.Ambiguous } => "is as it was before",
            CaseException => "cannot be used",
            _ => "cannot be written; it is as it was before",
        };
        host.Error.WriteLine($"culprit: the case {host.Safe(folder)} {what}: {host.Safe(exception.Message.TrimEnd('.'))}.");
        return code;
    }

    /// <summary>Says why a case could not be read. Nothing is written to it: what cannot be read is wrong input.</summary>
    public static int ComplainOfReading(Exception exception, string folder, CliHost host)
    {
        string what = exception is CaseException ? "cannot be used" : "cannot be read";
        host.Error.WriteLine($"culprit: the case {host.Safe(folder)} {what}: {host.Safe(exception.Message.TrimEnd('.'))}.");
        return exception is CaseException ? CodeOf(exception)!.Value : ExitCodes.Usage;
    }
}
