namespace Culprit.Cli;

/// <summary>What the program's exit code says. Documented in <c>--help</c> and <c>docs/cli.md</c>; never renumbered.</summary>
internal static class ExitCodes
{
    /// <summary>Ran to its end, whether or not anything was found.</summary>
    public const int Done = 0;

    /// <summary>Ran to its end and says no: <c>rules check</c> found errors, <c>rules explain</c> found no such rule or record.</summary>
    public const int Failed = 1;

    /// <summary>The arguments are wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Ran to its end, but some of what it was given could not be read. What could be read was judged.</summary>
    public const int NotRead = 3;

    /// <summary>The output could not be written.</summary>
    public const int NotWritten = 4;

    /// <summary>A defect of Culprit itself.</summary>
    public const int Defect = 70;

    /// <summary>Stopped by Ctrl-C. What was found until then was reported.</summary>
    public const int Interrupted = 130;
}
